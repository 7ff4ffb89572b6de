// A Python signature, written as Python writes it, binds a call's arguments the way Python does:
//
//   'in_channels, kernel_size, stride=1, padding=0, *, bias=True, **kwargs'
//
// No default: required. After *: keyword only. *args: more positional arguments are allowed and dropped. **kwargs: other
// keywords are allowed and kept. Defaults are Python literals: numbers, None, True, False, quoted words, () and lists of them.

import { LARGEST } from '../geometry/index.ts';
import { either, say, type Text } from '../words/index.ts';
import type { Fields, Float, NamedTensor, Shape, Value } from './dialect.ts';
import { DialectError } from './error.ts';

interface Slot {
  readonly name: string;
  readonly keywordOnly: boolean;
  readonly fallback: Value | undefined;
}

interface Signature {
  readonly slots: readonly Slot[];
  readonly open: boolean;
  readonly more: boolean;
}

const parsed = new Map<string, Signature>();

function parseSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const slots: Slot[] = [];
  let keywordOnly = false;
  let open = false;
  let more = false;
  for (const part of text.split(/,\s*(?![^(]*\))/)) {
    const [name = '', fallback] = part.trim().split('=');
    if (name === '*') keywordOnly = true;
    else if (name.startsWith('**')) open = true;
    else if (name.startsWith('*')) more = true;
    else if (name !== '')
      slots.push({ name, keywordOnly, fallback: fallback === undefined ? undefined : literal(fallback) });
  }
  const signature = { slots, open, more };
  parsed.set(text, signature);
  return signature;
}

