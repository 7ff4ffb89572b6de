// What cannot run is refused before anything is touched: results too large, operands that do not suit the geometry, options
// that are none. A kernel checks nothing, so what it will touch is checked here.

import { type Geometry, inputShape, LARGEST, print } from '../geometry/index.ts';
import { ACTIVATIONS, type Activation } from '../kernels/activation.ts';
import type { BiasOperand, DataOperand, Numbers, Operands, WeightOperand } from '../kernels/operands.ts';
import type { Plan } from '../plan/plan.ts';
import { say, type Text } from '../words/index.ts';
import { EngineError } from './error.ts';

/** Output and workspace must fit the limit, and an array. */
export function refuseSize(of: Plan, shape: readonly number[], elements: number, limit: number): void {
  const bytes = of.outputBytes + of.workspaceBytes;
  if (elements <= LARGEST && bytes <= limit) return;
  throw new EngineError(
    'memory',
    say`the output ${shape.join('x')} needs ${bytes} bytes for ${elements} numbers and the workspace, at most ${limit} bytes and ${LARGEST} numbers are allowed. [${of.problem}]`,
  );
}

/** What `layout` and `precision` may be, where they are said. */
export function refuseOptions(
  of: Geometry,
  { layout, precision }: { readonly layout?: unknown; readonly precision?: unknown },
): void {
  if (layout !== undefined && layout !== 'first' && layout !== 'last')
    refuse(say`layout: expected 'first' or 'last', received ${kind(layout)}. [${print(of)}]`);
  if (precision !== undefined && precision !== 'default' && precision !== 'strict')
    refuse(say`precision: expected 'default' or 'strict', received ${kind(precision)}. [${print(of)}]`);
}

/** An activation is one of those that kernels know, with its numbers. */
export function refuseActivation(of: Geometry, given: Activation | null): void {
  if (given === null) return;
  const { name, ...numbers } = Object(given) as { name?: unknown };
  const wanted = Object.hasOwn(ACTIVATIONS, String(name)) ? ACTIVATIONS[name as Activation['name']] : null;
  if (wanted?.every((one) => typeof (numbers as Record<string, unknown>)[one] === 'number')) return;
  const known = Object.entries(ACTIVATIONS).map(([one, own]) => [one, ...own].join(' '));
  refuse(
    say`activation: expected { name } with its numbers, one of ${known.join(', ')}, received ${kind(name ?? given)}. [${print(of)}]`,
  );
}

/** Bare numbers are all of what they stand for; anything else holds numbers and says where they are. */
export function refuseOthers(of: Geometry, what: string, given: unknown, shape: readonly number[]): void {
  const data = typeof given === 'object' && given !== null && 'data' in given ? given.data : given;
  if (!isNumbers(data))
    refuse(
      say`${what}: expected numbers in a Float32Array or Float64Array, received ${kind(data)}. [${print(of)}]`,
    );
  const wanted = shape.reduce((product, n) => product * n, 1);
  if (data === given && data.length !== wanted) refuseCount(of, what, wanted, data.length);
}

/** Whether these are numbers of a type that the engine computes with. */
export function isNumbers(given: unknown): given is Numbers {
  return given instanceof Float32Array || given instanceof Float64Array;
}

/** Every element of these operands has to exist. */
export function refuseOperands(of: Geometry, { input, ...parameters }: Omit<Operands, 'output'>): void {
  refuseData(of, 'input', input, inputShape(of));
  refuseParameters(of, parameters);
}

/** The same for weight and bias. */
export function refuseParameters(
  of: Geometry,
  { weight, bias }: { readonly weight?: WeightOperand | undefined; readonly bias?: BiasOperand | undefined },
): void {
  if (bias !== undefined) refuseShort(of, 'bias', bias, [of.filters], [bias.stride]);
  if (of.operation !== 'conv') return;
  if (weight === undefined) refuse(say`the conv has no weight. [${print(of)}]`);
  refuseWeight(of, weight);
}

/** The same for data of a shape, N C sizes. */
export function refuseData(of: Geometry, what: string, operand: DataOperand, shape: readonly number[]): void {
  const { n, c, sizes } = (operand.strides ?? {}) as Partial<DataOperand['strides']>;
  refuseShort(of, what, operand, shape, [n, c, ...(sizes ?? [])]);
}

/** The same for a weight. */
export function refuseWeight(of: Geometry, weight: WeightOperand): void {
  const taps = of.axes.map((one) => one.kernel);
  const { g, o, i, k } = (weight.strides ?? {}) as Partial<WeightOperand['strides']>;
  const shape = [of.groups, of.filters / of.groups, of.channels / of.groups, ...taps];
  refuseShort(of, 'weight', weight, shape, [g, o, i, ...(k ?? [])]);
}

function refuseShort(
  of: Geometry,
  what: string,
  { data, offset }: { readonly data: Numbers; readonly offset: number },
  shape: readonly number[],
  steps: readonly (number | undefined)[],
): void {
  const usable = [offset, ...steps].every((step) => Number.isInteger(step) && (step as number) >= 0);
  if (!usable || steps.length !== shape.length) {
    refuse(
      say`${what}: expected an offset and ${shape.length} steps >= 0, received ${offset} and ${steps.map(String).join(', ')}. [${print(of)}]`,
    );
  }
  const last = shape.reduce((far, size, i) => far + (size - 1) * (steps[i] as number), 0);
  const needed = shape.includes(0) ? 0 : last + 1;
  const held = data.length - offset;
  if (!(needed <= held)) refuseCount(of, what, needed, held);
  if (data.length > LARGEST)
    refuse(say`${what}: expected at most ${LARGEST} numbers, received ${data.length}. [${print(of)}]`);
}

/** @throws EngineError for so many numbers */
export function refuseCount(of: Geometry, what: string, needed: number, received: number): never {
  refuse(say`${what}: expected ${needed} numbers, received ${received}. [${print(of)}]`);
}

/** @throws EngineError 'operand' */
export function refuse(message: Text): never {
  throw new EngineError('operand', message);
}

/** What something is, in a word or two. */
export function kind(given: unknown): string {
  if (typeof given === 'string') return `'${given.slice(0, 40)}'`;
  if (typeof given !== 'object' || given === null) return String(given);
  return given.constructor?.name ?? 'object';
}
