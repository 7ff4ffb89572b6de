// What padwise is to reach, and what it reached in this run: ratios of medians, over the rows that both sides measured.

import { isTransposed } from '../src/geometry/index.ts';
import { COLD_ROWS, type Cold } from './cold.ts';
import { type Measured, median } from './measure.ts';
import { isPadded, label, operations, type Row } from './rows.ts';
import { figureOf, milliseconds, share } from './table.ts';

/** A goal with its answer; `met` is undefined where nothing was measured. */
export interface Answered {
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean | undefined;
  /** Rows that fall short, with their value. */
  readonly short: readonly string[];
}

/** Every goal of the benchmark. */
export function goals(all: readonly Measured[], cold: readonly Cold[]): Answered[] {
  const forward = all.filter((one) => !one.row.gradient);
  const where = (rows: readonly Measured[], wanted: (row: Row) => boolean) =>
    rows.filter((one) => wanted(one.row));
  const against = (mode: string, rival: string) => (of: Measured) => faster(of, mode, rival);
  const web = (of: Measured) =>
    least(faster(of, 'default', 'tfjs-wasm'), faster(of, 'default', 'onnxruntime-web'));
  const native = (of: Measured) =>
    least(faster(of, 'wide', 'onnxruntime-node'), faster(of, 'wide', 'pytorch'));
  const gemm = where(forward, isGemmLike);
  const large = where(forward, isLarge3x3);
  return [
    ...['default', 'wide'].map((mode) =>
      atLeast(
        `GEMM-like rows, ${mode}: >= 92 % of the FMA peak`,
        gemm,
        (of) => share(of, mode),
        0.92,
        percent,
      ),
    ),
    atLeast('default: >= 1.5x tfjs-wasm and onnxruntime-web, every row', forward, web, 1.5),
    atLeast('default: >= 4x of both on 3x3 stride 1, >= 64 channels', large, web, 4),
    atLeast('default: >= 3x of both on depthwise', where(forward, isDepthwise), web, 3),
    atLeast(
      'default: ahead of onnxruntime-node on 3x3 stride 1, >= 64 channels',
      large,
      against('default', 'onnxruntime-node'),
      1,
    ),
    atLeast('wide: ahead of onnxruntime-node and PyTorch, every row', all, native, 1),
    atLeast('wide: >= 2x of both on 3x3 stride 1', where(forward, is3x3), native, 2),
    geometricMean(
      'wide: geometric mean >= 1.5x of both',
      all.flatMap((of) => [faster(of, 'wide', 'onnxruntime-node'), faster(of, 'wide', 'pytorch')]),
    ),
    atLeast(
      'default: >= 50x jax-js on padded or strided rows',
      where(forward, (row) => isPadded(row) || row.geometry.axes.some((one) => one.stride > 1)),
      against('default', 'jax-js'),
      50,
    ),
    ...['default', 'wide'].map((mode) =>
      atLeast(
        `2 threads, ${mode}: >= 1.85x of 1, rows above 50 MFLOP`,
        where(all, isHeavy),
        (of) => scaling(of, mode),
        1.85,
      ),
    ),
    ...['default', 'wide'].map((mode) =>
      atMost(`gradients, ${mode}: <= 2.2x the time of forward`, all, (of) => cost(of, all, mode), 2.2),
    ),
    ...coldGoals(all, cold),
  ];
}

/** 1x1, 5x5 and 7x7; 3x3 with a stride or a dilation. One axis counts alike. */
function isGemmLike({ geometry }: Row): boolean {
  if (geometry.groups > 1 || isTransposed(geometry) || geometry.axes.length > 2) return false;
  const { axes } = geometry;
  const [first] = axes;
  if (first === undefined || axes.some((one) => one.kernel !== first.kernel)) return false;
  if ([1, 5, 7].includes(first.kernel)) return true;
  return first.kernel === 3 && axes.some((one) => one.stride > 1 || one.dilation > 1);
}

/** 3x3, stride 1, no dilation, not grouped. */
function is3x3({ geometry, gradient }: Row): boolean {
  const { axes, groups } = geometry;
  const plain = axes.every((one) => one.kernel === 3 && one.stride === 1 && one.dilation === 1);
  return !gradient && plain && axes.length === 2 && groups === 1 && !isTransposed(geometry);
}

function isLarge3x3(row: Row): boolean {
  return is3x3(row) && Math.min(row.geometry.channels, row.geometry.filters) >= 64;
}

