// Draws the page. Where the build has drawn it already (still-build.ts), that is taken over as it stands; else language and
// screen are asked for together, and what is drawn first is whole but for its figure.

import './style/shell.css';
import './style/controls.css';
import './style/figure.css';
import './style/lab.css';
import { hydrate, render } from 'preact';
import { catalogueOf, firstLanguage, openingOf } from './language.tsx';
import { pageOf } from './page.tsx';
import { screen } from './screens/lab.tsx';
import { screens } from './screens.tsx';
import { firstAddress } from './visit.ts';

const root = document.documentElement;
const page = document.getElementById('page') as HTMLElement;
const language = firstLanguage();
const { screen: name, parts, step, wrong } = firstAddress();
const isFirst = name === 'lab' && parts.length === 0 && step === null && wrong === null;

// Asked for only now, so that it does not take the line from what answers before it draws.
if (name === 'lab') import('./lab/drawing.tsx').catch(() => {});
if (isFirst && language === 'en' && page.firstElementChild !== null) {
  const fields = page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  const typed = [...fields]
    .filter(({ value, defaultValue }) => value !== defaultValue)
    .map((field) => [field, field.value] as const);
  hydrate(pageOf({ language, catalogue: {} }, { name, component: screen }), page);
  // What was typed before the page could answer.
  for (const [field, value] of typed) {
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  drawn();
} else draw();

async function draw(): Promise<void> {
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
  page.replaceChildren();
  render(pageOf(first, ready == null ? null : { name, component: ready.screen }), page);
  drawn();
}

/** Shows what was unseen until now, and presses what was pressed before the page could answer (early.js). */
function drawn(): void {
  root.dataset.shown = 'drawn';
  const { pressed } = window as { pressed?: () => HTMLElement | null };
  const button = pressed?.();
  if (button?.isConnected) button.click();
}

/** How long the first view has line and processor to itself before all files are kept for later, in milliseconds. */
const ALONE = 3000;

if (import.meta.env.PROD && 'serviceWorker' in navigator && location.protocol.startsWith('http'))
  addEventListener('load', () => {
    setTimeout(() => navigator.serviceWorker.register('./offline.js').catch(() => {}), ALONE);
  });
