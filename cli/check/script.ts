// A Python script that runs ported code in its framework and compares it with the numbers padwise computed for the layer it
// was ported from. Weights and input are small integers, so that floats are exact:
//
//   integers(shape, seed)[i] = (7 i i + 3 i + 5 seed) mod 11 - 5       input: seed 0; weights: 1, 2, 3 in the layer's order
//
// It prints `exact`, or the first difference and exits with 1.

import {
  type Dialect,
  type Layer,
  type Parameter,
  type Shape,
  statement,
  type WeightMove,
} from '../../src/dialects/index.ts';
import { compute, type Numbers, tensor } from '../../src/index.ts';
import { say } from '../../src/words/index.ts';
import { Failure, INVALID } from '../failure.ts';
import { layersOf } from '../subject.ts';
import { HARNESSES, type Harness } from './harness.ts';

const WIDEST = 100;
/** The most numbers a script holds. */
const MOST = 100_000;

/** A line of ported code, and the same line for one size, which padwise reads; null where it is no layer. */
interface RunnableLine {
  readonly code: string;
  readonly read: string | null;
  readonly tensors: Readonly<Record<string, Shape>>;
}

/** Ported code as a check runs it. */
export interface Runnable {
  readonly lines: readonly RunnableLine[];
  readonly weights: readonly WeightMove[];
}

/** What goes in, in the source layer's layout, and what it gives there. */
export interface Case {
  readonly input: Shape;
  readonly output: Shape;
  readonly values: Numbers;
}

/** The layer's numbers for integers. @throws DialectError where it refuses the input */
export function caseOf(layer: Layer, input: Shape): Case {
  const parameters = layer.parameters(layer.resolve(input).steps[0]?.channels ?? 1);
  const filled = parameters.map((parameter, i) => ({
    parameter,
    tensor: tensor(integers(parameter.shape, i + 1, 1), parameter.shape),
  }));
  const x = tensor(integers(input, 0, scaleOf(layer, input)), input);
  const { data, shape: output } = compute({ ...layer, activation: null }, x, filled);
  return { input, output, values: data };
}

/** The input of an average is a multiple of its taps, so that quotients lie far apart. */
function scaleOf(layer: Layer, input: Shape): number {
  return layer
    .resolve(input)
    .steps.filter(({ operation }) => operation === 'average')
    .flatMap(({ axes }) => axes.map(({ kernel }) => kernel))
    .reduce((product, taps) => product * taps, 1);
}

function integers(sizes: Shape, seed: number, scale: number): Float64Array {
  const count = sizes.reduce((product, n) => product * n, 1);
  return Float64Array.from({ length: count }, (_, i) => (((i * i * 7 + i * 3 + seed * 5) % 11) - 5) * scale);
}

/** The check of this port. @throws Failure where padwise cannot write one */
export function checkScript(layer: Layer, ported: Runnable, cases: readonly Case[], target: Dialect): string {
  const harness = Object.hasOwn(HARNESSES, target.id) ? HARNESSES[target.id] : undefined;
  if (harness === undefined)
    throw new Failure(
      INVALID,
      say`padwise writes no check for ${target.title} yet`,
      say`It does for ${Object.keys(HARNESSES).join(', ')}.`,
    );
  const count = cases.reduce((sum, { values }) => sum + values.length, 0);
  if (count > MOST)
    throw new Failure(
      INVALID,
      say`a check of ${count} numbers is too long: it holds ${MOST} at most`,
      'Give a smaller --input.',
    );
  const first = cases[0] as Case;
  const channels = layer.layout === 'first' ? first.input[1] : first.input.at(-1);
  const parameters = layer.parameters(channels ?? 1);
  const scale = scaleOf(layer, first.input);
  const x = scale === 1 ? 'integers(given, 0)' : `(integers(given, 0) * ${scale})`;
  return [
    `"""${layer.framework} ${layer.name} in ${target.title}: does the ported code give the same numbers?`,
    '',
    'Made by padwise, which computed the numbers below for the original. Weights and input are small integers.',
    '"""',
    'import sys',
    ...(harness.imports.includes('import os') ? ['import os'] : []),
    '',
    'import numpy as np',
    ...harness.imports.filter((line, i, all) => line !== 'import os' && !(i === 1 && all[0] === 'import os')),
    '',
    ...harness.tensor,
    '',
    '',
    ...(harness.applied === undefined ? [] : [...harness.applied, '', '']),
    ...harness.numbers,
    '',
    '',
    'def integers(shape, seed):',
    '    i = np.arange(np.prod(shape, dtype=int))',
    '    return ((i * i * 7 + i * 3 + seed * 5) % 11 - 5).astype(float).reshape(shape)',
    '',
    '',
    `# The weights of ${layer.framework} ${layer.name}, in its own order.`,
    'source = {',
    ...parameters.map(
      (one, i) => `    '${keyOf(one, parameters)}': integers(${python(one.shape)}, ${i + 1}),`,
    ),
    '}',
    '',
    '',
    'def ported(x):',
    ...body(parameters, ported, target, harness, first.input.length).map((line) => `    ${line}`),
    '    return x',
    '',
    '',
    '# Shape of the input, shape of the output and its numbers, as the original has them.',
    "inf, nan = float('inf'), float('nan')",
    'expected = [',
    ...cases.flatMap(({ input, output, values }) => [
      `    (${python(input)}, ${python(output)}, [`,
      ...wrapNumbers(values),
      '    ]),',
    ]),
    ']',
    '',
    'for given, shape, wanted in expected:',
    `    y = numbers(ported(tensor(${x}${transposition(layer, harness, true, first)})))`,
    ...(transposition(layer, harness, false, first) === ''
      ? []
      : [`    y = y${transposition(layer, harness, false, first)}`]),
    '    wanted = np.array(wanted, float).reshape(shape)',
    '    if y.shape != wanted.shape:',
    "        sys.exit(f'input {given}: expected an output of {wanted.shape}, received {y.shape}')",
    "    with np.errstate(invalid='ignore'):",
    `        wrong = ~((y == wanted) | (abs(y - wanted) < ${scale === 1 ? '0.001' : '0.01'}) | (np.isnan(y) & np.isnan(wanted)))`,
    '    if wrong.any():',
    '        at = tuple(int(i) for i in np.argwhere(wrong)[0])',
    "        sys.exit(f'input {given}: output {at} is {y[at]}, expected {wanted[at]}; {wrong.sum()} of {y.size} differ')",
    "print('exact')",
    '',
  ].join('\n');
}

