// One row on every engine, in turn: each process runs for a few milliseconds, then the next, round after round, so that what
// else the machine does meets all of them alike. Only one process works at a time.
//
//   load (checked against what must come out) -> warm up -> rounds of short bursts -> median and best
//
// A call that takes long is measured seldom: over 2 s the first one is all there is.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './adaptor.ts';
import type { Child } from './child.ts';
import { peakOperations } from './engines/peak.ts';
import { PEAK, type Seat, seatName } from './engines.ts';
import { type Expected, expectedResults, relativeError, rowData, TOLERANCE } from './numbers.ts';
import { operations, type Row } from './rows.ts';
import { type Task, taskOf } from './task.ts';

/** A seat with its running process. */
export interface Taken {
  readonly seat: Seat;
  readonly child: Child;
}

/** What was measured of a row on a seat, or why not. */
export interface Figure {
  readonly seat: Seat;
  readonly medianMs: number;
  readonly bestMs: number;
  /** From the first call to its result, in a process that has run other rows before. */
  readonly firstMs: number;
  /** Effective operations a nanosecond of the median. */
  readonly gflops: number;
  /** Bytes the process grew by with the first result. */
  readonly grownBytes: number;
  /** Bursts the median is of. */
  readonly samples: number;
}

/** A row, measured. */
export interface Measured {
  readonly row: Row;
  readonly figures: readonly Figure[];
  /** Why a seat has no figure, by seatName. */
  readonly empty: ReadonlyMap<string, string>;
  /** Seats whose result was wrong, with the error. */
  readonly wrong: readonly { readonly seat: Seat; readonly error: number }[];
  /** Multiply-adds alone while this row ran, the best GFLOP/s by mode; absent when it was not measured. */
  readonly peak: Readonly<Record<string, number>>;
}

export interface Effort {
  /** The most rounds. */
  readonly rounds: number;
  /** Seconds after which no further round begins, three rounds done. */
  readonly seconds: number;
}

const BURST = 8;
const WARMING = 60;
const ONCE = 2000;

/** A row's files and what must come out of it. */
export interface Prepared {
  readonly row: Row;
  readonly task: Task;
  readonly folder: string;
  readonly expected: readonly Expected[];
}

/** Writes a row's numbers into `folder` and computes what must come out. */
export function prepared(row: Row, folder: string, layout: 'first' | 'last'): Prepared {
  const data = rowData(row.geometry);
  const written = (name: keyof typeof data) => {
    const path = join(folder, `${name}.f32`);
    writeFileSync(path, new Uint8Array(data[name].buffer));
    return path;
  };
  const files = { input: written('input'), weight: written('weight') };
  const gradient = row.gradient ? { outputGradient: written('outputGradient') } : {};
  const task = taskOf(row, { ...files, ...gradient }, layout);
  return { row, task, folder, expected: expectedResults(row.geometry, data, row.gradient) };
}

/** The largest relative error of what a process computed; its files are removed. */
export function errorOf(of: Prepared, answer: Answer): number {
  const results = answer.results ?? [];
  const errors = of.expected.map((expected) => {
    const result = results.find((one) => one.of === expected.of);
    if (result === undefined) return Infinity;
    const bytes = readFileSync(result.file);
    const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    return relativeError(expected, numbers, result.layout);
  });
  for (const result of results) rmSync(result.file, { force: true });
  return Math.max(...errors);
}

