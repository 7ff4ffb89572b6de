// The table of a terminal: a line a row and thread count, GFLOP/s of each engine's median, 90 columns at most.
//
//   row                     padwise   wide ort-web   tfjs ...   of peak
//   3x3 64->64 @56             27.1   54.0    24.3   24.8 ...   92  93%

import type { Cold } from './cold.ts';
import { type Engine, type Seat, seatName } from './engines.ts';
import type { Answered } from './goals.ts';
import type { Figure, Measured } from './measure.ts';
import { label, operations } from './rows.ts';

/** A column: an engine in a mode. */
export interface Column {
  readonly engine: Engine;
  readonly mode: string;
  readonly title: string;
}

const LABEL = 24;

/** An engine's modes side by side. */
export function columnsOf(engines: readonly Engine[]): Column[] {
  return engines.flatMap((engine) =>
    engine.modes.map((mode) => ({ engine, mode, title: mode === 'default' ? engine.short : mode })),
  );
}

/** The figure of a row in a column. */
export function figureOf(
  of: Measured,
  engine: string,
  mode: string = 'default',
  threads: number = 1,
): Figure | undefined {
  return of.figures.find(
    ({ seat }) => seat.engine.name === engine && seat.mode === mode && seat.threads === threads,
  );
}

/** A rate in at most four characters: 0.31, 6.5, 27.1, 158. */
export function rate(value: number): string {
  return value >= 99.95 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/** Milliseconds in three digits: 0.0312, 1.46, 27.1, 158. */
export function milliseconds(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toPrecision(3);
}

export function header(columns: readonly Column[]): string {
  const titles = columns.map(({ title }) => title.padStart(width(title)));
  return `${'GFLOP/s'.padEnd(LABEL)}${titles.join('')}   of peak`;
}

/** The lines of a row, one for each thread count. */
export function lines(of: Measured, columns: readonly Column[], threads: readonly number[]): string[] {
  return threads.map((count, at) => {
    const cells = columns.map(({ engine, mode, title }) => {
      const figure = figureOf(of, engine.name, mode, count);
      const text =
        figure === undefined ? emptyCell(of, { engine, mode, threads: count }) : rate(figure.gflops);
      return text.padStart(width(title));
    });
    const name = at === 0 ? label(of.row) : `  ${count} threads`;
    return `${name.padEnd(LABEL)}${cells.join('')}${count === 1 ? ofPeak(of) : ''}`.trimEnd();
  });
}

function width(title: string): number {
  return Math.max(7, title.length + 2);
}

function emptyCell(of: Measured, seat: Seat): string {
  if (of.wrong.some((one) => seatName(one.seat) === seatName(seat))) return 'WRONG';
  return '-';
}

/** padwise's share of the peak in both modes, in per cent. */
function ofPeak(of: Measured): string {
  const shares = ['default', 'wide'].map((mode) => share(of, mode));
  const texts = shares.map((value) => (value === undefined ? '' : `${Math.round(value * 100)}%`).padStart(5));
  return `  ${texts.join('')}`.trimEnd();
}

/**
 * padwise's best rate divided by the best of the peak in the same mode, on one thread. Best by best, because a busy machine
 * slows some bursts of either by half.
 */
export function share(of: Measured, mode: string): number | undefined {
  const figure = figureOf(of, 'padwise', mode);
  const peak = of.peak[mode];
  return figure === undefined || peak === undefined
    ? undefined
    : operations(of.row) / figure.bestMs / 1e6 / peak;
}

/** Cold starts: the first result, a call after 10 ms of work, and what memory the process took. */
export function coldLines(cold: readonly Cold[]): string[] {
  const rows = cold.map(({ row, seat, firstMs, soonMs, grownBytes }, at) => {
    const name = row === cold[at - 1]?.row ? '' : label(row);
    const times = [firstMs, soonMs].map((value) => milliseconds(value).padStart(12)).join('');
    return `${name.padEnd(LABEL)}  ${seatName(seat).padEnd(18)}${times}${megabytes(grownBytes).padStart(10)}`;
  });
  const titles = ['first result', 'after 10 ms', 'memory'];
  const [first = '', soon = '', memory = ''] = titles;
  const head = `${'cold, ms'.padEnd(LABEL)}  ${''.padEnd(18)}${first.padStart(12)}${soon.padStart(12)}${memory.padStart(10)}`;
  return cold.length === 0 ? [] : ['', head, ...rows];
}

/** Each goal with what was measured; those that were not are left out. */
export function goalLines(answered: readonly Answered[]): string[] {
  const known = answered.filter((one) => one.met !== undefined);
  const rows = known.flatMap(({ goal, measured, met, short }) => [
    `${met ? 'yes' : 'no '}  ${goal}`,
    `     ${measured}`,
    ...(short.length > 0 && short.length <= 3 ? [`     short: ${short.join('; ')}`] : []),
  ]);
  return known.length === 0 ? [] : ['', 'goals', ...rows];
}

/** MB with one decimal. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
