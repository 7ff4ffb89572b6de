// A call in JavaScript that reads like the Python it was: positional arguments, then the keyword arguments in braces.
//
//   nn.Conv2d(3, 6, 4, stride=2, padding=1)        nn.Conv2d(3, 6, 4, { stride: 2, padding: 1 })
//   F.conv2d(x, weight, bias, stride=2)            F.conv2d(x, weight, bias, { stride: 2 })
//
// Tuples and lists are arrays, None is null. A tensor goes to the dialect as its shape; its numbers stay here.

import type { Call, NamedTensor, Value } from '../dialects/dialect.ts';
import { DialectError } from '../dialects/error.ts';
import { isTensor, shapeText, type Tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';

/** One integer for all axes or one for each. */
export type Integers = number | readonly number[];

/** The arguments of a Python function: some by position, in this order, then any others by name. */
export type PythonArguments<Options, Order extends readonly (keyof Options)[]> = Order extends readonly [
  infer Head extends keyof Options,
  ...infer Rest extends readonly (keyof Options)[],
]
  ? [keywords?: Options] | [Exclude<Options[Head], undefined>, ...PythonArguments<Options, Rest>]
  : [keywords?: Options];

/** A call and the tensors it was made with, by position and by name. */
export interface TensorCall {
  readonly call: Call;
  readonly positional: readonly Tensor[];
  readonly named: Readonly<Record<string, Tensor>>;
}

/**
 * The call that these JavaScript arguments make.
 * @throws DialectError 'argument' for a value Python has no literal for
 */
export function pythonCall(who: string, path: string, given: readonly unknown[]): TensorCall {
  const last = given.at(-1);
  const keywords = isKeywords(last) ? last : {};
  const positional = isKeywords(last) ? given.slice(0, -1) : given;
  const entries = Object.entries(keywords).filter(([, value]) => value !== undefined);
  return {
    call: {
      path,
      args: positional.map((value, index) => literal(who, `argument ${index + 1}`, value)),
      keywords: Object.fromEntries(entries.map(([name, value]) => [name, literal(who, name, value)])),
    },
    positional: positional.filter(isTensor),
    named: Object.fromEntries(entries.filter((entry): entry is [string, Tensor] => isTensor(entry[1]))),
  };
}

function isKeywords(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isTensor(value) || isNamed(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Something a dialect takes without looking into it, such as nnx.Rngs(0). */
function isNamed(value: object): value is NamedTensor {
  return 'tensor' in value && typeof value.tensor === 'string';
}

function literal(who: string, name: string, value: unknown, depth = 0): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (Array.isArray(value) && depth < 8)
    return value.map((one: unknown) => literal(who, name, one, depth + 1));
  if (isTensor(value)) return { tensor: `a ${shapeText(value.shape)} tensor`, shape: value.shape };
  if (typeof value === 'object' && isNamed(value)) return value;
  throw new DialectError(
    'argument',
    say`${who}: ${name}: expected a number, a word, true, false, null, an array of them or a tensor, received ${kind(value)}`,
  );
}

function kind(value: unknown): string {
  return Array.isArray(value)
    ? 'arrays nested too deep'
    : typeof value === 'object'
      ? 'an object'
      : String(typeof value);
}
