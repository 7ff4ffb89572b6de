// A layer of one framework in another's words, exact for every size. Code that stays the same is taken as it is; else its
// numbers become expressions of the size, read off x where they are needed:
//
//   h, w = x.shape[-2:]
//   x = F.pad(x, (w % 2, 1, h % 2, 1))                 Keras' same, kernel 3, strides 2, in PyTorch
//   x = nn.Conv2d(3, 64, 3, stride=2)(x)
//
// Candidates are written by the same writers as for one size, and proved: for every size of a range that covers all
// remainders of the layer's period and all its borders, the target reads its own code and computes the same geometry.

import type { Geometry } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import type { Dialect, Layer, Shape } from './dialect.ts';
import { type Candidate, candidates, depends, lineAt, lineText } from './dynamic/candidates.ts';
import { type Proof, proof } from './dynamic/proof.ts';
import { type Range, range, type Sample, samples } from './dynamic/range.ts';
import { totalText } from './dynamic/totals.ts';
import { isNode, nameInTurn, nodesInTurn } from './onnx/names.ts';
import { movesOf, type PortedStep, port, type ReadAll, type WeightMove } from './port.ts';
import { statement } from './printer.ts';

/** Frameworks whose layers run line by line in Python, so that a line may compute with the sizes of x. */
const EAGER: ReadonlySet<string> = new Set([
  'torch',
  'keras',
  'tensorflow',
  'mxnet',
  'flax',
  'jax',
  'paddle',
  'chainer',
  'tinygrad',
  'mlx',
]);
/** Where a layer is made anew for every input, its parameters found by name. */
const REMADE: ReadonlySet<string> = new Set(['flax']);

/** A line of code for every size, and what it is for the sizes of one input; null for a line that only reads them. */
export interface DynamicLine {
  readonly code: string;
  readonly tensors: PortedStep['tensors'];
  /** The line as the target says a layer on its own. */
  readonly said: string;
  /** The line where these are the sizes of the step's own input. */
  at(sizes: Shape): string | null;
  /** The step of the layer it belongs to. */
  readonly step: number;
}

/** Code that is exact for every size of which the layer makes something. */
export interface Dynamic {
  readonly lines: readonly DynamicLine[];
  readonly weights: readonly WeightMove[];
  /** Whether some line holds an expression of the size. */
  readonly depends: boolean;
  /** The smallest size that gives an output. */
  readonly first: number;
  /** What the layer does repeats with this many sizes. */
  readonly period: number;
}

/** Why no code is exact for every size, and which code is for some. */
export interface OnlySome {
  readonly impossible: Text;
  /** Code for the sizes of these remainders modulo `period`, most sizes first; nothing where the target has no words. */
  readonly some: readonly { readonly lines: readonly string[]; readonly remainders: readonly number[] }[];
  readonly period: number;
}

/**
 * Ports a layer for every size. `input` is its shape in the layer's own layout, null where a size is unknown.
 * @throws DialectError where the layer's own framework refuses every size, or 'unsayable' where sizes repeat too rarely
 */
export function portDynamic(
  layer: Layer,
  input: readonly (number | null)[],
  target: Dialect,
  read: ReadAll,
): Dynamic | OnlySome {
  const sizes = range(layer, input);
  const reads = proof(target, read);
  const parameters = layer.parameters(sizes.steps[0]?.channels ?? 1);
  const lines: DynamicLine[] = [];
  const weights: WeightMove[] = [];
  for (const [index, step] of sizes.steps.entries()) {
    const own = parameters.filter((parameter) => parameter.step === index);
    const bias = own.some(({ role }) => role === 'bias');
    const all = samples(sizes, index);
    let why: Text | undefined;
    let taken: Candidate | undefined;
    for (const candidate of candidates({ step, samples: all, target, bias, read })) {
      if ('impossible' in candidate) why ??= candidate.impossible;
      else if (allowed(candidate, all, target, read) && proves(candidate, all, reads)) {
        taken = candidate;
        break;
      }
    }
    if (taken === undefined) return onlySome(sizes, all, target, read, why);
    const code = codeAt(taken, sizesOf(all[0] as Sample));
    const layers = read(code.join('\n'), target, { ...taken.tensors, x: [] });
    const said = linesOf(taken, index, step, layoutOf(layers));
    const moves = movesOf(own, layers, step, taken);
    const graph = said.every(({ code }) => isNode(code));
    const count = sizes.steps.length;
    const named = graph
      ? nodesInTurn(
          said.map(({ code }) => code),
          index,
          count,
        )
      : [];
    lines.push(...said.map((line, i) => (graph ? { ...line, code: named[i] ?? line.code } : line)));
    weights.push(
      ...moves.map((one) => (graph ? { ...one, target: nameInTurn(one.target, index, count) } : one)),
    );
  }
  const { first, period } = sizes;
  const [only] = lines;
  const whole = lines.length === 1 && only !== undefined ? [{ ...only, code: only.said }] : lines;
  const moving = lines.some(({ at }) => at(Array.from({ length: 3 }, () => first)) === null);
  return { lines: whole, weights, depends: moving, first, period };
}

