// The plan of a geometry: what the engine would run, with the generated kernels' own figures.

import { type Geometry, out, outputShape, parse, print } from '../geometry/index.ts';
import { type Choice, type Conditions, choose, operations } from '../plan/choose.ts';
import type { Plan } from '../plan/plan.ts';
import { machine } from './machine.ts';
import { type Layout, type Prepared, prepareSteps, unprepare } from './prepared.ts';
import { type Precision, settings } from './settings.ts';

/** How the run that is planned would go. */
export interface PlanOptions {
  /** Where the channels of input and output stand; first unless said. */
  readonly layout?: Layout;
  readonly precision?: Precision;
  /** Bytes of a number; 4 unless said. */
  readonly bytesEach?: 4 | 8;
}

/** What will run for a geometry or problem string, and why. Compiles the code, runs nothing. */
export function plan(problem: Geometry | string, options: PlanOptions = {}): Plan {
  const of = typeof problem === 'string' ? parse(problem) : problem;
  const layout = options.layout ?? 'first';
  const conditions = conditionsFor(options.bytesEach ?? 4, options.precision);
  const choice = choose(of, conditions);
  if (choice.algorithm === 'reference' || isEmpty(of)) return planOf(of, conditions, choice, null);
  const prepared = prepareSteps(of, { input: layout, output: layout, activation: null, conditions });
  try {
    return planOf(of, conditions, choice, prepared);
  } finally {
    unprepare(prepared);
  }
}

/** What decides about the algorithm here and now. */
export function conditionsFor(bytesEach: 4 | 8, precision?: Precision): Conditions {
  const { precision: usual, compileFrom } = settings();
  return {
    bytesEach,
    uncompilable: machine().obstacle,
    strict: (precision ?? usual) === 'strict',
    compileFrom,
  };
}

/** Whether nothing comes out. */
export function isEmpty(of: Geometry): boolean {
  return outputShape(of).includes(0);
}

/** The plan for a choice, with the figures of what was prepared for it. */
export function planOf(
  of: Geometry,
  conditions: Conditions,
  choice: Choice,
  prepared: Prepared | null,
): Plan {
  const programs = prepared?.steps.map((step) => step.compiled.program) ?? [];
  return {
    algorithm: choice.algorithm,
    problem: print(of),
    reason: choice.reason,
    kernels: programs.map((program) => program.name),
    jobs: programs.reduce((sum, program) => sum + program.jobs, 0),
    multiplyAdds: operations(of),
    outputBytes: outputShape(of).reduce((product, n) => product * n, conditions.bytesEach),
    workspaceBytes:
      prepared === null
        ? of.axes.reduce((sum, one) => sum + out(one) * one.kernel * 4, 0)
        : Math.max(0, ...programs.map((program) => program.workspace)),
    packedBytes: (prepared?.packedFloats ?? 0) * 4,
    transposedBytes: Object.values(prepared?.staged ?? {}).reduce((sum, bytes) => sum + bytes, 0),
  };
}
