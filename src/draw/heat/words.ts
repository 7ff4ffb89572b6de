// What a heat map says: how often its elements are used, from the least to the most, and how many of them never are. Two axes
// hold pixels, in rows and columns; one or three hold elements. A single layer reads them, through a stack they reach outputs.

import { type Axis, out, print } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { axisWord, rankOf } from '../direction.ts';
import type { Table } from '../picture.ts';
import { ends } from '../shown.ts';
import { bands, type Counted, greatest } from './counts.ts';

type Lines = readonly (readonly number[])[];

const least = (counts: Lines) =>
  counts.reduce((product, line) => product * line.reduce((low, count) => Math.min(low, count), Infinity), 1);
const total = (counts: Lines) => counts.reduce((product, line) => product * line.length, 1);
const dead = (line: readonly number[]) => line.reduce((sum, count) => sum + Number(count === 0), 0);

/** How many elements have a count of 0. */
function unused(counts: Lines): number {
  return total(counts) - counts.reduce((product, line) => product * (line.length - dead(line)), 1);
}

/** What stands under a map, a sentence a line. */
export function captionOf({ steps, counts }: Counted): readonly Text[] {
  if (counts === null) return [say`There are too many elements to count how often each is used.`];
  if (counts.length === 0 || total(counts) === 0) return [say`The input is empty: there is nothing to read.`];
  const stack = steps.length > 1;
  const most = greatest(counts);
  const pixels = counts.length === 2;
  if (most === 0)
    return [
      none(
        steps.length,
        rankOf(steps),
        steps.some(({ axes }) => misfits(axes)),
      ),
    ];
  const used = stack ? reachWords(pixels, least(counts), most) : readWords(pixels, least(counts), most);
  return [used, ...deadWords(counts, stack)];
}

function misfits(axes: readonly Axis[]): boolean {
  return axes.some((axis) => out(axis) === 0);
}

function none(steps: number, rank: number, misfit: boolean): Text {
  if (misfit) return say`No window fits, so nothing is read.`;
  if (steps > 1) return rank === 2 ? say`No pixel reaches an output.` : say`No element reaches an output.`;
  return rank === 2
    ? say`No pixel is read: windows see padding only.`
    : say`No element is read: windows see padding only.`;
}

function readWords(pixels: boolean, low: number, most: number): Text {
  if (low === most && most === 1)
    return pixels ? say`Each pixel is read once.` : say`Each element is read once.`;
  if (low === most)
    return pixels ? say`Each pixel is read ${most} times.` : say`Each element is read ${most} times.`;
  if (low > 0)
    return pixels
      ? say`Each pixel is read ${low} to ${most} times.`
      : say`Each element is read ${low} to ${most} times.`;
  if (most === 1) return pixels ? say`A pixel is read once at most.` : say`An element is read once at most.`;
  return pixels
    ? say`A pixel is read at most ${most} times.`
    : say`An element is read at most ${most} times.`;
}

function reachWords(pixels: boolean, low: number, most: number): Text {
  if (low === most && most === 1)
    return pixels ? say`Each pixel reaches one output.` : say`Each element reaches one output.`;
  if (low === most)
    return pixels ? say`Each pixel reaches ${most} outputs.` : say`Each element reaches ${most} outputs.`;
  if (low > 0)
    return pixels
      ? say`Each pixel reaches ${low} to ${most} outputs.`
      : say`Each element reaches ${low} to ${most} outputs.`;
  if (most === 1)
    return pixels ? say`A pixel reaches one output at most.` : say`An element reaches one output at most.`;
  return pixels
    ? say`A pixel reaches at most ${most} outputs.`
    : say`An element reaches at most ${most} outputs.`;
}