function sizesOf({ step }: Sample): Shape {
  return step.axes.map(({ size }) => size);
}

function codeAt({ lines }: Candidate, sizes: Shape): string[] {
  return lines.map((line) => lineAt(line, sizes));
}

/** Whether the target computes the wanted geometry for every sample. */
function proves(candidate: Candidate, all: readonly Sample[], reads: Proof): boolean {
  return all.every((sample) => {
    const flip = candidate.mirrored ? !sample.step.flip : sample.step.flip;
    return reads.computes(codeAt(candidate, sizesOf(sample)), candidate.tensors, { ...sample.step, flip });
  });
}

/** Whether the target can compute with sizes where the candidate does: not where a layer with weights is made. */
function allowed(candidate: Candidate, all: readonly Sample[], target: Dialect, read: ReadAll): boolean {
  const moving = candidate.lines.filter(depends);
  if (moving.length === 0) return true;
  if (!EAGER.has(target.id)) return false;
  if (REMADE.has(target.id)) return true;
  const sizes = sizesOf(all[0] as Sample);
  return moving.every((line) => {
    const code = lineAt(line, sizes);
    if (/\(x[,)]/.test(code.replace(/\(x\)$/, ''))) return true;
    return read(code, target, { ...candidate.tensors, x: [] }).every((one) => one.parameters(1).length === 0);
  });
}

function layoutOf(layers: readonly Layer[]): Layer['layout'] {
  return (layers.find(({ kind }) => kind !== 'pad') ?? layers[0])?.layout ?? 'first';
}

const NAMES = [['n'], ['h', 'w'], ['d', 'h', 'w']] as const;

/** The candidate's statements, after one that reads the sizes where they are needed. */
function linesOf(taken: Candidate, step: number, of: Geometry, layout: Layer['layout']): DynamicLine[] {
  const names: readonly string[] = NAMES[of.axes.length - 1] ?? [];
  const { tensors } = taken;
  const used = taken.lines.flatMap(({ holes }) =>
    holes.flatMap((hole) => (typeof hole === 'number' ? [] : [hole.axis])),
  );
  const head = [
    sizesText(names, new Set(used), layout),
    ...taken.totals.map((total) => totalText(total, names[total.axis] ?? 'n')),
  ].map((code) => ({ code, said: code, tensors: {}, step, at: () => null }));
  return [
    ...(used.length === 0 ? [] : head),
    ...taken.lines.map((line) => {
      const said = lineText(line, names);
      return { code: statement(said), said, tensors, step, at: (at: Shape) => statement(lineAt(line, at)) };
    }),
  ];
}

/** h, w = x.shape[-2:] where the channels stand first, h, w = x.shape[1:3] where they stand last. */
function sizesText(names: readonly string[], used: ReadonlySet<number>, layout: Layer['layout']): string {
  const rank = names.length;
  const [only] = used;
  if (used.size === 1 && only !== undefined)
    return `${names[only]} = x.shape[${layout === 'first' ? only - rank : only + 1}]`;
  return `${names.join(', ')} = x.shape[${layout === 'first' ? `-${rank}:` : `1:${rank + 1}`}]`;
}

/** Why no candidate held, and the code for one size that holds for most others. */
function onlySome(
  sizes: Range,
  all: readonly Sample[],
  target: Dialect,
  read: ReadAll,
  why: Text | undefined,
): OnlySome {
  const whole = all.filter(({ size }) => size !== null).slice(-2 * sizes.period);
  const found = new Map<string, { lines: readonly string[]; remainders: Set<number> }>();
  const { layer, period } = sizes;
  for (const { size } of whole) {
    const ported = port(layer, sizes.inputAt(size as number), target, read);
    if ('impossible' in ported) continue;
    const key = ported.lines.join('\n');
    const entry = found.get(key) ?? { lines: ported.lines, remainders: new Set<number>() };
    entry.remainders.add((size as number) % period);
    found.set(key, entry);
  }
  // Code that says the size itself holds for no other one.
  const some = found.size > period ? [] : [...found.values()];
  return {
    impossible: why ?? reason(target, some.length > 1 && EAGER.has(target.id)),
    some: some
      .sort((a, b) => b.remainders.size - a.remainders.size)
      .map(({ lines, remainders }) => ({ lines, remainders: [...remainders].sort((a, b) => a - b) })),
    period,
  };
}

function reason({ id, title }: Dialect, several: boolean): Text {
  if (several) return say`${title} needs other arguments for other sizes`;
  return EAGER.has(id)
    ? say`it pads or crops by other numbers for other sizes, and ${title} fixes them where it makes the layer`
    : say`it pads or crops by other numbers for other sizes, and ${title} fixes them before it sees an input`;
}
