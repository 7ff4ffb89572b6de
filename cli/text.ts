// Text for a terminal 80 columns wide, shared by the commands. A Chinese character is two columns wide, and a line may end
// between any two of them.

import stringWidth from 'string-width';
import type { Layer } from '../src/dialects/index.ts';
import { alike, arithmetic, type Explanation, type Neighbour, strip } from '../src/explain/index.ts';
import { type Axis, type Geometry, isTransposed, out } from '../src/geometry/index.ts';
import { type Io, style } from './io.ts';

const WIDTH = 80;

/** A shape: 1x64x64x3. */
export function shape(sizes: readonly number[]): string {
  return sizes.join('x');
}

/** How many columns a text takes. */
export function columns(text: string): number {
  return stringWidth(text);
}

/** A text filled up with spaces to a number of columns. */
export function padded(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - columns(text)));
}

/** What no line may tear apart: a Chinese character with its punctuation, or a run of anything else. */
const UNIT =
  /[（“‘]*\p{Script=Han}[，。：；、？！）”’]*|[^\p{Script=Han}（“‘]+[，。：；、？！）”’]*|[（“‘]+[^\p{Script=Han}]*/gu;

/** A text after a head, wrapped at 80 columns, further lines indented as wide as the head. */
export function wrapped(head: string, text: string): string {
  const indent = columns(head);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    for (const [i, unit] of (word.match(UNIT) ?? ['']).entries()) {
      const gap = i === 0 && line !== '' ? ' ' : '';
      if (line !== '' && indent + columns(line + gap + unit) > WIDTH) {
        lines.push(line);
        line = unit;
      } else line += gap + unit;
    }
  }
  return [...lines, line].map((one, i) => (i === 0 ? head : ' '.repeat(indent)) + one).join('\n');
}

/** Left and right ends of one line, or two lines where they do not fit. */
export function ends(left: string, right: string): string {
  const room = WIDTH - columns(left) - columns(right);
  return room >= 2 ? `${left}${' '.repeat(room)}${right}` : `${left}\n  ${right}`;
}

/** The axes' names by rank: height and width. */
export function axisNames({ words }: Pick<Io, 'words'>, of: Geometry, indices: readonly number[]): string {
  const names = words.axes[of.axes.length] ?? [];
  return indices.map((i) => names[i] ?? String(i)).join(words.and);
}

/** Arithmetic and drawing of every axis, axes that are alike once, and what the marks mean. */
export function axesText(io: Io, of: Geometry): string {
  const marks = new Map<string, string>();
  const parts = alike(of).map((group) => {
    const index = group[0] as number;
    const axis = of.axes[index] as Axis;
    const writes = isTransposed(of) && axis.stride === 1;
    const title = style(io, 'bold', `${axisNames(io, of, group)}   ${axis.size} -> ${out(axis)}`);
    const drawn = strip(axis, writes, io.words.rows);
    for (const [mark, meaning] of meanings(io, axis, writes))
      if (drawn.some((line) => line.includes(` ${mark}`))) marks.set(mark, meaning);
    const drawing = drawn.length === 0 ? '' : `\n${drawn.join('\n')}\n`;
    return `${title}\n${arithmetic(of, index, io.words)
      .map((line) => `  ${line}`)
      .join('\n')}\n${drawing}`;
  });
  const legend = [...marks].map(([mark, meaning]) => `${mark} ${meaning}`).join('   ');
  return parts.join('\n') + (legend === '' ? '' : `  ${style(io, 'dim', legend)}\n`);
}

/** What each mark of a drawing says. */
function meanings({ say }: Io, axis: Axis, writes: boolean): [string, string][] {
  if (writes) {
    return [
      ['●', say`written by this input element`],
      ['-', say`skipped by the dilation`],
      ['x', say`cut off`],
    ];
  }
  const copies = typeof axis.fillBefore !== 'number' || typeof axis.fillAfter !== 'number';
  const padding = axis.inputDilation > 1 ? say`reads padding or a hole` : say`reads padding`;
  return [
    ['●', say`reads the input`],
    ['○', copies ? say`reads padding, a copy of the element above` : padding],
    ['-', say`skipped by the dilation`],
  ];
}

/** The weights and the work of a layer, one line each. */
export function costText({ say }: Io, of: Explanation): string {
  const total = of.parameters.reduce(
    (sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1),
    0,
  );
  const each = of.parameters.map((one) => `${one.name} ${shape(one.shape)}`).join(', ');
  const weights =
    of.parameters.length === 0
      ? ''
      : `${wrapped(padded(say`weights`, 9), say`${each}: ${count(total)} parameters`)}\n`;
  const work = !of.multiplyAdds
    ? ''
    : `${padded(say`work`, 9)}${say`${count(of.multiplyAdds)} multiply-adds`}\n`;
  return weights + work;
}

/** 294,912; or 1.33e+21 where not every digit would be known. */
function count(of: number): string {
  return Number.isSafeInteger(of) ? of.toLocaleString('en') : of.toPrecision(3);
}

/** A verdict, with the shift or the other shape. */
export function verdictText(
  { words, say }: Io,
  of: Pick<Neighbour, 'verdict' | 'shift'>,
  rank: number,
  other?: string,
): string {
  const word = words.verdicts[of.verdict];
  if (of.verdict === 'shape' && other !== undefined) return say`${word}: ${other}`;
  return of.verdict === 'shifted' ? say`${word}: ${words.shift(of.shift, words.axes[rank] ?? [])}` : word;
}

/** The usual spellings of the other frameworks. */
export function neighboursText(io: Io, of: Explanation, layer: Layer): string {
  if (of.neighbours.length === 0) return '';
  const rows = of.neighbours.map((one) => {
    const verdict = verdictText(io, one, layer.rank, shape(one.output));
    return `  ${one.framework.padEnd(10)} ${one.code}\n${wrapped(' '.repeat(13), verdict)
      .split('\n')
      .map((line) => (one.verdict === 'same' ? line : style(io, 'bold', line)))
      .join('\n')}`;
  });
  return `${style(io, 'bold', io.say`as people usually write it elsewhere`)}\n${rows.join('\n')}\n`;
}

/** Sentences in a row, each with its full stop; Chinese leaves no space after it. */
export function paragraph(sentences: readonly string[]): string {
  const ended = (one: string) =>
    /[.!。！]$/.test(one) ? one : `${one}${/[\u4e00-\u9fff]/.test(one) ? '。' : '.'}`;
  return sentences.map(ended).join(' ').replaceAll('。 ', '。');
}
