// The figures of the lesson as SVG, every number in them computed by padwise: npm run picture writes them, and a test fails
// while a file is anything else. They carry numbers and code but no prose, so that both languages share them, and colours
// that stand on a white page and on a dark one.

import { type Axis, axis, fullPads, out, samePads, utilisation } from '../src/geometry/index.ts';
import { receptive } from '../src/geometry/receptive.ts';
import { conv, tensor, toArray } from '../src/index.ts';

const CELL = 32;
const GAP = 28;
const HUES = ['#a8c7fa', '#ffd48a', '#b4e2b6', '#f5b9cf'] as const;
const PLAIN = '#eef1f6';
const INK = '#1c2430';
const GREY = '#7b838e';

type Grid = readonly (readonly number[])[];

/** Every figure by its file's name. */
export function figures(): Readonly<Record<string, string>> {
  const drawn: Readonly<Record<string, string>> = {
    'utilisation.svg': utilisations([1, 2, 3].map((kernel) => [`${kernel}x${kernel}`, { kernel }] as const)),
    'pads.svg': utilisations([
      ['valid', { kernel: 3 }],
      ['same', padded(samePads(WINDOW))],
      ['full', padded(fullPads(WINDOW))],
    ]),
    'padded.svg': correlation([1, 1]),
    'strided.svg': correlation([3, 2]),
    'shift.svg': shift(),
    'drift.svg': drift(),
  };
  const titled = (name: string, text: string) => text.replace('\n', `\n<title>${name}</title>\n`);
  return Object.fromEntries(Object.entries(drawn).map(([name, text]) => [name, titled(name, text)]));
}

const WINDOW = { size: 8, kernel: 3, stride: 1, dilation: 1 };
const padded = ([before = 0, after = 0]: readonly number[]) => ({ kernel: 3, before, after });

/** How often each pixel of an 8x8 picture is read, one map beside the other. */
function utilisations(maps: readonly (readonly [string, { kernel: number }])[]): string {
  const parts = maps.map(([name, window], i) => {
    const line = utilisation(axis({ size: 8, ...window }));
    const x = i * (8 * CELL + GAP);
    const cells = line.map((down) => line.map((across) => down * across));
    return [
      label(x + 4 * CELL, 14, name),
      grid(x, 26, cells, (value) => [shade(value / 9), value > 5 ? '#fff' : INK]),
    ].join('\n');
  });
  return svg(3 * 8 * CELL + 2 * GAP, 26 + 8 * CELL, parts);
}

/** The textbook's 3x3 input in a border of zeros, its 2x2 kernel and what comes out; some windows in colour. */
function correlation(stride: readonly [number, number]): string {
  const x = [0, 1, 2].map((row) => [0, 1, 2].map((column) => row * 3 + column));
  const w = [
    [0, 1],
    [2, 3],
  ];
  const y = conv(tensor([[x]]), tensor([[w]]), { padding: 1, stride: [...stride] });
  const out = (toArray(y) as number[][][][])[0]?.[0] ?? [];
  const wide = out[0]?.length ?? 0;
  const coloured = stride[0] === 1 ? [0, 2 * wide + 2] : [0, 1, 2, 3];
  const hue = (row: number, column: number) => {
    const at = coloured.findIndex((index) => {
      const [top, left] = [Math.floor(index / wide) * stride[0], (index % wide) * stride[1]];
      return row >= top && row < top + 2 && column >= left && column < left + 2;
    });
    return HUES[at];
  };
  const border = [-1, 0, 1, 2, 3].map((row) => [-1, 0, 1, 2, 3].map((column) => x[row]?.[column] ?? 0));
  const within = (index: number) => index > 0 && index < 4;
  const middle = 2.5 * CELL;
  const kernelAt = 5 * CELL + 2 * GAP;
  const outAt = kernelAt + 2 * CELL + 2 * GAP;
  return svg(outAt + wide * CELL, 5 * CELL, [
    grid(0, 0, border, (_, row, column) => [
      hue(row, column) ?? (within(row) && within(column) ? PLAIN : 'none'),
      within(row) && within(column) ? INK : hue(row, column) === undefined ? GREY : INK,
    ]),
    label(5 * CELL + GAP, middle, '*'),
    grid(kernelAt, middle - CELL, w, () => [PLAIN, INK]),
    label(kernelAt + 2 * CELL + GAP, middle, '='),
    grid(outAt, middle - (out.length * CELL) / 2, out, (_, row, column) => [
      HUES[coloured.indexOf(row * wide + column)] ?? PLAIN,
      INK,
    ]),
  ]);
}

