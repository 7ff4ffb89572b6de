// The picture of the README: what `padwise explain` prints for the first question, as an SVG of its own text. Run it after
// a change of the output: npm run picture, which writes the lesson's figures too. A test fails while docs/answer.svg or
// docs/answer.zh.svg is not what the program prints.

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { main } from '../cli/main.ts';
import { figures } from './figures.ts';

const COMMAND = ['explain', 'keras.layers.Conv2D(6, 4, strides=2, padding="same")', '--input', '1x64x64x3'];
const LINE = 18;
const LETTER = 8.4;

/** The SVG of the program's own answer, in English or in Chinese. */
export async function picture(language: 'en' | 'zh'): Promise<string> {
  const printed: string[] = [];
  const io = {
    color: false,
    progress: false,
    locale: language === 'zh' ? 'zh_CN.UTF-8' : '',
    out: (text: string) => void printed.push(text),
    err: () => {},
    stdin: () => '',
  };
  await main(COMMAND, io);
  const prompt = `$ padwise explain '${COMMAND[1]}' --input 1x64x64x3`;
  const lines = [prompt, '', ...printed.join('').trimEnd().split('\n')];
  const width = Math.ceil(Math.max(...lines.map((line) => stringWidth(line))) * LETTER) + 40;
  const height = lines.length * LINE + 40;
  const rows = lines.map((line, i) => {
    const color = i === 0 ? '#7ee787' : /^\S/.test(line) ? '#ffffff' : '#c9d1d9';
    return `<text x="${columns(line)}" y="${32 + i * LINE}" fill="${color}" xml:space="preserve">${escaped(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>padwise explain: 64 -&gt; 32</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
${rows.join('\n')}
</g>
</svg>
`;
}

/** Where a line stands; where it has wide characters, where each of its characters does, so that columns hold. */
function columns(line: string): string {
  if (stringWidth(line) === line.length) return '20';
  let at = 0;
  return [...line]
    .map((character) => {
      const x = 20 + at * LETTER;
      at += stringWidth(character);
      return Number(x.toFixed(1));
    })
    .join(' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('answer.svg', import.meta.url), await picture('en'));
  writeFileSync(new URL('answer.zh.svg', import.meta.url), await picture('zh'));
  mkdirSync(new URL('figures/', import.meta.url), { recursive: true });
  for (const [name, text] of Object.entries(figures()))
    writeFileSync(new URL(`figures/${name}`, import.meta.url), text);
}
