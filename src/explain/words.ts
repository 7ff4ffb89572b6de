// The sentences of an explanation, apart from its logic. Each is one line, numbers in place, at most 76 columns as
// far as its numbers allow.

import type { Rows } from '../draw/strip.ts';
import type { Verdict } from './compare.ts';

/** Every sentence padwise says about a geometry; another language is another object of this shape. */
export interface Words {
  readonly axes: Readonly<Record<number, readonly string[]>>;
  readonly and: string;
  /** The rows of a drawing. */
  readonly rows: Rows;
  readonly extent: (kernel: number, dilation: number, extent: number) => string;
  readonly samePads: (size: number, stride: number, extent: number, windows: number, total: number) => string;
  readonly windowPads: (extent: number, total: number) => string;
  readonly causalPads: (extent: number) => string;
  readonly noPads: string;
  readonly pads: (before: number, after: number) => string;
  readonly fills: (before: string, after: string) => string;
  readonly overhang: (count: number) => string;
  readonly out: (terms: readonly number[], extent: number, stride: number, windows: number) => string;
  readonly unpadded: (size: number, extent: number, stride: number, windows: number) => string;
  readonly natural: (size: number, stride: number, extent: number, natural: number) => string;
  readonly cut: (low: number, high: number, kept: number) => string;
  readonly empty: (room: number, extent: number) => string;
  readonly unread: (indices: string, count: number, size: number) => string;
  readonly remainder: (count: number) => string;
  readonly padded: (terms: readonly number[], windows: number) => string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly shift: (by: readonly number[], axes: readonly string[]) => string;
  readonly agreeing: (period: number, equal: readonly number[]) => string;
}

/** English. */
export const english: Words = {
  axes: { 1: ['length'], 2: ['height', 'width'], 3: ['depth', 'height', 'width'] },
  and: ' and ',
  rows: { out: 'out', in: 'in', natural: 'natural' },
  extent: (kernel, dilation, extent) =>
    `window   (${kernel} - 1) * ${dilation} + 1 = ${extent} positions wide`,
  samePads: (size, stride, extent, windows, total) =>
    total > 0
      ? `SAME     (ceil(${size} / ${stride}) - 1) * ${stride} + ${extent} - ${size} = (${windows} - 1) * ${stride} + ${extent} - ${size} = ${total}`
      : `SAME     max(0, (ceil(${size} / ${stride}) - 1) * ${stride} + ${extent} - ${size}) = 0`,
  windowPads: (extent, total) => `in all   ${extent} - 1 = ${total}, what keeps the size at stride 1`,
  causalPads: (extent) => `causal   ${extent} - 1 = ${extent - 1}, all before`,
  noPads: 'pads     none',
  pads: (before, after) => `pads     ${side(before)} before, ${side(after)} after`,
  fills: (before, after) => `filled   ${before === after ? before : `${before} before, ${after} after`}`,
  overhang: (count) =>
    `ceil     the last window reads ${count} beyond the padding, which count${count === 1 ? 's' : ''} for nothing`,
  out: (terms, extent, stride, windows) =>
    `out      floor((${sum(terms)} - ${extent}) / ${stride}) + 1 = ${windows}`,
  unpadded: (size, extent, stride, windows) =>
    size < extent
      ? `unpadded it would be empty: ${extent} do not fit into ${size}`
      : `unpadded it would be floor((${size} - ${extent}) / ${stride}) + 1 = ${windows}`,
  natural: (size, stride, extent, natural) =>
    `natural  (${size} - 1) * ${stride} + ${extent} = ${natural} positions written`,
  cut: (low, high, kept) => `cut      ${cutSide(low)} before, ${cutSide(high)} after: ${kept} are kept`,
  empty: (room, extent) => `out      0: a window of ${extent} does not fit into ${room}`,
  unread: (indices, count, size) =>
    `unread   ${indices}: ${count} of ${size} ${count === 1 ? 'is' : 'are'} never read`,
  remainder: (count) =>
    `rest     the last ${count === 1 ? 'position lies' : `${count} positions lie`} in no window`,
  padded: (terms, windows) => `out      ${sum(terms)} = ${windows}`,
  verdicts: {
    same: 'same pixels',
    mirrored: 'SAME SHAPE, MIRRORED KERNEL: mirror the weights on every axis',
    shifted: 'SAME SHAPE, DIFFERENT PIXELS',
    pixels: 'SAME SHAPE, DIFFERENT PIXELS',
    numbers: 'SAME PIXELS, DIFFERENT NUMBERS: another rule or other groups',
    shape: 'different shape',
  },
  shift: (by, axes) => `shifted ${steps(by, axes)}`,
  agreeing: (period, equal) => {
    if (equal.length === period) return 'Equal for every size.';
    if (equal.length === 0) return 'Equal for no size.';
    if (period === 2) return `Equal only for ${equal[0] === 1 ? 'odd' : 'even'} sizes.`;
    return `Equal only for sizes with size mod ${period} = ${equal.join(' or ')}.`;
  },
};

/** 1 px down and right; 1 px down and 2 px left. */
function steps(by: readonly number[], axes: readonly string[]): string {
  const moved = by
    .map((n, i) => ({ size: Math.abs(n), way: direction(n, axes[i] ?? '') }))
    .filter(({ size }) => size > 0);
  const alike = moved.every(({ size }) => size === moved[0]?.size);
  if (alike) return `${moved[0]?.size ?? 0} px ${moved.map(({ way }) => way).join(' and ')}`;
  return moved.map(({ size, way }) => `${size} px ${way}`).join(' and ');
}

function side(count: number): string {
  return count < 0 ? `${-count} cut off` : String(count);
}

function cutSide(count: number): string {
  return count < 0 ? `${-count} zeros added` : String(count);
}

/** 8 + 3 - 1. */
function sum(terms: readonly number[]): string {
  return terms.map((term, i) => (i === 0 ? `${term}` : signed(term))).join('');
}

function signed(term: number): string {
  return term < 0 ? ` - ${-term}` : ` + ${term}`;
}

function direction(by: number, axis: string): string {
  if (axis === 'height') return by > 0 ? 'down' : 'up';
  if (axis === 'width') return by > 0 ? 'right' : 'left';
  return by > 0 ? 'later' : 'earlier';
}
