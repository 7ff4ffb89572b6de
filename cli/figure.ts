// A figure as a file or on the terminal: which format, which of its frames, how large; every wish is checked before work
// begins, and a file is written whole or not at all.
//
//   -o figure.svg .png .gif .tex .txt      the name says the format, --format does where there is none
//   --step 3 | 1,2 | all   --film 4   --animate

import { basename } from 'node:path';
import {
  animatedSvg,
  type Drawing,
  text as drawnText,
  type Figure,
  figure as figureOf,
  filmStrip,
  printDrawing,
  svg,
  themes,
  tikz,
} from '../src/draw/index.ts';
import { out } from '../src/geometry/index.ts';
import { either, say, type Text } from '../src/words/index.ts';
import { type Arguments, json, type Options, text } from './command.ts';
import { Failure, INVALID, SAME } from './failure.ts';
import { OPENS } from './figure-subject.ts';
import type { Io } from './io.ts';
import { checkWritable, writeWhole } from './picture.ts';

const FORMATS = ['svg', 'png', 'gif', 'tex', 'txt'] as const;
type Format = (typeof FORMATS)[number];

const LICENCE = 'CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/';
/** Most frames of one file. */
const MOST_FRAMES = 400;
const DEFAULTS = { delay: 700, scale: 2 };
/** Columns of a text drawing where no terminal says them, and the fewest and most there may be. */
const COLUMNS = { usual: 80, least: 20, most: 1000 };

/** Options of what is written, shared by draw and heat. */
export const figureOptions: Arguments = {
  output: {
    type: 'string',
    alias: 'o',
    description:
      'where to write: .svg, .png, .gif, .tex or .txt, - for standard output; without it, drawn here',
    valueHint: 'FILE',
  },
  format: {
    type: 'string',
    description: 'svg, png, gif, tex or txt, whatever the name ends in',
    valueHint: 'NAME',
  },
  theme: { type: 'string', description: 'light, dark or print (light)', valueHint: 'NAME' },
  scale: {
    type: 'string',
    description: say`pixels of a PNG or GIF for one of the figure (${DEFAULTS.scale})`,
    valueHint: 'S',
  },
  columns: {
    type: 'string',
    description: say`columns of a text drawing (the terminal's, or ${COLUMNS.usual})`,
    valueHint: 'N',
  },
  standalone: { type: 'boolean', description: 'TikZ as a document of its own' },
};

/** Options of figures that have steps. */
export const stepOptions: Arguments = {
  step: {
    type: 'string',
    description: 'the step shown: its number from 0, the output such as 1,2, or all (0)',
    valueHint: 'N',
  },
  film: { type: 'string', description: 'all steps side by side, so many a row', valueHint: 'COLUMNS' },
  animate: { type: 'boolean', description: 'an SVG that plays its steps by itself' },
  delay: {
    type: 'string',
    description: say`milliseconds of a step of what plays (${DEFAULTS.delay})`,
    valueHint: 'MS',
  },
};

/** What is to be written. */
interface Wish {
  /** null: nothing but JSON. */
  readonly format: Format | null;
  /** null: standard output. */
  readonly file: string | null;
  readonly theme: (typeof themes)[keyof typeof themes];
  readonly step: string;
  readonly film: number | null;
  readonly animate: boolean;
  readonly delay: number;
  readonly scale: number;
  readonly columns: number;
  readonly standalone: boolean;
}

/** What the options ask for. @throws Failure 2 for what does not fit together, 3 for a file that cannot be written */
export function wishOf(options: Options, io: Io): Wish {
  const output = text(options, 'output');
  const file = output === undefined || output === '-' ? null : output;
  const format = formatOf(options, output, io);
  const wish = {
    format,
    file,
    theme: themeOf(options),
    step: text(options, 'step')?.trim() ?? (format === 'gif' ? 'all' : ''),
    film: number(options, 'film', 1, 20) ?? null,
    animate: options.animate === true,
    delay: number(options, 'delay', 20, 60_000) ?? DEFAULTS.delay,
    scale: number(options, 'scale', 0.1, 16) ?? DEFAULTS.scale,
    columns: number(options, 'columns', COLUMNS.least, COLUMNS.most) ?? widthOf(file, io),
    standalone: options.standalone === true,
  };
  refuseStrangers(options, wish);
  if (file !== null) checkWritable(file);
  return wish;
}

/** A file is as wide wherever it is written. */
function widthOf(file: string | null, { columns }: Io): number {
  const wide = file === null && columns ? columns : COLUMNS.usual;
  return Math.max(COLUMNS.least, Math.min(COLUMNS.most, wide));
}

