// Pasted Python becomes calls, and calls become layers. Nothing is evaluated: imports are followed, values are literals,
// and what would need a running Python is refused where it stands.
//
//   from torch import nn                           a name for torch.nn
//   conv = nn.Conv2d(3, 6, 4)                      torch.nn.Conv2d  (3, 6, 4)
//   y = nn.MaxPool2d(2)(conv(x))                   torch.nn.MaxPool2d  (2,): what is applied is read, innermost first
//   weight = torch.zeros(6, 3, 4, 4)               a tensor of known shape
//   F.conv2d(F.pad(x, (0, 1, 0, 1)), weight)       F.pad, then F.conv2d
//
// JavaScript and Rust calls read alike; what is set on a layer afterwards is a keyword of its call:
//
//   tf.layers.conv2d({ filters: 6, kernelSize: 4 })            an object of names
//   conv.stride_nd = (2, 2)                                    an attribute of a layer
//   Conv2dConfig::new([3, 6], [4, 4]).with_stride([2, 2])      a builder's method

import type { SyntaxNode } from '@lezer/common';
import { say } from '../words/index.ts';
import { type Call, type Dialect, inWordsOf, type Layer, type Shape, type Value } from './dialect.ts';
import { DialectError } from './error.ts';
import {
  type Argument,
  argumentsOf,
  dottedName,
  makesTensor,
  readValue,
  shapeOf,
  unwrapped,
} from './literal.ts';
import { children, fail, LAYER, type Paste, parsePaste, parts, refuse, textOf } from './paste.ts';
import { bound, find, readCall } from './resolve.ts';
import { isTensor } from './signature.ts';

export { pointAt } from './paste.ts';

const MOST_CALLS = 1000;
const LONGEST_CHAIN = 32;
const INPUT = "the layer's input, such as x";
const STATEMENTS: ReadonlySet<string> = new Set(
  'StatementGroup ExpressionStatement AssignStatement ImportStatement ReturnStatement'.split(' '),
);
const CONTAINERS: ReadonlySet<string> = new Set(['model.add', 'net.add']);

/** A call as pasted, and where. Offsets count from 0 into the pasted text. */
export interface PastedCall extends Call {
  readonly offset: number;
  readonly text: string;
  /** Where each argument begins: positional ones by index, keywords by name. */
  readonly offsets: ReadonlyMap<number | string, number>;
}

/** What pasted code is read with. */
export interface ReadOptions {
  readonly dialects: readonly Dialect[];
  /** Shapes of the tensors that the code names. */
  readonly tensors?: Readonly<Record<string, Shape>>;
}

/** What is known while the statements are read, top to bottom. */
interface Reading {
  readonly paste: Paste;
  /** Full dotted names by imported name. */
  readonly imports: Map<string, string>;
  readonly tensors: Map<string, Shape>;
  /** Names that were given to a layer, and which call it is: calling one applies it. */
  readonly layers: Map<string, number>;
  readonly calls: PastedCall[];
}

/**
 * The calls of pasted code that make or apply a layer, in the order of the text; of calls in each other, the innermost first.
 * Names are resolved through the code's own imports. `tensors` are the shapes of the tensors it names.
 * @throws DialectError 'code', with offset, for what is not read: `line 2, column 14: a lambda is not read; expected ...`
 */
export function parseCalls(
  code: string,
  tensors: Readonly<Record<string, Shape>> = {},
): readonly PastedCall[] {
  const paste = parsePaste(code);
  const known = new Map(Object.entries(tensors));
  const reading: Reading = { paste, imports: new Map(), tensors: known, layers: new Map(), calls: [] };
  for (const node of children(paste.top)) statement(reading, node);
  if (paste.broken !== null) throw paste.broken;
  if (reading.calls.length === 0)
    throw new DialectError('code', `expected ${LAYER}, received nothing`, { offset: 0 });
  return reading.calls;
}

