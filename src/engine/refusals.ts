// What cannot run is refused before anything is touched: results too large, operands that do not suit the geometry.

import { type Geometry, inputShape, LARGEST } from '../geometry/index.ts';
import type { BiasOperand, Numbers, Operands, WeightOperand } from '../kernels/operands.ts';
import type { Plan } from '../plan/plan.ts';
import { say } from '../words/index.ts';
import { EngineError } from './error.ts';

/** Output and workspace must fit the limit, and an array. */
export function refuseSize(of: Plan, shape: readonly number[], elements: number, limit: number): void {
  const bytes = of.outputBytes + of.workspaceBytes;
  if (elements <= LARGEST && bytes <= limit) return;
  throw new EngineError(
    'memory',
    say`the output ${shape.join('x')} needs ${bytes} bytes for ${elements} numbers and the workspace, at most ${limit} bytes and ${LARGEST} numbers are allowed. [${of.problem}]`,
  );
}

/** A kernel checks nothing, so what it will touch is checked here. */
export function refuseOperands(
  of: Geometry,
  chosen: Plan,
  { input, ...parameters }: Omit<Operands, 'output'>,
): void {
  const { n, c, sizes } = input.strides;
  refuseShort(chosen, 'input', input, inputShape(of), [n, c, ...sizes]);
  refuseParameters(of, chosen, parameters);
}

/** The same for weight and bias. */
export function refuseParameters(
  of: Geometry,
  chosen: Plan,
  { weight, bias }: { readonly weight?: WeightOperand | undefined; readonly bias?: BiasOperand | undefined },
): void {
  if (bias !== undefined) refuseShort(chosen, 'bias', bias, [of.filters], [bias.stride]);
  if (of.operation !== 'conv') return;
  if (weight === undefined)
    throw new EngineError('operand', say`the conv has no weight. [${chosen.problem}]`);
  const taps = of.axes.map((one) => one.kernel);
  const { g, o, i, k } = weight.strides;
  const shape = [of.groups, of.filters / of.groups, of.channels / of.groups, ...taps];
  refuseShort(chosen, 'weight', weight, shape, [g, o, i, ...k]);
}

function refuseShort(
  of: Plan,
  what: string,
  operand: { readonly data: Numbers; readonly offset: number },
  shape: readonly number[],
  steps: readonly number[],
): void {
  const complete = steps.length === shape.length && [operand.offset, ...steps].every((step) => step >= 0);
  if (!complete) {
    throw new EngineError(
      'operand',
      say`${what}: expected an offset and ${shape.length} steps >= 0, received ${operand.offset} and ${steps.join(', ')}. [${of.problem}]`,
    );
  }
  const last = shape.reduce((far, size, i) => far + (size - 1) * (steps[i] as number), 0);
  const needed = shape.includes(0) ? 0 : last + 1;
  const held = operand.data.length - operand.offset;
  if (needed <= held && operand.data.length <= LARGEST) return;
  throw new EngineError(
    'operand',
    say`${what}: expected ${needed} numbers, at most ${LARGEST}, received ${held}. [${of.problem}]`,
  );
}
