// Two layers on every size of a range: for which they agree, and what becomes of the others. Sizes are compared one by one,
// a few at a time, so that a page goes on; what comes out is joined to kinds, each its sizes.
//
//   8 shifted   9 equal   10 shifted   11 equal   ...      equal: 9, 11, 13, ..., 1023      shifted: 8, 10, ..., 1024

import type { Layer } from 'padwise/dialects';
import { compare, type Verdict } from 'padwise/explain';
import { outputShape } from 'padwise/geometry';
import { isFiner } from './verdict.ts';

/** The sizes that are compared. */
export const SMALLEST = 8;
export const LARGEST = 1024;

/** What a size comes to: a verdict, `refused` where one of the two does not take it, `nothing` where nothing comes out. */
export interface Outcome {
  readonly kind: Verdict | 'refused' | 'nothing';
  /** Per axis where it is shifted, else empty. */
  readonly shift: readonly number[];
  /** Whether the shift counts pixels of the output, as a transposed layer's does. */
  readonly finer?: boolean;
}

/** What two layers come to on an input of this size along every axis. */
export function outcomeAt(first: Layer, second: Layer, channels: number, size: number): Outcome {
  const input = [1, channels, ...Array.from({ length: first.rank }, () => size)];
  try {
    const compared = compare(first, second, input);
    const empty = [compared.first, compared.second].every((steps) => {
      const last = steps.at(-1);
      return last === undefined || outputShape(last).includes(0);
    });
    if (empty) return { kind: 'nothing', shift: [] };
    if (compared.verdict !== 'shifted') return { kind: compared.verdict, shift: [] };
    return { kind: 'shifted', shift: compared.shift, finer: isFiner(compared.first) };
  } catch {
    return { kind: 'refused', shift: [] };
  }
}

/** The channels both layers take: what one of them expects, else 3. */
export function channelsOf(first: Layer, second: Layer): number {
  const stated = ({ channels, statedInput, layout }: Layer) =>
    channels ?? (layout === 'first' ? statedInput?.[1] : statedInput?.at(-1));
  return stated(first) ?? stated(second) ?? 3;
}

/** An input of these sizes for both, [batch, channels, ...sizes]; null where their number is not the layer's. */
export function inputFor(layer: Layer, channels: number, sizes: readonly number[]): readonly number[] | null {
  const { rank } = layer;
  const all = sizes.length === 1 ? Array.from({ length: rank }, () => sizes[0] as number) : sizes;
  return all.length === rank ? [1, channels, ...all] : null;
}

/** The sizes that come to the same. */
export interface Kind extends Outcome {
  readonly sizes: readonly number[];
}

const ORDER: readonly Outcome['kind'][] = [
  'same',
  'mirrored',
  'numbers',
  'shifted',
  'pixels',
  'shape',
  'nothing',
  'refused',
];
/** The most shifts that are told apart. */
const SHIFTS = 3;

/** Kinds in order, the most frequent shifts first; rarer ones together, their shift empty. */
export function kindsOf(
  outcomes: readonly (Outcome | undefined)[],
  from: number = SMALLEST,
): readonly Kind[] {
  const found = new Map<string, Outcome & { sizes: number[] }>();
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome === undefined) continue;
    const key = `${outcome.kind} ${outcome.shift}`;
    const kind = found.get(key) ?? { ...outcome, sizes: [] };
    kind.sizes.push(from + i);
    found.set(key, kind);
  }
  const all = [...found.values()].sort(
    (one, other) =>
      ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || other.sizes.length - one.sizes.length,
  );
  const shifts = all.filter(({ kind }) => kind === 'shifted');
  if (shifts.length <= SHIFTS) return all;
  const rare = shifts.slice(SHIFTS - 1);
  const together: Kind = {
    kind: 'shifted',
    shift: [],
    sizes: rare.flatMap(({ sizes }) => sizes).sort((one, other) => one - other),
  };
  const at = all.indexOf(rare[0] as Outcome & { sizes: number[] });
  return [...all.slice(0, at), together, ...all.slice(at + rare.length)];
}

/** Numbers in ascending order as runs of equal steps: 8, 10, 12, ..., 1024 is one. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The runs of sizes, in order. */
export function runsOf(sizes: readonly number[]): readonly Run[] {
  const runs: { from: number; to: number; step: number }[] = [];
  for (const size of sizes) {
    const last = runs.at(-1);
    if (last === undefined) runs.push({ from: size, to: size, step: 0 });
    else if (last.step === 0) [last.to, last.step] = [size, size - last.to];
    else if (size - last.to === last.step) last.to = size;
    else runs.push({ from: size, to: size, step: 0 });
  }
  return runs;
}

/** Runs as words: 8, 10, …, 1024; 1 to 7; of many the first few. */
export function runWords(runs: readonly Run[], most = 6): string {
  const words = runs.slice(0, most).map(({ from, to, step }) => {
    if (step === 0) return String(from);
    if (step === to - from) return `${from}, ${to}`;
    if (step === 1) return `${from}–${to}`;
    return `${from}, ${from + step}, …, ${to}`;
  });
  return runs.length > most ? `${words.join('; ')}; …` : words.join('; ');
}

/** The size nearest to another that is one of these; the greater of two; null where there is none. */
export function nearestOf(sizes: readonly number[], to: number): number | null {
  let best: number | null = null;
  for (const size of sizes) if (best === null || Math.abs(size - to) <= Math.abs(best - to)) best = size;
  return best;
}
