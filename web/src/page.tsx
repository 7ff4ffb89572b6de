// The whole page in what gives it theme and language: main.tsx draws it in the browser, still.tsx at build time.

import type { Catalogue } from 'padwise/words';
import type { JSX } from 'preact';
import { App, type Ready } from './app.tsx';
import { Appearing } from './appearance.tsx';
import { type Language, Speaking } from './language.tsx';

/** The page, as it is drawn first. */
export function pageOf(
  first: { readonly language: Language; readonly catalogue: Catalogue },
  ready: Ready | null,
): JSX.Element {
  return (
    <Appearing>
      <Speaking first={first}>
        <App ready={ready} />
      </Speaking>
    </Appearing>
  );
}
