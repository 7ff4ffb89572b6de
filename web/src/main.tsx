// Draws the page: language and first screen are asked for together, and what is drawn first is whole but for its figure.

import './style/shell.css';
import './style/controls.css';
import './style/figure.css';
import './style/lab.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { Appearing } from './appearance.tsx';
import { catalogueOf, firstLanguage, openingOf, Speaking } from './language.tsx';
import { screens } from './screens.tsx';
import { firstAddress } from './visit.ts';

async function start(): Promise<void> {
  const language = firstLanguage();
  const { screen: name } = firstAddress();
  // Asked for only now, so that it does not take the line from what answers before it draws.
  if (name === 'lab') import('./lab/drawing.tsx').catch(() => {});
  const [first, ready] = await Promise.all([
    (name === 'lab' ? openingOf : catalogueOf)(language).then(
      (catalogue) => ({ language, catalogue }),
      () => ({ language: 'en' as const, catalogue: {} }),
    ),
    screens
      .find((one) => one.name === name)
      ?.load()
      .catch(() => null),
  ]);
  render(
    <Appearing>
      <Speaking first={first}>
        <App ready={ready == null ? null : { name, component: ready.screen }} />
      </Speaking>
    </Appearing>,
    document.getElementById('page') as HTMLElement,
  );
}

start();

/** How long the first view has line and processor to itself before all files are kept for later, in milliseconds. */
const ALONE = 3000;

if (import.meta.env.PROD && 'serviceWorker' in navigator && location.protocol.startsWith('http'))
  addEventListener('load', () => {
    setTimeout(() => navigator.serviceWorker.register('./offline.js').catch(() => {}), ALONE);
  });
