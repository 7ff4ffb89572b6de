// jnp.pad and lax.pad pad whole arrays: one pair, or one (low, high, interior), for every dimension, batch and channels
// among them.
//
//   jnp.pad(x, ((0, 0), (1, 2), (0, 0)), mode='wrap')     NumPy's modes; no negative pads; later axes last, as to corners
//   lax.pad(x, 0.0, ((0, 0, 0), (1, -1, 1), (0, 0, 0)))   negative pads crop, interior ones put holes between elements
//
// Which dimensions are batch and channels is read off those that stay as they are; where both orders would do, the
// dialect's own one is taken, and the numbers are the same. Sources: jax/_src/numpy/lax_numpy.py, jax/_src/lax/lax.py.

import { type Fill, type Geometry, geometry, out, type Pads, span } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import type { Value } from '../dialect.ts';
import {
  inWordsOf,
  type Layer,
  type Layout,
  type Reader,
  type Resolved,
  refusal,
  resolved,
  takeApart,
} from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { padPairs } from './lax.ts';

const MODES: Readonly<Record<string, Fill>> = {
  constant: 0,
  edge: 'replicate',
  reflect: 'reflect',
  symmetric: 'symmetric',
  wrap: 'wrap',
};

/** What one spatial axis gets. */
interface Padding {
  readonly pads: Pads;
  readonly interior: number;
  readonly fills: readonly [Fill, Fill];
}

/** The reader of jnp.pad; `own` is the layout taken where the widths leave it open. */
export function jnpPad(own: Layout): Reader {
  return {
    signature:
      'array, pad_width, mode="constant", constant_values=0, stat_length=None, end_values=None, reflect_type="even"',
    read: (args) => {
      const widths = pairsOf(args, 'pad_width');
      if (widths.some(([low, high]) => low < 0 || high < 0)) args.refuse('pad_width', 'numbers >= 0');
      const mode = args.word('mode', Object.keys(MODES));
      args.word('reflect_type', ['even']);
      if (mode !== 'constant' && args.given('constant_values'))
        args.refuse('constant_values', say`none with mode='${mode}'`);
      const values = mode === 'constant' ? constants(args, widths.length) : null;
      const copied = MODES[mode] as Fill;
      const paddings = widths.map(
        (pads, i): Padding => ({ pads, interior: 0, fills: values?.[i] ?? [copied, copied] }),
      );
      return layer(args, own, paddings, 'pad_width');
    },
  };
}

/** The reader of lax.pad. */
export function laxPad(own: Layout): Reader {
  return {
    signature: 'operand, padding_value, padding_config',
    read: (args) => {
      const value = args.number('padding_value');
      const config = args.value('padding_config');
      const triples = Array.isArray(config) ? (config as readonly Value[]) : [];
      const paddings = triples.flatMap((triple): Padding[] => {
        if (!Array.isArray(triple) || triple.length !== 3 || !triple.every(Number.isInteger)) return [];
        const [low = 0, high = 0, interior = 0] = triple as readonly number[];
        return interior < 0 ? [] : [{ pads: [low, high], interior, fills: [value, value] }];
      });
      if (paddings.length === 0 || paddings.length !== triples.length)
        args.refuse('padding_config', '(low, high, interior) for each dimension, interior >= 0');
      if (value !== 0 && paddings.some(({ interior }) => interior > 0))
        args.refuse('padding_value', '0.0 where interior > 0, which is all padwise computes');
      return layer(args, own, paddings, 'padding_config');
    },
  };
}

function pairsOf(args: Arguments, name: string): Pads[] {
  const value = args.value(name);
  const pairs = Array.isArray(value) && value.length > 2 ? padPairs(value, value.length) : null;
  return pairs ?? args.refuse(name, 'a pair (low, high) for each of 3 to 5 dimensions');
}

/** One number, one pair for all dimensions, or a pair for each. */
function constants(args: Arguments, dimensions: number): (readonly [number, number])[] {
  const value = args.value('constant_values');
  const list = Array.isArray(value) ? (value as readonly Value[]) : null;
  const nested = list?.every(Array.isArray) ? (list as readonly (readonly Value[])[]) : null;
  const rows = nested ?? [list ?? [value, value]];
  const spread = rows.length === 1 ? Array.from({ length: dimensions }, () => rows[0]) : rows;
  return spread.length === dimensions && spread.every((row) => row?.length === 2)
    ? spread.map((row) => [number(args, row?.[0]), number(args, row?.[1])])
    : args.refuse('constant_values', 'a number or a pair for each dimension');
}

function number(args: Arguments, value: Value | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null && 'float' in value) return value.float;
  return args.refuse('constant_values', 'numbers');
}

function layer(args: Arguments, own: Layout, paddings: readonly Padding[], name: string): Layer {
  const { who } = args;
  const rank = paddings.length - 2;
  if (rank < 1 || rank > 3) args.refuse(name, '3 to 5 dimensions, batch and channels among them');
  const layout = layoutOf(paddings, own) ?? args.refuse(name, 'batch and channels left as they are');
  const spatial = layout === 'first' ? paddings.slice(2) : paddings.slice(1, -1);
  return {
    framework: who.slice(0, who.indexOf(' ')),
    name: who.slice(who.indexOf(' ') + 1),
    kind: 'pad',
    rank,
    layout,
    activation: null,
    statedInput: null,
    notes: [],
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layout);
      const { batch, channels } = parts;
      const problem = inWordsOf(who, () => {
        const axes = parts.sizes.map((size, i) => {
          const { pads, interior, fills } = spatial[i] as Padding;
          return { size, kernel: 1, inputDilation: interior + 1, ...sides(pads, fills) };
        });
        return geometry({ operation: 'pad', batch, channels, axes });
      });
      refuseAxes(who, problem);
      return resolved([problem], parts, layout);
    },
  };
}

function sides([before, after]: Pads, [fillBefore, fillAfter]: readonly [Fill, Fill]) {
  return { before, after, fillBefore, fillAfter };
}

/** Channels stand second or last: the dimension after the batch, or the last one, that stays as it is. */
function layoutOf(paddings: readonly Padding[], own: Layout): Layout | null {
  const kept = paddings.map(({ pads: [low, high], interior }) => low === 0 && high === 0 && interior === 0);
  const possible = { first: kept[0] && kept[1], last: kept[0] && kept.at(-1) };
  if (possible[own]) return own;
  return possible.first ? 'first' : possible.last ? 'last' : null;
}

function refuseAxes(who: string, problem: Geometry): void {
  for (const [index, one] of problem.axes.entries()) {
    const left = span(one) + one.before + one.after;
    if (left < 0) {
      throw refusal(
        who,
        say`padding (${one.before}, ${one.after}) crops more than the ${span(one)} positions of axis ${index}`,
        problem,
      );
    }
    if (one.size === 0 && out(one) > 0 && typeof one.fillBefore === 'string')
      throw refusal(who, say`it copies from the input, which is empty on axis ${index}`, problem);
  }
}
