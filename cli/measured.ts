// What `padwise bench` has measured, as text and as JSON.

import { describe, type Peak } from '../src/engine/index.ts';
import { multiplyAdds, print } from '../src/geometry/index.ts';
import type { Text } from '../src/words/index.ts';
import { type Agreement, BOUND } from './agreement.ts';
import { layoutText } from './engine.ts';
import { type Io, style } from './io.ts';
import type { Question } from './measure.ts';
import { columned } from './table.ts';
import { columns, ends, padded, wrapped } from './text.ts';

/** default: vectors of 128 bits   wide: of 256 */
export type Mode = 'default' | 'wide';

/** What was measured in one mode on so many threads. */
interface Row {
  readonly mode: Mode;
  readonly threads: number;
  readonly medianMs: number;
  readonly bestMs: number;
  readonly gflops: number;
}

/** All that is known when it ends. */
export interface Result {
  readonly rows: Row[];
  readonly kernels: Map<Mode, string>;
  readonly agreements: Agreement[];
  /** Milliseconds to the first result, nothing compiled before. */
  cold: number;
  peak: Peak | null;
  /** Why there is no wide row though one was wanted. */
  narrow: Text | null;
  /** By Ctrl-C. */
  interrupted: boolean;
}

/** What --json prints: the form of `npm run bench`. */
export function records({ geometry, gradient }: Question, { rows }: Result): object[] {
  return rows.map(({ mode, threads, medianMs, bestMs, gflops }) => ({
    problem: print(geometry),
    engine: 'padwise',
    mode,
    threads,
    gradient,
    medianMs,
    bestMs,
    gflops,
  }));
}

/** The answer in text, within 80 columns. */
export function resultText(io: Io, of: Question, result: Result, threads: number): string {
  const layout = layoutText(io, of.layout);
  const what = of.gradient ? io.say`gradients, ${layout}` : layout;
  const { machine } = describe();
  const cells = result.rows.map((row) => rowCells(io, row, result.peak));
  const head = ['', io.say`median`, io.say`best`, 'GFLOP/s', io.say`of the peak`];
  const table = cells.length === 0 ? '' : `${columned(io, head, cells)}\n`;
  const lines = noteLines(io, result, threads, of);
  const width = Math.max(...lines.map(([label]) => columns(label))) + 2;
  return [
    `${ends(style(io, 'bold', print(of.geometry)), what)}\n`,
    `${[machine.host, machine.platform].filter(Boolean).join(', ')}\n\n`,
    table,
    ...lines.map(([label, said]) => `${wrapped(padded(label, width), said)}\n`),
  ].join('');
}

function rowCells(io: Io, row: Row, found: Peak | null): string[] {
  const bits = row.mode === 'wide' ? 256 : 128;
  const most = (row.mode === 'wide' ? found?.wide : found?.narrow) ?? null;
  const name =
    row.threads === 1 ? io.say`${bits} bits, 1 thread` : io.say`${bits} bits, ${row.threads} threads`;
  return [
    name,
    millisecondsText(row.medianMs),
    millisecondsText(row.bestMs),
    row.gflops.toPrecision(3),
    most === null ? '-' : `${Math.round((100 * row.gflops) / (most * row.threads))} %`,
  ];
}

function millisecondsText(of: number): string {
  return of < 0.1 ? `${(of * 1000).toPrecision(3)} us` : `${of.toPrecision(3)} ms`;
}

/** What stands below the table. */
function noteLines(io: Io, result: Result, threads: number, of: Question): [string, string][] {
  const lines: [string, string][] = [];
  const { settings, threads: state } = describe();
  for (const [mode, kernels] of result.kernels)
    lines.push([mode === 'wide' ? io.say`256 bits` : io.say`128 bits`, kernels]);
  if (result.interrupted) lines.push([io.say`ended`, io.say`by Ctrl-C: this was measured until then`]);
  if (result.narrow !== null) lines.push([io.say`256 bits`, io.say`off: ${result.narrow}`]);
  if (result.agreements.length > 0) lines.push([io.say`numbers`, numbersText(io, result.agreements)]);
  if (result.peak !== null) lines.push([io.say`peak`, peakText(io, result.peak)]);
  lines.push([
    io.say`cold`,
    io.say`${millisecondsText(result.cold)} to the first result: planned, compiled, packed, computed`,
  ]);
  if (threads > 1 && state.obstacle !== null) lines.push([io.say`threads`, io.say`1: ${state.obstacle}`]);
  else if (threads > 1 && multiplyAdds(of.geometry) < settings.parallelFrom)
    lines.push([
      io.say`threads`,
      io.say`1 does it all below ${settings.parallelFrom.toLocaleString('en')} multiply-adds`,
    ]);
  if ([...result.kernels.values()].some((kernels) => kernels.includes('winograd')))
    lines.push([
      io.say`note`,
      io.say`Winograd takes fewer multiply-adds than are counted, so it may pass the peak`,
    ]);
  return lines;
}

function numbersText(io: Io, agreements: readonly Agreement[]): string {
  const error = Math.max(...agreements.map((one) => one.error));
  const { checked, outputs } = agreements[0] as Agreement;
  const how =
    checked === outputs
      ? io.say`all ${outputs.toLocaleString('en')} computed again by the reference`
      : io.say`${checked.toLocaleString('en')} of ${outputs.toLocaleString('en')} computed again by the reference`;
  if (error === 0) return io.say`${how}: equal`;
  const far = error.toExponential(1);
  return error > BOUND
    ? io.say`WRONG, off by ${far} of the largest; ${how}`
    : io.say`${how}: off by ${far} of the largest`;
}

function peakText(io: Io, { narrow, wide }: Peak): string {
  return wide === null
    ? io.say`${narrow.toPrecision(3)} GFLOP/s a core with 128 bits`
    : io.say`${narrow.toPrecision(3)} GFLOP/s a core with 128 bits, ${wide.toPrecision(3)} with 256`;
}
