// Conv and ConvTranspose: N C sizes, weights (out, in / group, k...), transposed (in, out / group, k...).
//
//   pads         begins of all axes, then ends; not together with auto_pad
//   auto_pad     SAME_UPPER, SAME_LOWER: ceil(size / stride) windows, the odd pad at the end or the beginning; VALID: none
//   transposed   (size - 1) * stride + extent + output_padding - begin - end. With SAME size * stride outputs, with
//                output_shape as many as it says: what is too many is cut off, the odd one at the end for SAME_UPPER, at
//                the beginning otherwise
//
// Sources: onnx/defs/nn/defs.cc, convPoolShapeInference and convTransposeShapeInference, and the operators' texts (1.23);
// onnxruntime/core/providers/cpu/nn/conv_attributes.h and conv_transpose_attributes.h (1.31).

import {
  type Axis,
  axis,
  extent,
  naturalSize,
  type Odd,
  out,
  type Pads,
  sameCrop,
  samePads,
  transposedAxis,
} from '../../geometry/index.ts';
import { croppingSamePads } from '../../geometry/padding.ts';
import { say, type Text } from '../../words/index.ts';
import { refuseEmpty, weighted } from '../builder.ts';
import { type Layer, refusal, type Shape, shapeText } from '../dialect.ts';
import { DialectError } from '../error.ts';
import type { Arguments } from '../signature.ts';
import { type Windows, windowOf } from '../window.ts';
import { integers, type Node, statedInput, tensorOf } from './node.ts';
import type { Rules } from './rules.ts';

/** How a node pads: explicitly, or in a word. */
export type Padding = readonly Pads[] | Odd;

/** The pads and auto_pad of a node. @throws DialectError where both are given, as the texts of all operators forbid */
export function paddingOf(args: Arguments, rank: number, least: number): Padding {
  const mode = args.word('auto_pad', ['NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID']);
  const given = args.value('pads') !== null;
  if (given && mode !== 'NOTSET')
    throw refusal(args.who, say`pads and auto_pad='${mode}' cannot be given together`);
  if (mode === 'SAME_UPPER') return 'upper';
  if (mode === 'SAME_LOWER') return 'lower';
  const flat = integers(args, 'pads', 2 * rank, least, 0);
  return Array.from({ length: rank }, (_, i): Pads => [flat[i] as number, flat[rank + i] as number]);
}

/** The window's numbers of a node. */
export function windowsOf(args: Arguments, kernel: Shape): Windows {
  return {
    kernel,
    stride: integers(args, 'strides', kernel.length, 1, 1),
    dilation: integers(args, 'dilations', kernel.length, 1, 1),
  };
}

/** Whether some axis has a window that ends `gap` or more before the next one starts. */
export function sparse(windows: Windows, gap: number): boolean {
  return windows.kernel.some((_, i) => {
    const window = windowOf(windows, 1, i);
    return window.stride - extent(window) >= gap;
  });
}

interface Weights {
  readonly channels: number | null;
  readonly filters: number;
  readonly groups: number;
  readonly kernel: Shape;
  readonly names: readonly [string, string];
  readonly bias: boolean;
  readonly notes: readonly Text[];
}

