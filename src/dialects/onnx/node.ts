// A node as its operator's reader takes it: attributes under their names, inputs as what they stand for. Its own name joins
// the operator's, so that every answer and every error says which node it means: 'onnx Conv conv1'.
// Source: onnx/helper.py, make_node (1.23).

import { say } from '../../words/index.ts';
import type { NamedTensor, Shape, Value } from '../dialect.ts';
import { DialectError } from '../error.ts';
import { type Arguments, bind, isTensor } from '../signature.ts';

/** The signature of helper.make_node; what it does not know are the operator's attributes. */
export const MAKE_NODE =
  'op_type, inputs, outputs, name=None, doc_string=None, domain=None, overload=None, **attributes';
const OWN: ReadonlySet<string> = new Set('op_type inputs outputs name doc_string domain overload'.split(' '));

/** One node. */
export interface Node {
  /** Its attributes, bound to the operator's own. */
  readonly args: Arguments;
  /** What each input stands for; null for one that is left out. */
  readonly inputs: readonly Value[];
  readonly outputs: number;
}

/** The node of a make_node call, its attributes as `attributes` declares them. @throws DialectError for others */
export function nodeOf(
  call: Arguments,
  attributes: string,
  inputs: readonly [least: number, most: number],
): Node {
  const who = whoOf(call);
  const rest = Object.entries(call.all()).filter(([name]) => !OWN.has(name));
  const args = bind(who, attributes, [], Object.fromEntries(rest));
  const given = listOf(call, 'inputs').map((value) => (value === '' ? null : value));
  const [least, most] = inputs;
  if (given.length < least || given.length > most) {
    throw new DialectError(
      'argument',
      least === most
        ? say`${who}: expected ${most} inputs, received ${given.length}`
        : say`${who}: expected ${least} to ${most} inputs, received ${given.length}`,
    );
  }
  return { args, inputs: given, outputs: listOf(call, 'outputs').length };
}

/** Who speaks: the framework, the operator and the node's name. */
export function whoOf(call: Arguments): string {
  const [framework] = call.who.split(' ', 1);
  const name = call.value('name');
  const operator = String(call.value('op_type')).slice(0, 40);
  return `${framework} ${operator}${typeof name === 'string' && name !== '' ? ` ${name.slice(0, 80)}` : ''}`;
}

function listOf(call: Arguments, name: string): readonly Value[] {
  const value = call.value(name);
  return Array.isArray(value) ? value : call.refuse(name, 'a list of names');
}

/** The tensor that an input names; null for none, a constant or an input left out. */
export function tensorOf(value: Value | undefined): NamedTensor | null {
  if (typeof value === 'string') return { tensor: value };
  return value !== undefined && isTensor(value) ? value : null;
}

/** The shape without the batch that the code states for a node's data; null where it states none. */
export function statedInput({ inputs }: Node): Shape | null {
  const shape = tensorOf(inputs[0])?.shape;
  return shape !== undefined && shape.length > 2 ? shape.slice(1) : null;
}

/** A list attribute, one integer >= least for each axis; `fallback` where it is not given. ONNX takes no bare number. */
export function integers(
  args: Arguments,
  name: string,
  count: number,
  least: number,
  fallback: number,
): number[] {
  const value = args.value(name);
  if (value === null) return Array.from({ length: count }, () => fallback);
  if (Array.isArray(value) && value.length === count) return args.integers(name, count, least);
  return args.refuse(
    name,
    least === -Infinity ? say`a list of ${count} integers` : say`a list of ${count} integers >= ${least}`,
  );
}

/** Whether an attribute that is an integer in ONNX, 0 or another, is set. Python's True counts as 1. */
export function isSet(args: Arguments, name: string): boolean {
  const value = args.value(name);
  return typeof value === 'boolean' ? value : args.integer(name) !== 0;
}

/** The numbers of a constant that an input names: a list of integers. @throws DialectError where the code does not hold them */
export function constants({ args, inputs }: Node, index: number, name: string): readonly number[] {
  const value = inputs[index] ?? null;
  const whole = (one: Value) => typeof one === 'number' && Number.isInteger(one);
  if (Array.isArray(value) && value.every(whole)) return value as readonly number[];
  const named = tensorOf(value)?.tensor;
  if (named === undefined) throw new DialectError('argument', say`${args.who}: ${name} is missing`);
  throw new DialectError(
    'argument',
    say`${args.who}: the numbers of ${named}, its ${name}, are not in the code`,
    {
      hint: say`Write them as a node: helper.make_node('Constant', [], ['${named}'], value_ints=[...]).`,
    },
  );
}