/** The windows of a 3x3 convolution with stride 2 on a size of 8, padded as PyTorch and as TensorFlow do. */
function shift(): string {
  const left = 190;
  const cell = (index: number) => left + (index + 1) * CELL;
  const indices = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8];
  const strip = indices.map((index) => {
    const inside = index >= 0 && index < 8;
    return box(cell(index), 88, inside ? String(index) : '', inside ? PLAIN : 'none', inside ? INK : GREY);
  });
  const windows = (before: number, color: string, rows: readonly number[]) =>
    [0, 1, 2, 3].map((out) => {
      const [x, y] = [cell(out * 2 - before), rows[out % 2] as number];
      return [
        `<rect x="${x + 3}" y="${y}" width="${3 * CELL - 6}" height="22" rx="11" fill="${color}"/>`,
        `<text x="${x + 1.5 * CELL}" y="${y + 11}" fill="${INK}">out ${out}</text>`,
      ].join('\n');
    });
  const [same = 0] = samePads({ ...WINDOW, stride: 2 });
  return svg(cell(9) + 8, 208, [
    `<text x="0" y="42" fill="${GREY}" text-anchor="start">torch padding=1</text>`,
    ...windows(1, HUES[0], [14, 50]),
    ...strip,
    `<text x="0" y="166" fill="${GREY}" text-anchor="start">keras padding='same'</text>`,
    ...windows(same, HUES[1], [136, 172]),
  ]);
}

/** Where the outputs of up to four such layers look on 32 pixels, one row for each depth. */
function drift(): string {
  const [size, left, top] = [32, 96, 44];
  const stacks = [
    (): readonly number[] => [1, 1],
    (n: number) => samePads({ ...WINDOW, size: n, stride: 2 }),
  ].map((pads) => {
    const axes: Axis[] = [];
    for (let n = size; axes.length < 4; n = out(axes.at(-1) as Axis)) {
      const [before = 0, after = 0] = pads(n);
      axes.push(axis({ size: n, kernel: 3, stride: 2, before, after }));
    }
    return axes;
  });
  const rows = [1, 2, 3, 4].flatMap((depth) => {
    const y = top + (depth - 1) * (CELL + 12);
    const looks = stacks.map((axes) => receptive(axes.slice(0, depth)));
    const cells = Array.from({ length: size }, (_, i) => {
      const stack = looks.findIndex(({ centre, jump }) => i >= centre && (i - centre) % jump === 0);
      const { centre = 0, jump = 1 } = looks[stack] ?? {};
      const text = stack < 0 ? '' : String((i - centre) / jump);
      return box(left + i * CELL, y, text, HUES[stack] ?? PLAIN, INK);
    });
    const name = `<text x="0" y="${y + CELL / 2}" fill="${GREY}" font-size="16" text-anchor="start">stride ${2 ** depth}</text>`;
    return [name, ...cells];
  });
  const legend = ['torch padding=1', "keras padding='same'"].map((name, i) => {
    const x = left + i * 190;
    return `<rect x="${x}" y="8" width="16" height="16" rx="8" fill="${HUES[i]}"/><text x="${x + 24}" y="16" fill="${GREY}" font-size="16" text-anchor="start">${name}</text>`;
  });
  return svg(left + size * CELL, top + 4 * (CELL + 12) - 12, [...legend, ...rows]);
}

type Painted = (value: number, row: number, column: number) => readonly [fill: string, ink: string];

function grid(x: number, y: number, values: Grid, painted: Painted): string {
  return values
    .flatMap((line, row) =>
      line.map((value, column) =>
        box(x + column * CELL, y + row * CELL, String(value), ...painted(value, row, column)),
      ),
    )
    .join('\n');
}

function box(x: number, y: number, text: string, fill: string, ink: string): string {
  const dashes = fill === 'none' ? ' stroke-dasharray="3 3"' : '';
  return `<rect x="${x + 0.5}" y="${y + 0.5}" width="${CELL - 1}" height="${CELL - 1}" fill="${fill}" stroke="${GREY}" stroke-width="0.7"${dashes}/><text x="${x + CELL / 2}" y="${y + CELL / 2}" fill="${ink}">${text}</text>`;
}

function label(x: number, y: number, text: string): string {
  return `<text x="${x}" y="${y}" fill="${GREY}" font-size="16">${text}</text>`;
}

/** From white to blue. */
function shade(part: number): string {
  const mixed = [
    [244, 32],
    [248, 98],
    [255, 190],
  ].map(([from = 0, to = 0]) => Math.round(from + (to - from) * part));
  return `rgb(${mixed.join(' ')})`;
}

function svg(width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 ${width + 4} ${height + 4}" width="${width + 4}" height="${height + 4}" role="img">
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" text-anchor="middle" dominant-baseline="central">
${parts.join('\n')}
</g>
</svg>
`;
}
