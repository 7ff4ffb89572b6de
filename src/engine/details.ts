// What the upper levels of PADWISE_DEBUG print (debug.ts).

import { listing } from '../kernels/wasm/listing.ts';
import type { Program } from '../kernels/wasm/program.ts';
import type { MemoryStatistics } from './memory.ts';

/** Programs in the order of running, with what each reads and writes. */
export interface Packing {
  readonly steps: readonly {
    readonly program: Program;
    readonly from: string;
    readonly to: string;
    /** Floats from the start of the packed weights. */
    readonly weights: number;
  }[];
  readonly packedFloats: number;
  /** Where the weights were packed. */
  readonly address: number;
}

/** Addresses and bytes of a run. */
export interface MemoryMap {
  readonly blocks: readonly {
    readonly name: string;
    readonly address: number;
    readonly bytes: number | null;
  }[];
  readonly statistics: MemoryStatistics;
}

/** Level 3. */
export function packingText({ steps, packedFloats, address }: Packing): string {
  const rows = steps.map(({ program, from, to, weights }) => [
    program.name,
    `${from} -> ${to}`,
    `${program.jobs} jobs`,
    `workspace ${program.workspace}`,
    `tables ${program.tables.byteLength}`,
    `code ${program.bytes.length}`,
    program.packed === 0 ? '' : `weights ${program.packed * 4} at ${hexadecimal(address + weights * 4)}`,
  ]);
  return [`padwise packs ${packedFloats * 4} bytes at ${hexadecimal(address)}`, ...columns(rows)].join('\n');
}

/** Level 4. */
export function codeText({ name, bytes }: Program): string {
  return `padwise compiles ${name}, ${bytes.length} bytes\n${listing(bytes)}`;
}

/** Level 5. */
export function memoryText({ blocks, statistics }: MemoryMap): string {
  const rows = blocks
    .filter(({ address }) => address !== 0)
    .sort((a, b) => a.address - b.address)
    .map(({ name, address, bytes }) => [hexadecimal(address), name, bytes === null ? '' : `${bytes} bytes`]);
  const { used, blocks: count, reserved, peak } = statistics;
  return [
    `padwise memory: ${used} bytes used in ${count} blocks, ${reserved} reserved, ${peak} at most`,
    ...columns(rows),
  ].join('\n');
}

function hexadecimal(address: number): string {
  return `0x${address.toString(16).padStart(8, '0')}`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
