// OpenVINO's pad: as many pads before and after as the data has dimensions, negative ones crop from opset 12 on; and add, with
// which a bias is added. Copies read the whole input once.
// Sources: core/shape_inference/include/pad_shape_inference.hpp (2026.4).

import { axis, type Fill, geometry, type Pads } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import { padded } from '../builder.ts';
import { inWordsOf, type Layer, refusal, resolved, takeApart, type Value } from '../dialect.ts';
import { bias } from '../parameter.ts';
import { type Arguments, isTensor } from '../signature.ts';
import { anyCase } from './attributes.ts';

const FILLS: Readonly<Record<'constant' | 'edge' | 'reflect' | 'symmetric', Fill>> = {
  constant: 0,
  edge: 'replicate',
  reflect: 'reflect',
  symmetric: 'symmetric',
};

/** pad. */
export function pad(args: Arguments): Layer {
  const { who } = args;
  const [begin, end] = [dimensions(args, 'pads_begin'), dimensions(args, 'pads_end')];
  const rank = begin.length - 2;
  if (end.length !== begin.length)
    args.refuse('pads_end', say`as many integers as pads_begin, ${begin.length}`);
  if (rank < 1 || rank > 3) args.refuse('pads_begin', 'three to five integers, one for every dimension');
  if ([...begin.slice(0, 2), ...end.slice(0, 2)].some((count) => count !== 0))
    args.refuse('pads_begin', 'no padding of batch and channels');
  const mode = anyCase(args, 'pad_mode', Object.keys(FILLS) as (keyof typeof FILLS)[]);
  const fill = mode === 'constant' ? constant(args) : FILLS[mode];
  return padded({
    who,
    rank,
    layout: 'first',
    axisOf: (size, i) => {
      const [before, after]: Pads = [begin[i + 2] as number, end[i + 2] as number];
      return axis({ size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill });
    },
    refuse: ({ size, before, after }, i, problem) => {
      if (size + Math.min(before, 0) + Math.min(after, 0) < 0)
        throw refusal(who, say`pads ${before} and ${after} crop more than the ${size} elements of axis ${i}`);
      const limit = mode === 'reflect' ? size - 1 : mode === 'symmetric' ? size : Infinity;
      const most = Math.max(before, after);
      if (most > limit)
        throw refusal(
          who,
          say`pad_mode='${mode}' takes pads of at most ${limit} on axis ${i}, received ${most}`,
          problem,
        );
    },
  });
}

/** Integers of a list, as many as it has. */
function dimensions(args: Arguments, name: string): number[] {
  const value = args.value(name);
  if (!Array.isArray(value)) return args.refuse(name, 'a list of integers');
  return args.integers(name, value.length);
}

/** The number that arg_pad_value holds, 0 where there is none: np.float32(3) or ops.constant(3.0, dtype=np.float32). */
function constant(args: Arguments): number {
  const value: Value = args.value('arg_pad_value');
  if (value === null) return 0;
  const text = isTensor(value) ? value.tensor : '';
  const [, written] = /(?:float32|constant)\(\s*'?([-+.\w]+)/.exec(text) ?? [];
  const number = written === undefined ? Number.NaN : Number(written.replace(/inf$/, 'Infinity'));
  if (Number.isNaN(number))
    args.refuse('arg_pad_value', "a number of the data's type, such as np.float32(3)");
  return number;
}

/** add of a bias to every channel, which moves nothing. */
export function add(args: Arguments): Layer {
  const { who } = args;
  const shape = args.shape('right_node');
  const rank = shape.length - 2;
  const channels = shape[1] ?? 0;
  if (rank < 1 || rank > 3 || shape.some((size, i) => i !== 1 && size !== 1))
    args.refuse('right_node', 'a bias of shape 1 x channels x 1 ..., one 1 for each spatial axis');
  const layer = padded({ who, rank, layout: 'first', axisOf: (size) => axis({ size, kernel: 1 }) });
  return {
    ...layer,
    channels,
    notes: ['Adds a bias to every channel and moves nothing.'],
    parameters: () => [{ ...bias('bias', channels, { kind: 'zeros' }), shape }],
    resolve: (input) => {
      const parts = takeApart(who, input, rank, 'first');
      if (parts.channels !== channels)
        throw refusal(who, say`expected ${channels} channels, received ${parts.channels}`);
      const { batch, sizes } = parts;
      const axes = sizes.map((size) => ({ size, kernel: 1 }));
      const step = inWordsOf(who, () => geometry({ operation: 'pad', batch, channels, axes }));
      return resolved([step], parts, 'first');
    },
  };
}
