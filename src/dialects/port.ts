// A layer of one framework in another's words: read -> Geometry -> write, for one input size. The target reads its own
// code again, so what it says is what it computes. The weights move by a permutation of their dimensions:
//
//   Keras 'k i go' [kh, kw, in, out]  ->  PyTorch 'go i k' [out, in, kh, kw]       transpose(3, 2, 0, 1)

import { type Geometry, geometry, isTransposed } from '../geometry/index.ts';
import type { Text } from '../words/index.ts';
import type { Dialect, Layer, Parameter, Shape } from './dialect.ts';
import { write } from './writers.ts';

/** How one array of the source becomes the target's. `code` is NumPy on an array `w`. */
export interface WeightMove {
  readonly name: string;
  readonly target: string;
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
}

/** Why it cannot be said. */
export interface Unportable {
  readonly impossible: Text;
}

type ReadAll = (code: string, dialect: Dialect, tensors: Readonly<Record<string, Shape>>) => readonly Layer[];

/**
 * Ports a layer on an input of its own layout. `read` reads the target's code back.
 * @throws DialectError where the layer's own framework refuses
 */
export function port(layer: Layer, input: Shape, target: Dialect, read: ReadAll): Ported | Unportable {
  const { steps } = layer.resolve(input);
  const lines: string[] = [];
  const layers: Layer[] = [];
  const weights: WeightMove[] = [];
  let tensors: Readonly<Record<string, Shape>> = {};
  for (const [index, step] of steps.entries()) {
    const parameters = layer
      .parameters(steps[0]?.channels ?? 1)
      .filter((parameter) => parameter.step === index);
    const said = spell(step, target, parameters.some(isBias));
    if ('impossible' in said) return said;
    const known = { ...said.tensors, x: [] };
    const readBack = read(said.lines.join('\n'), target, known);
    const held = readBack.flatMap((one) => one.parameters(one.kind === 'pad' ? step.filters : step.channels));
    weights.push(...moves(parameters, held, step, said.mirrored));
    lines.push(...(steps.length > 1 ? said.lines.map(statement) : said.lines));
    layers.push(...readBack);
    tensors = { ...tensors, ...said.tensors };
  }
  return { lines, tensors, layers, weights };
}

interface Said {
  readonly lines: readonly string[];
  readonly tensors: Readonly<Record<string, Shape>>;
  readonly mirrored: boolean;
}

/** The target's words; where it has none, those for the mirrored kernel, with the weights mirrored to match. */
function spell(step: Geometry, target: Dialect, bias: boolean): Said | Unportable {
  const straight = write(target, step, bias);
  if ('lines' in straight) return { tensors: {}, ...straight, mirrored: false };
  if (!isTransposed(step)) return straight;
  const mirrored = write(target, geometry({ ...step, flip: !step.flip }), bias);
  return 'lines' in mirrored ? { tensors: {}, ...mirrored, mirrored: true } : straight;
}

/** A layer on its own as a statement on x. */
function statement(line: string): string {
  if (line.startsWith('x = ')) return line;
  return /\(x[,)]/.test(line) ? `x = ${line}` : `x = ${line}(x)`;
}

function isBias(parameter: Parameter): boolean {
  return parameter.role === 'bias';
}

function moves(
  from: readonly Parameter[],
  to: readonly Parameter[],
  step: Geometry,
  mirrored: boolean,
): WeightMove[] {
  return from.flatMap((source) => {
    const target = to.find((one) => one.role === source.role);
    return target === undefined ? [] : [move(source, target, step, mirrored && source.role === 'kernel')];
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
