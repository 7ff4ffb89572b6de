// The strings of TypeScript source, read off its text: plain ones, and templates with their values as {0}, {1}. Enough of
// the grammar for that: comments, quotes, templates within templates, regular expressions.
//
//   say`stride ${n} needs ${what}`     ->   { tag: 'say', text: 'stride {0} needs {1}', values: 2 }

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** One string of a source file. */
export interface Found {
  readonly file: string;
  readonly line: number;
  /** What stands before a template: say; empty for none and for quotes. */
  readonly tag: string;
  readonly text: string;
  readonly values: number;
}

/** Every string of the sources of a folder, tests left out. */
export function strings(folder: string): Found[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .sort()
    .flatMap((name) => stringsOf(join(folder, name), readFileSync(join(ROOT, folder, name), 'utf8')));
}

/** Every string of some source. */
export function stringsOf(file: string, source: string): Found[] {
  const found: Found[] = [];
  code(0, false);
  return found;

  /** Passes over code to its end, or to the brace that closes it; returns what follows. */
  function code(from: number, within: boolean): number {
    let open = 0;
    for (let at = from; at < source.length; at++) {
      const c = source[at] as string;
      const two = source.slice(at, at + 2);
      if (two === '//') at = until(at, '\n');
      else if (two === '/*') at = until(at + 2, '*/') + 1;
      else if (c === "'" || c === '"') at = quoted(at);
      else if (c === '`') at = template(at);
      else if (c === '/' && beginsExpression(at)) at = pattern(at);
      else if (c === '{') open++;
      else if (c === '}' && open-- === 0 && within) return at + 1;
    }
    return source.length;
  }

  function until(at: number, end: string): number {
    const to = source.indexOf(end, at);
    return to < 0 ? source.length : to;
  }

  function quoted(from: number): number {
    let at = from + 1;
    while (source[at] !== source[from] && at < source.length) at += source[at] === '\\' ? 2 : 1;
    add(from, '', cooked(source.slice(from + 1, at)), 0);
    return at;
  }

  function template(from: number): number {
    const tag = /[\w.]*$/.exec(source.slice(Math.max(0, from - 40), from))?.[0] ?? '';
    let [at, text, values] = [from + 1, '', 0];
    while (source[at] !== '`') {
      if (at >= source.length) throw new Error(`${file}: a template that never ends`);
      if (source.startsWith('${', at)) {
        text += `{${values++}}`;
        at = code(at + 2, true);
        continue;
      }
      const length = source[at] === '\\' ? 2 : 1;
      text += source.slice(at, at + length);
      at += length;
    }
    add(from, tag, cooked(text), values);
    return at;
  }

  /** A slash opens a pattern where a value may begin. */
  function beginsExpression(at: number): boolean {
    const before = source.slice(Math.max(0, at - 60), at).trimEnd();
    return /[(,=:[!&|?{};>]$|\breturn$/.test(before);
  }

  function pattern(from: number): number {
    let [at, set] = [from + 1, false];
    for (; at < source.length && (source[at] !== '/' || set); at++) {
      if (source[at] === '\\') at++;
      else if (source[at] === '[') set = true;
      else if (source[at] === ']') set = false;
    }
    return at;
  }

  function add(at: number, tag: string, text: string, values: number): void {
    found.push({ file, line: source.slice(0, at).split('\n').length, tag, text, values });
  }
}

function cooked(text: string): string {
  return text.replace(/\\(?:u\{?([\da-f]+)\}?|x([\da-f]{2})|(.))/gis, (_, wide, byte, one) => {
    const digits = wide ?? byte;
    if (digits !== undefined) return String.fromCodePoint(Number.parseInt(digits, 16));
    return { n: '\n', t: '\t', r: '\r', '\n': '' }[one as string] ?? one;
  });
}
