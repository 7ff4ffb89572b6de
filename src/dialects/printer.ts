// A call as code again: what a reader reads, written. Keywords whose value is undefined are left out.
//
//   Python       nn.Conv2d(3, 6, (3, 5), stride=2, bias=False)
//   JavaScript   tf.layers.conv2d({filters: 6, kernelSize: [3, 5], useBias: false})

import type { NamedTensor, Shape, Value } from './dialect.ts';
import { isFields, isFloat, isList, isTensor } from './signature.ts';

/** A call to be written, under the name people write. */
export interface Phrase {
  readonly path: string;
  readonly args: readonly Value[];
  readonly keywords: Readonly<Record<string, Value | undefined>>;
}

/** A phrase; undefined arguments and keywords are left out. */
export function phrase(
  path: string,
  args: readonly (Value | undefined)[] = [],
  keywords: Readonly<Record<string, Value | undefined>> = {},
): Phrase {
  return { path, args: args.filter((value): value is Value => value !== undefined), keywords };
}

/** The value unless it is the default: numbers, words, or one number for all axes. */
export function unless(value: Value, fallback: Value): Value | undefined {
  return python(value) === python(fallback) ? undefined : value;
}

/** One number when all are alike, else all of them. */
export function same(values: readonly number[]): number | readonly number[] {
  return values.every((value) => value === values[0]) ? (values[0] as number) : values;
}

/** A phrase in Python. */
export function pythonCall({ path, args, keywords }: Phrase): string {
  const named = given(keywords).map(([name, value]) => `${name}=${python(value)}`);
  return `${path}(${[...args.map(python), ...named].join(', ')})`;
}

/** A phrase in JavaScript: its keywords are an object that stands last. */
export function javascriptCall({ path, args, keywords }: Phrase): string {
  const named = given(keywords).map(([name, value]) => `${name}: ${javascript(value)}`);
  return `${path}(${[...args.map(javascript), ...(named.length === 0 ? [] : [`{${named.join(', ')}}`])].join(', ')})`;
}

/**
 * What is a statement as it stands: an assignment, a node of a graph, which names what it reads and makes, a line of a network's text,
 * a call that sets a descriptor.
 */
const STATEMENT = /^(?:[\w., ]+ = |helper\.make_node\(|\[\w+\]$|\w+=\S+$|cudnnSet|# )/;

/** A layer on its own as a statement on x. */
export function statement(line: string): string {
  if (STATEMENT.test(line)) return line;
  // JavaScript's and Rust's layers are applied by name, a tensor's own methods are not applied at all.
  if (/\(\{.*\}\)$/.test(line)) return `x = ${line}.apply(x)`;
  if (/\.init\((?:&device)?\)$/.test(line)) return `x = ${line}.forward(x)`;
  if (line.startsWith('x.')) return `x = ${line}`;
  return /\((?:x=)?x[,)]/.test(line) ? `x = ${line}` : `x = ${line}(x)`;
}

/** The tensors that a phrase names, and their shapes. */
export function tensorsOf({ args, keywords }: Phrase): Record<string, Shape> {
  const values = [...args, ...given(keywords).map(([, value]) => value)];
  const named = values
    .flatMap((value) => (Array.isArray(value) ? (value as readonly Value[]) : [value]))
    .filter((value): value is NamedTensor & { shape: Shape } => isTensor(value) && value.shape !== undefined);
  return Object.fromEntries(named.map(({ tensor, shape }) => [tensor, shape]));
}

/** The keywords that are given. */
export function given(keywords: Phrase['keywords']): [string, Value][] {
  return Object.entries(keywords).filter((entry): entry is [string, Value] => entry[1] !== undefined);
}

function python(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : infinite(value, python);
  if (isTensor(value)) return value.tensor;
  if (isFloat(value))
    return Number.isFinite(value.float) ? decimal(value.float) : infinite(value.float, python);
  if (isFields(value))
    return `{${Object.entries(value.fields)
      .map(([name, field]) => `'${name}': ${python(field)}`)
      .join(', ')}}`;
  const list = (value as readonly Value[]).map(python);
  if (isList(value)) return `[${list.join(', ')}]`;
  return list.length === 1 ? `(${list[0]},)` : `(${list.join(', ')})`;
}

function javascript(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number') return String(value);
  if (isTensor(value)) return value.tensor;
  if (isFloat(value)) return String(value.float);
  if (isFields(value))
    return `{${Object.entries(value.fields)
      .map(([name, field]) => `${name}: ${javascript(field)}`)
      .join(', ')}}`;
  return `[${(value as readonly Value[]).map(javascript).join(', ')}]`;
}

function infinite(value: number, say: (value: Value) => string): string {
  return `float(${say(value < 0 ? '-inf' : 'inf')})`;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
