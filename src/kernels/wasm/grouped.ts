// Convolution in small groups, 4 or 8 filters that see 4, 8, ... channels, channels last. It goes like a depthwise one
// (depthwise-block.ts), with a vector of a group's filters in place of a channel's outputs and each of its channels as a term:
//
//   sum[4 filters] += splat x[channel] * weight[tap][channel][4 filters]
//
// In wide, groups of four by four are taken in pairs, which no splat serves. A term is then a rotation of four channels, the
// same for both, and the weights are rotated as well; the order of a sum is another one, so strict sums go without:
//
//   x0 x1 x2 x3 | x4 x5 x6 x7      term 1      x1 x2 x3 x0 | x5 x6 x7 x4      weight of channel (f + 1) % 4 in lane f
//
// Packed: for each group or pair its biases, then for each tap and term as many weights.

import { out } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import { assemble } from './assembler.ts';
import { add, get, load, loadSplat, set, shuffle, strictMultiplyAdd } from './code.ts';
import { defineDepthwiseBlock, type Terms } from './depthwise-block.ts';
import type { WeightSizes } from './depthwise-weights.ts';
import { tapOffsets } from './gemm.ts';
import { chunks, type Lanes } from './lanes.ts';
import type { Program, Task } from './program.ts';
import { blocks, type Cut, lastThree, windowOf } from './sliding.ts';
import { defineWalk, rowGroups } from './walk.ts';

/** Multiply-adds that may be written out, in vectors. */
const WRITTEN = 3000;

/** How groups are taken. */
interface Scheme {
  readonly columns: Cut;
  readonly width: number;
  readonly held: number;
  readonly lanes: Lanes;
  readonly sizes: WeightSizes;
  readonly terms: Terms;
  /** Groups taken together: 2 are rotated. */
  readonly together: number;
}

/** Whether there is a program for a task whose geometry is a convolution without holes, of zero fill; if not, why. */
export function suitsGrouped(task: Task): true | string {
  const { geometry, input, output } = task;
  const [channels, filters] = [geometry.channels / geometry.groups, geometry.filters / geometry.groups];
  if (channels % 4 !== 0 || channels > 16) return 'groups of other than 4, 8, 12 or 16 channels';
  if (filters !== 4 && filters !== 8) return 'groups of other than 4 or 8 filters';
  if (input.c !== 1 || output.c !== 1) return 'channels do not lie side by side';
  const { columns, terms, lanes } = schemeOf(task);
  const reads = columns.variants.reduce((sum, one) => sum + one.reads.length, 0);
  return reads * terms.count * lanes.parts <= WRITTEN || 'its borders would take too much code';
}

/** The program of a task that {@link suitsGrouped}. */
export function grouped(task: Task): Program {
  const { geometry, machine } = task;
  const [z, y, x] = lastThree(geometry.axes);
  const scheme = schemeOf(task);
  const { columns, width, held, lanes, sizes, terms } = scheme;
  const module = assemble(machine);
  const tapRow = x.kernel * terms.count * sizes.tap * 4;
  const walk = defineWalk(module, task, {
    planes: Array.from({ length: out(z) }, (_, o) => windowOf(z, o)),
    rows: rowGroups(y, 1),
    runs: columns.runs.map((one) => ({ ...one, taps: 0, extra: 0 })),
    chunks: chunks(lanes, lanes.channels),
    multiplier: 1,
    group: sizes.group,
    planeExtra: (one) => one.tap * tapRow * y.kernel,
    rowExtra: (one) => one.tap * tapRow,
    extra: (plane, row) => add(plane, row),
    functions: [
      columns.variants.map((block) =>
        defineDepthwiseBlock(module, task, lanes, sizes, { block, rows: 1, held }, terms),
      ),
    ],
    work: (sizes.taps * geometry.filters * geometry.channels) / geometry.groups,
  });
  module.expose('run', walk.run);
  const kernel = geometry.axes.map((one) => one.kernel).join('x');
  return {
    name: `grouped_f32_k${kernel}_${terms.count}x${lanes.step}_1x${width}`,
    bytes: module.bytes(),
    jobs: walk.jobs,
    workspace: 0,
    tables: walk.tables,
    packed: lanes.groups * sizes.group,
    pack: (into, weight, bias) => pack(task, scheme, into, weight as WeightOperand, bias),
  };
}

function schemeOf({ geometry, machine }: Task): Scheme {
  const { groups, filters } = geometry;
  const x = lastThree(geometry.axes)[2];
  const [inputs, outputs] = [geometry.channels / groups, filters / groups];
  const strict = machine.multiplyAdd === strictMultiplyAdd;
  const together = machine.wide && !strict && inputs === 4 && outputs === 4 && groups % 2 === 0 ? 2 : 1;
  const parts = ((outputs * together) / 4) as 1 | 2;
  const step = outputs * together;
  const width = parts === 1 || machine.wide ? 8 : 4;
  const held = Math.ceil(x.kernel / Math.ceil(x.kernel / (width === 8 ? 5 : 2)));
  const taps = geometry.axes.reduce((product, one) => product * one.kernel, 1);
  const tap = parts * 4;
  return {
    columns: blocks(x, width),
    width,
    held,
    lanes: { channels: filters, lanes: 4, parts, step, groups: groups / together },
    sizes: { multiplier: 1, taps, tap, group: tap * (1 + taps * inputs) },
    terms: together === 2 ? rotations(inputs * together) : splats(inputs),
    together,
  };
}

/** Each channel of a group in all lanes. */
function splats(count: number): Terms {
  return {
    count,
    shared: true,
    step: count,
    read: (term, address, offset, _, into) => set(into, loadSplat(get(address), offset + term * 4)),
  };
}

/** Four channels rotated by the term, in each of the vectors. */
function rotations(step: number): Terms {
  return {
    count: 4,
    shared: false,
    step,
    read: (term, address, offset, part, into) => [
      set(into, load(get(address), offset + part * 16)),
      term === 0
        ? []
        : set(
            into,
            shuffle(
              get(into),
              get(into),
              [0, 1, 2, 3].map((lane) => (lane + term) % 4),
            ),
          ),
    ],
  };
}

function pack(
  { geometry }: Task,
  { lanes, sizes, terms, together }: Scheme,
  into: Float32Array,
  { data, offset, strides }: WeightOperand,
  bias: (filter: number) => number,
): void {
  const offsets = tapOffsets(geometry, strides.k);
  const outputs = geometry.filters / geometry.groups;
  for (let filter = 0; filter < geometry.filters; filter++) {
    const [group, own] = [Math.floor(filter / outputs), filter % outputs];
    const lane = filter % lanes.step;
    let to = Math.floor(filter / lanes.step) * sizes.group + lane;
    into[to] = bias(filter);
    const from = offset + group * strides.g + own * strides.o;
    for (const tap of offsets) {
      for (let term = 0; term < terms.count; term++) {
        const channel = together === 2 ? (own + term) % 4 : term;
        to += sizes.tap;
        into[to] = data[from + tap + channel * strides.i] as number;
      }
    }
  }
}
