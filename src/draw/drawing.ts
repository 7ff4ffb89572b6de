// What a figure is made of, as one line that opens it again: the words of `padwise draw`, of a link and in a figure's metadata.
//
//   window 1x1x3x3 k2 p1 -> 1 with input=0,1,2/3,4,5/6,7,8 kernel=0,1/2,3 at=0,0/2,2
//   heat 1x1x8x8 k1 -> 1 vs 1x1x8x8 k2 -> 1 with names=1x1,2x2
//   reach 1x1x32 k3 s2 p1 -> 1 then 1x1x16 k3 s2 p1 -> 1
//   shift 1x1x8 k3 s2 p1 -> 1 vs 1x1x8 k3 s2 p0,1 -> 1 with names=torch,keras
//
// One problem string, several steps joined by `then`, several layers or stacks by `vs`, and after `with` what else was
// asked for. parseDrawing(printDrawing(d)) = d.

import { type Geometry, GeometryError, outputShape, parse, print } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';

/** What can be drawn: a window, all windows of an axis, ... */
export const VIEWS = [
  'window',
  'strip',
  'scatter',
  'channels',
  'heat',
  'reach',
  'reach-map',
  'shift',
  'shift-map',
  'drift',
] as const;

/** One of {@link VIEWS}. */
export type DrawnView = (typeof VIEWS)[number];

/** A figure as plain data. */
export interface Drawing {
  readonly view: DrawnView;
  /** The layers told apart, each one step or more in turn. */
  readonly stacks: readonly (readonly Geometry[])[];
  /** What the stacks are called. */
  readonly names?: readonly string[];
  /** The elements of the input, and the taps of the kernel, in reading order. */
  readonly input?: readonly number[];
  readonly kernel?: readonly number[];
  /** Outputs shown at once. */
  readonly at?: readonly (readonly number[])[];
  /** The axis drawn, where only one is. */
  readonly axis?: number;
  /** The most positions an axis shows. */
  readonly limit?: number;
  /** Under a strip, the same without padding. */
  readonly unpadded?: boolean;
}

const LONGEST = 20_000;
const MOST = { stacks: 6, steps: 64, numbers: 4096, outputs: 36, limit: 64 };
const FORMS: Readonly<Record<DrawnView, Form>> = {
  window: { stacks: [1, 1], steps: 1 },
  strip: { stacks: [1, 1], steps: 1 },
  scatter: { stacks: [1, 1], steps: 1 },
  channels: { stacks: [1, 1], steps: 1 },
  heat: { stacks: [1, MOST.stacks], steps: MOST.steps },
  reach: { stacks: [1, 1], steps: MOST.steps },
  'reach-map': { stacks: [1, 1], steps: MOST.steps },
  shift: { stacks: [2, 2], steps: 1 },
  'shift-map': { stacks: [2, 2], steps: 1 },
  drift: { stacks: [2, 2], steps: MOST.steps },
};

/** How many stacks a view tells apart, and how many steps each may have. */
interface Form {
  readonly stacks: readonly [least: number, most: number];
  readonly steps: number;
}

/** The line that opens a drawing again. */
export function printDrawing(of: Drawing): string {
  const subject = of.stacks.map((steps) => steps.map(print).join(' then ')).join(' vs ');
  const words = [
    of.names === undefined ? '' : `names=${of.names.map(encodeURIComponent).join()}`,
    of.input === undefined ? '' : `input=${of.input.join()}`,
    of.kernel === undefined ? '' : `kernel=${of.kernel.join()}`,
    of.at === undefined ? '' : `at=${of.at.map((output) => output.join()).join('/')}`,
    of.axis === undefined ? '' : `axis=${of.axis}`,
    of.limit === undefined ? '' : `limit=${of.limit}`,
    of.unpadded ? 'unpadded' : '',
  ].filter((word) => word !== '');
  return `${of.view} ${subject}${words.length === 0 ? '' : [' with', ...words].join(' ')}`;
}

/**
 * The drawing a line names; nothing in it is evaluated, and its length is bounded.
 * @throws GeometryError for text that names none
 */
