// What a figure is of: the layers of pasted code, a problem string, the line that names a figure, or a file that padwise
// wrote, which holds that line.
//
//   'nn.Conv2d(1, 1, 3, padding=1)' --input 8     '1x1x8x8 k3 p1 -> 1'     'heat 1x1x8x8 k3 -> 1'     figure.svg

import {
  type Drawing,
  type DrawnView,
  parseDrawing,
  printDrawing,
  sourceOf,
  VIEWS,
} from '../src/draw/index.ts';
import { arrange, canonical } from '../src/explain/index.ts';
import { chain, stack } from '../src/explain/stacks.ts';
import {
  type Geometry,
  GeometryError,
  inputShape,
  isTransposed,
  out,
  print as printed,
} from '../src/geometry/index.ts';
import { say } from '../src/words/index.ts';
import { type Options, text } from './command.ts';
import { Failure, INVALID, UNREADABLE } from './failure.ts';
import type { Io } from './io.ts';
import { type Matrix, matrixOf } from './matrix.ts';
import { codeText, inputOf, pastedLayers, readBytes } from './subject.ts';

/** Largest figure that is opened again: 64 MiB. */
const LARGEST_FIGURE = 2 ** 26;
const FIGURE_FILE = /^[^\s('"]+\.(svg|png|gif|tex|txt|pdf|jpe?g|webp)$/i;
const LINE = new RegExp(`^\\s*(?:${VIEWS.join('|')})\\s+\\d+x`);
const PROBLEM = /^\s*\d+x\d+/;
/** A name under a picture is at most this long. */
const LONGEST_NAME = 28;

/** The line that opens a drawing written before. What stands before it in a comment. */
export const OPENS = 'padwise draw ';

/** Layers in turn, their input as [batch, channels, ...sizes], and what they are called. */
interface Subject {
  readonly steps: readonly Geometry[];
  readonly input: readonly number[];
  readonly name: string;
  readonly framework: string | null;
}

/**
 * The drawing of some code, seen as `view` or as is usual for what it is.
 * @throws Failure 2 or 3, GeometryError for a problem string or a line that is none
 */
export async function drawingOf(
  codes: readonly string[],
  view: DrawnView | undefined,
  options: Options,
  io: Io,
): Promise<Drawing> {
  const values = matrixOf(options, 'values');
  const kernel = matrixOf(options, 'kernel');
  const drawn = await given(codes, view, { ...options, ...sized(values, codes, options) }, io);
  const one = layerOf(drawn, options);
  const { stacks } = one;
  several(one);
  ownInput(codes, options, one);
  const [first] = stacks[0] as readonly [Geometry];
  if (values !== null)
    counted(
      '--values',
      values,
      first.axes.map(({ size }) => size),
    );
  if (kernel !== null)
    counted(
      '--kernel',
      kernel,
      first.axes.map((axis) => axis.kernel),
    );
  const names = namesOf(options, stacks.length);
  const at = text(options, 'at');
  if (at !== undefined && one.view !== 'window')
    throw new Failure(INVALID, say`${'--at'} is for ${'window'}, and this is ${one.view}`);
  const axis = within(options, 'axis', 0, first.axes.length - 1);
  const limit = within(options, 'limit', 5, 64);
  return checked({
    ...one,
    ...(names === null ? {} : { names }),
    ...(values === null ? {} : { input: values.numbers }),
    ...(kernel === null ? {} : { kernel: kernel.numbers }),
    ...(at === undefined ? {} : { at: indices(at, first.axes.map(out)) }),
    ...(axis === undefined ? {} : { axis }),
    ...(limit === undefined ? {} : { limit }),
  });
}

/** A problem or a figure has an input; another one would be no figure of it. @throws Failure 2 */
function ownInput(codes: readonly string[], options: Options, { stacks }: Drawing): void {
  const asked = text(options, 'input');
  if (
    asked === undefined ||
    !codes.every((code) => PROBLEM.test(code) || LINE.test(code) || FIGURE_FILE.test(code))
  )
    return;
  const own = inputShape(stacks[0]?.[0] as Geometry).join('x');
  throw new Failure(
    INVALID,
    say`--input ${asked.slice(0, 40)} is for code: this has its own input, ${own}`,
    say`Change it in the line, ${printed(stacks[0]?.[0] as Geometry)}.`,
  );
}

/** A drawing that its own line names. @throws GeometryError where its parts do not fit each other */
function checked(of: Drawing): Drawing {
  return parseDrawing(printDrawing(of));
}

/** What the codes say before any option. */
async function given(
  codes: readonly string[],
  view: DrawnView | undefined,
  options: Options,
  io: Io,
): Promise<Drawing> {
  const [code = ''] = codes;
  const line = codes.length > 1 ? null : await lineOf(code);
  if (line !== null) {
    const found = parseDrawing(line);
    if (view === undefined || view === found.view) return found;
    const { stacks, names, input, kernel } = found;
    const data = view === 'heat' || view === 'reach' || input === undefined ? {} : { input };
    const weights = view === 'heat' || view === 'reach' || kernel === undefined ? {} : { kernel };
    return { view, stacks, ...(names === undefined ? {} : { names }), ...data, ...weights };
  }
  if (codes.length > 1 && codes.filter((one) => one === '-').length > 1)
    throw new Failure(INVALID, 'only one of several layers comes from standard input');
  const subjects: Subject[] = [];
  for (const one of codes) subjects.push(...subjectsOf(one, options, io, subjects[0]?.input ?? null));
  const stacks = subjects.map(({ steps }) => steps);
  const names = subjects.length > 1 ? { names: called(subjects) } : {};
  return { view: view ?? usualView(stacks), stacks, ...names };
}

/** The line of a figure's file, or the code where it is such a line; null where it is neither. */
async function lineOf(code: string): Promise<string | null> {
  if (LINE.test(code)) return code;
  const extension = FIGURE_FILE.exec(code)?.[1]?.toLowerCase();
  if (extension === undefined) return null;
  const bytes = readBytes(code, LARGEST_FIGURE);
  const line = await heldBy(bytes, extension);
  if (line === null || line === undefined) {
    const hint =
      'SVG, PNG, GIF and TikZ files that padwise draw or heat wrote hold the line that opens them.';
    throw new Failure(UNREADABLE, say`${code} holds no figure of padwise`, hint);
  }
  try {
    parseDrawing(line);
  } catch (error) {
    if (!(error instanceof GeometryError)) throw error;
    throw new Failure(UNREADABLE, say`cannot open the figure in ${code}: ${error.sentence}`);
  }
  return line;
}

async function heldBy(bytes: Uint8Array, extension: string): Promise<string | null | undefined> {
  if (extension === 'png') return (await import('./png-text.ts')).textOf(bytes).padwise;
  if (extension === 'svg' || extension === 'tex') return sourceOf(new TextDecoder().decode(bytes));
  if (extension !== 'gif') return null;
  const comment = (await import('./gif-file.ts')).commentOf(bytes);
  const [line = ''] = comment?.split('\n') ?? [];
  return line.startsWith(OPENS) ? line.slice(OPENS.length) : null;
}

/**
 * The layers of a problem string, several with vs between them, or of code. `before`, the input of the first layer as
 * [batch, channels, ...sizes], is what another one reads too.
 */
function subjectsOf(given: string, options: Options, io: Io, before: readonly number[] | null): Subject[] {
  const code = codeText(given, io);
  if (PROBLEM.test(code)) {
    const { stacks } = parseDrawing(`heat ${code}`);
    return stacks.map((steps) => {
      const input = inputShape(steps[0] as Geometry);
      return { steps, input, name: named(steps.map(printed).join(' then ')), framework: null };
    });
  }
  const layers = pastedLayers(code, {
    framework: text(options, 'framework'),
    tensor: text(options, 'tensor'),
  });
  const layer = chain(layers);
  const asked = text(options, 'input');
  const input =
    before !== null && before.length === layer.rank + 2 ? arrange(layer, before) : inputOf(layer, asked);
  const steps =
    layer.stills === undefined
      ? layer.resolve(input).steps
      : stack(layers, input).flatMap((row) => row.steps);
  if (steps.length === 0)
    throw new Failure(INVALID, 'these layers slide no window, so there is nothing to draw');
  return [{ steps, input: canonical(layer, input), name: named(code), framework: layer.framework }];
}

function named(code: string): string {
  const short = code.replace(/\s+/g, ' ').trim();
  return short.length <= LONGEST_NAME ? short : '';
}

/** The frameworks where they differ, else the codes where they are short, else numbers. */
function called(subjects: readonly Subject[]): string[] {
  const telling = (names: readonly (string | null)[]) =>
    names.every((name) => name !== null && name !== '') && new Set(names).size === names.length;
  const frameworks = subjects.map(({ framework }) => framework);
  if (telling(frameworks)) return frameworks.map(String);
  const codes = subjects.map(({ name }) => name);
  return telling(codes) ? codes : subjects.map((_, i) => String(i + 1));
}

function usualView(stacks: Drawing['stacks']): DrawnView {
  const deep = stacks.some((steps) => steps.length > 1);
  if (stacks.length > 2) return 'heat';
  if (stacks.length === 2) return deep ? 'drift' : 'shift';
  if (deep) return 'reach';
  return isTransposed(stacks[0]?.[0] as Geometry) ? 'scatter' : 'window';
}

const SINGLE: ReadonlySet<DrawnView> = new Set([
  'window',
  'strip',
  'scatter',
  'channels',
  'shift',
  'shift-map',
]);

/** How many layers or stacks some views need. @throws Failure 2 */
function several({ view, stacks }: Drawing): void {
  const [least, most] = PAIRED.has(view) ? [2, 2] : view === 'heat' ? [1, 6] : [1, 1];
  if (stacks.length >= least && stacks.length <= most) return;
  throw new Failure(
    INVALID,
    least === 2
      ? say`${view} compares two layers, received ${stacks.length}`
      : most === 1
        ? say`${view} draws one layer, received ${stacks.length} beside each other`
        : say`${view} draws at most ${most} layers beside each other, received ${stacks.length}`,
  );
}

const PAIRED: ReadonlySet<DrawnView> = new Set(['shift', 'shift-map', 'drift']);

/** The step that --layer chooses. @throws Failure 2 where one is needed and not chosen, or there is none of that number */
function layerOf(of: Drawing, options: Options): Drawing {
  const wanted = wholeOf(options, 'layer');
  const deepest = Math.max(...of.stacks.map(({ length }) => length));
  if (wanted === undefined) {
    if (deepest === 1 || !SINGLE.has(of.view)) return of;
    throw new Failure(
      INVALID,
      say`${of.view} draws one layer, these are ${deepest}`,
      say`Choose one with --layer 1 to ${deepest}, or draw them all with --view reach or padwise heat.`,
    );
  }
  const stacks = of.stacks.map((steps) => {
    const step = steps[wanted - 1];
    if (step !== undefined) return [step];
    throw new Failure(INVALID, say`--layer: expected 1 to ${steps.length}, received ${wanted}`);
  });
  return { ...of, stacks, ...(of.view === 'reach' ? { view: usualView(stacks) } : {}) };
}

/** Without --input the values given say how large the input is. */
function sized(values: Matrix | null, codes: readonly string[], options: Options): { input?: string } {
  const known =
    text(options, 'input') !== undefined || codes.some((code) => PROBLEM.test(code) || LINE.test(code));
  if (values === null || known) return {};
  return { input: values.rows === 1 ? String(values.columns) : `${values.rows}x${values.columns}` };
}

function counted(option: string, { numbers }: Matrix, sizes: readonly number[]): void {
  const expected = sizes.reduce((product, size) => product * size, 1);
  if (numbers.length === expected) return;
  throw new Failure(
    INVALID,
    say`${option}: expected ${expected} numbers for ${sizes.join('x')}, received ${numbers.length}`,
  );
}

function namesOf(options: Options, count: number): string[] | null {
  const names = text(options, 'names')
    ?.split(',')
    .map((name) => name.trim().slice(0, 60));
  if (names === undefined) return null;
  if (names.length === count && names.every((name) => name !== '')) return names;
  throw new Failure(INVALID, say`--names: expected one for each layer, ${count}, received ${names.length}`);
}

/** A whole number of at most 6 digits; undefined without the option. @throws Failure 2 */
function wholeOf(options: Options, name: string): number | undefined {
  const given = text(options, name);
  if (given === undefined) return undefined;
  if (/^\d{1,6}$/.test(given)) return Number(given);
  throw new Failure(INVALID, say`${`--${name}`}: expected a whole number, received ${given.slice(0, 40)}`);
}

function within(options: Options, name: string, least: number, most: number): number | undefined {
  const given = wholeOf(options, name);
  if (given === undefined || (given >= least && given <= most)) return given;
  throw new Failure(
    INVALID,
    say`${`--${name}`}: expected a number of ${least} to ${most}, received ${given}`,
  );
}

function indices(given: string, sizes: readonly number[]): number[][] {
  const outputs = given.trim().split(/\s*[/;]\s*|\s+/);
  return outputs.map((output) => {
    const index = /^\d{1,9}(?:,\d{1,9})*$/.test(output) ? output.split(',').map(Number) : [];
    if (index.length !== sizes.length)
      throw new Failure(
        INVALID,
        say`--at: expected outputs such as ${[0, 2].map((one) => sizes.map(() => one).join()).join('/')}, received ${given.slice(0, 60)}`,
      );
    if (index.every((one, i) => one < (sizes[i] as number))) return index;
    throw new Failure(
      INVALID,
      say`--at: expected outputs up to ${sizes.map((one) => one - 1).join()}, received ${output}`,
    );
  });
}
