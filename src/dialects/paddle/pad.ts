// PaddlePaddle's padding layers and F.pad: pairs from the last axis backwards, negative numbers crop. Copies read the whole
// input. F.pad with constants also pads other axes than the spatial ones: as many of the last ones as it has pairs, or
// all of them, the first one first.
// Sources: python/paddle/nn/functional/common.py, paddle/phi/infermeta/unary.cc, kernels/cpu/pad3d_kernel.cc (3.3).

import { type Axis, axis, type Fill, type Geometry, out, type Pads } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import { padded } from '../builder.ts';
import { type Layer, type Layout, refusal } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { layoutOf } from './padding.ts';

const MODES: Readonly<Record<string, Fill>> = {
  constant: 0,
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'wrap',
};

/** Pad1D to Pad3D, ZeroPad1D to ZeroPad3D and zeropad2d. */
export function padLayer(args: Arguments, rank: number): Layer {
  const value = args.value('padding');
  const flat = Array.isArray(value) ? args.integers('padding', 2 * rank) : args.integers('padding', 2 * rank);
  return pad(args, backwards(flat), fillOf(args), layoutOf(args, rank), [1]);
}

/** F.pad: as many axes as it has pairs. */
export function functionalPad(args: Arguments): Layer {
  const value = args.value('pad');
  if (!Array.isArray(value) || value.length % 2 === 1 || value.length === 0 || value.length > 10)
    args.refuse('pad', 'a list of one to five pairs of integers');
  const flat = args.integers('pad', (value as readonly number[]).length);
  const fill = fillOf(args);
  const count = flat.length / 2;
  const constant = typeof fill === 'number';
  const all = constant && count >= 3 ? wholePad(args, flat, fill) : null;
  if (count > 3) return all ?? args.refuse('pad', 'no padding of batch and channels');
  const layout = args.value('data_format') === null ? 'first' : layoutOf(args, count);
  const some = pad(args, backwards(flat), fill, layout, constant && layout === 'first' ? [0, 1, 2, 3] : [1]);
  return all === null ? some : { ...some, resolve: (input) => (input.length === 3 ? all : some).resolve(input) };
}

/** Pads for every dimension, batch and channels included, which stay as they are; null where they do not. */
function wholePad(args: Arguments, flat: readonly number[], fill: Fill): Layer | null {
  const pairs = args.flag('pad_from_left_axis') ? backwards(flat).reverse() : backwards(flat);
  const none = (pair: Pads | undefined) => pair?.[0] === 0 && pair[1] === 0;
  if (!none(pairs[0])) return null;
  if (none(pairs[1])) return pad(args, pairs.slice(2), fill, 'first', [1], 0);
  return none(pairs.at(-1)) ? pad(args, pairs.slice(1, -1), fill, 'last', [1], 0) : null;
}

function pad(
  args: Arguments,
  pairs: readonly Pads[],
  fill: Fill,
  layout: Layout,
  leads: readonly number[],
  least: number = -Infinity,
): Layer {
  const { who } = args;
  if (pairs.flat().some((count) => count < least))
    args.refuse(args.value('pad') === null ? 'padding' : 'pad', 'integers >= 0 for all dimensions');
  return padded({
    who,
    rank: pairs.length,
    layout,
    leads,
    axisOf: (size, i) => {
      const [before, after] = pairs[i] as Pads;
      return axis({ size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill });
    },
    refuse: (one, i, problem) => {
      refuseCopies(who, one, i, problem);
      const left = one.size + one.before + one.after;
      if (left < 0)
        throw refusal(who, say`pads ${one.before} and ${one.after} leave ${left} of ${one.size} elements on axis ${i}`);
    },
  });
}

/** Reflection reads the input once at most. @throws DialectError 'refused' */
export function refuseCopies(who: string, one: Axis, index: number, problem: Geometry): void {
  const most = Math.max(one.before, one.after);
  if (one.fillBefore !== 'reflect' || most < one.size || out(one) < 0) return;
  throw refusal(
    who,
    say`reflection by ${most} needs more than ${most} elements, but axis ${index} has ${one.size}`,
    problem,
  );
}

/** What is padded with: the value of mode 'constant', else copies. */
function fillOf(args: Arguments): Fill {
  if (args.value('mode') === null) return 0;
  const fill = MODES[args.word('mode', Object.keys(MODES))] as Fill;
  return fill === 0 ? args.number('value') : fill;
}

/** Pairs of a flat list, which has those of the last axis first. */
function backwards(flat: readonly number[]): Pads[] {
  return flat
    .flatMap((before, i): Pads[] => (i % 2 === 0 ? [[before, flat[i + 1] as number]] : []))
    .reverse();
}
