// The values that pasted Python writes out: numbers, words, True, False, None, tuples and lists of them, and tensors by
// name or by the call that makes them. Nothing is evaluated, so a tensor has a shape only where the code spells it:
//
//   torch.zeros(6, 3, 4, 4)   np.ones([4, 4, 3, 6])   jax.random.normal(key, (4, 4, 3, 6))   a name of known shape

import type { SyntaxNode } from '@lezer/common';
import { say } from '../words/index.ts';
import type { Float, NamedTensor, Shape, Value } from './dialect.ts';
import { children, fail, type Paste, parts, refuse, textOf } from './paste.ts';
import { asList } from './signature.ts';

const DEEPEST_LIST = 8;
const MOST_DIGITS = 15;

const DIGITS = '\\d(?:_?\\d)*';
const INTEGER = /^(?:0(?:_?0)*|[1-9](?:_?\d)*|0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+)$/;
const FLOAT = new RegExp(`^(?=\\.?\\d)(?:${DIGITS})?(?:\\.(?:${DIGITS})?)?(?:e[+-]?${DIGITS})?$`);

const EXPECTED = 'a number, a word in quotes, True, False, None or a tuple of them';

const SPREAD_MAKERS: ReadonlySet<string> = new Set('zeros ones empty rand randn reshape view'.split(' '));
const MAKERS: ReadonlySet<string> = new Set([
  ...SPREAD_MAKERS,
  ...'full normal uniform randint random_normal random_uniform truncated_normal standard_normal'.split(' '),
]);
const HOLDERS: ReadonlySet<string> = new Set(
  'Variable Parameter Input tensor array asarray constant from_numpy convert_to_tensor'.split(' '),
);

/** What JavaScript writes in small letters. */
const CONSTANTS: ReadonlyMap<string, Value> = new Map(
  Object.entries({ true: true, false: false, null: null, undefined: null }),
);

/** Shapes of tensors by name. */
export type Tensors = ReadonlyMap<string, Shape>;

/** One argument of a call. */
export interface Argument {
  /** Null for a positional one. */
  readonly name: string | null;
  readonly offset: number;
  readonly value: SyntaxNode;
}

/**
 * What a node writes out. A name or a call stands for a tensor.
 * @throws DialectError 'code' for what would have to be evaluated
 */
export function readValue(paste: Paste, wrapped: SyntaxNode, tensors: Tensors, depth: number = 0): Value {
  const node = unwrapped(wrapped);
  switch (node.name) {
    case 'Number':
      return number(paste, node);
    case 'String':
      return word(paste, node);
    case 'Boolean':
      return textOf(paste, node) === 'True';
    case 'None':
      return null;
    case 'UnaryExpression':
      return signed(paste, node);
    case 'BinaryExpression':
      return arithmetic(paste, node);
    case 'TupleExpression':
      return list(paste, node, tensors, depth);
    case 'ArrayExpression':
      return asList(list(paste, node, tensors, depth));
    case 'DictionaryExpression':
      return { fields: fieldsOf(paste, node, tensors, depth) };
    case 'VariableName':
      if (CONSTANTS.has(textOf(paste, node))) return CONSTANTS.get(textOf(paste, node)) as Value;
      return infinity(paste, node) ?? tensor(paste, node, tensors, depth);
    default:
      if (isDict(paste, node)) return { fields: keywordsOf(paste, node, tensors, depth) };
      return infinity(paste, node) ?? tensor(paste, node, tensors, depth);
  }
}

/** { padding: 'same' } or {'padding': 'same'}. */
function fieldsOf(
  paste: Paste,
  node: SyntaxNode,
  tensors: Tensors,
  depth: number,
): Readonly<Record<string, Value>> {
  if (depth >= DEEPEST_LIST)
    fail(paste, node.from, say`expected at most ${DEEPEST_LIST} objects in each other`);
  const fields: [string, Value][] = [];
  let key: string | null = null;
  for (const part of children(node).slice(1)) {
    if (part.name === ':' || part.name === ',' || part.name === '}') continue;
    if (key !== null) {
      // A tensor by name stands in an object as it does after a keyword.
      const deeper = dottedName(paste, part) === null ? 1 : 0;
      fields.push([key, readValue(paste, part, tensors, depth + deeper)]);
      key = null;
    } else if (part.name === 'VariableName') key = textOf(paste, part);
    else if (part.name === 'String') key = word(paste, part);
    else refuse(paste, part, 'a name and a value');
  }
  return Object.fromEntries(fields);
}

/** Whether a call is dict(name=value). */
function isDict(paste: Paste, node: SyntaxNode): boolean {
  return node.name === 'CallExpression' && lastName(paste, node) === 'dict';
}

