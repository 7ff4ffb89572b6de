// Which algorithm computes a geometry, and what that costs. A plan is plain data, made before anything is allocated, so
// that it can be printed, compared and refused.
//
//   1x3x64x64 k4 s2 p1 -> 6: reference (the only algorithm so far), 294912 multiply-adds, output 24576 bytes, ...

import { type Geometry, multiplyAdds, out, outputShape, print } from '../geometry/index.ts';

/** How it is computed. */
export type Algorithm = 'reference';

/** A decision, with its reason and its cost. */
export interface Plan {
  readonly algorithm: Algorithm;
  /** The geometry's problem string. */
  readonly problem: string;
  readonly reason: string;
  /** Multiply-adds of a conv; elements read by a pooling or a pad. */
  readonly multiplyAdds: number;
  readonly outputBytes: number;
  /** Memory beside input, weights and output. */
  readonly workspaceBytes: number;
}

/** The plan for a geometry whose numbers take 4 or 8 bytes each. */
export function plan(of: Geometry, bytesEach: 4 | 8): Plan {
  const outputs = outputShape(of).reduce((product, n) => product * n, 1);
  const taps = of.axes.reduce((product, one) => product * one.kernel, 1);
  return {
    algorithm: 'reference',
    problem: print(of),
    reason: 'the only algorithm so far',
    multiplyAdds: of.operation === 'conv' ? multiplyAdds(of) : outputs * taps,
    outputBytes: outputs * bytesEach,
    workspaceBytes: of.axes.reduce((sum, one) => sum + out(one) * one.kernel * 4, 0),
  };
}

/** A plan as one line. */
export function printPlan(of: Plan): string {
  const costs = `${of.multiplyAdds} multiply-adds, output ${of.outputBytes} bytes, workspace ${of.workspaceBytes} bytes`;
  return `${of.problem}: ${of.algorithm} (${of.reason}), ${costs}`;
}
