// The colours of every role, for a light page, a dark one and paper. Hues are those of Okabe and Ito, which stay apart for
// colour-blind eyes, and none of them is the only sign: padding is dashed, what is not read hatched, the window outlined,
// and counts are numbers. Text stands on its fill with a contrast of at least 4.5 to 1 (theme.test.ts).
//
//   blue    the window        orange  the output shown        green  the kernel
//
// Source: Okabe, Ito, "Color Universal Design", 2008; WCAG 2.2, 1.4.3 and 1.4.11.

import type { Ink, Paint, Role } from './picture.ts';

/** A role's colours, as #rrggbb. */
export interface Colours {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

/** A whole set of colours. */
export interface Theme {
  readonly name: 'light' | 'dark' | 'print';
  /** What is behind the figure; null: nothing, it lies on its page. */
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly faint: string;
  readonly roles: Readonly<Record<Role, Colours>>;
  /** From a part of 0 to one of 1. */
  readonly heat: readonly [from: string, to: string];
}

const colours = (fill: string, line: string, text: string): Colours => ({ fill, line, text });

/** For a white page. */
export const light: Theme = {
  name: 'light',
  ground: '#ffffff',
  ink: '#1a2230',
  soft: '#586274',
  faint: '#b9c1cd',
  roles: {
    input: colours('#f3f5f9', '#aab4c3', '#1a2230'),
    pad: colours('#ffffff', '#9aa5b6', '#606b7d'),
    hole: colours('#ffffff', '#c6cdd8', '#606b7d'),
    unread: colours('#fafafb', '#b3bac5', '#646e7e'),
    kernel: colours('#cdeee0', '#00805c', '#0d3b2c'),
    window: colours('#bfdcf7', '#005fa3', '#0b2a45'),
    gap: colours('#e6f0fa', '#7fb0dc', '#4f627a'),
    output: colours('#fdf5e6', '#cdb27c', '#3d2c06'),
    shown: colours('#ffd58a', '#a86400', '#3d2600'),
    first: colours('#bfdcf7', '#005fa3', '#0b2a45'),
    second: colours('#ffd58a', '#a86400', '#3d2600'),
    third: colours('#cdeee0', '#00805c', '#0d3b2c'),
    fourth: colours('#f3d3e4', '#a8437c', '#45122f'),
    fifth: colours('#f9d2bf', '#b94a00', '#451a02'),
    sixth: colours('#e5e0f5', '#6652b0', '#241a52'),
  },
  heat: ['#f2f7fc', '#00508f'],
};

/** For a dark page. */
export const dark: Theme = {
  name: 'dark',
  ground: '#11161e',
  ink: '#e7ecf3',
  soft: '#a3afc0',
  faint: '#4a5667',
  roles: {
    input: colours('#1d2530', '#4d5b6f', '#e7ecf3'),
    pad: colours('#11161e', '#5b6980', '#9aa7ba'),
    hole: colours('#11161e', '#3d4858', '#8d9aad'),
    unread: colours('#151b24', '#4a5667', '#919db0'),
    kernel: colours('#0f4a38', '#3ecf9e', '#d8fbee'),
    window: colours('#124a7c', '#62b5f5', '#e3f2ff'),
    gap: colours('#16304a', '#3a709f', '#a9c3dc'),
    output: colours('#2b2415', '#7d6a3c', '#f7ead0'),
    shown: colours('#7a4d04', '#ffb849', '#fff3dc'),
    first: colours('#124a7c', '#62b5f5', '#e3f2ff'),
    second: colours('#7a4d04', '#ffb849', '#fff3dc'),
    third: colours('#0f4a38', '#3ecf9e', '#d8fbee'),
    fourth: colours('#5c2547', '#f08fc4', '#ffe6f4'),
    fifth: colours('#6b2c08', '#ff9a5c', '#ffe9dd'),
    sixth: colours('#38306b', '#a99af0', '#edeaff'),
  },
  heat: ['#18202b', '#5fb4f7'],
};

/** For paper: greys that also survive a copier, on white. */
export const paper: Theme = {
  name: 'print',
  ground: '#ffffff',
  ink: '#000000',
  soft: '#3d3d3d',
  faint: '#a0a0a0',
  roles: {
    input: colours('#ffffff', '#555555', '#000000'),
    pad: colours('#ffffff', '#777777', '#444444'),
    hole: colours('#ffffff', '#aaaaaa', '#555555'),
    unread: colours('#ffffff', '#888888', '#555555'),
    kernel: colours('#eeeeee', '#000000', '#000000'),
    window: colours('#cfcfcf', '#000000', '#000000'),
    gap: colours('#ededed', '#666666', '#333333'),
    output: colours('#ffffff', '#555555', '#000000'),
    shown: colours('#b4b4b4', '#000000', '#000000'),
    first: colours('#e3e3e3', '#000000', '#000000'),
    second: colours('#b4b4b4', '#000000', '#000000'),
    third: colours('#ffffff', '#000000', '#000000'),
    fourth: colours('#cfcfcf', '#000000', '#000000'),
    fifth: colours('#f4f4f4', '#000000', '#000000'),
    sixth: colours('#a0a0a0', '#000000', '#000000'),
  },
  heat: ['#ffffff', '#5a5a5a'],
};

/** The themes by name. */
export const themes: Readonly<Record<Theme['name'], Theme>> = { light, dark, print: paper };

/** Fill, line and text of a paint. */
export function painted(theme: Theme, paint: Paint): Colours {
  if (typeof paint === 'string') return theme.roles[paint];
  const fill = mixed(theme.heat, paint.heat);
  // One of black and white stands out on any colour by 4.58 to 1; a softer ink does not in the middle.
  const text = contrast('#000000', fill) >= contrast('#ffffff', fill) ? '#000000' : '#ffffff';
  return { fill, line: theme.roles.input.line, text };
}

/** The colour of an ink. */
export function inked(theme: Theme, ink: Ink): string {
  if (ink === 'ink' || ink === 'soft' || ink === 'faint') return theme[ink];
  return theme.roles[ink].line;
}

/** Between two colours. */
function mixed([from, to]: readonly [string, string], part: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [low, high] = [from, to].map((one) => Number.parseInt(one.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(low + (high - low) * Math.min(1, Math.max(0, part)));
  });
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