/**
 * The layers of pasted code.
 * @throws DialectError as parseCalls and readCall do; its offset is that of the argument it names, or else of the call
 */
export function readLayers(code: string, options: ReadOptions): readonly Layer[] {
  return parseCalls(code, options.tensors).map((one) => layer(one, options.dialects));
}

/**
 * The only layer of pasted code.
 * @throws DialectError as readLayers does; 'code' for more than one layer
 */
export function readLayer(code: string, options: ReadOptions): Layer {
  const calls = parseCalls(code, options.tensors);
  const second = calls[1];
  if (second !== undefined)
    throw new DialectError('code', `expected one layer, received ${calls.length}`, { offset: second.offset });
  return layer(calls[0] as PastedCall, options.dialects);
}

function layer(call: PastedCall, dialects: readonly Dialect[]): Layer {
  try {
    return inWordsOf(call.path, () => readCall(dialects, call));
  } catch (error) {
    throw error instanceof DialectError ? located(error, call, dialects) : error;
  }
}

/** Reads a statement that holds no syntax error and follows none; one that is not read at all may hold some. */
function statement(reading: Reading, node: SyntaxNode): void {
  const { broken } = reading.paste;
  if (broken?.offset !== undefined && broken.offset <= (STATEMENTS.has(node.name) ? node.to : node.from))
    throw broken;
  switch (node.name) {
    case 'StatementGroup':
      for (const part of parts(node)) statement(reading, part);
      return;
    case 'ImportStatement':
      importNames(reading, node);
      return;
    case 'AssignStatement':
      assign(reading, node);
      return;
    case 'ExpressionStatement':
      for (const part of parts(node)) expression(reading, part);
      return;
    case 'ReturnStatement':
      for (const part of parts(node).slice(1)) expression(reading, part);
      return;
    default:
      refuse(reading.paste, node, LAYER);
  }
}

function importNames(reading: Reading, node: SyntaxNode): void {
  let module = '';
  let name = '';
  let alias: string | null = null;
  const bind = () => {
    if (name === '' || module.startsWith('.')) return;
    const path = module === '' ? name : `${module}.${name}`;
    if (alias !== null) reading.imports.set(alias, path);
    else if (module !== '') reading.imports.set(name, path);
    else reading.imports.delete(name.split('.', 1)[0] as string);
  };
  for (const part of children(node)) {
    if (part.name === 'import') {
      module = name;
      name = '';
    } else if (part.name === 'as') alias = '';
    else if (part.name === ',') {
      bind();
      name = '';
      alias = null;
    } else if (part.name === 'VariableName' || part.name === '.') {
      if (alias === null) name += textOf(reading.paste, part);
      else alias = textOf(reading.paste, part);
    }
  }
  bind();
}

/** `conv = nn.Conv2d(...)` names a layer, `weight = torch.zeros(...)` a tensor; whatever the name stood for is forgotten. */
function assign(reading: Reading, node: SyntaxNode): void {
  const all = parts(node);
  const at = all.findLastIndex((part) => part.name === 'AssignOp');
  const values = all.slice(at + 1);
  const [value] = values;
  if (at < 0 || value === undefined) return void refuse(reading.paste, node, LAYER, 'a name without a value');
  const targets = all.slice(0, at).map((part) => dottedName(reading.paste, part) ?? '');
  const [only = ''] = targets;
  const owner = reading.layers.get(only.slice(0, only.lastIndexOf('.')));
  if (targets.length === 1 && values.length === 1 && owner !== undefined) {
    const name = only.slice(only.lastIndexOf('.') + 1);
    extend(reading, owner, { name, offset: node.from, value });
    return;
  }
  const call = unwrapped(value);
  if (values.length === 1 && call.name === 'CallExpression' && makesTensor(reading.paste, call)) {
    const shape = shapeOf(reading.paste, call, reading.tensors);
    forget(reading, targets);
    if (shape !== undefined) for (const target of targets) reading.tensors.set(target, shape);
    return;
  }
  for (const part of values) expression(reading, part);
  forget(reading, targets);
  if (values.length === 1 && !applies(reading, call))
    for (const target of targets) reading.layers.set(target, reading.calls.length - 1);
}