/** Measures a row. A process that fails keeps its seat empty and is reported by `lost`. */
export async function measured(
  of: Prepared,
  taken: readonly Taken[],
  effort: Effort,
  progress: (text: string) => void,
  lost: (taken: Taken) => Promise<void>,
): Promise<Measured> {
  const empty = new Map<string, string>();
  const wrong: { seat: Seat; error: number }[] = [];
  const players: Player[] = [];
  for (const one of taken) {
    progress(seatName(one.seat));
    try {
      const player = await entered(one, of, empty, wrong);
      if (player !== undefined) players.push(player);
    } catch (error) {
      empty.set(seatName(one.seat), (error as Error).message);
      await lost(one);
    }
  }
  const began = performance.now();
  for (let round = 0; round < effort.rounds; round++) {
    if (round >= 3 && performance.now() - began > effort.seconds * 1000) break;
    progress(`round ${round + 1} of ${effort.rounds}`);
    for (let turn = 0; turn < players.length; turn++) {
      const player = players[(turn + round) % players.length] as Player;
      if (player.samples.length >= player.enough) continue;
      // Threads that spin before they sleep are to be asleep when the next process is measured.
      await pause(2);
      await take(player, BURST).then(
        (ms) => player.samples.push(ms),
        async (error: Error) => {
          empty.set(seatName(player.taken.seat), error.message);
          player.enough = 0;
          player.samples.length = 0;
          await lost(player.taken);
        },
      );
    }
  }
  const figures = players.filter((one) => one.samples.length > 0).map((one) => figure(of.row, one));
  for (const { taken, enough } of players)
    if (enough > 0) await taken.child.ask({ ask: 'drop' }).catch(() => {});
  const isPeak = (one: Figure) => one.seat.engine === PEAK;
  const peak = figures
    .filter(isPeak)
    .map(({ seat, bestMs }) => [seat.mode, peakOperations(seat.mode) / bestMs / 1e6]);
  return {
    row: of.row,
    figures: figures.filter((one) => !isPeak(one)),
    empty,
    wrong,
    peak: Object.fromEntries(peak),
  };
}

interface Player {
  readonly taken: Taken;
  readonly samples: number[];
  readonly firstMs: number;
  readonly grownBytes: number;
  /** Samples after which it rests. */
  enough: number;
  /** The last sample. */
  latest: number;
}

/** Loads the row, checks the result, warms up. */
async function entered(
  taken: Taken,
  of: Prepared,
  empty: Map<string, string>,
  wrong: { seat: Seat; error: number }[],
): Promise<Player | undefined> {
  const { seat, child } = taken;
  const answer = await child.ask({ ask: 'load', task: of.task, folder: of.folder });
  const why = answer.unable ?? answer.failed;
  if (why !== undefined) {
    empty.set(seatName(seat), why);
    return undefined;
  }
  const error = seat.engine === PEAK ? 0 : errorOf(of, answer);
  if (!(error <= TOLERANCE)) {
    wrong.push({ seat, error });
    empty.set(seatName(seat), `wrong by ${error.toExponential(1)} of the largest output`);
    await child.ask({ ask: 'drop' });
    return undefined;
  }
  const firstMs = answer.ms as number;
  const player = {
    taken,
    samples: [],
    firstMs,
    grownBytes: answer.rss as number,
    enough: 1,
    latest: firstMs,
  };
  if (firstMs > ONCE) return { ...player, samples: [firstMs] };
  await take(player, WARMING);
  return {
    ...player,
    latest: player.latest,
    enough: player.latest > 200 ? 3 : player.latest > 50 ? 8 : Infinity,
  };
}

/** Milliseconds a call, over a burst of so many. */
async function take(player: Player, milliseconds: number): Promise<number> {
  const warm = player.latest < 4 * BURST;
  const { ms, calls, failed } = await player.taken.child.ask({ ask: 'burst', ms: milliseconds, warm });
  if (ms === undefined || calls === undefined) throw new Error(failed ?? 'no answer');
  player.latest = ms / calls;
  return player.latest;
}

function figure(row: Row, { taken, samples, firstMs, grownBytes }: Player): Figure {
  const medianMs = median(samples);
  return {
    seat: taken.seat,
    medianMs,
    bestMs: Math.min(...samples),
    firstMs,
    gflops: operations(row) / medianMs / 1e6,
    grownBytes,
    samples: samples.length,
  };
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low as number) + (high as number)) / 2;
}