function literal(text: string): Value {
  if (text === 'None') return null;
  if (text === 'True' || text === 'False') return text === 'True';
  if (text.startsWith('('))
    return text
      .slice(1, -1)
      .split(',')
      .filter((part) => part.trim() !== '')
      .map((part) => literal(part.trim()));
  return /^['"]/.test(text) ? text.slice(1, -1) : Number(text);
}

/**
 * A call's arguments under their names.
 * @throws DialectError 'argument' for one too many, missing, unknown or given twice
 */
export function bind(
  who: string,
  text: string,
  args: readonly Value[],
  keywords: Readonly<Record<string, Value>>,
): Arguments {
  const signature = parseSignature(text);
  const values = new Map<string, Value>();
  const positional = signature.slots.filter((slot) => !slot.keywordOnly);
  if (args.length > positional.length && !signature.more) {
    throw new DialectError(
      'argument',
      say`${who}: takes at most ${positional.length} positional arguments, received ${args.length}`,
      {
        hint: say`It takes (${text}).`,
      },
    );
  }
  args.slice(0, positional.length).forEach((value, index) => {
    values.set((positional[index] as Slot).name, value);
  });
  for (const [name, value] of Object.entries(keywords)) {
    const known = signature.slots.some((slot) => slot.name === name);
    if (!known && !signature.open) {
      throw new DialectError('argument', say`${who}: has no argument ${name}`, {
        hint: say`It takes (${text}).`,
      });
    }
    if (values.has(name)) throw new DialectError('argument', say`${who}: ${name} is given twice`);
    values.set(name, value);
  }
  const given = new Set(values.keys());
  for (const slot of signature.slots) {
    if (values.has(slot.name)) continue;
    if (slot.fallback === undefined) {
      throw new DialectError('argument', say`${who}: ${slot.name} is missing`, {
        hint: say`It takes (${text}).`,
      });
    }
    values.set(slot.name, slot.fallback);
  }
  return new Arguments(who, values, given);
}

/** Bound arguments, read by kind. Every method throws a DialectError that names the argument and what it received. */
export class Arguments {
  /** Whose arguments these are: 'torch nn.Conv2d'. Opens every error. */
  readonly who: string;
  readonly #values: ReadonlyMap<string, Value>;
  readonly #given: ReadonlySet<string>;

  constructor(who: string, values: ReadonlyMap<string, Value>, given: ReadonlySet<string>) {
    this.who = who;
    this.#values = values;
    this.#given = given;
  }

  /** Whether the caller gave it, rather than its default standing in. */
  given(name: string): boolean {
    return this.#given.has(name);
  }

  /** As it came; null for None and for a **kwargs keyword that was not given. */
  value(name: string): Value {
    return this.#values.get(name) ?? null;
  }

  /** Everything the caller gave, by name. */
  all(): Readonly<Record<string, Value>> {
    return Object.fromEntries([...this.#given].map((name) => [name, this.value(name)]));
  }

  /** An integer >= least. */
  integer(name: string, least: number = -Infinity): number {
    const value = this.value(name);
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= LARGEST)
      return value;
    return this.refuse(name, least === -Infinity ? 'an integer' : say`an integer >= ${least}`);
  }

  /** One integer for all axes, or one per axis; with `single`, a list of one counts for all as well. */
  integers(name: string, rank: number, least: number = -Infinity, single: boolean = false): number[] {
    const value = this.value(name);
    const list = Array.isArray(value) ? (value as readonly Value[]) : [value];
    const spread =
      !Array.isArray(value) || (single && list.length === 1)
        ? Array.from({ length: rank }, () => list[0])
        : list;
    const fits =
      spread.length === rank &&
      spread.every((n) => typeof n === 'number' && Number.isInteger(n) && n >= least && n <= LARGEST);
    if (fits) return spread as number[];
    const kind = least === -Infinity ? 'an integer' : say`an integer >= ${least}`;
    return this.refuse(name, rank === 1 ? kind : say`${kind} or ${rank} of them`);
  }

  /** Any number, whole or not. */
  number(name: string): number {
    const value = this.value(name);
    if (typeof value === 'number') return value;
    return isFloat(value) ? value.float : this.refuse(name, 'a number');
  }

  /** True or False. */
  flag(name: string): boolean {
    const value = this.value(name);
    return typeof value === 'boolean' ? value : this.refuse(name, 'True or False');
  }

  /** One of the words, exactly. */
  word<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.value(name);
    const found = words.find((word) => word === value);
    return found ?? this.refuse(name, either(words.map((word) => `'${word}'`)));
  }

  /** The shape of a tensor argument. */
  shape(name: string): Shape {
    const value = this.value(name);
    if (!isTensor(value)) return this.refuse(name, 'a tensor');
    if (value.shape !== undefined) return value.shape;
    throw new DialectError('argument', say`${this.who}: the shape of ${name} is not in the code`, {
      hint: say`Write its shape in its place, e.g. zeros((6, 3, 4, 4)); padwise --tensor ${value.tensor}=6x3x4x4 says it too.`,
    });
  }

  /** Refuses the argument: `torch nn.Conv2d: stride: expected an integer >= 1, received 0`. */
  refuse(name: string, expected: Text): never {
    throw new DialectError(
      'argument',
      say`${this.who}: ${name}: expected ${expected}, received ${valueText(this.value(name))}`,
    );
  }
}

/** Whether a value is a tensor rather than a literal. */
export function isTensor(value: Value): value is NamedTensor {
  return typeof value === 'object' && value !== null && 'tensor' in value;
}

/** Whether a value is an object: names and what they hold. */
export function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && 'fields' in value;
}

/** Whether a value is a Python float. */
export function isFloat(value: Value): value is Float {
  return typeof value === 'object' && value !== null && 'float' in value;
}

const lists = new WeakSet<readonly Value[]>();

/** Marks values as written in brackets, for the few places where a framework takes a tuple only. */
export function asList(values: readonly Value[]): readonly Value[] {
  lists.add(values);
  return values;
}

/** Whether pasted code wrote it in brackets; arrays of a face are tuples and lists alike. */
export function isList(value: Value): boolean {
  return Array.isArray(value) && lists.has(value);
}

/** A value as Python prints it, cut to 60 characters. */
function valueText(value: Value): string {
  const text = python(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function python(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  // A word may hold a line end, an error may not.
  if (typeof value === 'string') return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"')}'`;
  if (typeof value === 'number') return String(value);
  if (isTensor(value)) return value.tensor;
  if (isFloat(value)) return Number.isInteger(value.float) ? value.float.toFixed(1) : String(value.float);
  if (isFields(value)) {
    const fields = Object.entries(value.fields).slice(0, 30);
    return `{${fields.map(([name, field]) => `${name}: ${python(field)}`).join(', ')}}`;
  }
  const list = (value as readonly Value[]).slice(0, 30).map(python);
  if (isList(value)) return `[${list.join(', ')}]`;
  return list.length === 1 ? `(${list[0]},)` : `(${list.join(', ')})`;
}
