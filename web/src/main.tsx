// Draws the page: language and first screen are asked for together, and the first thing drawn is whole.

import './style/shell.css';
import './style/controls.css';
import './style/figure.css';
import './style/lab.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { Appearing } from './appearance.tsx';
import { catalogueOf, firstLanguage, Speaking } from './language.tsx';
import { screens } from './screens.tsx';
import { firstAddress } from './visit.ts';

async function start(): Promise<void> {
  const language = firstLanguage();
  const { screen: name } = firstAddress();
  const [catalogue, ready] = await Promise.all([
    catalogueOf(language).catch(() => ({})),
    screens
      .find((one) => one.name === name)
      ?.load()
      .catch(() => null),
  ]);
  render(
    <Appearing>
      <Speaking first={{ language, catalogue }}>
        <App ready={ready == null ? null : { name, component: ready.screen }} />
      </Speaking>
    </Appearing>,
    document.getElementById('page') as HTMLElement,
  );
}

start();

if (import.meta.env.PROD && 'serviceWorker' in navigator && location.protocol.startsWith('http'))
  addEventListener('load', () => {
    navigator.serviceWorker.register('./offline.js').catch(() => {});
  });
