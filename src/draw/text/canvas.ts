// A sheet of characters: signs put at a row and a column, with the colours behind and of them; then the sheet as lines, with
// the escape sequences of a terminal of 256 colours or without.
//
// Source: ECMA-48, SGR; the 256 colours of xterm, 16 + 36 r + 6 g + b for levels 0 to 5, then 24 greys.

import { columnsOf } from './columns.ts';

/** How a sign looks; colours are #rrggbb. */
interface Look {
  readonly fill?: string;
  readonly ink?: string;
  readonly bold?: boolean;
  readonly dim?: boolean;
}

interface Sign extends Look {
  /** Empty: the right half of a wide character. */
  readonly sign: string;
}

/** A sheet that grows to the right and down. */
export interface Canvas {
  /** Writes text from a column on, over what stands there; without a look in the colours that are there. */
  put(row: number, column: number, text: string, look?: Look): void;
  /** The sign at a place: a space where nothing stands. */
  sign(row: number, column: number): string;
  /** Its columns. */
  readonly width: number;
  /** The lines, at most `most` columns of each, spaces at their ends left out. */
  lines(color: boolean, most: number): string[];
}

/** An empty sheet. */
export function canvas(): Canvas {
  const rows: Sign[][] = [];
  const cell = (row: number, column: number) => rows[row]?.[column];
  return {
    put(row, column, text, look) {
      while (rows.length <= row) rows.push([]);
      const line = rows[row] as Sign[];
      let at = column;
      for (const sign of text) {
        const wide = columnsOf(sign);
        if (wide === 0 || at < 0) continue;
        while (line.length < at) line.push({ sign: ' ' });
        if (line[at]?.sign === '' && at > 0) line[at - 1] = { ...line[at - 1], sign: ' ' };
        line[at] = { ...(look ?? line[at]), sign };
        if (wide === 2) line[at + 1] = { ...(look ?? line[at + 1]), sign: '' };
        if (line[at + wide]?.sign === '') line[at + wide] = { ...line[at + wide], sign: ' ' };
        at += wide;
      }
    },
    sign: (row, column) => cell(row, column)?.sign ?? ' ',
    get width() {
      return rows.reduce((widest, row) => Math.max(widest, used(row)), 0);
    },
    lines: (color, most) => rows.map((row) => written(row.slice(0, Math.min(most, used(row))), most, color)),
  };
}

/** Columns up to the last that shows something. */
function used(row: readonly Sign[]): number {
  return row.findLastIndex(({ sign, fill }) => sign !== ' ' || fill !== undefined) + 1;
}

function written(whole: readonly Sign[], most: number, color: boolean): string {
  // A wide character of which only the left half is left is left out.
  const row =
    columnsOf(whole.at(-1)?.sign || ' ') === 2 && whole.length === most ? whole.slice(0, -1) : whole;
  if (!color)
    return row
      .map(({ sign }) => sign)
      .join('')
      .trimEnd();
  let line = '';
  let now = '';
  for (const one of row) {
    if (one.sign === '') continue;
    const next = codes(one);
    if (next !== now) line += `\u001b[${next === '' ? '0' : `0;${next}`}m`;
    now = next;
    line += one.sign;
  }
  return now === '' ? line : `${line}\u001b[0m`;
}

function codes({ fill, ink, bold, dim }: Look): string {
  return [
    bold ? '1' : '',
    dim ? '2' : '',
    fill === undefined ? '' : `48;5;${nearest(fill)}`,
    ink === undefined ? '' : `38;5;${nearest(ink)}`,
  ]
    .filter((code) => code !== '')
    .join(';');
}

const LEVELS = [0, 95, 135, 175, 215, 255];

type Channels = readonly [red: number, green: number, blue: number];

const PALETTE: readonly Channels[] = [
  ...LEVELS.flatMap((red) => LEVELS.flatMap((green) => LEVELS.map((blue): Channels => [red, green, blue]))),
  ...Array.from({ length: 24 }, (_, i): Channels => [8 + 10 * i, 8 + 10 * i, 8 + 10 * i]),
];
const known = new Map<string, number>();

/** The number of the colour among xterm's 256 that is nearest, hue before brightness. */
export function nearest(colour: string): number {
  const found = known.get(colour);
  if (found !== undefined) return found;
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Channels;
  const distances = PALETTE.map((one) => apart(one, wanted));
  const best = 16 + distances.indexOf(Math.min(...distances));
  known.set(colour, best);
  return best;
}

function apart([red, green, blue]: Channels, [r, g, b]: Channels): number {
  const [x, y, z] = [red - r, green - g, blue - b];
  return x * x + y * y + z * z + 2 * ((x - y) ** 2 + (y - z) ** 2 + (z - x) ** 2);
}