/** Adds a keyword to a call that was read before. */
function extend({ paste, tensors, calls }: Reading, index: number, { name, offset, value }: Argument): void {
  const call = calls[index] as PastedCall;
  const key = name as string;
  calls[index] = {
    ...call,
    keywords: { ...call.keywords, [key]: readValue(paste, value, tensors) },
    offsets: new Map([...call.offsets, [key, offset]]),
  };
}

function forget(reading: Reading, names: readonly string[]): void {
  for (const name of names) {
    reading.layers.delete(name);
    reading.tensors.delete(name);
  }
}

/** Layers of an expression: a call, or a list or tuple of them. */
function expression(reading: Reading, node: SyntaxNode, chain: number = 0): void {
  if (node.name === 'CallExpression') call(reading, node, chain);
  else if (/^(?:Parenthesized|Tuple|Array)Expression$/.test(node.name)) {
    for (const part of parts(node)) expression(reading, part, chain);
  } else refuse(reading.paste, node, LAYER);
}

function call(reading: Reading, node: SyntaxNode, chain: number): void {
  const { paste, layers, calls } = reading;
  if (chain >= LONGEST_CHAIN) fail(paste, node.from, `expected at most ${LONGEST_CHAIN} calls in each other`);
  const callee = unwrapped(node.firstChild as SyntaxNode);
  const args = argumentsOf(paste, node);
  const method = built(paste, callee);
  if (method !== null) {
    expression(reading, method.of, chain + 1);
    const [value] = args;
    if (method.name !== 'init' && value !== undefined)
      extend(reading, calls.length - 1, { ...value, name: method.name });
    return;
  }
  if (callee.name === 'CallExpression') {
    input(reading, node, args, chain);
    expression(reading, callee, chain + 1);
    return;
  }
  const name = dottedName(paste, callee) ?? refuseCallee(paste, callee);
  if (layers.has(name)) input(reading, node, args, chain);
  else if (CONTAINERS.has(name)) for (const { value } of args) expression(reading, value, chain + 1);
  else {
    const [first] = args;
    if (first !== undefined && appliesToData(paste, first)) expression(reading, first.value, chain + 1);
    if (calls.length >= MOST_CALLS) fail(paste, node.from, `expected at most ${MOST_CALLS} layers`);
    calls.push(pasted(reading, node, name, args));
  }
}

/** A builder's method, `.with_stride([2, 2])` or `.init(device)`, and the call it is a method of; null for anything else. */
function built(paste: Paste, callee: SyntaxNode): { name: string; of: SyntaxNode } | null {
  const [of, method] = [callee.firstChild, callee.lastChild];
  if (callee.name !== 'MemberExpression' || of === null || method?.name !== 'PropertyName') return null;
  const name = textOf(paste, method);
  return of.name === 'CallExpression' && /^(?:with_\w+|init)$/.test(name) ? { name, of } : null;
}

/** Says that `nn.Conv2d(3, 6, 4).cuda()` calls a method, where its name stands. */
function refuseCallee(paste: Paste, callee: SyntaxNode): never {
  const last = callee.name === 'MemberExpression' ? callee.lastChild : null;
  if (last?.name === 'PropertyName') refuse(paste, last, `${LAYER}, alone`, 'a method of a value');
  return refuse(paste, callee, LAYER);
}

function pasted(
  { paste, imports, tensors }: Reading,
  node: SyntaxNode,
  name: string,
  args: readonly Argument[],
): PastedCall {
  const [head = '', ...rest] = name.split('.');
  const positional: Value[] = [];
  const keywords: [string, Value][] = [];
  const offsets = new Map<number | string, number>();
  for (const one of args) {
    offsets.set(one.name ?? positional.length, one.offset);
    const value = readValue(paste, one.value, tensors);
    if (one.name === null) positional.push(value);
    else keywords.push([one.name, value]);
  }
  return {
    path: [imports.get(head) ?? head, ...rest].join('.'),
    args: positional,
    keywords: Object.fromEntries(keywords),
    offset: node.from,
    text: textOf(paste, node),
    offsets,
  };
}

