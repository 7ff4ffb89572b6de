// Padding as numpy.pad says it, for the frameworks that took it over: one pair for every dimension, batch and channels among
// them.
//
//   F.pad(x, ((0, 0), (0, 0), (1, 2)), 'edge')                       Chainer, N C sizes
//   mx.pad(x, ((0, 0), (1, 2), (0, 0)), constant_values=7)           MLX, N sizes C
//
// Which dimensions are batch and channels is read off those that stay as they are; where both orders would do, the
// dialect's own one is taken, and the numbers are the same. No count is negative. Source: numpy/lib/arraypad.py (1.23).

import { axis, type Fill, type Pads } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { padded } from './builder.ts';
import { type Layer, type Layout, refusal, type Value } from './dialect.ts';
import { type Arguments, isFloat, isTensor } from './signature.ts';

/** The fills of numpy.pad's modes. */
export const NUMPY_FILLS: Readonly<Record<string, Fill>> = {
  constant: 0,
  edge: 'replicate',
  reflect: 'reflect',
  symmetric: 'symmetric',
  wrap: 'wrap',
};

type Fills = readonly [before: Fill, after: Fill];

/**
 * The layer that `pad_width`, `mode` and `constant_values` describe; `data` is the padded argument, `modes` what the
 * framework takes. @throws DialectError for what no layer of one to three axes can be
 */
export function numpyPad(args: Arguments, own: Layout, data: string, modes: readonly string[]): Layer {
  const { who } = args;
  const fill = NUMPY_FILLS[args.word('mode', modes)] as Fill;
  const shape = shapeOf(args.value(data));
  const widths = pairs(args, 'pad_width', shape, integer);
  if (widths.some(([low, high]) => low < 0 || high < 0)) args.refuse('pad_width', 'integers >= 0');
  const rank = widths.length - 2;
  if (rank < 1 || rank > 3) args.refuse('pad_width', '3 to 5 dimensions, batch and channels among them');
  const layout = layoutOf(widths, own) ?? args.refuse('pad_width', 'batch and channels left as they are');
  if (fill !== 0 && args.given('constant_values'))
    args.refuse('constant_values', "none unless mode='constant'");
  const fills: readonly Fills[] =
    fill === 0 ? pairs(args, 'constant_values', widths, constant) : widths.map((): Fills => [fill, fill]);
  const first = layout === 'first' ? 2 : 1;
  return padded({
    who,
    rank,
    layout,
    axisOf: (size, i) => {
      const [before, after] = widths[i + first] as Pads;
      const [fillBefore, fillAfter] = fills[i + first] as Fills;
      return axis({ size, kernel: 1, before, after, fillBefore, fillAfter });
    },
    refuse: (one, index, problem) => {
      if (one.size === 0 && one.before + one.after > 0 && typeof one.fillBefore === 'string')
        throw refusal(who, say`it copies from the input, which is empty on axis ${index}`, problem);
    },
  });
}

/** One value, one pair or one pair in brackets for all dimensions, or a pair for each. */
function pairs<T>(
  args: Arguments,
  name: string,
  dimensions: readonly unknown[] | null,
  read: (value: Value | undefined) => T | null,
): (readonly [T, T])[] {
  const value = args.value(name);
  const list = Array.isArray(value) ? (value as readonly Value[]) : [value];
  const nested = list.every(Array.isArray);
  const rows = nested ? (list as readonly (readonly Value[])[]) : [list];
  const count = rows.length > 1 ? rows.length : (dimensions?.length ?? 1);
  const spread = rows.length === 1 ? Array.from({ length: count }, () => rows[0] ?? []) : rows;
  const found = spread.flatMap((row): (readonly [T, T])[] => {
    const [low, high] = [read(row[0]), read(row.length === 1 && !nested ? row[0] : row[1])];
    return row.length > 2 || low === null || high === null ? [] : [[low, high]];
  });
  if (found.length === count && count > 0) return found;
  return args.refuse(name, 'one value, a pair (before, after), or a pair for each dimension');
}

function integer(value: Value | undefined): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

function constant(value: Value | undefined): number | null {
  if (typeof value === 'number') return value;
  return value !== undefined && isFloat(value) ? value.float : null;
}

function shapeOf(value: Value): readonly number[] | null {
  const shape = isTensor(value) ? value.shape : undefined;
  return shape === undefined || shape.length === 0 ? null : shape;
}

/** Channels stand second or last: the dimension after the batch, or the last one, that stays as it is. */
function layoutOf(widths: readonly Pads[], own: Layout): Layout | null {
  const kept = widths.map(([low, high]) => low === 0 && high === 0);
  const possible = { first: kept[0] && kept[1], last: kept[0] && kept.at(-1) };
  if (possible[own]) return own;
  return possible.first ? 'first' : possible.last ? 'last' : null;
}
