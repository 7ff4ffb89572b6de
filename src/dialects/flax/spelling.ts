// Flax's words for a geometry. A word is taken when the axes it gives, by the rules that read it, read the same pixels;
// else pairs say anything zeros and crops can, on an input with or without holes:
//
//   nn.Conv(features=6, kernel_size=(4, 4), strides=(2, 2), padding='SAME')
//   nn.Conv(features=6, kernel_size=(3, 3), strides=(2, 2), padding=1)                          PyTorch's padding=1
//   nn.ConvTranspose(features=4, kernel_size=(3, 3), strides=(2, 2), padding=((1, 2), (1, 2)), transpose_kernel=True)
//   nn.max_pool(x, (2, 2), strides=(2, 2))
//
// Other fills stand in front as jnp.pad (array-pad-spelling.ts).

import {
  type Axis,
  axis,
  type Geometry,
  isTransposed,
  out,
  sameGeometry,
  sameReads,
} from '../../geometry/index.ts';
import type { Spelling } from '../dialect.ts';
import { narrow, padSpelling, pairsText, prepare } from '../jax/array-pad-spelling.ts';
import { paddedAxis, transposedAxisOf, type Window } from '../jax/lax.ts';
import { args, keyword, tuple } from '../spelling.ts';
import { circularTransposedAxis, type FlaxWord, flaxAxis } from './padding.ts';

const CONV_WORDS: readonly FlaxWord[] = ['VALID', 'SAME', 'CAUSAL', 'CIRCULAR', 'REFLECT'];
const POOL_WORDS = ['VALID', 'SAME', 'SAME_LOWER'] as const;

/** Flax code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  if (of.operation === 'pad') return padSpelling(of, 'last');
  if (of.operation !== 'conv') return pool(of);
  const mirrored = of.flip && of.axes.some((one) => one.kernel > 1);
  const holes = of.axes.some((one) => one.inputDilation > 1);
  const plain = of.groups === 1 && of.axes.every((one) => one.stride === 1);
  if (mirrored && !plain) {
    return {
      impossible:
        'Flax mirrors the kernel in ConvTranspose only, which has neither groups nor a stride over its output; mirror the weights to use Conv with input_dilation',
    };
  }
  return mirrored || (holes && plain) ? transposed(of, bias, mirrored) : conv(of, bias);
}

/** SAME where something is padded and the sizes suit it, else VALID. */
export function usual(of: Geometry): string | null {
  if (of.operation === 'pad' || of.axes.some((one) => out(one) === 0)) return null;
  const transposes = isTransposed(of);
  if (transposes && of.groups > 1) return null;
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  const scaled = of.axes.every(
    (one) => out(one) === (transposes ? one.size * one.inputDilation : Math.ceil(one.size / one.stride)),
  );
  const word = padded && scaled ? "'SAME'" : "'VALID'";
  if (of.operation !== 'conv') return poolText(of, word, false);
  return transposes ? transposedText(of, true, word, false) : convText(of, true, word);
}

function conv(of: Geometry, bias: boolean): Spelling {
  const undilated = of.axes.every((one) => one.inputDilation === 1);
  const words = CONV_WORDS.filter((word) => undilated && (word !== 'CAUSAL' || of.axes.length === 1));
  const word = words.find((one) => reads(of, (window) => flaxAxis(window, one)));
  if (word !== undefined) return { lines: [convText(of, bias, `'${word}'`)] };
  const prepared = prepare(of, 'last', 0);
  if ('impossible' in prepared) return prepared;
  const numbers = numbersText(prepared.axes);
  const padding = numbers === '0' && undilated ? "'VALID'" : numbers;
  const line = convText({ ...of, axes: prepared.axes }, bias, padding);
  return { lines: prepared.lines.length === 0 ? [line] : [...prepared.lines, `x = ${line}(x)`] };
}

function transposed(of: Geometry, bias: boolean, flip: boolean): Spelling {
  const say = (padding: string): Spelling => ({ lines: [transposedText(of, bias, padding, flip)] });
  for (const word of ['SAME', 'VALID'] as const)
    if (reads(of, (window) => transposedAxisOf(upsampled(window), { word }, 0))) return say(`'${word}'`);
  if (
    of.axes.every((one) => one.size > 0) &&
    reads(of, (window) => circularTransposedAxis(upsampled(window), flip))
  )
    return say("'CIRCULAR'");
  const prepared = prepare(of, 'last', 0);
  if ('impossible' in prepared) return prepared;
  const line = transposedText({ ...of, axes: prepared.axes }, bias, numbersText(prepared.axes), flip);
  return { lines: prepared.lines.length === 0 ? [line] : [...prepared.lines, `x = ${line}(x)`] };
}

