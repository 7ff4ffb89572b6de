// What padwise says of a file that holds a model rather than code: an ONNX graph has its strides and pads and is answered
// node by node; a checkpoint has names and shapes only, and says so.

import type { Shape } from '../../src/dialects/index.ts';
import type { Axis, Geometry } from '../../src/geometry/index.ts';
import { say } from '../../src/words/index.ts';
import { json } from '../command.ts';
import { Failure, INVALID, SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { readBytes } from '../subject.ts';
import { columns, padded, shape, wrapped } from '../text.ts';
import { arraysOf, type NamedArray } from './checkpoint.ts';
import { type Attribute, type Graph, type OpenShape, readGraph } from './onnx-file.ts';
import { type SlidingNode, slidingNodes } from './onnx-layers.ts';

const LARGEST_GRAPH = 2 ** 31 - 1;

/** How a model is asked about. */
export interface Asked {
  /** Sizes of the graph's input, if given. */
  readonly input: readonly number[] | undefined;
  readonly json: boolean;
}

/** Whether an argument names a file that holds a model. */
export function isModel(argument: string): boolean {
  return /^[^\n('"]+\.(?:onnx|pt|pth|bin|ckpt|safetensors)$/i.test(argument);
}

/** Answers for a model file; the exit code. @throws Failure 3 for a file that cannot be read */
export async function explainModel(path: string, asked: Asked, io: Io): Promise<number> {
  if (/\.onnx$/i.test(path)) explainGraph(path, asked, io);
  else explainArrays(path, await arraysOf(path), asked, io);
  return SAME;
}

function explainArrays(path: string, arrays: readonly NamedArray[], asked: Asked, io: Io): void {
  const kernels = arrays.filter((one) => one.shape.length >= 3 && one.shape.length <= 5);
  const missing = say`Stride and padding are not in this file: they stand in the code that made the layers.`;
  if (asked.json) {
    json(io, { schema: 'padwise/checkpoint/1', arrays, kernels, missing: ['stride', 'padding'] });
    return;
  }
  io.out(`${wrapped('', io.say`${path}: ${arrays.length} arrays, ${kernels.length} of them kernels`)}\n\n`);
  const conv = ({ shape: [out = 0, ins = 0, ...taps] }: NamedArray) =>
    io.say`${ins} -> ${out}, ${shape(taps)}`;
  const transposed = ({ shape: [ins = 0, out = 0] }: NamedArray) => io.say`${ins} -> ${out}`;
  const rows = kernels.map((one) => [one.name, shape(one.shape), conv(one), transposed(one)]);
  const heads = [io.say`kernel`, io.say`shape`, io.say`as a conv`, io.say`if transposed`];
  if (rows.length > 0) io.out(`${table(io, heads, rows)}\n`);
  io.out(`${style(io, 'bold', wrapped('', io.translate(missing)))}\n`);
  io.out(`${wrapped('', io.say`With groups the channels read are those of one group.`)}\n`);
}

function explainGraph(path: string, asked: Asked, io: Io): void {
  const graph = readGraph(readBytes(path, LARGEST_GRAPH), path);
  const inputs = graphInputs(graph, asked.input);
  const nodes = slidingNodes(graph, inputs ?? new Map());
  if (asked.json) {
    const shown = nodes.map(({ layer, refused, ...node }) => ({
      ...node,
      notes: layer?.notes ?? [],
      refused: refused?.message ?? null,
    }));
    json(io, { schema: 'padwise/model/1', opset: graph.opset, nodes: shown });
    return;
  }
  const rest = graph.nodes.length - nodes.length;
  io.out(
    `${wrapped('', io.say`${path}: opset ${graph.opset}, ${nodes.length} nodes that slide, ${rest} others`)}\n\n`,
  );
  const heads = [io.say`node`, io.say`operator`, io.say`window`, io.say`pads`, io.say`output`];
  io.out(
    `${table(
      io,
      heads,
      nodes.map((node) => row(io, node)),
    )}\n`,
  );
  for (const { name, operator, refused } of nodes)
    if (refused !== null)
      io.out(`${wrapped('', `${name} ${operator}: ${io.translate(refused.sentence)}`)}\n`);
  if (inputs === null) {
    const open = [...graph.inputs].map(([name, sizes]) => `${name} ${openText(sizes)}`).join(', ');
    io.out(
      `${wrapped('', io.say`The file leaves sizes open: ${open}. With --input SHAPE the outputs are computed too.`)}\n`,
    );
  }
  for (const sentence of autoPads(nodes)) io.out(`${wrapped('', io.translate(sentence))}\n`);
}

/** The shapes of the graph's inputs; null where they stay open. @throws Failure 2 for sizes that do not suit them */
function graphInputs(graph: Graph, given: readonly number[] | undefined): Map<string, Shape> | null {
  const shapes = new Map<string, Shape>();
  for (const [name, open] of graph.inputs) {
    const sizes = filled(name, open, shapes.size === 0 ? given : undefined);
    if (sizes === null) return null;
    shapes.set(name, sizes);
  }
  return shapes;
}

/** An open shape with the given sizes: all of them, those after the batch, the spatial ones, or one for all of these. */
function filled(name: string, open: OpenShape, given: readonly number[] | undefined): Shape | null {
  const fixed = [open[0] ?? 1, ...open.slice(1)];
  if (given === undefined) return fixed.every((size) => size !== null) ? (fixed as number[]) : null;
  const spatial = given.length === 1 ? fixed.slice(2).map(() => given[0] as number) : given;
  const sizes = [...fixed.slice(0, fixed.length - spatial.length), ...spatial];
  const fits = sizes.every((size, i) => size !== null && (open[i] == null || open[i] === size));
  if (fits && sizes.length === open.length) return sizes as number[];
  throw new Failure(INVALID, say`--input: ${name} has the shape ${openText(open)}, received ${shape(given)}`);
}

function openText(sizes: OpenShape): string {
  return sizes.map((size) => size ?? '?').join('x');
}

function row(io: Io, node: SlidingNode): string[] {
  const [of] = node.steps as [Geometry?];
  const axes = of?.axes ?? [];
  const each = (text: (axis: Axis) => string | number) => {
    return alike(axes.map((axis) => String(text(axis))));
  };
  const { kernel_shape: kernel, strides, pads: written, auto_pad: auto } = node.attributes;
  const stated = (value: Attribute | undefined) =>
    Array.isArray(value) ? alike((value as readonly number[]).map(String)) : '';
  const window =
    axes.length > 0
      ? `k${each((axis) => axis.kernel)} s${each((axis) => axis.stride)}`
      : [kernel, strides]
          .map((value, i) => (value === undefined ? '' : `${'ks'[i]}${stated(value)}`))
          .join(' ');
  const pads = axes.length > 0 ? each((axis) => `${axis.before},${axis.after}`) : statedPads(written);
  const same = auto === undefined || auto === 'NOTSET' ? '' : String(auto);
  const output = node.refused !== null ? io.say`refused` : node.output === null ? '?' : shape(node.output);
  return [node.name, node.operator, window, [same, pads].filter(Boolean).join(' '), output];
}

/** One text where all axes are alike, else one for each. */
function alike(texts: readonly string[]): string {
  return texts.every((one) => one === texts[0]) ? (texts[0] ?? '') : texts.join(' x ');
}

/** ONNX's begins, then ends, as before,after of each axis. */
function statedPads(pads: Attribute | undefined): string {
  if (!Array.isArray(pads)) return '';
  const rank = pads.length / 2;
  return alike(pads.slice(0, rank).map((begin, i) => `${begin},${pads[rank + i]}`));
}

/** What SAME means for a reader who ports the model, once for each kind. */
function autoPads(nodes: readonly SlidingNode[]) {
  const named = (kind: string) =>
    nodes.filter(({ attributes }) => attributes.auto_pad === kind).map(({ name }) => name);
  const [upper, lower] = [named('SAME_UPPER'), named('SAME_LOWER')];
  return [
    ...(upper.length === 0
      ? []
      : [say`SAME_UPPER puts an odd pad after, as TensorFlow does: ${listed(upper)}.`]),
    ...(lower.length === 0 ? [] : [say`SAME_LOWER puts an odd pad before: ${listed(lower)}.`]),
  ];
}

function listed(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(', ')}, ...` : names.join(', ');
}

/** Columns as wide as their widest cell; long names are cut in the middle. */
function table(io: Io, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cut = rows.map((cells) => cells.map((cell, i) => (i === 0 ? middle(cell) : cell)));
  const all = [heads, ...cut];
  const widths = heads.map((_, i) => Math.max(...all.map((cells) => columns(cells[i] ?? ''))) + 2);
  return all
    .map((cells, at) => {
      const line = cells
        .map((cell, i) => padded(cell, widths[i] ?? 0))
        .join('')
        .trimEnd();
      return `${at === 0 ? style(io, 'dim', line) : line}\n`;
    })
    .join('');
}

function middle(name: string): string {
  return name.length <= 32 ? name : `${name.slice(0, 14)}...${name.slice(-15)}`;
}
