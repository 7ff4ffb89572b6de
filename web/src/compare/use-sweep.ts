// The sweep as it proceeds: a few milliseconds at a time while the page is idle, started anew for other layers.

import type { Layer } from 'padwise/dialects';
import { type Agreement, agreement } from 'padwise/explain';
import { useEffect, useState } from 'preact/hooks';
import { channelsOf, inputFor, LARGEST, type Outcome, outcomeAt, SMALLEST } from './sweep.ts';

/** What is known so far. */
export interface Sweep {
  /** Of the size {@link SMALLEST} + i; undefined where it is not known yet. */
  readonly outcomes: readonly (Outcome | undefined)[];
  readonly done: boolean;
  /** For which sizes the two agree beyond the range, too; null where no period was found. */
  readonly period: Agreement | null;
}

const AT_A_TIME = 8;
const EMPTY: Sweep = { outcomes: [], done: false, period: null };

/** Compares two layers for every size; null where there are no two of one rank. */
export function useSweep(first: Layer | null, second: Layer | null): Sweep {
  const [sweep, setSweep] = useState<Sweep>(EMPTY);
  useEffect(() => {
    if (first === null || second === null || first.rank !== second.rank) {
      setSweep(EMPTY);
      return;
    }
    const channels = channelsOf(first, second);
    const outcomes: Outcome[] = [];
    let waiting = idle(go);
    let shown = performance.now();
    function go(): void {
      const end = performance.now() + AT_A_TIME;
      while (outcomes.length <= LARGEST - SMALLEST && performance.now() < end)
        outcomes.push(outcomeAt(first as Layer, second as Layer, channels, SMALLEST + outcomes.length));
      const done = outcomes.length > LARGEST - SMALLEST;
      if (done) {
        setSweep({ outcomes, done, period: periodOf(first as Layer, second as Layer, channels) });
        return;
      }
      if (performance.now() - shown > 250) {
        shown = performance.now();
        setSweep({ outcomes: [...outcomes], done, period: null });
      }
      waiting = idle(go);
    }
    return () => waiting();
  }, [first, second]);
  return sweep;
}

function periodOf(first: Layer, second: Layer, channels: number): Agreement | null {
  try {
    return agreement(first, second, inputFor(first, channels, [224]) ?? []);
  } catch {
    return null;
  }
}

/** Calls when the page has time; gives back what calls it off. */
function idle(call: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(call, { timeout: 300 });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(call, 16);
  return () => clearTimeout(handle);
}