function isDepthwise({ geometry }: Row): boolean {
  return geometry.groups > 1 && geometry.groups === geometry.channels;
}

function isHeavy(row: Row): boolean {
  return operations(row) > 50e6;
}

/** How many times as fast as a rival. */
export function faster(of: Measured, mode: string, rival: string): number | undefined {
  const [own, other] = [figureOf(of, 'padwise', mode), figureOf(of, rival)];
  return own === undefined || other === undefined ? undefined : other.medianMs / own.medianMs;
}

function scaling(of: Measured, mode: string): number | undefined {
  const [one, two] = [figureOf(of, 'padwise', mode), figureOf(of, 'padwise', mode, 2)];
  return one === undefined || two === undefined ? undefined : one.medianMs / two.medianMs;
}

function cost(of: Measured, all: readonly Measured[], mode: string): number | undefined {
  if (!of.row.gradient) return undefined;
  const plain = all.find((one) => !one.row.gradient && one.row.problem === of.row.problem);
  const [both, forward] = [figureOf(of, 'padwise', mode), plain && figureOf(plain, 'padwise', mode)];
  return both === undefined || forward === undefined ? undefined : both.medianMs / forward.medianMs;
}

function coldGoals(all: readonly Measured[], cold: readonly Cold[]): Answered[] {
  return ['default', 'wide'].map((mode) => {
    const goal = `cold, ${mode}: first result of ${COLD_ROWS[0]} <= 15 ms, within 2x of warm after 10 ms`;
    const found = cold.find(
      ({ row, seat }) => label(row) === COLD_ROWS[0] && seat.engine.name === 'padwise' && seat.mode === mode,
    );
    const row = all.find((one) => one.row.problem === found?.row.problem && !one.row.gradient);
    const warm = row && figureOf(row, 'padwise', mode);
    if (found === undefined || warm === undefined) return unmeasured(goal);
    const soon = found.soonMs / warm.medianMs;
    const measured = `${milliseconds(found.firstMs)} ms, then ${soon.toFixed(1)}x of warm`;
    return { goal, measured, met: found.firstMs <= 15 && soon <= 2, short: [] };
  });
}

type Value = (of: Measured) => number | undefined;

function atLeast(
  goal: string,
  rows: readonly Measured[],
  value: Value,
  bound: number,
  text: (value: number) => string = times,
): Answered {
  return bounded(
    goal,
    rows,
    value,
    (found) => found >= bound,
    (a, b) => a - b,
    text,
  );
}

function atMost(goal: string, rows: readonly Measured[], value: Value, bound: number): Answered {
  return bounded(
    goal,
    rows,
    value,
    (found) => found <= bound,
    (a, b) => b - a,
    times,
  );
}

function bounded(
  goal: string,
  rows: readonly Measured[],
  value: Value,
  holds: (found: number) => boolean,
  worstFirst: (a: number, b: number) => number,
  text: (value: number) => string,
): Answered {
  const found = rows.flatMap((of) => {
    const one = value(of);
    return one === undefined ? [] : [{ name: label(of.row), one }];
  });
  found.sort((a, b) => worstFirst(a.one, b.one));
  const [worst] = found;
  if (worst === undefined) return unmeasured(goal);
  const short = found.filter(({ one }) => !holds(one));
  const kept = found.length - short.length;
  const middle = found.length === 1 ? '' : `, median ${text(median(found.map(({ one }) => one)))}`;
  return {
    goal,
    measured: `${kept} of ${found.length} rows${middle}, worst ${text(worst.one)}`,
    met: short.length === 0,
    short: short.map(({ name, one }) => `${name} ${text(one)}`),
  };
}

function geometricMean(goal: string, ratios: readonly (number | undefined)[]): Answered {
  const known = ratios.filter((one) => one !== undefined);
  if (known.length === 0) return unmeasured(goal);
  const mean = Math.exp(known.reduce((sum, one) => sum + Math.log(one), 0) / known.length);
  return { goal, measured: times(mean), met: mean >= 1.5, short: [] };
}

function unmeasured(goal: string): Answered {
  return { goal, measured: 'not measured', met: undefined, short: [] };
}

/** The lesser of those that are known. */
function least(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** A ratio in three digits: 0.87x, 2.31x, 112x. */
export function times(value: number): string {
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)}x`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(0)} %`;
}
