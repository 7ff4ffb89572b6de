// Where Chromium is: on the PATH, or as PADWISE_CHROMIUM says. Without it the tests in a browser are skipped.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser's path; undefined where none is found. */
export const executable: string | undefined = found();

if (executable === undefined) {
  console.warn('no browser is tested: there is no chromium on the PATH, and PADWISE_CHROMIUM names none');
}

function found(): string | undefined {
  const paths = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((path) => NAMES.map((name) => join(path, name)));
  return [process.env.PADWISE_CHROMIUM ?? '', ...paths].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return path !== '';
    } catch {
      return false;
    }
  });
}