/** What the weight's shape says; where the code does not hold it, the kernel and as few filters as there can be. */
function weightsOf(node: Node, order: 'go i k' | 'gi o k'): Weights {
  const { args, inputs } = node;
  const groups = args.integer('group', 1);
  const named = tensorOf(inputs[1]);
  const name = named?.tensor ?? 'W';
  const bias = tensorOf(inputs[2]);
  const rest = { groups, names: [name, bias?.tensor ?? 'B'] as const, bias: bias !== null };
  const stated = args.value('kernel_shape');
  const given = Array.isArray(stated) ? integers(args, 'kernel_shape', stated.length, 1, 1) : null;
  if (stated !== null && given === null) args.refuse('kernel_shape', 'a list of integers');
  const shape = named?.shape;
  if (shape === undefined || shape.length === 0) {
    if (given === null) {
      throw new DialectError('argument', say`${args.who}: the shape of ${name} is not in the code`, {
        hint: say`State kernel_shape; padwise --tensor ${name}=64x3x7x7 says it too.`,
      });
    }
    const note = say`The shape of ${name} is not in the code, so the number of filters is taken as ${groups}; padwise --tensor ${name}=64x3x7x7 says it.`;
    return { ...rest, channels: null, filters: groups, kernel: given, notes: [note] };
  }
  const [first = 0, second = 0, ...kernel] = shape;
  if (kernel.length < 1 || kernel.length > 3)
    throw refusal(args.who, say`${name} has the shape ${shapeText(shape)}; expected 3 to 5 dimensions`);
  if (given !== null && given.join() !== kernel.join())
    throw refusal(
      args.who,
      say`kernel_shape is ${given.join('x')}, but ${name} has the shape ${shapeText(shape)}`,
    );
  if (first % groups !== 0)
    throw refusal(
      args.who,
      say`the first dimension of ${name}, ${first}, does not divide by group=${groups}`,
    );
  const [channels, filters] = order === 'go i k' ? [second * groups, first] : [first, second * groups];
  if (bias?.shape !== undefined && shapeText(bias.shape) !== String(filters))
    throw refusal(
      args.who,
      say`${bias.tensor} has the shape ${shapeText(bias.shape)}, but there are ${filters} filters`,
    );
  return { ...rest, channels, filters, kernel, notes: [] };
}

/** Conv. */
export function conv(node: Node, rules: Rules): Layer {
  const { args } = node;
  const { who } = args;
  const { notes, ...weights } = weightsOf(node, 'go i k');
  const rank = weights.kernel.length;
  const windows = windowsOf(args, weights.kernel);
  const padding = paddingOf(args, rank, rules.negativePads ? -Infinity : 0);
  const dilated = windows.dilation.some((step) => step > 1);
  const same = typeof padding === 'string';
  if (same && dilated && rules.refusesDilatedSame)
    throw refusal(
      who,
      say`auto_pad takes SAME_UPPER and SAME_LOWER without dilations only, received ${windows.dilation.join(', ')}`,
    );
  const padsOf = (window: Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>, i: number): Pads => {
    if (typeof padding !== 'string') return padding[i] as Pads;
    return rules.croppingSame ? croppingSamePads(window, padding, 1) : samePads(window, padding);
  };
  return weighted({
    ...weights,
    who,
    kind: 'conv',
    rank,
    layout: 'first',
    order: 'go i k',
    flip: false,
    statedInput: statedInput(node),
    notes: [
      ...notes,
      ...(same && dilated
        ? ["ONNX Runtime refuses auto_pad='SAME_UPPER' and 'SAME_LOWER' with dilations."]
        : []),
      ...(same && sparse(windows, 2)
        ? [
            'ONNX Runtime crops where SAME has a kernel at least two below the stride; the specification does not.',
          ]
        : []),
      ...negativeNote(padding),
    ],
    axisOf: (size, i) => {
      const window = windowOf(windows, size, i);
      const [before, after] = padsOf(window, i);
      return axis({ ...window, before, after });
    },
    refuse: (one, i, problem) => {
      if (rules.refusesEmpty) refuseEmpty(who, one, i, problem);
      const room = one.size + one.before + one.after - extent(one);
      if (room < -one.stride) refuseEmpty(who, one, i, problem);
    },
  });
}

