// The rows of the benchmark, read from text files: a problem string a line, as padwise prints it. A # line names the model
// of the rows below it; after a ; stand options.
//
//   # ResNet-50
//   1x64x56x56 k3 p1 -> 64                  one convolution
//   1x64x56x56 k3 p1 -> 64 ; gradient       its gradients with respect to input and weight, measured together

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Geometry, multiplyAdds, out, parse, print } from '../src/geometry/index.ts';

/** What is measured: a geometry, or its gradients. */
export interface Row {
  /** The problem string, as padwise prints it. */
  readonly problem: string;
  readonly geometry: Geometry;
  readonly gradient: boolean;
  /** The model it stands in. */
  readonly model: string;
  /** The file it stands in, without its ending. */
  readonly group: string;
}

const FOLDER = new URL('rows/', import.meta.url);

/** In the order of the table. */
const GROUPS = ['resnet50', 'mobilenet', 'vision', 'speech', 'transposed', 'gradients'] as const;

/** Every row of the folder; files that have no place in the table come last, by name. */
export function allRows(): Row[] {
  const found = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.slice(0, -'.txt'.length));
  const place = (group: string) => (GROUPS as readonly string[]).indexOf(group) + 1 || GROUPS.length + 1;
  return found
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .flatMap((group) => readRows(readFileSync(new URL(`${group}.txt`, FOLDER), 'utf8'), group));
}

/**
 * The rows that any of the filters asks for, all when there is none. A filter is the path of a row file, a group, or a part
 * of a row's problem string, model or label; it is read as a problem string when no row has it.
 * @throws Error for a filter that finds nothing
 */
export function chosenRows(filters: readonly string[]): Row[] {
  const all = allRows();
  if (filters.length === 0) return all;
  const outside: Row[] = [];
  const wanted = new Set<Row>();
  for (const filter of filters) {
    if (filter.endsWith('.txt') && existsSync(filter)) {
      outside.push(...readRows(readFileSync(filter, 'utf8'), filter));
      continue;
    }
    const word = filter.toLowerCase();
    const exact = all.filter((row) => [row.group, row.problem, label(row)].includes(filter));
    const found =
      exact.length > 0
        ? exact
        : all.filter((row) =>
            [row.problem, row.model, label(row)].some((text) => text.toLowerCase().includes(word)),
          );
    for (const row of found) wanted.add(row);
    if (found.length === 0) outside.push(...typedRow(filter));
  }
  return [...all.filter((row) => wanted.has(row)), ...outside];
}

function typedRow(filter: string): Row[] {
  try {
    return readRows(filter, 'asked for');
  } catch (error) {
    throw new Error(`--rows: no row has "${filter}", nor is it one: ${(error as Error).message}`);
  }
}

/**
 * The rows of a text.
 * @throws GeometryError for a line that is no problem string, Error for an option that is none
 */
export function readRows(text: string, group: string): Row[] {
  const rows: Row[] = [];
  let model = group;
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line.startsWith('#')) model = line.slice(1).trim();
    if (line === '' || line.startsWith('#')) continue;
    const [problem = '', ...options] = line.split(';').map((part) => part.trim());
    const unknown = options.find((option) => option !== 'gradient');
    if (unknown !== undefined) throw new Error(`${group}: expected the option gradient, received ${unknown}`);
    const geometry = parse(problem);
    const gradient = options.includes('gradient');
    rows.push({ problem: print(geometry), geometry, gradient, model, group });
  }
  return rows;
}

/** Effective floating-point operations: two a multiply-add, twice as many for both gradients. */
export function operations(row: Row): number {
  return 2 * multiplyAdds(row.geometry) * (row.gradient ? 2 : 1);
}

/** A row in few letters: 3x3s2 128->128 @56; dw5x5 240 @28; T4x4s2 512->256 @8; grad 3x3 64->64 @56. */
export function label(row: Row): string {
  const { axes, channels, filters, groups, flip } = row.geometry;
  const same = (values: readonly number[]) => values.every((value) => value === values[0]);
  const stride = axes.map((one) => (one.inputDilation > 1 ? one.inputDilation : one.stride));
  const dilation = axes.map((one) => one.dilation);
  const step = (letter: string, values: readonly number[]) =>
    values.every((value) => value === 1) ? '' : letter + (same(values) ? values[0] : values.join('x'));
  const depthwise = groups > 1 && groups === channels;
  const kernel = axes.length === 1 ? `k${axes[0]?.kernel}` : axes.map((one) => one.kernel).join('x');
  const sizes = axes.map((one) => one.size);
  return [
    row.gradient ? 'grad ' : '',
    flip || axes.some((one) => one.inputDilation > 1) ? 'T' : '',
    depthwise ? 'dw' : '',
    kernel,
    step('s', stride),
    step('d', dilation),
    groups > 1 && !depthwise ? `g${groups}` : '',
    ` ${depthwise && channels === filters ? channels : `${channels}->${filters}`}`,
    ` @${same(sizes) ? sizes[0] : sizes.join('x')}`,
  ].join('');
}

/** Whether an axis' windows leave the input. */
export function isPadded(row: Row): boolean {
  return row.geometry.axes.some((one) => out(one) > 0 && (one.before > 0 || one.after > 0));
}
