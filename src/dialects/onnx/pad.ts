// Pad and Slice: pads are the begins of all dimensions, batch and channels included, then their ends; negative ones crop.
//
//   Pad      constant, reflect, edge, wrap; copies are of what a crop leaves. pads as an attribute until opset 10, as an
//            input since 11; axes, the dimensions that pads speak of, since 18; wrap since 19
//   Slice    starts, ends, axes and steps, as Python slices; attributes without steps until opset 9, inputs since 10
//
// Source: onnx/defs/tensor/defs.cc and old.cc, the operators' texts (1.23).

import { type Axis, axis, type Fill, type GeometryInput, geometry, type Pads } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { padded } from '../builder.ts';
import { inWordsOf, type Layer, refusal, resolved, takeApart } from '../dialect.ts';
import { isFloat } from '../signature.ts';
import { constants, integers, type Node, statedInput } from './node.ts';
import type { Rules } from './rules.ts';

const MODES: Readonly<Record<string, Fill>> = {
  constant: 0,
  reflect: 'reflect',
  edge: 'replicate',
  wrap: 'wrap',
};
/** Dimensions before the spatial ones: batch and channels. */
const LEADS = 2;

/** Values of spatial axes, first axis first; `leads` are the dimensions before them that an input may have. */
interface Spatial<One> {
  readonly values: readonly One[];
  readonly leads: readonly number[];
}

/** Pad. */
export function pad(node: Node, rules: Rules): Layer {
  const { args, inputs } = node;
  const { who } = args;
  const attribute = args.value('pads') !== null;
  if (attribute && inputs.length > 1) throw refusal(who, 'pads are an attribute or an input, not both');
  const flat = attribute ? list(node, 'pads') : constants(node, 1, 'pads');
  const count = flat.length / 2;
  const pairs = Array.from(
    { length: Math.floor(count) },
    (_, i): Pads => [flat[i] as number, flat[count + i] as number],
  );
  if (pairs.length === 0 || pairs.length !== count)
    throw refusal(who, say`pads are a begin and an end each, received ${flat.length} numbers`);
  const axes = (inputs[3] ?? null) === null ? null : constants(node, 3, 'axes');
  if (axes !== null && axes.length !== pairs.length)
    throw refusal(who, say`${axes.length} axes need ${2 * axes.length} pads, received ${flat.length}`);
  const { values, leads } = spatial(who, pairs, axes, [0, 0], ([begin, end]) => begin === 0 && end === 0);
  const mode = args.word('mode', Object.keys(MODES));
  const fill = mode === 'constant' ? constantOf(node) : (MODES[mode] as Fill);
  const copies = typeof fill !== 'number';
  const cuts = values.map(([begin, end]): Pads => [Math.min(begin, 0), Math.min(end, 0)]);
  const grows = values.map(([begin, end]): Pads => [Math.max(begin, 0), Math.max(end, 0)]);
  const cropped = values.flat().some((one) => one < 0);
  const made = padded({
    who,
    rank: values.length,
    layout: 'first',
    leads,
    statedInput: statedInput(node),
    notes: notes(attribute, axes !== null, mode, copies && cropped),
    axisOf: (size, i) => padAxis(size, values[i] as Pads, fill),
  });
  return {
    ...made,
    resolve: (input) => {
      const parts = takeApart(who, input, values.length, 'first', leads);
      const step = (sizes: readonly number[], pads: readonly Pads[]) =>
        inWordsOf(who, () =>
          geometry({ ...padding(parts), axes: sizes.map((size, i) => padAxis(size, pads[i] as Pads, fill)) }),
        );
      const kept = step(parts.sizes, cuts).axes.map((one) => one.size + one.before + one.after);
      for (const [i, [begin, end]] of values.entries()) {
        const [size, left] = [parts.sizes[i] as number, kept[i] as number];
        if (left + (copies ? 0 : (grows[i] as Pads)[0] + (grows[i] as Pads)[1]) < 0)
          throw refusal(who, say`pads ${begin} and ${end} leave ${left} of ${size} elements on axis ${i}`);
        if (copies) refuseCopies(who, fill, left, grows[i] as Pads, i, rules);
      }
      const steps =
        copies && cropped ? [step(parts.sizes, cuts), step(kept, grows)] : [step(parts.sizes, values)];
      return resolved(steps, parts, 'first');
    },
  };
}

function padding({ batch, channels }: { batch: number; channels: number }): Omit<GeometryInput, 'axes'> {
  return { operation: 'pad', batch, channels };
}

function padAxis(size: number, [before, after]: Pads, fill: Fill): Axis {
  return axis({ size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill });
}

/** Copies need something to copy; ONNX Runtime reflects once at most, and wants something even where it pads nothing. */
function refuseCopies(who: string, fill: Fill, left: number, pads: Pads, i: number, rules: Rules): void {
  const most = Math.max(...pads);
  if (left === 0 && (most > 0 || rules.reflectsOnce))
    throw refusal(who, say`there is nothing to copy on axis ${i}`);
  if (rules.reflectsOnce && fill === 'reflect' && most >= left && most > 0)
    throw refusal(
      who,
      say`reflection by ${most} needs more than ${most} elements, but axis ${i} has ${left}`,
    );
}

