// A heat map as pixels: every element a square of `scale` pixels in the colour of its count, those never used hatched.

import { painted, type Theme } from 'padwise/draw';

/** Red, green, blue and opacity of each pixel, row by row. */
export interface Painting {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

const HATCH = 6;

/** Paints rows times columns; `most` has the deepest colour. */
export function paint(
  rows: readonly number[],
  columns: readonly number[],
  scale: number,
  most: number,
  theme: Theme,
): Painting {
  const [width, height] = [columns.length * scale, rows.length * scale];
  const data = new Uint8ClampedArray(width * height * 4);
  const colours = new Map<number, readonly number[]>();
  const colourOf = (count: number) => {
    const found =
      colours.get(count) ?? channels(painted(theme, { heat: most === 0 ? 0 : count / most }).fill);
    colours.set(count, found);
    return found;
  };
  const [empty, line] = [theme.roles.unread.fill, theme.roles.unread.line].map(channels) as [
    number[],
    number[],
  ];
  for (let y = 0; y < height; y++) {
    const row = rows[Math.floor(y / scale)] as number;
    for (let x = 0; x < width; x++) {
      const count = row * (columns[Math.floor(x / scale)] as number);
      const colour = count > 0 ? colourOf(count) : (x + y) % HATCH === 0 ? line : empty;
      data.set(colour, (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** #rrggbb as four numbers. */
function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).concat(255);
}
