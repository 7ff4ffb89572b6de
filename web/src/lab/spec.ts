// A layer as the lab's fields say it, and as a part of the address:
//
//   64x64 c3 f6 k4 s2 / keras.same       sizes, channels, filters, kernel, stride; a padding rule is a part of its own
//   8x8 k3x5 s3x4 p0,1x1                 axes joined by x; before,after where the sides differ
//   64 k3 d2 / causal                    one axis
//   16x16 up k4 s2 p1                    transposed: p is what is cut from each side
//   8x8 max k2 s2                        also avg; fill=reflect|symmetric|replicate|wrap for what padding holds
//
// What has its default is not printed. parse(print(spec)) = spec.

import {
  type Axis,
  axis,
  causalPads,
  type Fill,
  fullPads,
  type Geometry,
  geometry,
  isTransposed,
  naturalSize,
  out,
  type Pads,
  sameCrop,
  samePads,
  transposedAxis,
  transposedWords,
  windowPads,
} from 'padwise/geometry';
import { say, type Text } from 'padwise/words';

/** What a layer does with what its window reads; transposed writes through it. */
export type Operation = 'conv' | 'max' | 'average' | 'transposed';

/** A rule that chooses the pads; null where they are numbers. */
export type Rule = 'keras.same' | 'onnx.same_lower' | 'torch.same' | 'valid' | 'full' | 'causal';