function deadWords(counts: Lines, stack: boolean): readonly Text[] {
  const [rows = [], columns = []] = counts;
  if (counts.length === 2) {
    return [
      ...(dead(rows) > 0 ? [deadRows(dead(rows), rows.length, stack)] : []),
      ...(dead(columns) > 0 ? [deadColumns(dead(columns), columns.length, stack)] : []),
    ];
  }
  const count = unused(counts);
  if (count === 0) return [];
  const all = total(counts);
  if (stack)
    return [
      count === 1
        ? say`${count} of ${all} elements reaches no output.`
        : say`${count} of ${all} elements reach no output.`,
    ];
  return [
    count === 1
      ? say`${count} of ${all} elements is never read.`
      : say`${count} of ${all} elements are never read.`,
  ];
}

function deadRows(count: number, all: number, stack: boolean): Text {
  if (stack)
    return count === 1
      ? say`${count} of ${all} rows reaches no output.`
      : say`${count} of ${all} rows reach no output.`;
  return count === 1
    ? say`${count} of ${all} rows is never read.`
    : say`${count} of ${all} rows are never read.`;
}

function deadColumns(count: number, all: number, stack: boolean): Text {
  if (stack)
    return count === 1
      ? say`${count} of ${all} columns reaches no output.`
      : say`${count} of ${all} columns reach no output.`;
  return count === 1
    ? say`${count} of ${all} columns is never read.`
    : say`${count} of ${all} columns are never read.`;
}

/** The figure's title. */
export function headOf(maps: readonly Counted[]): Text {
  const stack = maps.some(({ steps }) => steps.length > 1);
  const pixels = maps.every(({ counts }) => counts?.length === 2);
  if (stack)
    return pixels ? say`How many outputs each pixel reaches` : say`How many outputs each element reaches`;
  return pixels ? say`How often each pixel is read` : say`How often each element is read`;
}

/** What is to be seen, map by map. */
export function descriptionOf(maps: readonly Counted[]): Text {
  const told = maps.map((map) => {
    const sentences = captionOf(map).reduce((all, one) => say`${all} ${one}`);
    return say`${map.name ?? nameOf(map)}: ${sentences}`;
  });
  return told.reduce((all, one) => say`${all} ${one}`);
}

/** A map without a name by its problem strings. */
function nameOf({ steps }: Counted): string {
  return steps.map(print).join(', ');
}

/** The most lines of a table of counts along an axis. */
const LISTED = 96;

/** Tables of the counts: each element's where a side has at most `limit`, else what each axis counts. */
export function tablesOf(maps: readonly Counted[], limit: number): readonly Table[] {
  return maps.flatMap((map) => {
    const counts = map.counts ?? [];
    const caption = say`${map.name ?? nameOf(map)}: ${headOf([map])}`;
    const [down, across] = counts.length === 1 ? [[1], counts[0]] : counts;
    if (counts.length === 0 || down === undefined || across === undefined) return [];
    if (counts.length > 2 || Math.max(down.length, across.length) > limit) return [alongAxes(map, caption)];
    const rows = down.map((row, r) => [
      `${counts.length === 1 ? '' : r}`,
      ...across.map((column) => row * column),
    ]);
    return [{ caption, head: ['', ...across.map((_, column) => `${column}`)], rows }];
  });
}

/** What each axis counts, band by band: an element's count is their product. */
function alongAxes({ steps, counts }: Counted, caption: Text): Table {
  const lines = counts ?? [];
  const share = Math.floor(LISTED / Math.max(1, lines.length));
  const rows = lines.flatMap((line, index) => {
    const all = bands(line, true, Number.MAX_SAFE_INTEGER);
    return ends(0, all.length, share).map((at) => {
      const band = at === undefined ? undefined : all[at];
      if (band === undefined) return ['\u2026', '\u2026', '\u2026'];
      return [
        axisWord(rankOf(steps), index),
        band.from === band.to ? `${band.from}` : `${band.from}..${band.to}`,
        band.count,
      ];
    });
  });
  return { caption, head: [say`axis`, say`elements`, say`count`], rows };
}
