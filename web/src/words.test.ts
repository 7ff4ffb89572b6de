// Every sentence of the page in both languages: what say`...` holds has Chinese of the same values, said once, and nothing is
// translated that nobody says.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { areas as library } from '../../src/words/chinese/index.ts';
import { areas } from './chinese/index.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const entries = areas.flatMap((one) => Object.entries(one));
const ofTheLibrary = new Set(library.flatMap((one) => Object.keys(one)));
const known = new Set([...ofTheLibrary, ...entries.map(([key]) => key)]);

const sources = readdirSync(HERE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|chinese/.test(name))
  .map((name) => ({ name, text: readFileSync(HERE + name, 'utf8') }));
const said = sources.flatMap(({ name, text }) => templates(text).map((template) => ({ name, template })));

/** What stands in each say`...`, values as {0}, {1}; templates within values too. */
function templates(source: string): string[] {
  const found: string[] = [];
  for (let at = source.indexOf('say`'); at >= 0; at = source.indexOf('say`', at + 1)) {
    let [text, values, depth] = ['', 0, 0];
    const nested: boolean[] = [];
    for (let i = at + 4; i < source.length; i++) {
      const c = source[i] as string;
      const quoting = nested.at(-1) === true;
      if (c === '\\' && depth === 0) {
        text += source[i + 1];
        i++;
      } else if (depth === 0 && c === '`') {
        found.push(text);
        break;
      } else if (c === '$' && source[i + 1] === '{' && (depth === 0 || quoting)) {
        if (depth === 0) text += `{${values++}}`;
        nested.push(false);
        depth++;
        i++;
      } else if (depth === 0) text += c;
      else if (c === '`') {
        if (quoting) nested.pop();
        else nested.push(true);
        depth += quoting ? -1 : 1;
      } else if (c === '{' && !quoting) {
        nested.push(false);
        depth++;
      } else if (c === '}' && !quoting) {
        nested.pop();
        depth--;
      }
    }
  }
  return found;
}

const needed = said.filter(({ template }) => /[A-Za-z]{2}|[:;,?]/.test(template.replace(/\{\d+\}/g, '')));
const places = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort().join();

it('has every sentence', () => {
  expect(
    needed.filter(({ template }) => !known.has(template)).map(({ name, template }) => `${name}: ${template}`),
  ).toEqual([]);
});

it('says nothing else, and nothing twice', () => {
  const spoken = new Set(said.map(({ template }) => template));
  const keys = entries.map(([key]) => key);
  // Words that are chosen from a table are strings there.
  const quoted = (key: string) => sources.some(({ text }) => text.includes(`'${key}'`));
  expect(keys.filter((key) => !spoken.has(key) && !quoted(key))).toEqual([]);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

it('has the same values', () => {
  expect(entries.filter(([key, text]) => places(key) !== places(text)).map(([key]) => key)).toEqual([]);
});
