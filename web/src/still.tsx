// The first view as HTML, in English and without a figure: what index.html holds until the scripts are there
// (still-build.ts). A browser that draws the same for the first time takes it over as it stands.

import { renderToString } from 'preact-render-to-string';
import { pageOf } from './page.tsx';
import { screen } from './screens/lab.tsx';

/** The page of an address without a fragment. */
export function still(): string {
  return renderToString(pageOf({ language: 'en', catalogue: {} }, { name: 'lab', component: screen }));
}
