// What the page shows, as the fragment of its address: readable, versioned, and enough to open it again.
//
//   #v1/lab/8x8 k3x5 s3x4/keras.same            screen, then its parts
//   #v1/lab/64x64/=keras.layers.Conv2D(6, 4)    a part that begins with = is pasted code
//   #v1/lab/64x64 k4 s2/@12                     a last part @n is the step shown
//
// Printing and parsing are inverse. A fragment is anyone's text: what is not understood opens the first screen and a
// sentence says so. Its text is shown as text only.

import { say, type Text } from 'padwise/words';

/** What the page shows. */
export interface Address {
  readonly screen: string;
  /** As the screen reads them; code begins with =. */
  readonly parts: readonly string[];
  /** The frame shown; null where the screen chooses. */
  readonly step: number | null;
}

/** An address as it was understood, and what was not. */
export interface ReadAddress extends Address {
  readonly wrong: Text | null;
}

/** The longest fragment that is read or written, in characters. */
export const LONGEST = 8192;

const VERSION = 'v1';
const MOST_PARTS = 16;
const STEP = /^@(\d{1,9})$/;

/** The fragment of an address, # first. */
export function printAddress({ screen, parts, step }: Address): string {
  const last = step === null ? [] : [`@${step}`];
  return `#${[VERSION, encoded(screen), ...parts.map(encoded), ...last].join('/')}`;
}

/** Whether an address is short enough to be a link. */
export function fits(address: Address): boolean {
  return printAddress(address).length <= LONGEST;
}

/** What a fragment says, its # included or not; `screens` are the known ones, the first where it names none. */
export function parseAddress(fragment: string, screens: readonly string[]): ReadAddress {
  const first: Address = { screen: screens[0] as string, parts: [], step: null };
  const text = fragment.replace(/^#/, '');
  if (text === '') return { ...first, wrong: null };
  const [version, name = '', ...raw] = text.slice(0, LONGEST + 1).split('/');
  const screen = screens.find((known) => known === name);
  const opened = screen === undefined ? first : { ...first, screen };
  if (text.length > LONGEST)
    return {
      ...opened,
      wrong: say`This link is too long: ${text.length} characters, at most ${LONGEST} are read.`,
    };
  if (version !== VERSION)
    return { ...first, wrong: say`This link was not understood; it does not begin with ${`#${VERSION}/`}.` };
  if (screen === undefined)
    return { ...first, wrong: say`This link was not understood; there is no screen ${shortened(name)}.` };
  if (raw.length > MOST_PARTS)
    return { ...opened, wrong: say`This link was not understood; it has more than ${MOST_PARTS} parts.` };
  const found = STEP.exec(raw.at(-1) ?? '');
  const step = found === null ? null : Number(found[1]);
  const parts = (found === null ? raw : raw.slice(0, -1)).map(decoded);
  const damaged = parts.indexOf(null);
  if (damaged >= 0)
    return {
      ...opened,
      wrong: say`This link is damaged; its part ${shortened(raw[damaged] ?? '')} was not understood.`,
    };
  return { screen, parts: parts as string[], step, wrong: null };
}

/** The fragment as a browser keeps it: what a URL may hold stays as it is, so that it can be read. */
function encoded(part: string): string {
  const text = encodeURIComponent(part.replace(/[\uD800-\uDFFF]/gu, '\uFFFD')).replace(
    /%(?:24|26|2B|2C|3A|3B|3D|40|3F)/g,
    decodeURIComponent,
  );
  return STEP.test(text) ? `%40${text.slice(1)}` : text;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text || '""';
}
