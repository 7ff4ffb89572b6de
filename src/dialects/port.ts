// A layer of one framework in another's words: read -> Geometry -> write, for one input size. The target reads its own
// code again, so what it says is what it computes. The weights move by a permutation of their dimensions:
//
//   Keras 'k i go' [kh, kw, in, out]  ->  PyTorch 'go i k' [out, in, kh, kw]       transpose(3, 2, 0, 1)

import { type Geometry, geometry, isTransposed } from '../geometry/index.ts';
import type { Text } from '../words/index.ts';
import type { Dialect, Layer, Parameter, Shape } from './dialect.ts';
import { isNode, nameInTurn, nodesInTurn } from './onnx/names.ts';
import { statement } from './printer.ts';
import { write } from './writers.ts';

/** How one array of the source becomes the target's. `code` is NumPy on an array `w`. */
export interface WeightMove {
  readonly name: string;
  /** What the target's code calls it: the tensor it names, or else the layer's own parameter. */
  readonly target: string;
  /** The target layer's own name for it. */
  readonly parameter: string;
  readonly role: Parameter['role'];
  /** Which of the layer's steps it belongs to, from 0: two steps may have weights of one name. */
  readonly step: number;
  readonly from: Shape;
  readonly to: Shape;
  /** The source split into one dimension per letter, their new order, and which of the new ones are reversed. */
  readonly split: Shape;
  readonly permutation: readonly number[];
  readonly reversed: readonly number[];
  readonly code: string;
}

/** The target's code for a layer on one input. */
export interface Ported {
  readonly lines: readonly string[];
  readonly tensors: Readonly<Record<string, Shape>>;
  /** The layers of these lines as the target reads them. */
  readonly layers: readonly Layer[];
  readonly weights: readonly WeightMove[];
  /** The same lines as statements on x, step by step, with the tensors that each step's names mean. */
  readonly steps: readonly PortedStep[];
}

/** The statements of one step of a layer. */
export interface PortedStep {
  readonly lines: readonly string[];
  readonly tensors: Readonly<Record<string, Shape>>;
}

/** Why it cannot be said. */
export interface Unportable {
  readonly impossible: Text;
}

/** Reads all layers of code in a known dialect. */
export type ReadAll = (
  code: string,
  dialect: Dialect,
  tensors: Readonly<Record<string, Shape>>,
) => readonly Layer[];

/**
 * Ports a layer on an input of its own layout. `read` reads the target's code back.
 * @throws DialectError where the layer's own framework refuses
 */
export function port(layer: Layer, input: Shape, target: Dialect, read: ReadAll): Ported | Unportable {
  const { steps } = layer.resolve(input);
  const lines: string[] = [];
  const layers: Layer[] = [];
  const weights: WeightMove[] = [];
  const said: PortedStep[] = [];
  let tensors: Readonly<Record<string, Shape>> = {};
  for (const [index, step] of steps.entries()) {
    const parameters = layer
      .parameters(steps[0]?.channels ?? 1)
      .filter((parameter) => parameter.step === index);
    const spelled = spell(step, target, parameters.some(isBias));
    if ('impossible' in spelled) return spelled;
    const known = { ...spelled.tensors, x: [] };
    const readBack = read(spelled.lines.join('\n'), target, known);
    const graph = spelled.lines.every(isNode);
    const named = (name: string) => (graph ? nameInTurn(name, index, steps.length) : name);
    const moves = movesOf(parameters, readBack, step, spelled);
    weights.push(...moves.map((one) => ({ ...one, target: named(one.target) })));
    const own = graph ? nodesInTurn(spelled.lines, index, steps.length) : spelled.lines;
    const shapes = Object.entries(spelled.tensors).map(([name, shape]) => [named(name), shape] as const);
    lines.push(...(steps.length > 1 ? own.map(statement) : own));
    layers.push(...readBack);
    said.push({ lines: own.map(statement), tensors: Object.fromEntries(shapes) });
    tensors = { ...tensors, ...Object.fromEntries(shapes) };
  }
  return { lines, tensors, layers, weights, steps: said };
}

