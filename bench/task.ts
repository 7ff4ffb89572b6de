// A row in the words that most frameworks share, as plain data, so that it can be sent to another process, also to one that
// runs Python. Sizes, kernel and steps are lists, one entry an axis; the data lies in files of float32.
//
//   conv        before, after: zeros added        weight [filters, channels / groups, ...kernel]
//   transposed  before, after: outputs cut        weight the same; who wants another order permutes it

import { type Geometry, isTransposed, outputShape, transposedWords } from '../src/geometry/index.ts';
import type { Row } from './rows.ts';

/** What an engine is asked to compute. */
export interface Task {
  readonly problem: string;
  readonly gradient: boolean;
  /** Where padwise's channels stand. */
  readonly layout: 'first' | 'last';
  readonly transposed: boolean;
  readonly batch: number;
  readonly channels: number;
  readonly filters: number;
  readonly groups: number;
  readonly sizes: readonly number[];
  readonly outs: readonly number[];
  readonly kernel: readonly number[];
  /** Of a transposed convolution, its own stride. */
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Paths of float32 files: input [N, C, sizes], weight, and for a gradient that of the output [N, F, outs]. */
  readonly input: string;
  readonly weight: string;
  readonly outputGradient?: string;
}

/** Where a row's numbers lie. */
export type TaskFiles = Pick<Task, 'input' | 'weight' | 'outputGradient'>;

/** The task of a row. @throws Error for what no rival has words for: a pooling, holes without a mirrored kernel */
export function taskOf(row: Row, files: TaskFiles, layout: 'first' | 'last'): Task {
  const { geometry } = row;
  if (geometry.operation !== 'conv') throw new Error(`only convolutions are measured: ${row.problem}`);
  const transposed = isTransposed(geometry);
  if (transposed && !plainTransposed(geometry)) {
    throw new Error(`a transposed convolution has a mirrored kernel and stride 1: ${row.problem}`);
  }
  const words = geometry.axes.map((one) => {
    if (!transposed) return { stride: one.stride, pads: [one.before, one.after] as const };
    const { stride, crop } = transposedWords(one);
    return { stride, pads: crop };
  });
  return {
    problem: row.problem,
    gradient: row.gradient,
    layout,
    transposed,
    batch: geometry.batch,
    channels: geometry.channels,
    filters: geometry.filters,
    groups: geometry.groups,
    sizes: geometry.axes.map((one) => one.size),
    outs: outputShape(geometry).slice(2),
    kernel: geometry.axes.map((one) => one.kernel),
    stride: words.map((one) => one.stride),
    dilation: geometry.axes.map((one) => one.dilation),
    before: words.map((one) => one.pads[0]),
    after: words.map((one) => one.pads[1]),
    ...files,
  };
}

function plainTransposed(geometry: Geometry): boolean {
  return geometry.flip && geometry.axes.every((one) => one.stride === 1);
}
