// What is known while pasted statements are read, top to bottom: which names stand for what, which calls were made, and in
// what order they work on the data.
//
//   conv = nn.Conv2d(3, 6, 5)         made: conv, call 0
//   pool = nn.MaxPool2d(2)            made: pool, call 1
//   x = pool(conv(x))                 applied: 0, 1
//   x = pool(x)                       applied: 1

import type { SyntaxNode } from '@lezer/common';
import { say } from '../words/index.ts';
import type { Call, Shape, Value } from './dialect.ts';
import { type Argument, readValue } from './literal.ts';
import { fail, LAYERS, type Paste, textOf } from './paste.ts';
import { isTensor } from './signature.ts';

const MOST_CALLS = 1000;

/** A call as pasted, and where. Offsets count from 0 into the pasted text. */
export interface PastedCall extends Call {
  readonly offset: number;
  readonly text: string;
  /** Where each argument begins: positional ones by index, keywords by name. */
  readonly offsets: ReadonlyMap<number | string, number>;
}

/** What is known while the statements are read, top to bottom. */
export interface Reading {
  readonly paste: Paste;
  /** Full dotted names by imported name. */
  readonly imports: Map<string, string>;
  readonly tensors: Map<string, Shape>;
  /** Names that were given to a layer, and which call it is: calling one applies it. */
  readonly layers: Map<string, number>;
  readonly calls: PastedCall[];
  /** Which calls a name stands for: one layer, or all that a container holds. */
  readonly made: Map<string, readonly number[]>;
  /** Calls in the order in which they were made, and applied by their names. */
  readonly order: { readonly index: number; readonly named: boolean }[];
  /** Names of containers: nn.Sequential(...). */
  readonly containers: Set<string>;
  /** How many layers were applied so far, and after how many of them each name of data was made or first read. */
  readonly data: Map<string, number>;
  applied: number;
}

/** The calls as they are applied: those with a name where their name is called, all others where they stand. */
export function inTurn({ calls, order, paste }: Reading): PastedCall[] {
  const named = new Set(order.filter((one) => one.named).map(({ index }) => index));
  return order
    .filter(({ named: called, index }) => called || (!named.has(index) && counts(calls[index], paste)))
    .map(({ index }) => calls[index] as PastedCall);
}

/** Whether a call counts where it stands: a layer that a class makes and never calls is none of its layers. */
function counts(call: PastedCall | undefined, { forward }: Paste): boolean {
  return (call?.offset ?? 0) >= forward;
}

/** A layer at work on data of this name: every one works on what the one before it gave. */
export function works(reading: Reading, name: string | null, at: SyntaxNode): void {
  const { data, paste } = reading;
  const since = name === null ? undefined : data.get(name);
  if (since !== undefined && since !== reading.applied)
    fail(
      paste,
      at.from,
      say`${name} goes to more than one layer, and branches are not read; expected ${LAYERS}`,
    );
  if (name !== null && reading.applied === 0) data.set(name, 0);
  reading.applied += 1;
}

/** Notes a call that makes a layer. @throws DialectError 'code' beyond 1000 of them */
export function make(reading: Reading, node: SyntaxNode, name: string, args: readonly Argument[]): void {
  if (reading.order.length >= MOST_CALLS)
    fail(reading.paste, node.from, say`expected at most ${MOST_CALLS} layers`);
  reading.order.push({ index: reading.calls.length, named: false });
  reading.calls.push(pasted(reading, node, name, args));
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
    const read = readValue(paste, one.value, tensors);
    const value = isTensor(read) ? (paste.defaults.get(read.tensor) ?? read) : read;
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

/** Forgets what these names stood for. */
export function forget(reading: Reading, names: readonly string[]): void {
  for (const name of names) {
    reading.layers.delete(name);
    reading.containers.delete(name);
    reading.made.delete(name);
    reading.tensors.delete(name);
  }
}

/** Notes that what a name stands for is applied. @throws DialectError 'code' beyond 1000 layers */
export function apply(reading: Reading, name: string, node: SyntaxNode): void {
  const made = reading.made.get(name) ?? [];
  if (reading.order.length + made.length > MOST_CALLS)
    fail(reading.paste, node.from, say`expected at most ${MOST_CALLS} layers`);
  for (const index of made) reading.order.push({ index, named: true });
}
