// The code that is generated for a problem, for people.

import { type Geometry, parse } from '../geometry/index.ts';
import { listing } from '../kernels/wasm/listing.ts';
import { choose } from '../plan/choose.ts';
import { conditionsFor, isEmpty, type PlanOptions } from './planned.ts';
import { prepareSteps, unprepare } from './prepared.ts';

/** One kernel. */
export interface GeneratedCode {
  /** Its algorithm and tile. */
  readonly name: string;
  /** In WebAssembly's text format, an instruction a line. */
  readonly text: string;
  /** Bytes of the module. */
  readonly bytes: number;
}

/** The kernels of a geometry or problem string in the order of running; none for the reference. Compiles, runs nothing. */
export function code(problem: Geometry | string, options: PlanOptions = {}): readonly GeneratedCode[] {
  const of = typeof problem === 'string' ? parse(problem) : problem;
  const layout = options.layout ?? 'first';
  const conditions = conditionsFor(options.bytesEach ?? 4, options.precision);
  if (choose(of, conditions).algorithm === 'reference' || isEmpty(of)) return [];
  const prepared = prepareSteps(of, { input: layout, output: layout, activation: null, conditions });
  try {
    return prepared.steps.map(({ compiled: { program } }) => ({
      name: program.name,
      text: listing(program.bytes),
      bytes: program.bytes.length,
    }));
  } finally {
    unprepare(prepared);
  }
}
