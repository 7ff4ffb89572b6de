// The first result of a fresh process: the engine is loaded, nothing was computed yet. Measured are the first call with all
// it needs (packing, compiling), and a call after ten milliseconds of work.

import { type Seat, seated, seatName } from './engines.ts';
import { errorOf, median, type Prepared } from './measure.ts';
import { label, type Row } from './rows.ts';

/** A row's start on a seat; medians over a few processes. */
export interface Cold {
  readonly row: Row;
  readonly seat: Seat;
  readonly firstMs: number;
  /** A call after 10 ms of work, the first call included. */
  readonly soonMs: number;
  /** Bytes the process grew by up to its first result. */
  readonly grownBytes: number;
}

/** Rows measured cold in a full run. */
export const COLD_ROWS: readonly string[] = [
  '3x3 64->64 @56',
  '7x7s2 3->64 @224',
  'dw3x3 144 @56',
  '4x4s2 3->6 @64',
];

const SOON = 10;
const CALLS = 5;

/** Measures a row cold on every seat, in `times` fresh processes each; seats that cannot are left out. */
export async function coldRow(
  of: Prepared,
  seats: readonly Seat[],
  times: number,
  progress: (text: string) => void,
): Promise<Cold[]> {
  const starts = new Map<Seat, Omit<Cold, 'row' | 'seat'>[]>();
  for (let time = 0; time < times; time++) {
    for (const seat of seats) {
      progress(`${label(of.row)} cold: ${seatName(seat)}, process ${time + 1} of ${times}`);
      const found = await start(of, seat).catch(() => undefined);
      if (found !== undefined) starts.set(seat, [...(starts.get(seat) ?? []), found]);
    }
  }
  return [...starts].map(([seat, found]) => ({
    row: of.row,
    seat,
    firstMs: median(found.map((one) => one.firstMs)),
    soonMs: median(found.map((one) => one.soonMs)),
    grownBytes: median(found.map((one) => one.grownBytes)),
  }));
}

async function start(of: Prepared, seat: Seat): Promise<Omit<Cold, 'row' | 'seat'> | undefined> {
  const { child } = await seated(seat);
  try {
    const answer = await child.ask({ ask: 'load', task: of.task, folder: of.folder });
    if (answer.ms === undefined) return undefined;
    const firstMs = answer.ms;
    errorOf(of, answer);
    if (firstMs < SOON) await child.ask({ ask: 'burst', ms: SOON - firstMs, warm: false });
    const calls: number[] = [];
    for (let call = 0; call < (firstMs > 1000 ? 1 : CALLS); call++) {
      const { ms, calls: count } = await child.ask({ ask: 'burst', ms: 0, warm: false });
      calls.push((ms as number) / (count as number));
    }
    return { firstMs, soonMs: median(calls), grownBytes: answer.rss as number };
  } finally {
    child.end();
  }
}
