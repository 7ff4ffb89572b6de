// Winograd's convolution: 3 x 3 kernels with 36 multiplications for 4 x 4 outputs instead of 144.
//
//   for each block of tiles and part of the filters (a job)
//     for each chunk of channels
//       V = B' d B           n x n numbers for each tile and channel            winograd-input.ts
//       M += V * U           n x n small matrix products                        winograd-products.ts
//     y = A' M A             m x m outputs of each tile and filter              winograd-output.ts
//
// U = G g G' is made when the weights are packed (winograd-pack.ts). The lines B', G, A' are derived in winograd-lines.ts,
// blocks, parts and chunks are chosen in winograd-cut.ts, and tiles at the border or of a dilated kernel are like any other
// (winograd-tables.ts). Against float64 the error stays below 1e-5 of the largest output, see winograd.test.ts.

import { out } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import { type Assembly, assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  divideUnsigned,
  fill,
  get,
  i32,
  type Local,
  lessSigned,
  loadI32,
  loop,
  multiply,
  remainderUnsigned,
  select,
  set,
  subtract,
} from './code.ts';
import { OPERANDS, type Program, type Task } from './program.ts';
import { type Choice, type Cut, cutOf, linesOf, multiplications, readCost, tilesIn } from './winograd-cut.ts';
import { defineInput } from './winograd-input.ts';
import { each } from './winograd-lanes.ts';
import { defineOutput } from './winograd-output.ts';
import { packedChannels, packedFilters, packedSize, packKernels } from './winograd-pack.ts';
import { defineProducts, panelsOf, tileBytes } from './winograd-products.ts';
import { tablesOf } from './winograd-tables.ts';

/** What a tile's transforms cost for each product and channel or filter, and a tile in all, in multiply-adds. */
const TRANSFORM = { channel: 9, filter: 7, tile: 3000 } as const;

/**
 * Whether this computes a task, and faster than plain sums: a conv of one group, kernels of 3 (or 1) taps along at most two
 * axes, stride 1, channels that lie side by side, zeros around the input or copies of it, and enough channels and filters.
 */
export function suitsWinograd({ geometry: of, input, output, machine }: Task): boolean {
  const axes = of.axes.every(
    (one) =>
      (one.kernel === 3 || one.kernel === 1) &&
      one.stride === 1 &&
      one.inputDilation === 1 &&
      [one.fillBefore, one.fillAfter].every((fill) => typeof fill !== 'number' || fill === 0),
  );
  const taps = of.axes.reduce((product, one) => product * one.kernel, 1);
  const dense = of.operation === 'conv' && of.groups === 1 && input.c === 1 && output.c === 1;
  if (!axes || !dense || taps === 1 || of.axes.length > 2) return false;
  const { channels, filters } = of;
  const lines = linesOf(of, machine);
  const products = lines[0].inputs * lines[1].inputs;
  const transforms = products * (channels * TRANSFORM.channel + filters * TRANSFORM.filter) + TRANSFORM.tile;
  const cost = channels * filters * multiplications(of, machine, lines) + tilesIn(of, lines) * transforms;
  const outputs = of.batch * of.axes.reduce((product, one) => product * out(one), 1);
  return cost < 0.9 * taps * channels * filters * (outputs + readCost(of, machine));
}

/** The program of a task that suits ({@link suitsWinograd}); `choice` is for measuring. */
export function winograd(task: Task, choice: Choice = {}): Program {
  const cut = cutOf(task, choice);
  const module = assemble(task.machine);
  module.expose('run', defineRun(module, task, cut));
  return {
    name: `winograd_f32_${cut.vertical.outputs}x${cut.horizontal.outputs}_${cut.height}x${cut.panel}`,
    bytes: module.bytes(),
    jobs: cut.blocks * cut.parts,
    workspace: cut.workspace,
    tables: tablesOf(task, cut),
    packed: packedSize(task.geometry, cut),
    pack: (into, weight, bias) => packKernels(task.geometry, cut, into, weight as WeightOperand, bias),
  };
}

/** run(operands, job, workspace); jobs go through the blocks of a part before they go to the next part. */
function defineRun(module: Assembly, task: Task, cut: Cut): number {
  const panels = panelsOf(task.geometry.filters, cut.panel);
  const input = defineInput(module, task, cut);
  const products = defineProducts(module, task, cut, panels);
  const output = defineOutput(module, task, cut, panels);
  const turns = cut.chunk / cut.unroll;
  const lastTurns = packedChannels(task.geometry) / cut.unroll - (cut.chunks - 1) * turns;
  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const [block, first, tiles, begin, end, stop, chunk] = each(7, () => frame.local('i32')) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const least = (a: Code, b: Code): Code => select(lessSigned(a, b), a, b);
    const transformInput = call(input, get(operands), get(workspace), get(first), get(tiles), get(chunk));
    // The kernels of panels begin to stop lie together, chunk after chunk.
    const stageFilters = subtract(
      least(multiply(get(stop), i32(cut.panel)), i32(packedFilters(task.geometry))),
      multiply(get(begin), i32(cut.panel)),
    );
    const before = add(
      i32(packedFilters(task.geometry)),
      multiply(get(begin), i32(cut.panel * cut.products * packedChannels(task.geometry))),
    );
    const chunkBefore = multiply(multiply(get(chunk), i32(cut.chunk * cut.products)), stageFilters);
    const multiplyChunk = call(
      products,
      get(workspace),
      add(
        loadI32(get(operands), OPERANDS.weights),
        multiply(cut.chunks === 1 ? before : add(before, chunkBefore), i32(4)),
      ),
      get(begin),
      get(stop),
      select(lessSigned(get(chunk), i32(cut.chunks - 1)), i32(turns), i32(lastTurns)),
      get(tiles),
    );
    const zeros = fill(
      add(get(workspace), i32(cut.at.products)),
      i32(0),
      i32(cut.stage * cut.block * tileBytes(cut)),
    );
    const allChunks = loop(
      [transformInput, multiplyChunk, advance(chunk, 1)],
      lessSigned(get(chunk), i32(cut.chunks)),
    );
    return [
      set(block, remainderUnsigned(get(job), i32(cut.blocks))),
      set(tiles, subtract(i32(cut.block), lessSigned(i32(cut.longer - 1), get(block)))),
      set(first, multiply(get(block), i32(cut.block))),
      set(first, subtract(get(first), subtract(get(block), least(get(block), i32(cut.longer))))),
      set(begin, multiply(divideUnsigned(get(job), i32(cut.blocks)), i32(cut.part))),
      set(end, least(add(get(begin), i32(cut.part)), i32(cut.panels))),
      cut.chunks === 1 ? transformInput : [],
      loop(
        [
          set(stop, least(add(get(begin), i32(cut.stage)), get(end))),
          cut.units > 1 ? zeros : [],
          cut.chunks === 1 ? multiplyChunk : [set(chunk, i32(0)), allChunks],
          call(output, get(operands), get(workspace), get(first), get(tiles), get(begin), get(stop)),
          set(begin, get(stop)),
        ],
        lessSigned(get(begin), get(end)),
      ),
    ];
  });
}