function keywordsOf(
  paste: Paste,
  call: SyntaxNode,
  tensors: Tensors,
  depth: number,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    argumentsOf(paste, call).map(({ name, value }) => [
      name ?? refuse(paste, value, 'a name and a value'),
      readValue(paste, value, tensors, depth + 1),
    ]),
  );
}

/** A node without the parentheses around it. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === 'ParenthesizedExpression') {
    const [only, more] = parts(inner);
    if (only === undefined || more !== undefined) return inner;
    inner = only;
  }
  return inner;
}

/** The dotted name that a node writes, `tf.keras.layers.Conv2D`; null when it is anything else. */
export function dottedName(paste: Paste, node: SyntaxNode): string | null {
  const names: string[] = [];
  let rest: SyntaxNode | null = node;
  while (rest?.name === 'MemberExpression') {
    const last: SyntaxNode | null = rest.lastChild;
    if (last?.name !== 'PropertyName') return null;
    names.push(textOf(paste, last));
    rest = rest.firstChild;
  }
  return rest?.name === 'VariableName' ? [...names, textOf(paste, rest)].reverse().join('.') : null;
}

/**
 * The arguments of a call node, as they stand.
 * @throws DialectError 'code' for *args, **kwargs, a comprehension, or an argument out of place
 */
export function argumentsOf(paste: Paste, call: SyntaxNode): Argument[] {
  const groups: SyntaxNode[][] = [[]];
  for (const child of call.lastChild === null ? [] : children(call.lastChild)) {
    if (child.name === ',') groups.push([]);
    else if (child.name !== '(' && child.name !== ')') groups.at(-1)?.push(child);
  }
  const found: Argument[] = [];
  for (const group of groups.filter((group) => group.length > 0)) {
    const next = argument(paste, group);
    if (next.name === null && found.some((one) => one.name !== null))
      fail(paste, next.offset, 'an argument without a name stands after one with a name');
    if (next.name !== null && found.some((one) => one.name === next.name))
      fail(paste, next.offset, say`${next.name} is given twice`);
    found.push(next);
  }
  return found;
}

/** Whether a call makes or holds a tensor, as torch.zeros(6, 3, 4, 4) does, and is thus no layer. */
export function makesTensor(paste: Paste, call: SyntaxNode): boolean {
  const name = lastName(paste, call);
  return MAKERS.has(name) || HOLDERS.has(name);
}

/** The shape that a call which makes a tensor spells out; undefined when it does not. */
export function shapeOf(paste: Paste, call: SyntaxNode, tensors: Tensors): Shape | undefined {
  const name = lastName(paste, call);
  if (name === 'Input' || !makesTensor(paste, call)) return undefined;
  const args = argumentsOf(paste, call);
  const named = args.find((one) => one.name === 'shape' || one.name === 'size');
  if (named !== undefined) return sizes(paste, named.value);
  const positional = args.filter((one) => one.name === null).map((one) => one.value);
  if (HOLDERS.has(name)) return positional[0] && heldShape(paste, positional[0], tensors);
  const listed = positional.find((one) => one.name === 'TupleExpression' || one.name === 'ArrayExpression');
  if (listed !== undefined) return sizes(paste, listed);
  return SPREAD_MAKERS.has(name) && positional.length > 0 ? integers(paste, positional) : undefined;
}

function heldShape(paste: Paste, node: SyntaxNode, tensors: Tensors): Shape | undefined {
  if (node.name === 'CallExpression') return shapeOf(paste, node, tensors);
  return tensors.get(dottedName(paste, node) ?? '');
}

function argument(paste: Paste, group: readonly SyntaxNode[]): Argument {
  const [first, second, third] = group as [SyntaxNode, ...SyntaxNode[]];
  if (first.name === '*' || first.name === '**') return refuse(paste, first, EXPECTED, say`unpacking`);
  if (second === undefined) return { name: null, offset: first.from, value: first };
  if (second.name === 'AssignOp' && group.length === 3) {
    if (textOf(paste, second) === ':=')
      return refuse(paste, first, EXPECTED, 'an assignment in an expression');
    return { name: textOf(paste, first), offset: first.from, value: third as SyntaxNode };
  }
  return refuse(paste, first, EXPECTED, 'a comprehension');
}

function list(paste: Paste, node: SyntaxNode, tensors: Tensors, depth: number): Value[] {
  if (depth >= DEEPEST_LIST)
    fail(paste, node.from, say`expected at most ${DEEPEST_LIST} tuples in each other`);
  return parts(node).map((part) =>
    part.name === '*'
      ? refuse(paste, part, EXPECTED, say`unpacking`)
      : readValue(paste, part, tensors, depth + 1),
  );
}