function formatOf(options: Options, output: string | undefined, io: Io): Format | null {
  const named = text(options, 'format');
  if (named !== undefined) {
    const found = FORMATS.find((one) => one === named.toLowerCase().replace(/^\./, ''));
    if (found === undefined)
      throw new Failure(INVALID, say`no format ${named.slice(0, 40)}`, say`Known: ${FORMATS.join(', ')}.`);
    const streams = output === undefined || output === '-';
    if ((found === 'png' || found === 'gif') && streams && io.bytes === undefined)
      throw new Failure(
        INVALID,
        say`${found} is written into a file or a pipe, not onto a terminal`,
        say`Add -o figure.${found}.`,
      );
    return found;
  }
  if (output === undefined) return options.json === true ? null : 'txt';
  if (output === '-') return 'svg';
  const ending = /\.([a-z]+)$/i.exec(basename(output))?.[1]?.toLowerCase();
  const found = FORMATS.find((one) => one === ending);
  if (found !== undefined) return found;
  if (ending === undefined) checkWritable(output);
  throw new Failure(
    INVALID,
    say`cannot write ${output}: expected a name that ends in .svg, .png, .gif, .tex or .txt`,
    instead(ending),
  );
}

/** What to do where no format goes by an ending. */
function instead(ending: string | undefined): Text {
  if (ending === 'pdf') return 'LaTeX makes a PDF of what -o figure.tex --standalone writes.';
  return ending === undefined
    ? '--format names the format of a file whose name does not.'
    : 'A .png holds pixels, a .svg lines; both open in any browser.';
}

function themeOf(options: Options): Wish['theme'] {
  const named = text(options, 'theme')?.toLowerCase() ?? 'light';
  if (Object.hasOwn(themes, named)) return themes[named as keyof typeof themes];
  throw new Failure(
    INVALID,
    say`no theme ${named.slice(0, 40)}`,
    say`Known: ${Object.keys(themes).join(', ')}.`,
  );
}