export function parseDrawing(text: string): Drawing {
  if (text.length > LONGEST) refuse(say`at most ${LONGEST} characters`, text.length);
  const line = text.trim().replace(/\s+/g, ' ');
  const [view = ''] = line.split(' ');
  if (!isView(view)) refuse(say`one of ${VIEWS.join(', ')}`, view);
  const [subject = '', words = '', ...more] = line.slice(view.length).split(' with ');
  if (more.length > 0) refuse('one with', line);
  const stacks = subject.split(' vs ').map((one) => one.split(' then ').map(parse));
  const drawing = { view, stacks, ...options(words, stacks) };
  check(drawing);
  return drawing;
}

function isView(text: string): text is DrawnView {
  return (VIEWS as readonly string[]).includes(text);
}

type Options = { -readonly [field in keyof Omit<Drawing, 'view' | 'stacks'>]: Drawing[field] };

function options(text: string, stacks: Drawing['stacks']): Options {
  const found: Options = {};
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const [key = '', value = ''] = word.split(/=(.*)/s);
    if (Object.hasOwn(found, key)) refuse(say`${key} once`, word);
    if (key === 'names') found.names = value.split(',').map(decoded);
    else if (key === 'input' || key === 'kernel') found[key] = numbers(value);
    else if (key === 'at') found.at = value.split('/').map((output) => output.split(',').map(whole));
    else if (key === 'axis' || key === 'limit') found[key] = whole(value);
    else if (word === 'unpadded') found.unpadded = true;
    else refuse(say`names, input, kernel, at, axis, limit or unpadded`, word);
  }
  if (found.names !== undefined && found.names.length !== stacks.length)
    refuse(say`${stacks.length} names`, found.names.length);
  return found;
}

/** @throws GeometryError where a drawing's parts do not fit each other */
function check({ view, stacks, input, kernel, at, axis, limit }: Drawing): void {
  const [least, most] = FORMS[view].stacks;
  if (stacks.length < least || stacks.length > most)
    refuse(
      least === most ? say`${least} of ${view}` : say`${least} to ${most} of ${view}`,
      stacks.length,
      'layers',
    );
  const { steps: deepest } = FORMS[view];
  for (const steps of stacks) {
    if (steps.length > deepest) refuse(say`${deepest} steps for ${view}, at most`, steps.length);
    steps.slice(1).forEach((step, i) => {
      const [before, own] = [outputShape(steps[i] as Geometry), step].map((one) =>
        Array.isArray(one) ? one.slice(2).join('x') : one.axes.map(({ size }) => size).join('x'),
      );
      if (before !== own) refuse(say`${before}, what the step before gives`, own);
    });
  }
  const [first] = stacks[0] as readonly [Geometry];
  const count = (one: 'size' | 'kernel') => first.axes.reduce((all, axis) => all * axis[one], 1);
  for (const [what, values, expected] of [
    ['input', input, count('size')],
    ['kernel', kernel, count('kernel')],
  ] as const)
    if (values !== undefined && values.length !== expected)
      refuse(say`${expected} numbers`, values.length, what);
  for (const output of at ?? [])
    if (output.length !== first.axes.length) refuse(say`${first.axes.length} indices`, output.join());
  if ((at?.length ?? 0) > MOST.outputs) refuse(say`${MOST.outputs} outputs at most`, at?.length);
  if (axis !== undefined && axis >= first.axes.length)
    refuse(say`an axis of 0 to ${first.axes.length - 1}`, axis);
  if (limit !== undefined && (limit < 5 || limit > MOST.limit))
    refuse(say`a limit of ${5} to ${MOST.limit}`, limit);
}

function numbers(text: string): number[] {
  const values = text.split(/[,/]/);
  if (values.length > MOST.numbers) refuse(say`${MOST.numbers} numbers at most`, values.length);
  return values.map((value) =>
    /^-?\d{1,15}(\.\d{1,15})?(e[+-]?\d{1,2})?$/.test(value) ? Number(value) : refuse('numbers', value),
  );
}

function whole(text: string): number {
  return /^\d{1,10}$/.test(text) ? Number(text) : refuse('an integer', text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('a name', text);
  }
}

function refuse(expected: Text, received: unknown, what = 'drawing'): never {
  throw new GeometryError('notation', { what, expected, received });
}
