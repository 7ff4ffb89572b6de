// Where the windows of one axis meet the input, and its outputs cut into blocks that are computed together. Padding is cut
// off here, as taps that are not read, so no kernel sees it:
//
//   window   taps tap .. tap + taps - 1 read elements element, element + dilation, ...
//
//   size 6, kernel 3, before 1, after 1            1 2 | 0 1 2 3 ...        outputs 0 and 5 have two taps, 1 to 4 three
//   blocks of 2                    [0 1] [2 3] [4 5]                        three variants: a border on the left, none, right
//
// A block is generated code, and blocks that read alike are one variant of it, so there are as many variants as ways in
// which a border can cut a block. Axes have no holes here (inputDilation 1).

import { type Axis, axis, extent, out, start } from '../../geometry/index.ts';

/** What one output reads of an axis. */
export interface Window {
  /** The first tap that meets an element, and how many do. */
  readonly tap: number;
  readonly taps: number;
  /** The element the first tap meets; 0 if none does. */
  readonly element: number;
  /** Positions of the window before the overhang, elements or not: what an average counts. */
  readonly counted: number;
}

/** One tap of one output of a block. */
export interface Read {
  readonly out: number;
  readonly tap: number;
  /** Elements from the first one the block reads. */
  readonly column: number;
}

/** Neighbouring outputs, and all they read, sorted by column and then by tap. */
export interface Block {
  readonly outs: number;
  readonly reads: readonly Read[];
  /** For each output: taps that meet elements, and positions counted. */
  readonly taps: readonly number[];
  readonly counted: readonly number[];
}

/** Blocks of one variant in a row. */
export interface Run {
  readonly variant: number;
  readonly blocks: number;
  /** Outputs of a block. */
  readonly outs: number;
  /** The first output, and the first element the first block reads. */
  readonly out: number;
  readonly element: number;
}

/** The window of output `o`. */
export function windowOf(axis: Axis, o: number): Window {
  const first = start(axis, o);
  const { kernel, dilation, size } = axis;
  const tap = Math.min(kernel, Math.max(0, Math.ceil(-first / dilation)));
  const end = Math.min(kernel, Math.max(0, Math.ceil((size - first) / dilation)));
  const taps = Math.max(0, end - tap);
  const counted = Math.max(0, Math.min(kernel, Math.ceil((size + axis.after - first) / dilation)));
  return { tap, taps, element: taps === 0 ? 0 : first + tap * dilation, counted };
}

/** The outputs whose windows lie in the input: from the first to before the second. */
export function inside(axis: Axis): readonly [number, number] {
  const outs = out(axis);
  const from = Math.min(outs, Math.max(0, Math.ceil(axis.before / axis.stride)));
  const last = Math.floor((axis.size - extent(axis) + axis.before) / axis.stride);
  return [from, Math.max(from, Math.min(outs, last + 1))];
}

/** Blocks of at most `width` outputs, and the variants there are of them. */
export interface Cut {
  readonly variants: readonly Block[];
  readonly runs: readonly Run[];
}

/**
 * Cuts an axis into blocks of a multiple of so many outputs, but for the last, which has what is left, or if `whole` begins
 * early enough to be a multiple as well: then some outputs are in two blocks.
 */
export function blocks(axis: Axis, width: number, multiple: number = 1, whole: boolean = false): Cut {
  const outs = out(axis);
  const round = (count: number) => Math.ceil(count / multiple) * multiple;
  const early = whole && round(outs) > multiple;
  const count = Math.ceil(outs / width);
  const each = Math.min(round(Math.ceil(outs / count)), early ? outs - (outs % multiple) : Infinity);
  const [from, to] = inside(axis);
  const variants = new Map<string, number>();
  const found: Block[] = [];
  const runs: Run[] = [];
  let first = 0;
  while (first < outs) {
    const left = outs - first;
    const own = left >= each ? each : early ? round(left) : left;
    first = Math.min(first, outs - own);
    const { block, element } = blockOf(axis, first, own);
    const name = JSON.stringify(block);
    const variant = variants.get(name) ?? found.push(block) - 1;
    variants.set(name, variant);
    // All blocks inside are alike.
    const alike = own === each && first >= from && first + each <= to ? Math.floor((to - first) / each) : 1;
    runs.push({ variant, blocks: alike, outs: own, out: first, element });
    first += alike * own;
  }
  return { variants: found, runs };
}

function blockOf(axis: Axis, first: number, outs: number): { block: Block; element: number } {
  const windows = Array.from({ length: outs }, (_, i) => windowOf(axis, first + i));
  const read = windows.filter((one) => one.taps > 0);
  const element = read.length === 0 ? 0 : Math.min(...read.map((one) => one.element));
  const reads = windows.flatMap((one, i) =>
    Array.from({ length: one.taps }, (_, k) => ({
      out: i,
      tap: one.tap + k,
      column: one.element + k * axis.dilation - element,
    })),
  );
  reads.sort((a, b) => a.column - b.column || a.tap - b.tap);
  const [taps, counted] = [windows.map((one) => one.taps), windows.map((one) => one.counted)];
  return { block: { outs, reads, taps, counted }, element };
}

const NONE = axis({ size: 1, kernel: 1 });

/** Planes, rows and columns: the last three axes, of one element where there are fewer. */
export function lastThree(axes: readonly Axis[]): readonly [Axis, Axis, Axis] {
  const [z = NONE, y = NONE, x = NONE] = [NONE, NONE, ...axes].slice(-3);
  return [z, y, x];
}

/** Bytes between neighbours along the last three axes; 0 for an axis that is not there. */
export function stepsOf({ sizes }: { readonly sizes: readonly number[] }): readonly [number, number, number] {
  const [z = 0, y = 0, x = 0] = [0, 0, ...sizes].slice(-3).map((step) => step * 4);
  return [z, y, x];
}

/** How data lie that a kernel reads and writes. */
interface Layouts {
  readonly geometry: { readonly channels: number };
  readonly input: { readonly c: number; readonly sizes: readonly number[] };
  readonly output: { readonly c: number; readonly sizes: readonly number[] };
}

/** Whether columns lie side by side, and channels do not. */
export function inRows({ geometry, input, output }: Layouts): boolean {
  const rows = input.sizes.at(-1) === 1 && output.sizes.at(-1) === 1;
  return rows && (geometry.channels === 1 || input.c !== 1 || output.c !== 1);
}
