// What nobody should pass to the engine is tried on generated code and on the reference kernels, which have to say the same.

import { expect } from 'vitest';
import { DialectError } from '../src/dialects/error.ts';
import { configure } from '../src/engine/configure.ts';
import type { Inputs } from '../src/engine/engine.ts';
import { EngineError } from '../src/engine/error.ts';
import { resident } from '../src/engine/held.ts';
import { prepare, type Ready } from '../src/engine/prepare.ts';
import { prepareGradients, type ReadyGradients } from '../src/engine/prepare-gradients.ts';
import { type Geometry, GeometryError, parse } from '../src/geometry/index.ts';
import type { DataOperand, WeightOperand } from '../src/kernels/operands.ts';
import { nn, type Weighted } from '../src/layers/torch.ts';
import { TensorError } from '../src/tensor/error.ts';
import { type Numbers, type Tensor, tensor, zeros } from '../src/tensor/tensor.ts';

/** From JavaScript anything may come. */
export function any(value: unknown): never {
  return value as never;
}

/** What is asked for, and what it takes. */
export const of: Geometry = parse('1x2x5x5 k3 p1 -> 2');
export const input: Float32Array = Float32Array.from({ length: 50 }, (_, i) => (i % 7) - 3);
export const weight: Float32Array = Float32Array.from({ length: 36 }, (_, i) => (i % 5) - 2);
export const outputGradient: Float32Array = new Float32Array(50).fill(1);
export const x: Tensor = tensor(input, [1, 2, 5, 5]);
export const w: Tensor = tensor(weight, [2, 2, 3, 3]);
export const layer = (): Ready => prepare(of, { weight });
export const back = (): ReadyGradients => prepareGradients(of, { weight });
export const conv2d: Weighted = nn.Conv2d(2, 2, 3);

/** The input with other steps, from an offset. */
export function stepped(changed: object, offset: unknown = 0, data: unknown = input): Inputs {
  return { input: any({ data, offset, strides: { n: 50, c: 25, sizes: [5, 1], ...changed } }), weight };
}

/** One number wherever something is read. */
export const everywhere: { readonly input: DataOperand; readonly weight: WeightOperand } = {
  input: { data: new Float32Array(1), offset: 0, strides: { n: 0, c: 0, sizes: [0, 0] } },
  weight: { data: new Float32Array(1), offset: 0, strides: { g: 0, o: 0, i: 0, k: [0, 0] } },
};

/** Numbers whose buffer was given to another thread. */
export function gone(length: number): Float32Array {
  const numbers = new Float32Array(length);
  structuredClone(numbers, { transfer: [numbers.buffer] });
  return numbers;
}

export function goneTensor(): Tensor {
  const given = zeros([1, 2, 5, 5]);
  structuredClone(given.data, { transfer: [given.data.buffer as ArrayBuffer] });
  return given;
}

export function givenUp(): Tensor {
  using given = resident(x);
  return given;
}

/** What each says, on generated code and on the reference kernels. */
export function said(acts: Readonly<Record<string, () => unknown>>): string {
  const [compiled, reference] = [0, Number.MAX_SAFE_INTEGER].map((compileFrom) => {
    configure({ compileFrom, threads: 1 });
    return Object.entries(acts).map(([what, act]) => `${what}\n    ${sentenceOf(act)}`);
  });
  expect(compiled).toEqual(reference);
  return (compiled as string[]).join('\n');
}

function sentenceOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if ([EngineError, TensorError, GeometryError, DialectError].some((kind) => error instanceof kind))
      return `${(error as Error).name}: ${(error as Error).message}`;
    return `no sentence: ${error}`;
  }
  return 'no sentence: it computed something';
}

/** A result of generated code, and of the reference kernels; both have to be the same. */
export function computed(act: () => { readonly data: Numbers } | Numbers): number[] {
  const [compiled, reference] = [0, Number.MAX_SAFE_INTEGER].map((compileFrom) => {
    configure({ compileFrom, threads: 1 });
    const result = act();
    return [...('data' in result ? result.data : result)];
  });
  expect(compiled).toEqual(reference);
  return compiled as number[];
}
