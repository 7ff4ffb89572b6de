// A picture as TikZ, for papers and books: plain commands of TikZ itself, no library; every colour is defined once, by what
// it stands for, so that a book can give it its own; the source line opens the figure again.
//
//   \definecolor{padwiseWindowFill}{HTML}{BFDCF7}
//   \filldraw[fill=padwiseWindowFill, draw=padwiseWindowLine] (32,0) rectangle (64,32);
//
// A unit is a pixel, 0.75 big points, and y goes down as in the picture. Source: the TikZ and PGF manual, parts III and IX.

import { type Catalogue, type Text, translate } from '../words/index.ts';
import { diagonals } from './hatching.ts';
import type { Box, Ink, Label, Line, Mark, Paint, Picture } from './picture.ts';
import { inked, light, painted, type Theme } from './theme.ts';

/** How a picture is written. */
export interface TikzOptions {
  /** Colours; light unless said. */
  readonly theme?: Theme;
  /** A language's sentences; English unless said. */
  readonly catalogue?: Catalogue;
  /** A document of its own, to be compiled as it is, rather than a picture to put into one. */
  readonly standalone?: boolean;
}

/** Points of TeX's bp in a pixel. */
const UNIT = 0.75;
const LICENCE = 'CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/';

/** One picture, as text. `source` opens it again, see reading.ts. */
export function tikz(picture: Picture, source: string, options: TikzOptions = {}): string {
  const { theme = light, catalogue = {}, standalone = false } = options;
  const said = (text: Text) => translate(text, catalogue);
  const palette = colours(theme);
  const body = [...picture.marks, ...picture.moving].flatMap((mark) => written(mark, palette, said));
  const ground = palette.plain('Ground', theme.ground);
  const { width, height } = picture;
  const drawn = [
    ...palette.defined(),
    '\\begin{tikzpicture}[x=0.75bp, y=-0.75bp, line width=0.75bp, inner sep=0pt, outer sep=0pt]',
    theme.name === 'dark'
      ? `\\fill[fill=${ground}] (-12,-12) rectangle (${decimal(width + 12)},${decimal(height + 12)});`
      : `\\useasboundingbox (-12,-12) rectangle (${decimal(width + 12)},${decimal(height + 12)});`,
    ...body,
    '\\end{tikzpicture}',
  ].join('\n');
  const head = [said(picture.title), LICENCE].map((line) => `% ${comment(line)}\n`).join('');
  const opens = `${SOURCE}${comment(source)}\n`;
  return standalone ? `${head}${opens}${documented(drawn)}` : `${head}${opens}${drawn}\n`;
}

/** What a line begins with that says what opens the figure again. */
export const SOURCE = '% padwise draw ';

/** A document around a picture. Chinese needs fonts that only XeLaTeX and LuaLaTeX find by themselves. */
function documented(drawn: string): string {
  const chinese = HAN.test(drawn);
  const fonts = chinese
    ? '\\usepackage[UTF8, scheme=plain]{ctex}'
    : '\\usepackage[T1]{fontenc}\n\\usepackage{lmodern}';
  const engine = chinese ? '% !TEX program = xelatex\n' : '';
  return `${engine}\\documentclass[tikz]{standalone}\n${fonts}\n\\begin{document}\n${drawn}\n\\end{document}\n`;
}

const HAN = /\p{Script=Han}/u;

/** The names of a picture's colours, each defined when first asked for. */
interface Palette {
  plain(name: string, value: string): string;
  paint(of: Paint): { readonly fill: string; readonly line: string; readonly text: string };
  ink(of: Ink): string;
  defined(): string[];
}

