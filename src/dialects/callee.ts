// What a call in pasted code calls, as its syntax tree tells: a container of layers, the input of a model, a builder's
// method, a function of data.
//
//   nn.Sequential(...)          a container               keras.Input(shape=(28, 28, 1))     the input
//   conv.apply(x)               the layer conv            Conv2dConfig::new(..).with_stride([2, 2])     a builder

import type { SyntaxNode } from '@lezer/common';
import { type Argument, argumentsOf, dottedName, makesTensor, unwrapped } from './literal.ts';
import { type Paste, parts, textOf } from './paste.ts';

/** What holds layers that are applied in turn, by the last part of its name. */
export const CONTAINERS: RegExp = /(?:^|\.)(?:Sequential|HybridSequential|sequential|OrderedDict)$/;

/** Whether a call states what the model is given: keras.Input(shape=(28, 28, 1)). */
export function statesInput(paste: Paste, call: SyntaxNode): boolean {
  return /(?:^|\.)Input$/.test(dottedName(paste, unwrapped(call.firstChild as SyntaxNode)) ?? '');
}

/** Whether a call, or a list, holds layers. */
export function contains(paste: Paste, node: SyntaxNode): boolean {
  if (node.name !== 'CallExpression') return node.name === 'ArrayExpression';
  return CONTAINERS.test(dottedName(paste, unwrapped(node.firstChild as SyntaxNode)) ?? '');
}

/** What a call calls; of `layer.apply(x)` in JavaScript and `layer.forward(x)` in Rust, the layer. */
export function applied(paste: Paste, node: SyntaxNode): SyntaxNode {
  const callee = unwrapped(node.firstChild as SyntaxNode);
  const [of, method] = [callee.firstChild, callee.lastChild];
  const member = callee.name === 'MemberExpression' && method?.name === 'PropertyName';
  return member && of !== null && /^(?:apply|forward)$/.test(textOf(paste, method)) ? unwrapped(of) : callee;
}

/** A builder's method, `.with_stride([2, 2])` or `.init(device)`, and the call it is a method of; null for anything else. */
export function built(paste: Paste, callee: SyntaxNode): { name: string; of: SyntaxNode } | null {
  const [of, method] = [callee.firstChild, callee.lastChild];
  if (callee.name !== 'MemberExpression' || of === null || method?.name !== 'PropertyName') return null;
  const name = textOf(paste, method);
  return of.name === 'CallExpression' && /^(?:with_\w+|init)$/.test(name) ? { name, of } : null;
}

/** Whether an argument is itself a function or layer at work on data: the F.pad(x, (0, 1)) of F.conv1d(F.pad(x, (0, 1)), w). */
export function appliesToData(paste: Paste, argument: Argument): boolean {
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

/** What `x.flatten(1)`, `x.view(-1, 400)` or `x.reshape(x.size(0), -1)` is called on, and whether it flattens; null for other calls. */
export function reshapes(paste: Paste, call: SyntaxNode): { name: string; flat: boolean } | null {
  if (call.name !== 'CallExpression') return null;
  const callee = dottedName(paste, unwrapped(call.firstChild as SyntaxNode)) ?? '';
  const [, name, method] = /^(.+)\.(view|reshape|flatten)$/.exec(callee) ?? [];
  if (name === undefined) return null;
  const args = argumentsOf(paste, call);
  const text = (node: SyntaxNode) => textOf(paste, node).replace(/\s/g, '');
  const [only, more] = args.map(({ value }) => unwrapped(value));
  const listed = only !== undefined && more === undefined && /^(?:Tuple|Array)Expression$/.test(only.name);
  const shape = listed ? parts(only).map(text) : args.map(({ value }) => text(value));
  if (method === 'flatten') return { name, flat: shape.join() === '1' };
  const [batch = '', rest] = shape;
  const flat = batch === '-1' || (rest === '-1' && /^\w+\.(?:size\(0\)|shape\[0\])$/.test(batch));
  return { name, flat: flat && shape.length === 2 };
}