/** A parameter's name; where several steps have the same, numbered in their turn, from 1: weight2. */
export function keyOf(
  one: Pick<Parameter, 'name' | 'step'>,
  all: readonly Pick<Parameter, 'name' | 'step'>[],
): string {
  if (all.filter(({ name }) => name === one.name).length <= 1) return one.name;
  const steps = [...new Set(all.map(({ step }) => step))].sort((a, b) => a - b);
  return `${one.name}${steps.indexOf(one.step) + 1}`;
}

/** The lines of the port, each with the weights it takes. */
function body(
  parameters: readonly Parameter[],
  { lines, weights }: Runnable,
  target: Dialect,
  harness: Harness,
  rank: number,
): string[] {
  const left = [...weights];
  const array = (one: Pick<Parameter, 'name' | 'step'>, code: string) =>
    `tensor(source['${keyOf(one, parameters)}']${code})`;
  return lines.flatMap(({ code, read, tensors }) => {
    const held = read === null ? [] : parametersOf(read, target, tensors, rank);
    const step = left[0]?.step ?? 0;
    const moved = held.flatMap((name) => {
      const index = left.findIndex((move) => move.parameter === name);
      return index < 0 ? [] : left.splice(index, 1);
    });
    const [head = '', comment] = code.split('  # + ');
    const bias = parameters.find((one) => one.role === 'bias' && one.step === (moved[0]?.step ?? step));
    if (harness.applied === undefined) {
      const named = moved.map((move) => `${move.target} = ${array(move, move.code.slice(1))}`);
      if (comment === undefined || bias === undefined) return [...named, statement(head)];
      return [...named, `bias = ${array(bias, '')}`, `${statement(head)} + ${comment}`];
    }
    const inner = /^(?:x = )?(.*?)(?:\(x\))?$/.exec(head)?.[1] ?? head;
    if (moved.length === 0) return [statement(head)];
    const given = moved.map((move) => array(move, move.code.slice(1))).join(', ');
    return [`x = applied(${inner}, x, ${given})`];
  });
}

/** The names of what a line's layer holds. `rank` is that of the data: some functions want to know it. */
function parametersOf(line: string, target: Dialect, tensors: RunnableLine['tensors'], rank: number) {
  const x = Array.from({ length: rank }, () => 1);
  const [layer] = layersOf(line, target, { x, ...tensors });
  return layer?.parameters(layer.channels ?? 1).map(({ name }) => name) ?? [];
}

/** The step from the source's layout to the target's, or back. */
function transposition(layer: Layer, harness: Harness, there: boolean, { input }: Case): string {
  if (layer.layout === harness.layout) return '';
  const spatial = Array.from({ length: input.length - 2 }, (_, i) => i);
  const toLast = layer.layout === 'first' ? there : !there;
  const order = toLast
    ? [0, ...spatial.map((i) => i + 2), 1]
    : [0, input.length - 1, ...spatial.map((i) => i + 1)];
  return `.transpose(${order.join(', ')})`;
}

function python(sizes: Shape): string {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`;
}

function wrapNumbers(values: Numbers): string[] {
  const lines: string[] = [];
  let line = '';
  for (const value of values) {
    const text = `${Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'},`;
    if (line !== '' && line.length + text.length + 9 > WIDEST) {
      lines.push(line);
      line = text;
    } else line = line === '' ? text : `${line} ${text}`;
  }
  return [...lines, line].filter((one) => one !== '').map((one) => `        ${one}`);
}