/** What mode 'constant' pads with. */
function constantOf({ args, inputs }: Node): number {
  const given = inputs[2] ?? null;
  if (typeof given === 'number') return given;
  if (isFloat(given)) return given.float;
  const [only, more] = Array.isArray(given) ? given : [];
  if (only !== undefined && more === undefined)
    return typeof only === 'number' ? only : isFloat(only) ? only.float : Number.NaN;
  if (given !== null) throw refusal(args.who, 'the constant it pads with is not in the code');
  return args.number('value');
}

function notes(attribute: boolean, axes: boolean, mode: string, mixed: boolean): Text[] {
  return [
    ...(attribute ? ['pads are an attribute until opset 10, an input since opset 11.'] : []),
    ...(axes ? ['axes stand since opset 18.'] : []),
    ...(mode === 'wrap' ? ["mode='wrap' stands since opset 19."] : []),
    ...(mixed
      ? ['The text does not say whether copies are of the whole input; ONNX Runtime crops first.']
      : []),
  ];
}

/** Slice: a crop, thinned out by steps. */
export function slice(node: Node): Layer {
  const { args } = node;
  const { who } = args;
  const attribute = args.value('starts') !== null;
  const read = (index: number, name: string) => (attribute ? list(node, name) : constants(node, index, name));
  const optional = (index: number, name: string, fallback: number): readonly number[] =>
    (attribute ? args.value(name) : (node.inputs[index] ?? null)) === null
      ? starts.map((_, i) => (name === 'axes' ? i : fallback))
      : read(index, name);
  const starts = read(1, 'starts');
  const ends = read(2, 'ends');
  const axes = optional(3, 'axes', 0);
  const steps = attribute ? starts.map(() => 1) : optional(4, 'steps', 1);
  if ([ends, axes, steps].some((one) => one.length !== starts.length))
    throw refusal(
      who,
      say`starts, ends, axes and steps must be equally many, received ${starts.length}, ${ends.length}, ${axes.length} and ${steps.length}`,
    );
  const wrong = steps.find((step) => step < 1);
  if (wrong !== undefined) throw refusal(who, say`padwise reads steps of 1 and more, received ${wrong}`);
  const cuts = starts.map((start, i) => ({ start, end: ends[i] as number, step: steps[i] as number }));
  const whole = { start: 0, end: Infinity, step: 1 };
  const { values, leads } = spatial(
    who,
    cuts,
    axes,
    whole,
    ({ start, end, step }) => start === 0 && end > 0 && step === 1,
  );
  return padded({
    who,
    rank: values.length,
    layout: 'first',
    leads,
    statedInput: statedInput(node),
    notes: attribute ? ['starts and ends are attributes until opset 9, inputs since opset 10.'] : [],
    axisOf: (size, i) => {
      const { start, end, step } = values[i] as (typeof cuts)[number];
      const at = (index: number) => Math.min(size, Math.max(0, index < 0 ? index + size : index));
      const [from, to] = [at(start), Math.max(at(start), at(end))];
      return axis({ size, kernel: 1, stride: step, before: 0 - from, after: to - size });
    },
  });
}

/**
 * Values per dimension as values per spatial axis. With `axes`, which dimensions they are of: counted from the end, an input
 * may have any dimensions before them.
 */
function spatial<One>(
  who: string,
  values: readonly One[],
  axes: readonly number[] | null,
  none: One,
  untouched: (value: One) => boolean,
): Spatial<One> {
  const named = axes ?? values.map((_, i) => i);
  if (named.length === 0) throw refusal(who, 'no axis is named');
  const fromEnd = named.every((dimension) => dimension < 0);
  if (!fromEnd && named.some((dimension) => dimension < 0))
    throw refusal(who, 'padwise reads axes counted all from the start or all from the end');
  if (new Set(named).size !== named.length) throw refusal(who, 'an axis is named twice');
  const leading = (dimension: number) => !fromEnd && dimension < LEADS;
  const touched = named.find((dimension, i) => leading(dimension) && !untouched(values[i] as One));
  if (touched !== undefined)
    throw refusal(who, say`padwise reads padding and cropping of spatial axes, not of dimension ${touched}`);
  const rank = fromEnd ? Math.max(...named.map((dimension) => -dimension)) : Math.max(...named) + 1 - LEADS;
  if (rank < 1 || rank > 3)
    throw refusal(who, say`padwise reads one to three spatial axes, received ${rank}`);
  const result = Array.from({ length: rank }, () => none);
  for (const [i, dimension] of named.entries())
    if (!leading(dimension)) result[fromEnd ? rank + dimension : dimension - LEADS] = values[i] as One;
  return { values: result, leads: fromEnd ? [1, 2, 3] : [1] };
}

function list({ args }: Node, name: string): readonly number[] {
  const value = args.value(name);
  if (!Array.isArray(value)) return args.refuse(name, 'a list of integers');
  return integers(args, name, value.length, -Infinity, 0);
}
