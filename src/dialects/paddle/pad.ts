// PaddlePaddle's padding layers and F.pad: pairs from the last axis backwards, negative numbers crop. Copies read the whole
// input. F.pad with constants also pads other axes than the spatial ones: as many of the last ones as it has pairs, or
// all of them, the first one first.
// Sources: python/paddle/nn/functional/common.py, paddle/phi/infermeta/unary.cc, kernels/cpu/pad3d_kernel.cc (3.3).

import { type Axis, axis, type Fill, type Geometry, type Pads } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import { padded } from '../builder.ts';
import { type Layer, type Layout, refusal, type Value } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { FORMATS, layoutOf } from './padding.ts';

const MODES: Readonly<Record<string, Fill>> = {
  constant: 0,
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'wrap',
};

/** Pad1D to Pad3D, ZeroPad1D to ZeroPad3D and zeropad2d: F.pad with a list, or one number for all sides. */
export function padLayer(args: Arguments, rank: number): Layer {
  if (Array.isArray(args.value('padding'))) return listPad(args, 'padding');
  return pad(args, backwards(args.integers('padding', 2 * rank)), fillOf(args), layoutOf(args, rank), [1]);
}

/** F.pad: as many axes as it has pairs. */
export function functionalPad(args: Arguments): Layer {
  if (!Array.isArray(args.value('pad'))) args.refuse('pad', 'a list of integers');
  return listPad(args, 'pad');
}

/** Constants go on any last axes, and what a list lacks of a pair is 0; copies on the spatial axes alone. */
function listPad(args: Arguments, name: 'pad' | 'padding'): Layer {
  const given = args.integers(name, (args.value(name) as readonly Value[]).length);
  const fill = fillOf(args);
  const constant = typeof fill === 'number';
  const odd = given.length % 2 === 1;
  const flat = odd && constant ? [...given, 0] : given;
  const count = flat.length / 2;
  if (!Number.isInteger(count) || count < 1 || count > 5) args.refuse(name, 'one to five pairs of integers');
  const all = constant && count >= 3 ? wholePad(args, flat, fill) : null;
  if (count > 3) return all ?? args.refuse(name, 'no padding of batch and channels');
  const layout = spatialLayout(args, count);
  if (layout === null && !constant) args.refuse('data_format', say`one of ${count + 2} dimensions`);
  const leads = constant && layout !== 'last' ? [0, 1, 2, 3] : [1];
  const some = pad(args, backwards(flat), fill, layout ?? 'first', leads, odd ? 0 : -Infinity);
  return all === null
    ? some
    : { ...some, resolve: (input) => (input.length === 3 ? all : some).resolve(input) };
}

/** Where data_format has the channels of as many axes; null for another number of axes. */
function spatialLayout(args: Arguments, rank: number): Layout | null {
  if (args.value('data_format') === null) return 'first';
  const format = args.word('data_format', FORMATS.first.concat(FORMATS.last));
  if (format.length !== rank + 2) return null;
  return format.endsWith('C') ? 'last' : 'first';
}

/** Pads for every dimension, batch and channels included, which stay as they are; null where they do not. */
function wholePad(args: Arguments, flat: readonly number[], fill: Fill): Layer | null {
  const pairs = args.value('pad_from_left_axis') !== false ? backwards(flat).reverse() : backwards(flat);
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
        throw refusal(
          who,
          say`pads ${one.before} and ${one.after} leave ${left} of ${one.size} elements on axis ${i}`,
        );
    },
  });
}

/** Reflection reads the input once at most. @throws DialectError 'refused' */
export function refuseCopies(who: string, one: Axis, index: number, problem: Geometry): void {
  const most = Math.max(
    one.fillBefore === 'reflect' ? one.before : 0,
    one.fillAfter === 'reflect' ? one.after : 0,
  );
  if (most === 0 || most < one.size) return;
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
