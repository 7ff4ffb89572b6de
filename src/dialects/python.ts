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
import { applied, appliesToData, built, CONTAINERS, contains, reshapes, statesInput } from './callee.ts';
import { type Dialect, inWordsOf, type Layer, type Shape } from './dialect.ts';
import { DialectError } from './error.ts';
import { importNames } from './imports.ts';
import {
  type Argument,
  argumentsOf,
  dottedName,
  makesTensor,
  readValue,
  shapeOf,
  unwrapped,
} from './literal.ts';
import { located } from './located.ts';
import { settled, wraps } from './onnx/graph.ts';
import { children, fail, LAYER, LAYERS, type Paste, parsePaste, parts, refuse, textOf } from './paste.ts';
import { apply, forget, inTurn, make, type PastedCall, type Reading, works } from './reading.ts';
import { readCall } from './resolve.ts';
import { notation } from './text-formats.ts';

export { pointAt } from './paste.ts';
export type { PastedCall } from './reading.ts';

const LONGEST_CHAIN = 32;
const INPUT = "the layer's input, such as x";
const STATEMENTS: ReadonlySet<string> = new Set(
  'StatementGroup ExpressionStatement AssignStatement ImportStatement ReturnStatement'.split(' '),
);
const JOINS = /(?:^|\.)(?:cat|concat|concatenate|add|multiply|stack)$/i;
const ADDS: ReadonlySet<string> = new Set(['model.add', 'net.add']);

/** What pasted code is read with. */
export interface ReadOptions {
  readonly dialects: readonly Dialect[];
  /** Shapes of the tensors that the code names. */
  readonly tensors?: Readonly<Record<string, Shape>>;
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
  const told = notation(code, tensors);
  if (told !== null) return told;
  const paste = parsePaste(code);
  const known = new Map(Object.entries(tensors));
  const reading: Reading = {
    paste,
    imports: new Map(),
    tensors: known,
    layers: new Map(),
    calls: [],
    made: new Map(),
    order: [],
    containers: new Set(),
    data: new Map(),
    applied: 0,
  };
  for (const node of children(paste.top)) statement(reading, node);
  if (paste.broken !== null) throw paste.broken;
  const calls = settled(inTurn(reading), known);
  if (calls.length === 0)
    throw new DialectError('code', say`expected ${LAYER}, received nothing`, { offset: 0 });
  return calls;
}

/**
 * The layers of pasted code.
 * @throws DialectError as parseCalls and readCall do; its offset is that of the argument it names, or else of the call
 */
export function readLayers(code: string, options: ReadOptions): readonly Layer[] {
  const calls = parseCalls(code, options.tensors);
  const read = (dialects: readonly Dialect[]) => calls.map((one) => layer(one, dialects));
  const layers = read(options.dialects);
  return unmixed(layers, options.dialects, read) ?? layers;
}

/** Layers of several frameworks as those of one, where it has them all: bare names are its own then. Most layers win. */
function unmixed(
  layers: readonly Layer[],
  dialects: readonly Dialect[],
  read: (dialects: readonly Dialect[]) => readonly Layer[],
): readonly Layer[] | null {
  const counts = new Map<string, number>();
  for (const { framework } of layers) counts.set(framework, (counts.get(framework) ?? 0) + 1);
  if (counts.size < 2) return null;
  for (const [framework] of [...counts].sort(([, one], [, other]) => other - one)) {
    try {
      return read(dialects.filter(({ id }) => id === framework));
    } catch {
      // Some other framework has them all, or none has.
    }
  }
  return null;
}

/**
 * The only layer of pasted code.
 * @throws DialectError as readLayers does; 'code' for more than one layer
 */
export function readLayer(code: string, options: ReadOptions): Layer {
  const calls = parseCalls(code, options.tensors).filter((one, _, all) => all.length === 1 || !isInput(one));
  const second = calls[1];
  if (second !== undefined)
    throw new DialectError('code', say`expected one layer, received ${calls.length}`, {
      offset: second.offset,
    });
  return layer(calls[0] as PastedCall, options.dialects);
}