/** ConvTranspose. */
export function convTranspose(node: Node, rules: Rules): Layer {
  const { args } = node;
  const { who } = args;
  const { notes, ...weights } = weightsOf(node, 'gi o k');
  const rank = weights.kernel.length;
  const windows = windowsOf(args, weights.kernel);
  const padding = paddingOf(args, rank, rules.negativePads ? -Infinity : 0);
  const extra = integers(args, 'output_padding', rank, 0, 0);
  const wanted = outputShape(args, rank, rules);
  extra.forEach((count, i) => {
    if (count >= (windows.stride[i] as number))
      throw refusal(
        who,
        say`output_padding ${count} must be smaller than stride ${windows.stride[i] as number}`,
      );
  });
  const axisOf = (size: number, i: number): Axis => {
    const window = windowOf(windows, size, i);
    const whole = naturalSize(window) + (extra[i] as number);
    if (wanted === null && typeof padding !== 'string') {
      const [begin, end] = padding[i] as Pads;
      const left = whole - begin - end;
      if (left < 0)
        throw refusal(
          who,
          say`the output would be ${left} wide: pads ${begin} and ${end} cut more than ${whole}`,
        );
      return transposedAxis(window, begin, left);
    }
    const all = size * window.stride;
    const outs = wanted?.[i] ?? (rules.naturalSame ? Math.min(all, whole) : all);
    const most = naturalSize(window) + window.stride - 1;
    if (rules.boundedOutputShape && outs > most)
      throw refusal(
        who,
        say`output_shape ${outs} is more than ${most}, the natural output and less than a stride`,
      );
    const odd = padding === 'upper' ? 'upper' : 'lower';
    return transposedAxis(window, sameCrop(window, outs - (extra[i] as number), odd), outs);
  };
  return weighted({
    ...weights,
    who,
    kind: 'transposed',
    rank,
    layout: 'first',
    order: 'gi o k',
    flip: true,
    statedInput: statedInput(node),
    notes: [...notes, ...transposedNotes(windows, padding, extra, wanted), ...negativeNote(padding)],
    axisOf,
    refuse: (one, i, problem) => {
      if (rules.refusesEmpty && out(one) === 0)
        throw refusal(who, say`the output is empty on axis ${i}`, problem);
    },
  });
}

/** The sizes that output_shape asks for; null where it is not given. ONNX Runtime takes batch and channels as well. */
function outputShape(args: Arguments, rank: number, rules: Rules): readonly number[] | null {
  const value = args.value('output_shape');
  if (value === null) return null;
  const whole = rules.boundedOutputShape && Array.isArray(value) && value.length === rank + 2;
  return whole
    ? integers(args, 'output_shape', rank + 2, 1, 1).slice(2)
    : integers(args, 'output_shape', rank, 1, 1);
}

/** What SAME and output_shape once meant, where the number that is cut off is odd or there is nothing to cut. */
function transposedNotes(
  windows: Windows,
  padding: Padding,
  extra: readonly number[],
  wanted: readonly number[] | null,
): Text[] {
  const same = typeof padding === 'string';
  if (!same && wanted === null) return [];
  const cuts = windows.kernel.map((_, i) => {
    const window = windowOf(windows, 1, i);
    return extent(window) - window.stride + (extra[i] as number);
  });
  const notes: Text[] = [];
  if (same && wanted === null && cuts.some((cut) => cut > 0 && cut % 2 === 1))
    notes.push(
      'Until opset 10 the text cut the odd one off the other side, and ONNX Runtime before 1.13 swapped SAME_UPPER and SAME_LOWER here.',
    );
  if (same && wanted === null && cuts.some((cut) => cut < 0))
    notes.push(
      'The text says size * stride outputs, so zeros are added; shape inference and ONNX Runtime stop at the natural output.',
    );
  if (wanted !== null && !same)
    notes.push('With output_shape the odd one is cut off at the beginning unless auto_pad is SAME_UPPER.');
  return notes;
}

function negativeNote(padding: Padding): Text[] {
  if (typeof padding === 'string' || padding.flat().every((count) => count >= 0)) return [];
  return [
    'ONNX forbids negative pads; ONNX Runtime takes them where the model does not state the sizes of its input, and crops.',
  ];
}
