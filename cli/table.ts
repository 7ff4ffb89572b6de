// A table of a stack, a layer a line, within 80 columns: what it is, what it gives, what it pads, what it holds and costs.

import type { Layer } from '../src/dialects/index.ts';
import type { Stacked } from '../src/explain/stacks.ts';

import type { Axis, Geometry } from '../src/geometry/index.ts';
import type { Io } from './io.ts';
import { style } from './io.ts';
import { columns, padded, shape } from './text.ts';

const WIDTH = 80;
const LONGEST_NAME = 26;

/** Lines of cells in columns as wide as they need to be; the first column is cut where a line would be too long. */
export function columned(io: Io, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => columns(row[i] ?? ''))));
  const others = widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
  widths[0] = Math.min(widths[0] ?? 0, Math.max(8, WIDTH - others));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        const fits = columns(cell) <= width ? cell : `${cell.slice(0, width - 2)}..`;
        return i === 0 ? padded(fits, width) : ' '.repeat(width - columns(fits)) + fits;
      })
      .join('  ')
      .trimEnd();
  return [style(io, 'dim', line(head)), ...rows.map(line)].map((one) => `${one}\n`).join('');
}

/** A layer's name with its window: 2 nn.Conv2d k3 s2. Of `count` layers, all numbers are equally wide. */
export function titled(
  index: number,
  { layer, steps }: Pick<Stacked, 'layer' | 'steps'>,
  count: number,
): string {
  const window = layer.kind === 'pad' ? '' : windowText(steps[0]);
  return `${String(index + 1).padStart(String(count).length)} ${shortName(layer)}${window}`;
}

function shortName({ name }: Layer): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 2)}..`;
}

/** k3 s2 d2, what is 1 left out; k3x5 where the axes differ. */
function windowText(step: Geometry | undefined): string {
  if (step === undefined) return '';
  const number = (letter: string, of: (axis: Axis) => number, usual: number) => {
    const values = step.axes.map(of);
    if (values.every((value) => value === usual)) return '';
    return ` ${letter}${values.every((value) => value === values[0]) ? values[0] : values.join('x')}`;
  };
  const up = step.axes.some((axis) => axis.inputDilation > 1);
  return [
    number('k', (axis) => axis.kernel, 0),
    number('s', (axis) => axis.stride, 1),
    number('d', (axis) => axis.dilation, 1),
    up ? number('/', (axis) => axis.inputDilation, 1).replace('/', 's1/') : '',
  ].join('');
}

/** Values per axis: one where all are alike, else joined by a slash. */
export function perAxis(values: readonly (string | number)[]): string {
  const texts = values.map(String);
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join('/');
}

/** What a layer pads: 1,1 or 0,1/2,2; a dash for a layer that slides no window. */
export function padsText(steps: readonly Geometry[]): string {
  const step = steps[0];
  if (step === undefined) return '-';
  return perAxis(
    step.axes.map(({ before, after, overhang }) => `${before},${after}${overhang > 0 ? `+${overhang}` : ''}`),
  );
}

/** An output without its batch. */
export function outputText(output: readonly number[]): string {
  return shape(output.slice(1));
}

/** 1,234; 34.9k; 118M; 1.82G: four digits at most where it is long. */
export function short(of: number | null): string {
  if (of === null) return '?';
  if (of < 100_000) return of.toLocaleString('en');
  const units = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(of) / 3));
  return `${(of / 1000 ** power).toPrecision(3)}${units[power]}`;
}

/** The sums over all layers; null where one was too much to count. */
export function totals(rows: readonly Stacked[]): {
  parameters: number;
  statistics: number;
  multiplyAdds: number | null;
} {
  const sum = (of: (row: Stacked) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    parameters: sum((row) => row.parameters),
    statistics: sum((row) => row.statistics),
    multiplyAdds: rows.some((row) => row.multiplyAdds === null) ? null : sum((row) => row.multiplyAdds ?? 0),
  };
}

/** The sums as one line, or two where normalisations count statistics. */
export function totalText(io: Io, rows: readonly Stacked[]): string {
  const { parameters, statistics, multiplyAdds } = totals(rows);
  const count = (of: number) => (Number.isSafeInteger(of) ? of.toLocaleString('en') : of.toPrecision(3));
  const work = multiplyAdds === null ? '?' : count(multiplyAdds);
  const counted =
    statistics === 0 ? '' : `${io.say`and ${count(statistics)} counted statistics, not trained`}\n`;
  return `${io.say`in all ${count(parameters)} parameters, ${work} multiply-adds`}\n${counted}`;
}

/** A stack's shapes, parameters and work, a layer a line. */
export function stackText(io: Io, rows: readonly Stacked[]): string {
  const head = ['', io.say`output`, io.say`pads`, io.say`parameters`, io.say`multiply-adds`];
  const count = (of: number | null) => (of === 0 ? '-' : of === null ? '?' : of.toLocaleString('en'));
  const cells = rows.map((row, i) => [
    titled(i, row, rows.length),
    outputText(row.output),
    padsText(row.steps),
    count(row.parameters),
    count(row.multiplyAdds),
  ]);
  return columned(io, head, cells) + totalText(io, rows);
}
