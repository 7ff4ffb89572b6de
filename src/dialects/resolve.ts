// From a dotted name to the dialect that knows it. `nn.Conv2d` is PyTorch's, `nn.Conv2D` Gluon's, `nn.Conv` Flax's,
// `Conv2D` Keras': a written name matches a reader's full name when it is its end, the usual import aliases expanded.

import { say } from '../words/index.ts';
import type { Call, Dialect, Layer, Reader } from './dialect.ts';
import { DialectError } from './error.ts';
import { type Arguments, bind, isFields } from './signature.ts';

/** A reader found for a written name. */
export interface Found {
  readonly dialect: Dialect;
  /** The reader's full name: 'torch.nn.Conv2d'. */
  readonly path: string;
  readonly reader: Reader;
}

/**
 * The reader of a written name; the first dialect of the list wins where several match, exact names first.
 * @throws DialectError 'unknown', naming what is near
 */
export function find(dialects: readonly Dialect[], written: string): Found {
  return matches(dialects, written)[0] as Found;
}

/** Every reader of a written name, best first; at least one. @throws as {@link find} */
function matches(dialects: readonly Dialect[], written: string): readonly Found[] {
  const found = known.get(dialects)?.get(written) ?? search(dialects, written);
  if (!known.has(dialects)) known.set(dialects, new Map());
  known.get(dialects)?.set(written, found);
  return found;
}

/** Names found before; there are no more of them than a reader's name has ends. */
const known = new WeakMap<readonly Dialect[], Map<string, readonly Found[]>>();

function search(dialects: readonly Dialect[], written: string): readonly Found[] {
  const all = dialects.flatMap((dialect) => candidates(dialect, written));
  const exact = (one: Found) => Number(one.path !== expand(one.dialect, written));
  if (all.length > 0) return all.sort((one, other) => exact(one) - exact(other));
  const near = suggestion(dialects, written);
  const name = written.slice(0, 80);
  throw new DialectError(
    'unknown',
    dialects.length === 1
      ? say`${name} is no layer padwise knows in ${(dialects[0] as Dialect).title}`
      : say`${name} is no layer padwise knows in any framework`,
    near === undefined ? {} : { hint: say`Did you mean ${near}?` },
  );
}

/**
 * The layer a call makes.
 * @throws DialectError for an unknown name, arguments it does not take, or a layer the framework refuses
 */
export function readCall(dialects: readonly Dialect[], call: Call): Layer {
  const { found, args } = bound(dialects, call);
  const layer = found.reader.read(args);
  const { unverified } = found.dialect;
  return unverified === undefined ? layer : { ...layer, notes: [...layer.notes, unverified] };
}

/**
 * The reader of a call and its arguments by name: of several readers of one name, the first that takes these arguments.
 * @throws DialectError 'unknown'; 'argument', of the first reader, where none takes them
 */
export function bound(
  dialects: readonly Dialect[],
  call: Call,
): { readonly found: Found; readonly args: Arguments } {
  let refused: unknown;
  for (const found of matches(dialects, call.path)) {
    const { args, keywords } = found.dialect.objects === true ? spread(call) : call;
    try {
      return {
        found,
        args: bind(speaker(found.dialect, found.path), found.reader.signature, args, keywords),
      };
    } catch (error) {
      refused ??= error;
    }
  }
  throw refused;
}

/** The fields of an object that stands last as keywords. */
function spread({ path, args, keywords }: Call): Call {
  const last = args.at(-1);
  if (last === undefined || !isFields(last)) return { path, args, keywords };
  return { path, args: args.slice(0, -1), keywords: { ...keywords, ...last.fields } };
}

/** How an error names the layer: 'torch nn.Conv2d', 'keras Conv2D'. */
export function speaker(dialect: Dialect, path: string): string {
  return `${dialect.id} ${shortName(dialect, path)}`;
}

/**
 * The name people write: the full one with its longest module prefix as usually imported; Keras layers stand bare,
 * tensorflow.keras ones too.
 */
export function shortName(dialect: Dialect, path: string): string {
  const shortcuts = Object.entries(dialect.aliases).flatMap(([alias, module]) => {
    const at = `.${path}`.indexOf(`.${module}.`);
    return at < 0 ? [] : [(alias === '' ? '' : `${alias}.`) + path.slice(at + module.length + 1)];
  });
  return shortcuts.sort((a, b) => a.length - b.length)[0] ?? path;
}

function candidates(dialect: Dialect, written: string): Found[] {
  const name = expand(dialect, written);
  return Object.entries(dialect.readers)
    .filter(([path]) => path === name || path.endsWith(`.${name}`))
    .map(([path, reader]) => ({ dialect, path, reader }));
}

function expand(dialect: Dialect, written: string): string {
  const [head = '', ...rest] = written.split('.');
  const usual = rest.length > 0 && Object.hasOwn(dialect.aliases, head);
  const module = usual ? dialect.aliases[head] : undefined;
  return module === undefined ? written : [module, ...rest].join('.');
}

/** The known name that differs only in case or by one or two letters, of six or more if by two. */
function suggestion(dialects: readonly Dialect[], written: string): string | undefined {
  const last = (name: string) => (name.split('.').at(-1) ?? '').toLowerCase();
  const wanted = last(written);
  if (wanted.length > 60) return undefined;
  const names = dialects.flatMap((dialect) =>
    Object.keys(dialect.readers).map((path) => shortName(dialect, path)),
  );
  const ranked = names
    .map((name) => ({ name, far: distance(last(name), wanted) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  const near = best !== undefined && best.far <= 2 && wanted.length > 3 && best.far * 3 <= wanted.length;
  return near ? best.name : undefined;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
