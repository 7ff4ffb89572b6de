// Every sentence a user sees, in both languages: what src/ and cli/ say in English has Chinese of the same values, and
// nothing is translated that nobody says. A sentence is what say`...` holds, or a string that reads as prose; prose with
// values in it that is not said cannot be translated and is refused as well.

import { describe, expect, it } from 'vitest';
import { commands } from '../cli/chinese/commands.ts';
import { drawing } from '../cli/chinese/drawing.ts';
import { engine } from '../cli/chinese/engine.ts';
import { figures } from '../cli/chinese/figures.ts';
import { layers } from '../cli/chinese/layers.ts';
import { areas } from '../src/words/chinese/index.ts';
import { type Found, strings, stringsOf } from './sentences.ts';

const catalogues = [...areas, commands, drawing, engine, figures, layers];
const entries = catalogues.flatMap((one) => Object.entries(one));
const known = new Map(entries);

/** Not said to anybody, or said in a way of their own: the words of an explanation are an interface the compiler checks. */
const APART =
  /^src\/explain\/words\.ts$|^src\/(?:draw|explain)\/chinese\.ts$|\/chinese\/|^src\/kernels\/|^src\/draw\/strip\.ts$|^src\/engine\/details\.ts$/;

const all = [...strings('src'), ...strings('cli')].filter(({ file }) => !APART.test(file));
const isSaid = ({ tag }: Found) => /(?:^|\.)(?:say|said)$/.test(tag);
const said = all
  .filter(isSaid)
  .filter(({ text }) => /[A-Za-z]{2}|[.:;,?]/.test(text.replace(/\{\d+\}/g, '')));

/** Words with spaces between them, some of them plain English; no code, no list of names. */
function isProse({ text }: Found): boolean {
  const words = text.trim().split(/\s+/);
  const plain = words.filter((word) => /^[("']?[a-z][a-z'-]*[a-z][)"']?[,.;:]?$/.test(word));
  const signature = text.includes(', ') && text.split(', ').every((part) => !part.includes(' '));
  return !signature && words.length > 1 && plain.some((word) => ENGLISH.test(word)) && !CODE.test(text);
}

/** No sentence does without one of these, and no code or list of names has one. */
const ENGLISH =
  /^\(?(?:an?|the|and|or|of|to|in|is|are|it|no|not|for|with|without|than|as|by|on|than|this|that|which|more|read|only|first|one|two|three|four|whose|where|what|has|have|file|disk|early|empty|size|stride|shape|kernel|number|numbers|integer|integers|expected|dilation|padding|list|tuple|channels|zero|receptive|problem|unknown|print)[,.;:]?$/;
const CODE =
  /^(?:# |x = |padwise (?:bench|compare|doctor|draw|explain|heat|pads|plan|port|reach|run|solve|why)\b|import |from |def |return )|^\s+\w+ = |=None|\b(?:relu|Relu|ReLU|zeros ones|full|Number|Statement|softmax|Softmax|sigmoid)\b.* /;

/** Python that padwise writes speaks English in every language. */
const PYTHON = /^cli\/check\//;

const prose = all.filter((one) => !isSaid(one) && !PYTHON.test(one.file) && isProse(one));

const place = ({ file, line, text }: Found) => `${file}:${line} ${text}`;
const places = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort().join();

describe('Chinese', () => {
  it('has every sentence that is said', () => {
    expect(said.filter(({ text }) => !known.has(text)).map(place)).toEqual([]);
  });

  it('of the library has every sentence of the library', () => {
    const own = new Set(areas.flatMap((one) => Object.keys(one)));
    const missing = said.filter(({ file, text }) => file.startsWith('src/') && !own.has(text));
    expect(missing.map(place)).toEqual([]);
  });

  it('has every sentence without values', () => {
    expect(prose.filter(({ values, text }) => values === 0 && !known.has(text)).map(place)).toEqual([]);
  });

  it('says nothing else', () => {
    const spoken = new Set(all.map(({ text }) => text));
    expect([...known.keys()].filter((key) => !spoken.has(key))).toEqual([]);
  });

  it('says each sentence once', () => {
    const keys = entries.map(([key]) => key);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it('is loaded only when it is asked for', () => {
    const importing = all.filter(({ text }) => /\/chinese(?:\/|\.ts)/.test(text));
    expect(importing.map(({ file, text }) => `${file} ${text}`)).toEqual([
      'cli/language.ts ./chinese/index.ts',
    ]);
  });

  it('has the same values', () => {
    expect(entries.filter(([key, text]) => places(key) !== places(text)).map(([key]) => key)).toEqual([]);
  });
});

it('strings are found as the compiler finds them', () => {
  const source = [
    '// not `this` one',
    `const one = a / 2 > 1 ? 'it\\'s' : say\`\${b} of \${\`\${c} or\`}\`; /* 'nor' */`,
    `const two = text.replace(/['"\`]/g, "x") + \`a \${io.say\`b \${{ d: 1 }.d}\`}\`;`,
  ].join('\n');
  expect(stringsOf('x.ts', source).map(({ tag, text, line }) => `${line} ${tag} ${text}`)).toEqual([
    "2  it's",
    '2  {0} or',
    '2 say {0} of {1}',
    '3  x',
    '3 io.say b {0}',
    '3  a {0}',
  ]);
});

it('values are said, not glued into English', () => {
  expect(prose.filter(({ values }) => values > 0).map(place)).toEqual([]);
});
