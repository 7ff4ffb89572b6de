// MaxPool, AveragePool and their global forms: N C sizes, stride 1 unless given, kernel_shape always.
//
//   ceil_mode           rounds up, and drops a last window that would start beyond the input and the begin pad
//   auto_pad SAME       ceil(size / stride) windows whatever ceil_mode says
//   count_include_pad   1: an average counts pads, never what ceil_mode adds; 0, the default: elements only
//   global              one window over everything
//
// ONNX Runtime keeps looser rules for pools: SAME forgets the dilation and lets its total be negative, sizes are divided as C
// does, a pad must be smaller than the kernel.
// Sources: onnx/defs/nn/defs.cc, convPoolShapeInference, and the operators' texts (1.23); onnxruntime/core/providers/cpu/nn/
// pool_attributes.h (1.31).

import { type Axis, axis, ceilMode, extent, out, type Pads, samePads, start } from '../../geometry/index.ts';
import { croppingSamePads, truncated, truncatedSize } from '../../geometry/padding.ts';
import { say, type Text } from '../../words/index.ts';
import { type Pooled, pooled, poolFill, refuseEmpty } from '../builder.ts';
import { type Layer, refusal } from '../dialect.ts';
import { SMALLEST } from '../nothing.ts';
import { type Windows, windowOf } from '../window.ts';
import { type Padding, paddingOf, sparse, windowsOf } from './conv.ts';
import { integers, isSet, type Node, statedInput } from './node.ts';
import type { Rules } from './rules.ts';

/** Windows of more taps are not searched for one that reads nothing. */
const WIDEST = 1024;

/** MaxPool and AveragePool. */
export function pool(node: Node, operation: 'max' | 'average', rules: Rules): Layer {
  const { args } = node;
  const stated = args.value('kernel_shape');
  const rank = Array.isArray(stated) ? stated.length : 0;
  if (rank < 1 || rank > 3) args.refuse('kernel_shape', 'a list of one to three integers');
  const windows = windowsOf(args, integers(args, 'kernel_shape', rank, 1, 1));
  const padding = paddingOf(args, rank, 0);
  const ceil = isSet(args, 'ceil_mode');
  const counted = operation === 'average' && isSet(args, 'count_include_pad');
  const dilated = windows.dilation.some((step) => step > 1);
  const { who } = args;
  return pooled({
    ...common(node, operation, rank),
    divisor: operation === 'max' || counted ? 'window' : 'real',
    notes: notes(node, operation, windows, padding, ceil, counted),
    axisOf: rules.loosePools ? looseAxis : axisOf,
    refuse: (one, i, problem) => {
      const windows = rules.loosePools ? truncatedSize(one) : countOf(one, ceil);
      if (windows < 0) refuseEmpty(who, one, i, problem);
    },
  });

  function axisOf(size: number, i: number): Axis {
    const window = { ...windowOf(windows, size, i), ...poolFill(operation) };
    if (typeof padding === 'string') {
      const [before, after] = samePads(window, padding);
      return axis({ ...window, before, after });
    }
    const [before, after] = padding[i] as Pads;
    const floor = axis({ ...window, before, after });
    return ceil ? ceilMode(floor, true) : floor;
  }

  function looseAxis(size: number, i: number): Axis {
    const window = { ...windowOf(windows, size, i), ...poolFill(operation) };
    if (typeof padding !== 'string') {
      const [before, after] = padding[i] as Pads;
      if (Math.max(before, after) >= window.kernel)
        throw refusal(
          who,
          say`pads must be smaller than kernel_shape ${window.kernel}, received ${before} and ${after}`,
        );
      const floor = axis({ ...window, before, after });
      return filled(ceil ? ceilMode(floor, true) : truncated(floor), operation);
    }
    const [before, after] = croppingSamePads({ ...window, dilation: 1 }, padding, 0);
    if (operation === 'max' && !dilated && Math.min(before, after) < 0)
      throw refusal(
        who,
        say`auto_pad would crop ${0 - before} and ${0 - after} elements, and MaxPool does not crop`,
      );
    const floor = axis({ ...window, before, after });
    return filled(ceil ? ceilMode(floor, true) : truncated(floor), operation);
  }
}

/** How many windows the formula says, below zero where a window is too wide by more than a stride. */
function countOf(one: Axis, ceil: boolean): number {
  const steps = (one.size + one.before + one.after - extent(one)) / one.stride;
  return (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
}

/** A maximum of nothing is the lowest number: only dilated windows can step over all elements. */
function filled(one: Axis, operation: 'max' | 'average'): Axis {
  if (operation === 'average' || one.dilation === 1 || !stepsOver(one)) return one;
  return axis({ ...one, fillBefore: SMALLEST, fillAfter: SMALLEST });
}

/** Whether some window reads no element. Only those that begin before the input or end behind it can. */
function stepsOver(one: Axis): boolean {
  if (one.kernel > WIDEST) return false;
  const reads = (o: number) =>
    Array.from({ length: one.kernel }, (_, tap) => start(one, o) + tap * one.dilation).some(
      (position) => position >= 0 && position < one.size,
    );
  const windows = out(one);
  for (let o = 0; o < windows && start(one, o) < 0; o++) if (!reads(o)) return true;
  for (let o = windows - 1; o >= 0 && start(one, o) + extent(one) > one.size; o--) if (!reads(o)) return true;
  return false;
}

/** GlobalMaxPool and GlobalAveragePool: as many axes as the code states for the input, two where it states none. */
export function globalPool(node: Node, operation: 'max' | 'average'): Layer {
  const { who } = node.args;
  const rank = Math.min(3, (statedInput(node)?.length ?? 3) - 1);
  return pooled({
    ...common(node, operation, rank),
    divisor: operation === 'max' ? 'window' : 'real',
    notes: [],
    axisOf: (size) => {
      if (size === 0) throw refusal(who, 'the input is empty');
      return axis({ size, kernel: size, ...poolFill(operation) });
    },
  });
}

function common(node: Node, operation: 'max' | 'average', rank: number): Omit<Pooled, 'axisOf'> {
  return { who: node.args.who, operation, rank, layout: 'first', statedInput: statedInput(node) };
}

function notes(
  node: Node,
  operation: 'max' | 'average',
  windows: Windows,
  padding: Padding,
  ceil: boolean,
  counted: boolean,
): Text[] {
  const dilated = windows.dilation.some((step) => step > 1);
  const same = typeof padding === 'string';
  const all: [boolean, Text][] = [
    [node.outputs > 1, 'padwise computes the values, not the indices.'],
    [ceil, 'ceil_mode stands since opset 10.'],
    [
      ceil && !same,
      'Until opset 21 the text did not say that a window beyond the input and the begin pad is dropped.',
    ],
    [counted, 'count_include_pad stands since opset 7.'],
    [
      counted && ceil,
      'Older versions of ONNX Runtime divided by the whole window where ceil_mode reaches beyond the pads.',
    ],
    [dilated && operation === 'max', 'dilations of MaxPool stand since opset 10.'],
    [dilated && operation === 'average', 'dilations of AveragePool stand since opset 19.'],
    [
      same && sparse(windows, 1),
      'ONNX Runtime crops, or refuses, where SAME of a pool has a kernel below the stride.',
    ],
    [
      dilated && same,
      'ONNX Runtime leaves the dilation out of the pads of SAME_UPPER and SAME_LOWER in pools.',
    ],
  ];
  return all.flatMap(([holds, note]) => (holds ? [note] : []));
}