function colours(theme: Theme): Palette {
  const known = new Map<string, string>();
  const plain = (name: string, value: string) => {
    known.set(`padwise${name}`, value.slice(1).toUpperCase());
    return `padwise${name}`;
  };
  const paint = (of: Paint) => {
    const { fill, line, text } = painted(theme, of);
    if (typeof of === 'string') {
      const name = capital(of);
      return {
        fill: plain(`${name}Fill`, fill),
        line: plain(`${name}Line`, line),
        text: plain(`${name}Text`, text),
      };
    }
    return {
      fill: plain(`Heat${fill.slice(1).toUpperCase()}`, fill),
      line: plain('HeatLine', line),
      text: plain(`HeatText${text.slice(1).toUpperCase()}`, text),
    };
  };
  const ink = (of: Ink) =>
    plain(of in theme.roles ? `${capital(of)}Line` : of === 'ink' ? 'Ink' : capital(of), inked(theme, of));
  const defined = () => [...known].map(([name, value]) => `\\definecolor{${name}}{HTML}{${value}}`);
  return { plain, paint, ink, defined };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function written(mark: Mark, palette: Palette, said: (text: Text) => string): string[] {
  if (mark.kind === 'box') return boxed(mark, palette, said);
  if (mark.kind === 'line') return [lined(mark, palette)];
  const text = said(mark.text);
  return text === '' ? [] : [labelled(mark, palette, text)];
}

function boxed(box: Box, palette: Palette, said: (text: Text) => string): string[] {
  const { x, y, width, height, paint } = box;
  const painting = paint === null ? null : palette.paint(paint);
  const line = box.line === null ? null : box.line === undefined ? painting?.line : palette.ink(box.line);
  const outlined = line === null || line === undefined ? null : line;
  const options = [
    painting === null ? null : `fill=${painting.fill}`,
    outlined === null ? null : `draw=${outlined}`,
    outlined === null ? null : weighed(box.weight),
    outlined !== null && box.dashed ? dashes(3, 3) : null,
    box.round && !isCircle(box) ? `rounded corners=${points(box.round)}` : null,
  ].filter((option) => option !== null);
  const shape = isCircle(box)
    ? `${at(x + width / 2, y + height / 2)} circle[radius=${points(width / 2)}]`
    : `${at(x, y)} rectangle ${at(x + width, y + height)}`;
  const parts = options.length === 0 ? [] : [`\\path[${options.join(', ')}] ${shape};`];
  if (box.hatched) {
    const colour = outlined ?? palette.ink('faint');
    const lines = diagonals(box).map(([fromX, fromY, toX, toY]) => `${at(fromX, fromY)} -- ${at(toX, toY)}`);
    if (lines.length > 0) parts.push(`\\draw[draw=${colour}, line width=0.6bp] ${lines.join(' ')};`);
  }
  const text = box.text === undefined ? '' : said(box.text);
  if (text !== '') {
    const ink = painting?.text ?? (box.line ? palette.ink(box.line) : palette.ink('ink'));
    const place = at(x + width / 2, y + height / 2);
    parts.push(node('mid', ink, box.size, place, text, box.bold === true, false));
  }
  return parts;
}

/** Corners rounded so far that no side is left: TikZ would cut them off instead. */
function isCircle({ width, height, round = 0 }: Box): boolean {
  return width === height && round >= width / 2;
}

function labelled(label: Label, palette: Palette, text: string): string {
  const anchor = { start: 'mid west', middle: 'mid', end: 'mid east' }[label.anchor];
  const place = at(label.x, label.y);
  return node(
    anchor,
    palette.ink(label.ink),
    label.size,
    place,
    text,
    label.bold === true,
    label.mono === true,
  );
}

function node(
  anchor: string,
  ink: string,
  size: number | undefined,
  place: string,
  text: string,
  bold: boolean,
  mono: boolean,
): string {
  const height = decimal((size ?? 13) * UNIT);
  const letters = `${mono ? '\\ttfamily' : '\\sffamily'}${bold ? '\\bfseries' : ''}`;
  const font = `\\fontsize{${height}bp}{${height}bp}\\selectfont${letters}`;
  return `\\node[anchor=${anchor}, text=${ink}, font=${font}] at ${place} {${escaped(text)}};`;
}

function lined(line: Line, palette: Palette): string {
  const options = [
    `draw=${palette.ink(line.ink)}`,
    weighed(line.weight),
    line.dashed ? dashes(4, 3) : null,
    line.arrow ? '-latex' : null,
  ].filter((option) => option !== null);
  return `\\draw[${options.join(', ')}] ${line.points.map(([x, y]) => at(x, y)).join(' -- ')};`;
}

function weighed(weight = 1): string | null {
  return weight === 1 ? null : `line width=${points(weight)}`;
}

function dashes(on: number, off: number): string {
  return `dash pattern=on ${points(on)} off ${points(off)}`;
}

function points(pixels: number): string {
  return `${decimal(pixels * UNIT)}bp`;
}

function at(x: number, y: number): string {
  return `(${decimal(x)},${decimal(y)})`;
}

/** At most three digits after the point. */
function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** A line of a comment: nothing in it ends the line. A percent sign and what is no letter stand as %25 and %0A. */
function comment(text: string): string {
  return text.replace(UNSEEN, (one) =>
    [...new TextEncoder().encode(one)]
      .map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
      .join(''),
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what ends a comment
const UNSEEN = /[%\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Signs that TeX reads as commands, and those its text fonts do not have. */
const SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '"': '{\\char34}',
  "'": '{\\char39}',
  '`': '{\\char96}',
  '<': '\\ensuremath{<}',
  '>': '\\ensuremath{>}',
  '|': '\\ensuremath{|}',
  '-': '{-}',
  '*': '\\ensuremath{*}',
  '−': '\\ensuremath{-}',
  '×': '\\ensuremath{\\times}',
  '·': '\\ensuremath{\\cdot}',
  '∗': '\\ensuremath{\\ast}',
  '⋱': '\\ensuremath{\\ddots}',
  '÷': '\\ensuremath{\\div}',
  '±': '\\ensuremath{\\pm}',
  '≤': '\\ensuremath{\\leq}',
  '≥': '\\ensuremath{\\geq}',
  '≠': '\\ensuremath{\\neq}',
  '≈': '\\ensuremath{\\approx}',
  '∞': '\\ensuremath{\\infty}',
  '∈': '\\ensuremath{\\in}',
  '⌊': '\\ensuremath{\\lfloor}',
  '⌋': '\\ensuremath{\\rfloor}',
  '⌈': '\\ensuremath{\\lceil}',
  '⌉': '\\ensuremath{\\rceil}',
  '→': '\\ensuremath{\\rightarrow}',
  '←': '\\ensuremath{\\leftarrow}',
  '↑': '\\ensuremath{\\uparrow}',
  '↓': '\\ensuremath{\\downarrow}',
  '↔': '\\ensuremath{\\leftrightarrow}',
  '⇒': '\\ensuremath{\\Rightarrow}',
  '⋯': '\\ensuremath{\\cdots}',
  '⋮': '\\ensuremath{\\vdots}',
  '…': '\\ldots{}',
  '–': '{--}',
  '—': '{---}',
  '●': '\\ensuremath{\\bullet}',
  '○': '\\ensuremath{\\circ}',
  '√': '\\ensuremath{\\surd}',
  Σ: '\\ensuremath{\\Sigma}',
  σ: '\\ensuremath{\\sigma}',
  '²': '\\ensuremath{^2}',
  '³': '\\ensuremath{^3}',
};

/** A text as TeX sets it, sign for sign. Runs of spaces keep their width. */
function escaped(text: string): string {
  return [...text.replace(UNSEEN, (one) => (one === '%' ? one : ' '))]
    .map((sign) => (Object.hasOwn(SIGNS, sign) ? SIGNS[sign] : sign))
    .join('')
    .replace(/^ | $|(?<= ) /g, '\\ ');
}