/** One step in the target's words. */
export interface Said {
  readonly lines: readonly string[];
  readonly tensors: Readonly<Record<string, Shape>>;
  readonly mirrored: boolean;
}

/** The target's words; where it has none, those for the mirrored kernel, with the weights mirrored to match. */
export function spell(step: Geometry, target: Dialect, bias: boolean): Said | Unportable {
  const straight = write(target, step, bias);
  if ('lines' in straight) return { tensors: {}, ...straight, mirrored: false };
  if (!isTransposed(step)) return straight;
  const mirrored = write(target, geometry({ ...step, flip: !step.flip }), bias);
  if ('lines' in mirrored) return { tensors: {}, ...mirrored, mirrored: true };
  // Mirrored weights would not help: what else is in the way says more.
  return String(straight.impossible).includes('mirror the weights') ? mirrored : straight;
}

function isBias(parameter: Parameter): boolean {
  return parameter.role === 'bias';
}

/** How the parameters of one step become those of the layers that say it. */
export function movesOf(
  from: readonly Parameter[],
  said: readonly Layer[],
  step: Geometry,
  { mirrored, tensors }: Pick<Said, 'mirrored' | 'tensors'>,
): WeightMove[] {
  const to = said.flatMap((one) => one.parameters(one.kind === 'pad' ? step.filters : step.channels));
  return from.flatMap((source) => {
    const target = to.find((one) => one.role === source.role);
    if (target === undefined) return [];
    const named = source.role === 'kernel' ? 'weight' : 'bias';
    const moved = move(source, target, step, mirrored && source.role === 'kernel');
    return [Object.hasOwn(tensors, named) ? { ...moved, target: named } : moved];
  });
}

function move(source: Parameter, target: Parameter, step: Geometry, mirrored: boolean): WeightMove {
  const sizes = new Map<string, number>([
    ['g', step.groups],
    ['o', step.filters / step.groups],
    ['i', source.role === 'bias' ? 1 : step.channels / step.groups],
    ...step.axes.map((axis, i): [string, number] => [`k${i}`, axis.kernel]),
  ]);
  const alone = (letter: string) => letter !== 'g' || step.groups > 1;
  const letters = (order: string) =>
    order
      .split(' ')
      .flatMap((part) => (part === 'k' ? step.axes.map((_, i) => `k${i}`) : [...part].filter(alone)));
  const [held, wanted] = [letters(source.order), letters(target.order)];
  // A depthwise weight has no i, a grouped one may hold g elsewhere: dimensions of one complete both.
  const all = [...held, ...wanted.filter((letter) => !held.includes(letter))];
  const final = [...wanted, ...held.filter((letter) => !wanted.includes(letter))];
  const split = all.map((letter) => sizes.get(letter) ?? 1);
  const permutation = final.map((letter) => all.indexOf(letter));
  const moved = permutation.map((index) => split[index] as number);
  const reversed = final.flatMap((letter, d) => (mirrored && letter.startsWith('k') ? [d] : []));
  const slices = final.map((_, d) => (reversed.includes(d) ? '::-1' : ':'));
  const code = [
    'w',
    split.join() === source.shape.join() ? '' : `.reshape(${split.join(', ')})`,
    permutation.every((index, i) => index === i) ? '' : `.transpose(${permutation.join(', ')})`,
    mirrored ? `[${slices.join(', ')}]` : '',
    moved.join() === target.shape.join() ? '' : `.reshape(${target.shape.join(', ')})`,
  ].join('');
  return {
    name: source.name,
    target: target.name,
    parameter: target.name,
    role: source.role,
    step: source.step,
    from: source.shape,
    to: target.shape,
    split,
    permutation,
    reversed,
    code,
  };
}