/** What a layer is applied to: a tensor by name, one that a call makes, or what other layers return. */
function input(reading: Reading, node: SyntaxNode, args: readonly Argument[], chain: number): void {
  const { paste } = reading;
  const [first, ...others] = args.filter((one) => one.name !== 'training');
  if (first === undefined || first.name !== null)
    return void fail(paste, (node.lastChild ?? node).from, `expected ${INPUT}`);
  for (const other of others) refuse(paste, other.value, `${INPUT}, alone`, 'a second argument');
  const value = unwrapped(first.value);
  if (value.name === 'CallExpression') {
    if (!makesTensor(paste, value)) expression(reading, value, chain + 1);
  } else if (dottedName(paste, value) === null) refuse(paste, value, INPUT);
}

/** Whether a call applies a layer, so that its result is a tensor. */
function applies({ paste, layers }: Reading, node: SyntaxNode): boolean {
  if (node.name !== 'CallExpression') return true;
  const callee = unwrapped(node.firstChild as SyntaxNode);
  return callee.name === 'CallExpression' || layers.has(dottedName(paste, callee) ?? '');
}

/** Whether an argument is itself a function or layer at work on data: the F.pad(x, (0, 1)) of F.conv1d(F.pad(x, (0, 1)), w). */
function appliesToData(paste: Paste, argument: Argument): boolean {
  let value = unwrapped(argument.value);
  while (argument.name === null && value.name === 'CallExpression' && !makesTensor(paste, value)) {
    if (unwrapped(value.firstChild as SyntaxNode).name === 'CallExpression') return true;
    const [first] = argumentsOf(paste, value);
    if (first === undefined || first.name !== null) return false;
    value = unwrapped(first.value);
    if (dottedName(paste, value) !== null) return true;
  }
  return false;
}

/** The error at the argument that its sentence names first, or else at the call. */
function located(error: DialectError, call: PastedCall, dialects: readonly Dialect[]): DialectError {
  const named = error.code === 'unknown' ? undefined : namedArgument(error.message, call, dialects);
  const value = named?.value ?? null;
  const variable =
    error.code === 'argument' && error.hint === undefined && isTensor(value) && /^[\w.]+$/.test(value.tensor);
  const more = variable ? `; ${value.tensor} is a variable, and variables are not evaluated` : '';
  return new DialectError(error.code, say`${error.sentence}${more}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    offset: named?.offset ?? call.offset,
  });
}

/** The reader that took the arguments, or the first of its name. */
function readerOf(call: PastedCall, dialects: readonly Dialect[]) {
  try {
    return bound(dialects, call).found.reader;
  } catch {
    return find(dialects, call.path).reader;
  }
}

function namedArgument(message: string, call: PastedCall, dialects: readonly Dialect[]) {
  const names = readerOf(call, dialects)
    .signature.replace(/\([^)]*\)/g, '')
    .split(',')
    .map((part) => part.trim().split('=', 1)[0] as string);
  const positional = names.includes('*') ? names.slice(0, names.indexOf('*')) : names;
  const values = new Map<string, { value: Value; offset: number | undefined }>();
  // An argument too many has no name: it is the one when the sentence names none.
  for (const [index, value] of call.args.entries())
    values.set(positional[index] ?? '', { value, offset: call.offsets.get(index) });
  for (const [name, value] of Object.entries(call.keywords))
    values.set(name, { value, offset: call.offsets.get(name) });
  const words = message.slice(message.indexOf(': ') + 1).match(/\w+/g) ?? [];
  return values.get(words.find((word) => values.has(word)) ?? '');
}
