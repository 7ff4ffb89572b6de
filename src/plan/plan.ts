// What will run, and what it costs. A plan is plain data, made before anything is allocated, so that it can be printed,
// compared and refused.
//
//   1x64x56x56 k3 p1 -> 64: winograd (kernels of 3 and stride 1, half the multiply-adds along each axis),
//   winograd_f32_4x4_6x8, 115605504
//   multiply-adds, output 802816 bytes, workspace 301056 bytes a thread, packed weights 589824 bytes

import type { Text } from '../words/index.ts';
import { say } from '../words/index.ts';
import type { Algorithm } from './choose.ts';

/** A decision, with its reason and its cost. */
export interface Plan {
  readonly algorithm: Algorithm;
  /** The geometry's problem string. */
  readonly problem: string;
  readonly reason: Text;
  /** The generated code, each with its tile, in the order of running; none for the reference. */
  readonly kernels: readonly string[];
  /** Pieces of work that threads may take, over all kernels. */
  readonly jobs: number;
  /** Multiply-adds of a conv; elements read by a pooling or a pad. */
  readonly multiplyAdds: number;
  readonly outputBytes: number;
  /** Memory of each thread beside input, weights and output. */
  readonly workspaceBytes: number;
  /** Weights in the order in which they are read. */
  readonly packedBytes: number;
  /** Input and output once more, in the layout the kernel wants; 0 where it takes them as they lie. */
  readonly transposedBytes: number;
}

/** A plan as one line. */
export function printPlan(of: Plan): Text {
  const kernels = of.kernels.length === 0 ? '' : `, ${[...new Set(of.kernels)].join(' + ')}`;
  const work = say`${of.problem}: ${of.algorithm} (${of.reason})${kernels}, ${of.multiplyAdds} multiply-adds, output ${of.outputBytes} bytes, workspace ${of.workspaceBytes} bytes`;
  return of.packedBytes + of.transposedBytes === 0
    ? work
    : say`${work}, packed weights ${of.packedBytes} bytes, transposed ${of.transposedBytes} bytes`;
}
