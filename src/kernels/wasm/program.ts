// What an emitter makes: the code for one geometry, and what must lie in memory for it. All programs are run alike, by
// whatever thread is free:
//
//   for every job in 0 .. jobs - 1, in any order:   run(operands, job, workspace)
//
//   operands  address of five i32 addresses: input, weights, tables, output, second input (see OPERANDS); input and output
//             are those of element (0, 0, ...)
//   workspace address of this thread's own `workspace` bytes, 64-byte aligned; nothing is kept in it between jobs
//
// Jobs write disjoint parts of the output, so threads need no lock, and the numbers never depend on who ran what.

import type { Geometry } from '../../geometry/index.ts';
import type { Activation } from '../activation.ts';
import type { DataOperand, WeightOperand } from '../operands.ts';
import type { MultiplyAdd } from './code.ts';

/** Offsets of the addresses in the operands block, and its size. */
export const OPERANDS = { input: 0, weights: 4, tables: 8, output: 12, second: 16, bytes: 64 } as const;

/** The most workspace a thread has: 1 MiB. */
export const WORKSPACE: number = 2 ** 20;

/** What is to be computed, in which layout, for which machine. */
export interface Task {
  readonly geometry: Geometry;
  /** Steps between neighbours in elements. */
  readonly input: DataOperand['strides'];
  readonly output: DataOperand['strides'];
  readonly activation: Activation | null;
  readonly machine: Machine;
}

/** What the code may use. */
export interface Machine {
  /** Pairs of vectors are joined to 256 bits by the engine's compiler. */
  readonly wide: boolean;
  /** The memory is shared between threads. */
  readonly shared: boolean;
  /** Fused or rounded twice: fusedMultiplyAdd or strictMultiplyAdd. */
  readonly multiplyAdd: MultiplyAdd;
  /** The compiler knows relaxed SIMD, and keeps sums in registers where steps of a loop are written out. */
  readonly relaxed: boolean;
}

/** Code for one geometry. */
export interface Program {
  /** Names the algorithm and its tile, such as gemm_f32_6x16. */
  readonly name: string;
  /** A module that exports run(operands, job, workspace). */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly jobs: number;
  /** Bytes of workspace per thread, at most {@link WORKSPACE}. */
  readonly workspace: number;
  /** Read only, the same for every run: steps, starts. */
  readonly tables: Int32Array;
  /** How many floats `pack` writes. */
  readonly packed: number;
  /** Writes weights (and bias) in the order in which the code reads them, into zeros. */
  pack(into: Float32Array, weight: WeightOperand | undefined, bias: (filter: number) => number): void;
}
