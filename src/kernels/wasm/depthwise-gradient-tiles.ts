// The windows of a plane, cut into tiles whose pixels stay in the first cache, and the calls that give each tile's share of all
// taps. Taps are cut into parts of at most twelve, whole rows of them where a row is short:
//
//   3x3: 3 rows of 3        5x5: 2 + 2 + 1 rows of 5        1x31: 11 + 10 + 10
//
// Several tap rows are done together for the windows whose rows all lie inside the input; for the others each tap row that is
// inside by itself. Columns at a border that would be too much code go through `anyTaps`. None of it depends on the machine.

import { type Axis, axis, extent, out } from '../../geometry/index.ts';
import { type Part, SUMS, widthFor } from './depthwise-gradient-block.ts';
import { blocks, inside, windowOf } from './sliding.ts';

/** One call: which function, where it starts from the tile's channels, and for how many rows of windows. */
interface TileCall {
  /** Which part, or one more for any taps. */
  readonly target: number;
  /** Rows and columns of the input from its start, and of the windows from the tile's. */
  readonly input: readonly [number, number];
  readonly gradient: readonly [number, number];
  readonly tap: number;
  readonly rows: number;
  /** Which table, for any taps. */
  readonly table: number;
}

/** Some rows and columns of windows. */
interface Tile {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly calls: readonly TileCall[];
}

/** Where a tap meets a tile: input column, window, and how many windows. */
type AnyTap = readonly [column: number, window: number, windows: number];

/** Tiles, the functions they call, and for any taps a table of the taps of each border. */
export interface Tiles {
  readonly tiles: readonly Tile[];
  readonly parts: readonly Part[];
  readonly tables: readonly (readonly AnyTap[])[];
}

/** Lines of the first cache that a tile may touch, if they fall into all its sets. */
const LINES = 384;
/** So many times the windows are worth shorter stretches. */
const MORE = 1.5;
/** Windows in a row of a tile at least and at most, and the most where any taps are. */
const [LEAST, MOST, ANY_MOST] = [8, 64, 96];
/** Multiply-adds that may be written out: about 12 bytes of code each, for every vector. */
const WRITTEN = 1500;

interface Stretch {
  readonly first: number;
  readonly count: number;
}

/** A function and where it starts: input column and window of the columns. */
interface Place {
  readonly target: number;
  readonly element: number;
  readonly out: number;
}