/** One axis as its fields say it; `before` and `after` are pads, or what is cut where the layer is transposed. */
export interface SpecAxis {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** A layer as the fields say it. */
export interface Spec {
  readonly operation: Operation;
  readonly channels: number;
  readonly filters: number;
  /** One to three. */
  readonly axes: readonly SpecAxis[];
  readonly rule: Rule | null;
  readonly fill: Fill;
}

/** The largest size of an axis. */
export const LARGEST_SIZE = 4096;
/** The largest kernel, stride, dilation or pad. */
export const LARGEST_FIELD = 512;

/** The rules a layer may have. */
export function rulesOf(operation: Operation): readonly Rule[] {
  return operation === 'transposed'
    ? ['keras.same', 'valid']
    : ['keras.same', 'onnx.same_lower', 'torch.same', 'valid', 'full', 'causal'];
}

/** What padding may hold besides zero. */
export const FILLS = ['reflect', 'symmetric', 'replicate', 'wrap'] as const;

const RULES: readonly Rule[] = rulesOf('conv');
const OPERATIONS: Readonly<Record<string, Operation>> = { max: 'max', avg: 'average', up: 'transposed' };

/** The parts of an address. */
export function printSpec(of: Spec): readonly string[] {
  const word = Object.entries(OPERATIONS).find(([, operation]) => operation === of.operation)?.[0];
  const perAxis = (one: (axis: SpecAxis) => string | number) => {
    const all = of.axes.map((axis) => String(one(axis)));
    return all.every((text) => text === all[0]) ? (all[0] as string) : all.join('x');
  };
  const unless = (letter: string, text: string, usual: string) => (text === usual ? '' : letter + text);
  const pads = perAxis(({ before, after }) => (before === after ? before : `${before},${after}`));
  const words = [
    of.axes.map(({ size }) => size).join('x'),
    word ?? '',
    unless('c', String(of.channels), '1'),
    unless('f', String(of.filters), '1'),
    `k${perAxis(({ kernel }) => kernel)}`,
    unless(
      's',
      perAxis(({ stride }) => stride),
      '1',
    ),
    unless(
      'd',
      perAxis(({ dilation }) => dilation),
      '1',
    ),
    of.rule === null ? unless('p', pads, '0') : '',
    of.fill === 0 ? '' : `fill=${of.fill}`,
  ];
  return [words.filter((text) => text !== '').join(' '), ...(of.rule === null ? [] : [of.rule])];
}

/** A spec from the parts of an address; a sentence where they are none. */
export function parseSpec(parts: readonly string[]): Spec | Text {
  const [text = '', rule, ...more] = parts;
  const unknown = (word: string) =>
    say`${word.slice(0, 40)} was not understood; a layer reads like ${'64x64 k4 s2 p1'}.`;
  if (text.length > 200) return unknown(text);
  const [sizes = '', ...words] = text.trim().split(/\s+/);
  if (!/^\d{1,5}(x\d{1,5}){0,2}$/.test(sizes)) return unknown(text);
  const rank = sizes.split('x').length;
  const fields = new Map<string, string>();
  let [operation, fill]: [Operation, Fill] = ['conv', 0];
  for (const word of words) {
    const [, letter = '', value = ''] = /^([cfksdp])(\d.*)$/.exec(word) ?? [];
    const named = /^fill=(.*)$/.exec(word)?.[1];
    const filled = FILLS.find((one) => one === named);
    if (Object.hasOwn(OPERATIONS, word)) operation = OPERATIONS[word] as Operation;
    else if (filled !== undefined) fill = filled;
    else if (letter !== '' && !fields.has(letter)) fields.set(letter, value);
    else return unknown(word);
  }
  const found =
    rule === undefined ? null : (RULES.find((one) => one === rule || one.split('.')[1] === rule) ?? '');
  if (found === '' || more.length > 0) return unknown(more[0] ?? rule ?? '');
  if (found !== null && !rulesOf(operation).includes(found)) return unknown(rule ?? '');
  const numbers = (letter: string, usual: string): string[] | null => {
    const all = (fields.get(letter) ?? usual).split('x');
    if (all.length !== 1 && all.length !== rank) return null;
    return Array.from({ length: rank }, (_, i) => (all.length === 1 ? all[0] : all[i]) as string);
  };
  const lists = [numbers('k', '1'), numbers('s', '1'), numbers('d', '1'), numbers('p', '0')];
  const [kernels, strides, dilations, pads] = lists;
  if (!kernels || !strides || !dilations || !pads) return unknown(text);
  const axes = sizes.split('x').map((size, i): SpecAxis => {
    const [before, after = before] = (pads[i] as string).split(',');
    return {
      size: Number(size),
      kernel: Number(kernels[i]),
      stride: Number(strides[i]),
      dilation: Number(dilations[i]),
      before: Number(before),
      after: Number(after),
    };
  });
  const [channels, filters] = [Number(fields.get('c') ?? 1), Number(fields.get('f') ?? 1)];
  const whole = (value: number, low: number, high: number) =>
    Number.isInteger(value) && value >= low && value <= high;
  for (const { size, kernel, stride, dilation, before, after } of axes) {
    if (!whole(size, 1, LARGEST_SIZE)) return say`Sizes are from ${1} to ${LARGEST_SIZE} here.`;
    const good =
      [kernel, stride, dilation].every((value) => whole(value, 1, LARGEST_FIELD)) &&
      [before, after].every((value) => whole(value, 0, LARGEST_FIELD));
    if (!good) return say`Kernels, strides, dilations and pads are at most ${LARGEST_FIELD} here.`;
  }
  if (!whole(channels, 1, 4096) || !whole(filters, 1, 4096))
    return say`Channels are from ${1} to ${4096} here.`;
  // Where a rule chooses the pads there are none of one's own.
  const own = found === null ? axes : axes.map((one) => ({ ...one, before: 0, after: 0 }));
  return { operation, channels, filters, axes: own, rule: found, fill };
}

/** The pads or cuts that a spec's axis really has. */
export function padsOf(of: Spec, one: SpecAxis): Pads {
  const { operation, rule } = of;
  if (rule === null) return [one.before, one.after];
  if (operation === 'transposed') {
    if (rule === 'valid') return [0, 0];
    const [natural, wanted] = [naturalSize(one), one.size * one.stride];
    const before = sameCrop(one, wanted);
    return [before, natural - wanted - before];
  }
  if (rule === 'valid') return [0, 0];
  if (rule === 'full') return fullPads(one);
  if (rule === 'causal') return causalPads(one);
  if (rule === 'torch.same') return windowPads(one);
  return samePads(one, rule === 'onnx.same_lower' ? 'lower' : 'upper');
}

/** The geometry of a spec. @throws GeometryError where the numbers fit no layer */
export function geometryOf(of: Spec): Geometry {
  const { operation, channels, filters, fill } = of;
  if (operation === 'transposed') {
    const axes = of.axes.map((one) => {
      const [low, high] = padsOf(of, one);
      return transposedAxis(one, low, Math.max(0, naturalSize(one) - low - high));
    });
    return geometry({ operation: 'conv', channels, filters, axes, flip: true });
  }
  const held = operation === 'max' && fill === 0 ? Number.NEGATIVE_INFINITY : fill;
  const axes = of.axes.map((one) => {
    const [before, after] = padsOf(of, one);
    const { size, kernel, stride, dilation } = one;
    return axis({ size, kernel, stride, dilation, before, after, fillBefore: held, fillAfter: held });
  });
  const pools = operation !== 'conv';
  return geometry({ operation, channels, filters: pools ? channels : filters, axes });
}

/** The spec nearest to a geometry that was read from code; its rule where the code says one that gives these pads. */
export function specOf(of: Geometry, code: string): Spec {
  const transposed = isTransposed(of);
  const axes = of.axes.map((one): SpecAxis => {
    const { size, kernel, dilation, before, after } = one;
    if (!transposed)
      return {
        size,
        kernel,
        dilation,
        stride: one.stride,
        before: Math.max(0, before),
        after: Math.max(0, after),
      };
    const { stride, crop } = transposedWords(one);
    return { size, kernel, dilation, stride, before: Math.max(0, crop[0]), after: Math.max(0, crop[1]) };
  });
  const operation: Operation = transposed
    ? 'transposed'
    : of.operation === 'max' || of.operation === 'average'
      ? of.operation
      : 'conv';
  const given = of.axes[0]?.fillBefore ?? 0;
  const fill = typeof given === 'string' ? given : 0;
  const spec: Spec = {
    operation,
    channels: Math.max(1, of.channels),
    filters: Math.max(1, of.filters),
    axes,
    rule: null,
    fill,
  };
  const said = code.toLowerCase();
  const rule = rulesOf(operation).find((name) => {
    const word = name.split('.').at(-1)?.replace('_lower', '') ?? '';
    if (name === 'valid' || name === 'full' || !said.includes(word)) return false;
    return axes.every(
      (one) => padsOf({ ...spec, rule: name }, one).join() === [one.before, one.after].join(),
    );
  });
  return rule === undefined
    ? spec
    : { ...spec, rule, axes: axes.map((one) => ({ ...one, before: 0, after: 0 })) };
}

/** Whether two axes are the same in everything that is shown of them. */
export function alikeAxes(one: Axis, other: Axis): boolean {
  const keys = Object.keys(one) as (keyof Axis)[];
  return keys.every((key) => one[key] === other[key]) && out(one) === out(other);
}