function number(options: Options, name: string, least: number, most: number): number | undefined {
  const given = text(options, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  const whole = least >= 1;
  if (/^\d+(?:\.\d+)?$/.test(given) && value >= least && value <= most && (!whole || Number.isInteger(value)))
    return value;
  throw new Failure(
    INVALID,
    say`${`--${name}`}: expected a number of ${least} to ${most}, received ${given.slice(0, 40)}`,
  );
}

/** Formats an option is for. */
const FOR: Readonly<Record<string, readonly Format[]>> = {
  film: ['svg', 'png'],
  animate: ['svg'],
  delay: ['svg', 'gif'],
  scale: ['png', 'gif'],
  columns: ['txt'],
  standalone: ['tex'],
};

function refuseStrangers(options: Options, { format, film, animate }: Wish): void {
  for (const [name, formats] of Object.entries(FOR)) {
    if (options[name] === undefined || options[name] === false || format === null) continue;
    if (!formats.includes(format))
      throw new Failure(INVALID, say`${`--${name}`} is for ${either(formats)}, and this is ${format}`);
  }
  if (film !== null && animate) throw new Failure(INVALID, '--film and --animate exclude each other');
  if (text(options, 'delay') !== undefined && format === 'svg' && !animate)
    throw new Failure(INVALID, '--delay is for what plays: a GIF, or an SVG with --animate');
}

/** Writes the figure of a drawing as the options ask, and says so. @throws Failure 2 or 3 */
export async function writeFigure(asked: Drawing, wish: Wish, asJson: boolean, io: Io): Promise<number> {
  const { drawing, figure, steps } = pinned(asked, wish);
  const written = wish.format === null ? null : await bytesOf(figure, steps, wish.format, wish, io);
  const bytes = typeof written === 'string' ? new TextEncoder().encode(written) : written;
  if (bytes !== null && wish.file !== null) writeWhole(wish.file, bytes);
  const size = bytes?.length ?? 0;
  if (asJson) {
    const { title, description, width, height } = figure.frame(steps[0] ?? 0);
    const source = printDrawing(drawing);
    const about = { source, title, description, steps: figure.frames, width, height };
    const file = { file: wish.file, format: wish.file === null ? null : wish.format, bytes: size };
    json(io, { schema: 'padwise/draw/1', ...about, ...(wish.file === null ? { file: null } : file) });
  } else if (wish.file !== null) io.out(`${io.say`wrote ${wish.file}, ${sizeText(size)}`}\n`);
  else if (typeof written === 'string') io.out(written);
  else if (written !== null) io.bytes?.(written);
  return SAME;
}

/**
 * The figure and its steps. Of long axes the steps are only windows at their ends; any other output that --step names is
 * drawn by itself, as --at draws it.
 */
function pinned(drawing: Drawing, wish: Wish): { drawing: Drawing; figure: Figure; steps: number[] } {
  const figure = figureOf(drawing);
  const { shape = [figure.frames] } = figure;
  const outputs = outputsOf(drawing) ?? shape;
  const output = numbersOf(wish.step);
  const drawn = output.length < 2 || outputs.join() === shape.join();
  if (drawn || raveled(output, outputs) === Infinity)
    return { drawing, figure, steps: stepsOf(figure, outputs, wish) };
  const around: Drawing = { ...drawing, at: [output] };
  return { drawing: around, figure: figureOf(around), steps: [0] };
}

/** The outputs there are along each axis where a step is one of them; null elsewhere. */
function outputsOf({ view, stacks, at }: Drawing): number[] | null {
  return view === 'window' && at === undefined ? (stacks[0]?.[0]?.axes.map(out) ?? null) : null;
}

function sizeText(bytes: number): string {
  return bytes < 1000
    ? `${bytes} B`
    : bytes < 1e6
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The frames asked for, in turn. */
function stepsOf({ frames }: Figure, shape: readonly number[], { step, film, animate }: Wish): number[] {
  const all = step === 'all' || ((film !== null || animate) && step === '');
  if (all) {
    if (frames > MOST_FRAMES)
      throw new Failure(
        INVALID,
        say`this figure has ${frames} steps, at most ${MOST_FRAMES} go into one file`,
        'Choose one with --step, or a smaller input.',
      );
    return Array.from({ length: frames }, (_, i) => i);
  }
  if (step === '') return [0];
  const given = numbersOf(step);
  const index = given.length === 1 ? (given[0] as number) : raveled(given, shape);
  if (given.length > 0 && index < frames) return [index];
  if (frames === 1)
    throw new Failure(INVALID, say`--step: this figure has only step 0, received ${step.slice(0, 40)}`);
  throw new Failure(
    INVALID,
    shape.length > 1
      ? say`--step: expected 0 to ${frames - 1}, an output up to ${shape.map((one) => one - 1).join()}, or all, received ${step.slice(0, 40)}`
      : say`--step: expected 0 to ${frames - 1}, or all, received ${step.slice(0, 40)}`,
  );
}

/** The numbers of 3 or 1,2; none where it is something else. */
function numbersOf(step: string): number[] {
  return /^\d{1,9}(?:,\d{1,9})*$/.test(step) ? step.split(',').map(Number) : [];
}

/** Infinity for what lies outside. */
function raveled(at: readonly number[], shape: readonly number[]): number {
  if (at.length !== shape.length || at.some((one, i) => one >= (shape[i] as number))) return Infinity;
  return at.reduce((sum, one, i) => sum * (shape[i] as number) + one, 0);
}

async function bytesOf(
  figure: Figure,
  steps: readonly number[],
  format: Format,
  wish: Wish,
  io: Io,
): Promise<string | Uint8Array> {
  const { theme, scale, delay, standalone, columns } = wish;
  const { catalogue, tag: language } = io;
  const look = { theme, catalogue, language };
  const { source } = figure;
  if (format === 'txt') {
    const color = io.color && wish.file === null;
    return steps
      .map((step) => drawnText(figure.frame(step), { theme, catalogue, columns, color }))
      .join(`\n`);
  }
  if (format === 'tex') {
    if (standalone && steps.length > 1)
      throw new Failure(
        INVALID,
        'a document of its own holds one step: leave out --standalone or --step all',
      );
    return steps.map((step) => tikz(figure.frame(step), source, { theme, catalogue, standalone })).join('\n');
  }
  if (format === 'gif') {
    const { gifOf } = await import('./gif.ts');
    const frames = steps.map((step) => svg(figure.frame(step), source, look));
    const comment = `${OPENS}${source}\n${LICENCE}`;
    const far = (done: number, total: number) => io.err(`\r${io.say`drawing ${done} of ${total}`}`);
    const shows = io.progress && frames.length > 20;
    const gif = await gifOf(frames, { scale, delay, comment }, shows ? far : undefined);
    if (shows) io.err(`\r${' '.repeat(30)}\r`);
    return gif;
  }
  const drawn = svgOf(figure, steps, wish, look);
  if (format === 'svg') return drawn;
  const { pngOf } = await import('./raster.ts');
  const title = io.translate(figure.frame(steps[0] ?? 0).title);
  return pngOf(drawn, { scale, text: { Title: title, Copyright: LICENCE, padwise: source } });
}

/** One frame, all of them side by side, or one after the other. */
function svgOf(
  figure: Figure,
  steps: readonly number[],
  { film, animate, delay }: Wish,
  look: Parameters<typeof svg>[2],
): string {
  if (animate) {
    const part: Figure = { ...figure, frames: steps.length, frame: (i) => figure.frame(steps[i] ?? 0) };
    return animatedSvg(part, delay, look);
  }
  if (film === null && steps.length === 1) return svg(figure.frame(steps[0] ?? 0), figure.source, look);
  const square = Math.min(4, Math.ceil(Math.sqrt(steps.length)));
  return filmStrip(figure, steps, film ?? square, look);
}