/** The tiles of the last two axes; `columnBytes` between neighbouring pixels. */
export function tilesOf(y: Axis, x: Axis, columnBytes: number): Tiles {
  const segments = cut(x.kernel, SUMS);
  const tapRows = cut(y.kernel, Math.max(1, Math.floor(SUMS / (segments[0]?.count ?? 1))));
  const heights = new Set([...tapRows.map((one) => one.count), 1]).size;
  const [columns, rows] = tileOf(y, x, columnBytes);
  const sections = sectionsOf(x, columns, heights);
  const tables = sections.flatMap((one) => (one.any ? [anyTable(x, one)] : []));
  const indices = new Map<string, number>();
  const parts: Part[] = [];
  const known = new Map<string, Place | null>();
  const place = (section: Stretch, rows: number, taps: Stretch) => {
    const key = `${section.first} ${rows} ${taps.first}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = partOf(x, section, rows, taps);
    const name = JSON.stringify(made?.part);
    const target = made === null ? 0 : (indices.get(name) ?? parts.push(made.part) - 1);
    indices.set(name, target);
    const result = made === null ? null : { target, element: made.element, out: made.out };
    known.set(key, result);
    return result;
  };
  const tiles = cut(out(y), rows).flatMap((band) =>
    sections.map((section) => ({
      row: band.first,
      column: section.first,
      rows: band.count,
      columns: section.count,
      calls: section.any
        ? tapRows
            .flatMap(({ first, count }) => range(first, count).flatMap((tap) => single(y, band, tap)))
            .map(({ tap, rows: some }) =>
              callOf(y, x, band, { tap, rows: some }, { target: -1, element: 0, out: 0 }, section.table),
            )
        : tapRows.flatMap((taps) =>
            pieces(y, band, taps).flatMap((piece) =>
              segments.flatMap((segment) => {
                const found = place(section, piece.height, segment);
                return found === null ? [] : [callOf(y, x, band, piece, found, 0)];
              }),
            ),
          ),
    })),
  );
  const numbered = tiles.map((tile) => ({
    ...tile,
    calls: tile.calls.map((one) => (one.target < 0 ? { ...one, target: parts.length } : one)),
  }));
  return { tiles: numbered, parts, tables };
}

/**
 * Columns and rows of a tile that stays in the cache: few stretches of a row, unless shorter ones give many more windows a
 * tile. Where nothing stays, long stretches of one row.
 */
function tileOf(y: Axis, x: Axis, columnBytes: number): readonly [number, number] {
  const room = LINES * shareOf(columnBytes);
  const lines = (columns: number, rows: number) =>
    Math.min(y.size, (rows - 1) * y.stride + extent(y)) *
      Math.min(x.size, (columns - 1) * x.stride + extent(x)) +
    rows * columns;
  let best: readonly [number, number] = [Math.min(out(x), MOST), 0];
  for (let count = Math.ceil(out(x) / MOST); count <= out(x); count++) {
    const columns = Math.ceil(out(x) / count);
    if (columns < LEAST && count > 1) break;
    let rows = 0;
    while (rows < out(y) && lines(columns, rows + 1) <= room) rows++;
    if (rows * columns > MORE * best[0] * best[1]) best = [columns, rows];
  }
  return [best[0], Math.max(1, best[1])];
}

/** The share of the first cache's 64 sets into which pixels so far apart fall. */
function shareOf(columnBytes: number): number {
  let share = 1;
  for (let step = columnBytes / 64; step % 2 === 0 && share > 1 / 64; step /= 2) share /= 2;
  return share;
}

/** Columns of windows, those of `any` taps with the number of their table. */
type Section = Stretch & { readonly any: boolean; readonly table: number };

function sectionsOf(x: Axis, columns: number, heights: number): Section[] {
  const outs = out(x);
  const [from, to] = inside(x);
  const border = [...range(0, from), ...range(to, outs - to)];
  const read = border.reduce((sum, o) => sum + windowOf(x, o).taps, 0) * heights;
  const within = x.kernel * 4 * Math.min(3, Math.ceil(outs / columns)) * heights;
  const plain = (first: number, count: number) => {
    return cut(count, columns).map((one) => ({ first: first + one.first, count: one.count, any: false }));
  };
  const any = (first: number, count: number) => {
    return cut(count, ANY_MOST).map((one) => ({ first: first + one.first, count: one.count, any: true }));
  };
  const all =
    read + within <= WRITTEN
      ? plain(0, outs)
      : within <= WRITTEN
        ? [...any(0, from), ...plain(from, to - from), ...any(to, outs - to)]
        : any(0, outs);
  let table = 0;
  return all.map((one) => ({ ...one, table: one.any ? table++ : 0 }));
}

/** So many in stretches of about equal length. */
function cut(all: number, most: number): Stretch[] {
  if (all === 0) return [];
  const each = Math.ceil(all / Math.ceil(all / most));
  return range(0, Math.ceil(all / each)).map((i) => ({
    first: i * each,
    count: Math.min(each, all - i * each),
  }));
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** Tap rows from `tap` on and the rows of windows that meet all of them. */
interface Piece {
  readonly tap: number;
  readonly height: number;
  readonly rows: Stretch;
}

function pieces(y: Axis, rows: Stretch, { first, count }: Stretch): Piece[] {
  const whole = meeting(y, rows, first, count);
  const together = whole.map((one) => ({ tap: first, height: count, rows: one }));
  if (count === 1) return together;
  return [...together, ...range(first, count).flatMap((tap) => single(y, rows, tap, whole[0]))];
}

/** One tap row, for all rows of windows that meet it but those of `done`. */
function single(y: Axis, rows: Stretch, tap: number, done?: Stretch): Piece[] {
  return meeting(y, rows, tap, 1)
    .flatMap((one) => without(one, done))
    .map((one) => ({ tap, height: 1, rows: one }));
}

/** The windows that meet an element with each of these taps; they are neighbours. */
function meeting(of: Axis, windows: Stretch, tap: number, count: number): Stretch[] {
  const found = range(windows.first, windows.count).filter((o) => {
    const window = windowOf(of, o);
    return window.tap <= tap && tap + count <= window.tap + window.taps;
  });
  return found.length === 0 ? [] : [{ first: found[0] as number, count: found.length }];
}

function without(from: Stretch, done: Stretch | undefined): Stretch[] {
  if (done === undefined) return [from];
  const end = done.first + done.count;
  return [
    { first: from.first, count: done.first - from.first },
    { first: end, count: from.first + from.count - end },
  ].filter((one) => one.count > 0);
}

function elementOf(of: Axis, o: number, tap: number): number {
  return o * of.stride - of.before + tap * of.dilation;
}

function callOf(
  y: Axis,
  x: Axis,
  band: Stretch,
  { tap, rows }: Pick<Piece, 'tap' | 'rows'>,
  place: Place,
  table: number,
): TileCall {
  return {
    target: place.target,
    input: [elementOf(y, rows.first, tap), place.element],
    gradient: [rows.first - band.first, place.out],
    tap: tap * x.kernel,
    rows: rows.count,
    table,
  };
}

/** The code for these taps and columns, counted from the first element and window that it reads; null if it reads none. */
function partOf(
  x: Axis,
  columns: Stretch,
  tapRows: number,
  taps: Stretch,
): (Omit<Place, 'target'> & { readonly part: Part }) | null {
  const { variants, runs } = blocks(axisOf(x, columns), widthFor(tapRows * taps.count));
  const read = runs
    .map((run) => ({ ...run, block: variants[run.variant] as (typeof variants)[number] }))
    .filter(({ block }) =>
      block.reads.some((one) => one.tap >= taps.first && one.tap < taps.first + taps.count),
    );
  if (read.length === 0) return null;
  const element = Math.min(...read.map((one) => one.element));
  const first = Math.min(...read.map((one) => one.out));
  const runsFromThere = read.map((one) => ({
    ...one,
    variant: 0,
    element: one.element - element,
    out: one.out - first,
  }));
  return { part: { tapRows, tap: taps.first, taps: taps.count, runs: runsFromThere }, element, out: first };
}

/** The axis of some of an axis's windows. */
function axisOf(x: Axis, { first, count }: Stretch): Axis {
  const before = x.before - first * x.stride;
  const after = (count - 1) * x.stride + extent(x) - x.size - before;
  return axis({ ...x, before, after, overhang: 0 });
}

function anyTable(x: Axis, section: Stretch): AnyTap[] {
  return range(0, x.kernel).map((tap) => {
    const found = meeting(x, section, tap, 1)[0];
    if (found === undefined) return [0, 0, 0];
    return [elementOf(x, found.first, tap), found.first - section.first, found.count];
  });
}
