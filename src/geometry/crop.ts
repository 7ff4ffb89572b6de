// Outputs [from, to) of an axis are again an axis, over the input box they read. What the box loses at its border
// becomes the tile's own pads, so a tile, a chunk of a stream and a receptive field are one calculus:
//
//   low  = start(from)            high = start(to - 1) + extent
//   box  = elements under [low, high), a dilated input's holes cut off by negative pads
//
// A fill that reads the input (reflect, wrap, ...) needs the whole axis where a window reaches beyond the border.

import { say } from '../words/index.ts';
import { type Axis, axis, extent, out, span, start } from './axis.ts';
import { GeometryError } from './error.ts';

/** A part of an axis' output, computed from the elements [from, to) of its input. */
export interface Tile {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
}

/**
 * The tile that computes outputs [from, to).
 * @throws GeometryError when the range is empty or leaves [0, out)
 */
export function crop(of: Axis, from: number, to: number): Tile {
  checkRange(of, from, to);
  const low = start(of, from);
  const high = start(of, to - 1) + extent(of);
  const box = elements(of, low, high);
  const overhang = Math.max(0, high - Math.max(low, span(of) + of.after));
  const origin = box.from * of.inputDilation;
  const size = box.to - box.from;
  const covered = span({ size, inputDilation: of.inputDilation });
  // An empty box lies in padding: what comes before position 0 counts to that side, the rest to the other.
  const before = size === 0 ? Math.max(0, Math.min(high, 0) - low) : origin - low;
  const after = high - low - overhang - before - covered;
  return { axis: axis({ ...of, size, before, after, overhang }), ...box };
}

/**
 * The axis over the whole input whose windows are [from, to) of this one's.
 * @throws GeometryError when the range is empty or leaves [0, out)
 */
export function keep(of: Axis, from: number, to: number): Axis {
  checkRange(of, from, to);
  const beyond = start(of, to - 1) + extent(of) - span(of);
  const after = Math.min(beyond, of.after);
  return axis({ ...of, before: -start(of, from), after, overhang: beyond - after });
}

function checkRange(of: Axis, from: number, to: number): void {
  const windows = out(of);
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= windows) return;
  throw new GeometryError('range', {
    what: 'crop',
    expected: say`a range within [0, ${windows})`,
    received: `[${from}, ${to})`,
  });
}

function elements(of: Axis, low: number, high: number): { from: number; to: number } {
  const copies =
    (low < 0 && typeof of.fillBefore !== 'number') || (high > span(of) && typeof of.fillAfter !== 'number');
  if (copies) return { from: 0, to: of.size };
  const from = Math.min(Math.max(Math.floor(low / of.inputDilation), 0), of.size);
  const to = Math.min(Math.max(Math.ceil((high - 1) / of.inputDilation) + 1, 0), of.size);
  return from < to ? { from, to } : { from, to: from };
}