/** Whether it only states what the layer is given. */
function isInput({ path }: PastedCall): boolean {
  return /(?:^|\.)Input(?:Layer)?$/.test(path);
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
      for (const part of parts(node)) if (!isDocumentation(reading, part)) expression(reading, part);
      return;
    case 'ReturnStatement':
      for (const part of parts(node).slice(1)) {
        const name = dottedName(reading.paste, part);
        if (name !== null && reading.data.has(name)) works(reading, name, part);
        else expression(reading, part);
      }
      return;
    case 'ClassDefinition':
    case 'FunctionDefinition':
    case 'DecoratedStatement':
    case 'ForStatement':
    case 'WithStatement':
      refuse(reading.paste, node, LAYERS);
      return;
    default:
      refuse(reading.paste, node, LAYER);
  }
}

/** Whether a statement is a text in triple quotes, such as a module begins with. */
function isDocumentation({ paste }: Reading, node: SyntaxNode): boolean {
  return node.name === 'String' && /^r?(?:"""|''')/i.test(textOf(paste, node));
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
  const holder = only.slice(0, Math.max(0, only.lastIndexOf('.')));
  const owner = holder === '' ? undefined : reading.layers.get(holder);
  const part = reading.containers.has(holder);
  if (part && only.includes('.')) return;
  if (targets.length === 1 && values.length === 1 && owner !== undefined) {
    const name = only.slice(only.lastIndexOf('.') + 1);
    extend(reading, owner, { name, offset: node.from, value });
    return;
  }
  const call = unwrapped(value);
  if (values.length === 1 && reshape(reading, call)) {
    forget(reading, targets);
    for (const target of targets) reading.data.set(target, reading.applied);
    return;
  }
  if (values.length === 1 && call.name === 'CallExpression' && makesTensor(reading.paste, call)) {
    const shape = shapeOf(reading.paste, call, reading.tensors);
    if (statesInput(reading.paste, call)) expression(reading, call);
    forget(reading, targets);
    if (shape !== undefined) for (const target of targets) reading.tensors.set(target, shape);
    return;
  }
  const name = values.length === 1 ? dottedName(reading.paste, call) : null;
  const since = name === null ? undefined : (reading.data.get(name) ?? unread(reading, value));
  if (since !== undefined) {
    forget(reading, targets);
    reading.data.set(name ?? '', since);
    for (const target of targets) reading.data.set(target, since);
    return;
  }
  const before = reading.calls.length;
  for (const part of values) expression(reading, part);
  forget(reading, targets);
  for (const target of targets) reading.data.set(target, reading.applied);
  if (values.length !== 1 || applies(reading, call)) return;
  const holds = contains(reading.paste, call);
  for (const target of targets) {
    const made = Array.from({ length: reading.calls.length - before }, (_, i) => before + i);
    reading.layers.set(target, reading.calls.length - 1);
    reading.made.set(target, made);
    if (holds) reading.containers.add(target);
  }
}

/** The input of a forward pass, before any layer works on it. */
function unread({ paste, applied: count }: Reading, node: SyntaxNode): 0 | undefined {
  const within = paste.forward > 0 && node.from > paste.forward;
  return within && count === 0 && node.name === 'VariableName' ? 0 : undefined;
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

/** Layers of an expression: a call, or a list or tuple of them. */
function expression(reading: Reading, node: SyntaxNode, chain: number = 0): void {
  if (node.name === 'CallExpression') call(reading, node, chain);
  else if (/^(?:Parenthesized|Tuple|Array)Expression$/.test(node.name)) {
    for (const part of parts(node)) expression(reading, part, chain);
  } else refuse(reading.paste, node, LAYER);
}

/** What a container holds: layers, lists of them, pairs of a name and a layer, functions by name; known ones were read before. */
function held(reading: Reading, node: SyntaxNode, chain: number): void {
  const { paste, layers } = reading;
  const name = dottedName(paste, node);
  if (node.name === 'String' || node.name === 'None') return;
  if (/^(?:Parenthesized|Tuple|Array|Dictionary)Expression$/.test(node.name)) {
    for (const part of parts(node)) if (!/^[:{}]$/.test(part.name)) held(reading, part, chain);
  } else if (name === null) expression(reading, node, chain);
  else if (!layers.has(name)) make(reading, node, name, []);
}

function call(reading: Reading, node: SyntaxNode, chain: number): void {
  const { paste, layers, calls } = reading;
  if (chain >= LONGEST_CHAIN)
    fail(paste, node.from, say`expected at most ${LONGEST_CHAIN} calls in each other`);
  const callee = applied(paste, node);
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
    const data = unwrapped(callee.firstChild as SyntaxNode).name === 'CallExpression';
    input(reading, node, args, chain, !data);
    expression(reading, callee, chain + 1);
    return;
  }
  const name = dottedName(paste, callee) ?? refuseCallee(paste, callee);
  if (isOutput(reading, name) || reshape(reading, node)) return;
  if (wraps(name)) {
    const nodes = args[0] && unwrapped(args[0].value);
    if (nodes?.name === 'ArrayExpression')
      for (const part of parts(nodes))
        if (unwrapped(part).name === 'CallExpression') expression(reading, part, chain + 1);
    return;
  }
  const owner = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  if (layers.has(name)) {
    input(reading, node, args, chain);
    apply(reading, name, node);
  } else if (
    CONTAINERS.test(name) ||
    ADDS.has(name) ||
    (reading.containers.has(owner) && name.endsWith('.add'))
  ) {
    for (const one of args)
      if (one.name === null || one.name === 'layers') held(reading, unwrapped(one.value), chain + 1);
  } else if (!reading.containers.has(owner)) {
    const [first] = args;
    if (first !== undefined && JOINS.test(name)) refuseJoined(reading, first.value);
    if (first !== undefined && appliesToData(paste, first)) {
      expression(reading, first.value, chain + 1);
      works(reading, null, node);
    } else if (first?.name === null && dottedName(paste, first.value) !== null)
      works(reading, dottedName(paste, first.value), first.value);
    make(reading, node, name, args);
  }
}

/** Reads what gives the data another shape: as a flattening, or not at all. Another call is none of it: false. */
function reshape(reading: Reading, node: SyntaxNode): boolean {
  const { paste, data } = reading;
  const found = reshapes(paste, node);
  if (found === null || !data.has(found.name)) return false;
  if (!found.flat)
    fail(paste, node.from, say`${found.name} is given another shape, which is not read; expected ${LAYERS}`);
  works(reading, found.name, node);
  make(reading, node, 'torch.nn.Flatten', []);
  return true;
}

/** Says that a list of tensors, as of layers.concatenate([x, y]), joins branches. */
function refuseJoined({ paste }: Reading, wrapped: SyntaxNode): void {
  const node = unwrapped(wrapped);
  if (/^(?:Array|Tuple)Expression$/.test(node.name))
    fail(
      paste,
      node.from,
      say`several inputs are joined here, and branches are not read; expected ${LAYERS}`,
    );
}

/** Says that `nn.Conv2d(3, 6, 4).cuda()` calls a method, where its name stands. */
function refuseCallee(paste: Paste, callee: SyntaxNode): never {
  const last = callee.name === 'MemberExpression' ? callee.lastChild : null;
  if (last?.name === 'PropertyName') refuse(paste, last, say`${LAYER}, alone`, 'a method of a value');
  return refuse(paste, callee, LAYER);
}

/** What a layer is applied to: a tensor by name, one that a call makes, or what other layers return. */
function input(
  reading: Reading,
  node: SyntaxNode,
  args: readonly Argument[],
  chain: number,
  applies = true,
): void {
  const { paste } = reading;
  const [first, ...others] = args.filter((one) => one.name !== 'training');
  if (first === undefined || first.name !== null)
    return void fail(paste, (node.lastChild ?? node).from, say`expected ${INPUT}`);
  for (const other of others) refuse(paste, other.value, say`${INPUT}, alone`, 'a second argument');
  const value = unwrapped(first.value);
  if (value.name === 'CallExpression') {
    const reshaped = reshape(reading, value);
    if (!reshaped && (!makesTensor(paste, value) || statesInput(paste, value)))
      expression(reading, value, chain + 1);
    works(reading, null, value);
  } else if (dottedName(paste, value) === null) {
    refuseJoined(reading, value);
    refuse(paste, value, INPUT);
  } else if (applies) works(reading, dottedName(paste, value), value);
}

/** Whether a call applies a layer, so that its result is a tensor. */
function applies(reading: Reading, node: SyntaxNode): boolean {
  const { paste, layers } = reading;
  if (node.name !== 'CallExpression') return true;
  const callee = applied(paste, node);
  const name = dottedName(paste, callee) ?? '';
  return callee.name === 'CallExpression' || layers.has(name) || isOutput(reading, name);
}

/** Whether a name is TensorRT's method that gives a layer's output, conv.get_output(0), or that ends the network. */
function isOutput({ layers }: Reading, name: string): boolean {
  const [method, owner] = [name.slice(name.lastIndexOf('.') + 1), name.slice(0, name.lastIndexOf('.'))];
  return method === 'mark_output' || (method === 'get_output' && layers.has(owner));
}
