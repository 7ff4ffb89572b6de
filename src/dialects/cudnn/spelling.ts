// cuDNN's words for a geometry: convolutions as nodes of its Python frontend, which pads each side on its own, pools as the
// descriptor that sets them, which does not.
//
//   graph.conv_fprop(x, weight, pre_padding=[0, 0], post_padding=[1, 1], stride=[2, 2])
//   cudnnSetPooling2dDescriptor(pool, CUDNN_POOLING_MAX, CUDNN_NOT_PROPAGATE_NAN, 3, 3, 1, 1, 2, 2);

import {
  type Axis,
  extent,
  type Geometry,
  isTransposed,
  naturalSize,
  out,
  type Pads,
} from '../../geometry/index.ts';
import { compose, type Phrases } from '../composer.ts';
import { cudnn } from '../cudnn.ts';
import type { Spelling, Value } from '../dialect.ts';
import { weightShape } from '../parameter.ts';
import { type Phrase, phrase, pythonCall } from '../printer.ts';
import { asList } from '../signature.ts';

const SET = 'cudnnSetPooling2dDescriptor';

const phrases: Phrases = {
  dialect: cudnn,
  conv: (of) =>
    of.axes.length === 1
      ? []
      : [
          forward(
            of,
            of.axes.map((one): Pads => [one.before, one.after]),
          ),
        ],
  transposed: (of, words) =>
    of.axes.length === 1
      ? []
      : backward(
          of,
          words.map(({ crop }) => crop),
        ),
  pool: (of) => {
    const modes =
      of.operation === 'max' ? ['MAX'] : ['AVERAGE_COUNT_INCLUDE_PADDING', 'AVERAGE_COUNT_EXCLUDE_PADDING'];
    return modes.map((mode) =>
      pooling(
        of,
        mode,
        of.axes.map((one) => Math.max(0, one.before)),
      ),
    );
  },
  print: (one) => (one.path === SET ? `${pythonCall(one)};` : pythonCall(one)),
  why: (of) => {
    if (of.operation === 'pad') return 'cuDNN has no layer that only pads or crops';
    if (of.axes.length === 1) return 'cuDNN has layers of two or three axes only';
    if (of.operation !== 'conv' && of.axes.length === 3) return 'padwise writes cuDNN pools of two axes';
    if (of.operation !== 'conv' && of.axes.every((one) => out(one) > 0))
      return 'a pool of cuDNN rounds its size down, pads both sides alike and has no dilation';
    return null;
  },
};

/** cuDNN code for exactly this geometry; a bias is a node of its own, named in a comment. */
export function write(of: Geometry, bias: boolean): Spelling {
  const said = compose(phrases, of, bias);
  if (!bias || !('lines' in said)) return said;
  return {
    ...said,
    lines: said.lines.map((line) =>
      /graph\.conv/.test(line) ? `${line}  # then graph.bias(x, bias)` : line,
    ),
  };
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (
    of.operation === 'pad' ||
    isTransposed(of) ||
    of.axes.length === 1 ||
    of.axes.some((one) => out(one) === 0)
  )
    return null;
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  const half = of.axes.map((one) => (padded ? Math.floor((extent(one) - 1) / 2) : 0));
  if (of.operation === 'conv')
    return pythonCall(
      forward(
        of,
        half.map((pad): Pads => [pad, pad]),
      ),
    );
  const mode =
    of.operation === 'max'
      ? 'MAX'
      : of.divisor === 'real'
        ? 'AVERAGE_COUNT_EXCLUDE_PADDING'
        : 'AVERAGE_COUNT_INCLUDE_PADDING';
  return of.axes.length === 2 ? `${pythonCall(pooling(of, mode, half))};` : null;
}

/** Pads on both sides as the frontend takes them. */
function padding(pads: readonly Pads[]): Record<string, Value | undefined> {
  if (pads.every(([before, after]) => before === 0 && after === 0)) return {};
  const [before, after] = [asList(pads.map(([low]) => low)), asList(pads.map(([, high]) => high))];
  return pads.every(([low, high]) => low === high)
    ? { padding: before }
    : { pre_padding: before, post_padding: after };
}

/** A list of one number per axis; nothing where all are 1. */
function ones(of: Geometry, count: (one: Axis) => number): Value | undefined {
  const values = of.axes.map(count);
  return values.every((value) => value === 1) ? undefined : asList(values);
}

function forward(of: Geometry, pads: readonly Pads[]): Phrase {
  const weight = weightShape('go i k', { ...of, kernel: of.axes.map((one) => one.kernel) });
  return phrase('graph.conv_fprop', [{ tensor: 'x' }, { tensor: 'weight', shape: weight }], {
    ...padding(pads),
    stride: ones(of, (one) => one.stride),
    dilation: ones(of, (one) => one.dilation),
    convolution_mode: mode(of.flip),
  });
}

function mode(mirrors: boolean): Value | undefined {
  return mirrors ? { tensor: 'cudnn.convolution_mode.CONVOLUTION' } : undefined;
}

/** The gradient that crops so; out_dims where its output is grouped or not the smallest, which ends in a crop below 0. */
function backward(of: Geometry, crops: readonly Pads[]): Phrase[] {
  const weight = weightShape('gi o k', { ...of, kernel: of.axes.map((one) => one.kernel) });
  const limit = crops.map(([low, high]): Pads => [Math.max(0, low), Math.max(0, high)]);
  const smallest = of.axes.every((one, i) => {
    const [low, high] = limit[i] as Pads;
    return out(one) === naturalSize({ ...one, stride: one.inputDilation }) - low - high;
  });
  const dims = smallest && of.groups === 1 ? undefined : asList([of.batch, of.filters, ...of.axes.map(out)]);
  return [
    phrase('graph.conv_dgrad', [{ tensor: 'x' }, { tensor: 'weight', shape: weight }], {
      ...padding(limit),
      stride: ones(of, (one) => one.inputDilation),
      dilation: ones(of, (one) => one.dilation),
      convolution_mode: mode(!of.flip),
      out_dims: dims,
    }),
  ];
}

function pooling(of: Geometry, mode: string, pads: readonly number[]): Phrase {
  const [kernel, stride] = [of.axes.map((one) => one.kernel), of.axes.map((one) => one.stride)];
  return phrase(SET, [
    { tensor: 'pool' },
    { tensor: `CUDNN_POOLING_${mode}` },
    { tensor: 'CUDNN_NOT_PROPAGATE_NAN' },
    ...kernel,
    ...pads,
    ...stride,
  ]);
}