function number(paste: Paste, node: SyntaxNode): number | Float {
  const text = textOf(paste, node).toLowerCase();
  const value = Number(text.replaceAll('_', ''));
  if (FLOAT.test(text) && /[.e]/.test(text)) return { float: value };
  if (!INTEGER.test(text)) return refuse(paste, node, 'an integer or a decimal number', 'this number');
  if (value >= 10 ** MOST_DIGITS)
    fail(paste, node.from, say`expected an integer of at most ${MOST_DIGITS} digits`);
  return value;
}

function signed(paste: Paste, node: SyntaxNode): number | Float {
  const [sign, wrapped] = children(node);
  if (sign?.name !== 'ArithOp' || wrapped === undefined) return refuse(paste, node, EXPECTED);
  const operand = unwrapped(wrapped);
  const size = operand.name === 'Number' ? number(paste, operand) : infinity(paste, operand);
  if (size === null) return refuse(paste, node, EXPECTED);
  const by = textOf(paste, sign) === '+' ? 1 : -1;
  return typeof size === 'number' ? 0 + by * size : { float: by * size.float };
}

/** 256 * 6 * 6 and 1. / 255, as people write them where a product or a quotient tells more than its value. */
function arithmetic(paste: Paste, node: SyntaxNode): number | Float {
  const [left, sign, right] = children(node).map(unwrapped);
  const operand = (of: SyntaxNode | undefined) => {
    if (of?.name === 'BinaryExpression') return arithmetic(paste, of);
    return of?.name === 'Number' ? number(paste, of) : refuse(paste, node, EXPECTED);
  };
  const by = sign === undefined ? '' : textOf(paste, sign);
  if (by !== '*' && by !== '/') return refuse(paste, node, EXPECTED);
  const [a, b] = [operand(left), operand(right)];
  if (by === '*' && typeof a === 'number' && typeof b === 'number') {
    if (a * b < 10 ** MOST_DIGITS) return a * b;
    fail(paste, node.from, say`expected an integer of at most ${MOST_DIGITS} digits`);
  }
  const [x, y] = [a, b].map((one) => (typeof one === 'number' ? one : one.float)) as [number, number];
  if (by === '/' && y === 0) return refuse(paste, node, EXPECTED, 'a division by zero');
  return { float: by === '*' ? x * y : x / y };
}

/** float('-inf'), np.inf, torch.inf, JavaScript's Infinity; null for anything else. */
function infinity(paste: Paste, node: SyntaxNode): Float | null {
  const text = textOf(paste, node);
  if (text === 'Infinity') return { float: Infinity };
  if (node.name === 'MemberExpression') return /\.inf$/.test(text) ? { float: Infinity } : null;
  const [, sign] = /^float\(\s*["']([+-]?)inf(?:inity)?["']\s*\)$/i.exec(text) ?? [];
  return sign === undefined ? null : { float: sign === '-' ? -Infinity : Infinity };
}

function word(paste: Paste, node: SyntaxNode): string {
  const text = textOf(paste, node);
  if (/^[a-z]/i.test(text)) refuse(paste, node, 'a word in plain quotes', 'a word with a prefix');
  if (text.includes('\\')) refuse(paste, node, 'a word in plain quotes', 'a backslash in a word');
  const quote = text.length >= 6 && /^(.)\1\1/.test(text) ? 3 : 1;
  return text.slice(quote, -quote);
}

function tensor(paste: Paste, node: SyntaxNode, tensors: Tensors, depth: number): NamedTensor {
  const name = dottedName(paste, node);
  if (name === null && (node.name !== 'CallExpression' || depth > 0)) return refuse(paste, node, EXPECTED);
  if (name !== null && depth > 0)
    fail(paste, node.from, say`${name} is a variable, and variables are not evaluated; expected ${EXPECTED}`);
  const shape = name === null ? shapeOf(paste, node, tensors) : tensors.get(name);
  const written = name ?? textOf(paste, node).replace(/\s+/g, ' ');
  return shape === undefined ? { tensor: written } : { tensor: written, shape };
}

function lastName(paste: Paste, call: SyntaxNode): string {
  const callee = call.firstChild;
  const last = callee?.name === 'MemberExpression' ? callee.lastChild : callee;
  return last?.name === 'PropertyName' || last?.name === 'VariableName' ? textOf(paste, last) : '';
}

function sizes(paste: Paste, node: SyntaxNode): Shape | undefined {
  const listed = node.name === 'TupleExpression' || node.name === 'ArrayExpression';
  return integers(paste, listed ? parts(node) : [unwrapped(node)]);
}

function integers(paste: Paste, nodes: readonly SyntaxNode[]): Shape | undefined {
  const values = nodes.map((node) => (node.name === 'Number' ? number(paste, node) : Number.NaN));
  return values.every((value) => typeof value === 'number' && Number.isInteger(value))
    ? (values as number[])
    : undefined;
}