/** The window of the forward conv: its stride is what holes this input has. */
function upsampled(one: Axis): Window {
  return { size: one.size, kernel: one.kernel, stride: one.inputDilation, dilation: one.dilation };
}

function pool(of: Geometry): Spelling {
  const { operation } = of;
  if (of.axes.some((one) => one.dilation > 1 && one.kernel > 1))
    return { impossible: 'Flax pools have no dilation' };
  if (of.axes.some((one) => one.inputDilation > 1))
    return { impossible: 'Flax pools an input without holes' };
  const fill = operation === 'max' ? -Infinity : 0;
  for (const divisor of operation === 'max' ? [of.divisor] : (['window', 'real'] as const)) {
    const candidate = { ...of, divisor };
    const real = operation === 'average' && divisor === 'real';
    const word = POOL_WORDS.find((one) =>
      sameGeometry(of, {
        ...candidate,
        axes: of.axes.map((axis) => filled(paddedAxis(windowOf(axis), one), fill)),
      }),
    );
    if (word !== undefined) return { lines: [poolText(of, `'${word}'`, real)] };
    const axes = of.axes.map(narrow);
    if (axes.every((one) => own(one, fill)) && sameGeometry(of, { ...candidate, axes }))
      return { lines: [poolText({ ...of, axes }, pairsText(axes), real)] };
  }
  if (operation === 'average' && (of.divisor !== 'window' || of.axes.some((one) => one.overhang > 0)))
    return {
      impossible: 'nn.avg_pool divides by its whole window or by the real elements in it, by nothing else',
    };
  const prepared = prepare(of, 'last', fill);
  if ('impossible' in prepared) return prepared;
  const padding = numbersText(prepared.axes) === '0' ? "'VALID'" : pairsText(prepared.axes);
  return { lines: [...prepared.lines, `x = ${poolText({ ...of, axes: prepared.axes }, padding, false)}`] };
}

/** Whether all padding of an axis holds what the pool itself pads with. */
function own(one: Axis, fill: number): boolean {
  return (one.before <= 0 || one.fillBefore === fill) && (one.after <= 0 || one.fillAfter === fill);
}

function filled(one: Axis, fill: number): Axis {
  return { ...one, fillBefore: fill, fillAfter: fill };
}

function windowOf({ size, kernel, stride, dilation }: Axis): Window {
  return { size, kernel, stride, dilation };
}

/** Whether the axes that `make` gives read the same pixels. */
function reads(of: Geometry, make: (one: Axis) => Axis): boolean {
  return of.axes.every((one) =>
    sameReads(one, make(axis({ ...windowOf(one), inputDilation: one.inputDilation }))),
  );
}

/** One number where it does for all sides of all axes, else pairs. */
function numbersText(axes: readonly Axis[]): string {
  const [first] = axes;
  const number = first?.before ?? 0;
  if (
    number >= 0 &&
    axes.every((one) => one.before === number && sameReads(one, axis({ ...one, after: number })))
  )
    return String(number);
  return pairsText(axes);
}

function per(of: Geometry, field: 'kernel' | 'stride' | 'dilation' | 'inputDilation'): string {
  return tuple(of.axes.map((one) => one[field]));
}

function ones(of: Geometry): string {
  return tuple(of.axes.map(() => 1));
}

function convText(of: Geometry, bias: boolean, padding: string): string {
  return `nn.Conv(${args(
    `features=${of.filters}`,
    `kernel_size=${per(of, 'kernel')}`,
    keyword('strides', per(of, 'stride'), ones(of)),
    `padding=${padding}`,
    keyword('input_dilation', per(of, 'inputDilation'), ones(of)),
    keyword('kernel_dilation', per(of, 'dilation'), ones(of)),
    keyword('feature_group_count', of.groups, 1),
    bias ? undefined : 'use_bias=False',
  )})`;
}

function transposedText(of: Geometry, bias: boolean, padding: string, flip: boolean): string {
  return `nn.ConvTranspose(${args(
    `features=${of.filters}`,
    `kernel_size=${per(of, 'kernel')}`,
    keyword('strides', per(of, 'inputDilation'), ones(of)),
    `padding=${padding}`,
    keyword('kernel_dilation', per(of, 'dilation'), ones(of)),
    bias ? undefined : 'use_bias=False',
    flip ? 'transpose_kernel=True' : undefined,
  )})`;
}

function poolText(of: Geometry, padding: string, real: boolean): string {
  return `nn.${of.operation === 'max' ? 'max' : 'avg'}_pool(${args(
    'x',
    per(of, 'kernel'),
    keyword('strides', per(of, 'stride'), ones(of)),
    keyword('padding', padding, "'VALID'"),
    real ? 'count_include_pad=False' : undefined,
  )})`;
}
