// What the maps show, in words: one sentence over all of them, and one a map. Padding is what people expect to make pixels
// equal; it does not, unless it is full.

import { say, type Text } from 'padwise/words';
import { isFull, type ResolvedMap } from './maps.ts';

type Counted = ResolvedMap & { readonly steps: object; readonly counts: object };

function known(maps: readonly ResolvedMap[]): readonly Counted[] {
  return maps.filter(({ counts, steps }) => counts !== null && steps !== null) as Counted[];
}

/** The sentence over the maps. */
export function headline(maps: readonly ResolvedMap[]): Text {
  const all = known(maps);
  if (all.length === 0) return say`How often is each pixel used?`;
  const uneven = all.filter(({ counts }) => counts?.least !== counts?.most);
  if (uneven.some(isPadded)) return say`Padding does not make all pixels equally used`;
  if (uneven.some(({ counts }) => (counts?.never ?? 0) > 0)) return say`Some pixels are never read`;
  if (uneven.length > 0) return say`Not all pixels are used equally often`;
  return say`Here every pixel is used equally often`;
}

function isPadded({ steps }: ResolvedMap): boolean {
  return (steps ?? []).some(({ axes }) => axes.some(({ before, after }) => before > 0 || after > 0));
}

/** One sentence a map. */
export function mapSentence({ name, steps, counts }: ResolvedMap): Text | null {
  if (steps === null) return null;
  if (counts === null) return say`**${name}**: too many elements to count.`;
  const { least, most, corner, never, elements } = counts;
  if (most === 0) return say`**${name}**: no window reads a pixel.`;
  const only = steps.length === 1 ? steps[0] : undefined;
  if (only === undefined) {
    if (least === most) return say`**${name}**: each pixel reaches ${most} outputs.`;
    const reach = say`**${name}**: a corner pixel reaches ${corner} outputs, the most used one ${most}.`;
    return never === 0 ? reach : say`${reach} ${neverWords(never, elements)}`;
  }
  if (least === most) {
    if (most === 1) return say`**${name}**: each pixel is read once.`;
    return isFull(only)
      ? say`**${name}**: full padding, so every tap meets every pixel: each is read ${most} times.`
      : say`**${name}**: each pixel is read ${most} times.`;
  }
  const read =
    corner === 1
      ? say`**${name}**: a corner pixel is read once, the most used one ${times(most)}.`
      : say`**${name}**: a corner pixel is read ${times(corner)}, the most used one ${times(most)}.`;
  return never === 0 ? read : say`${read} ${neverWords(never, elements)}`;
}

function times(count: number): Text {
  return count === 1 ? say`once` : say`${count} times`;
}

function neverWords(never: number, elements: number): Text {
  return never === 1
    ? say`${never} of ${elements} pixels is never read.`
    : say`${never} of ${elements} pixels are never read.`;
}

/** What would make pixels equal, where padding was tried and did not. */
export function remedy(maps: readonly ResolvedMap[]): Text | null {
  const all = known(maps).filter(({ steps }) => steps?.length === 1);
  const tried = all.filter((map) => isPadded(map) && map.counts?.least !== map.counts?.most);
  const full = all.some(({ steps }) => steps?.[0] !== undefined && isFull(steps[0]));
  if (tried.length === 0) return null;
  if (full) return say`Only full padding makes them equal, and then the output is larger than the input.`;
  const plain = tried.every(({ steps }) => steps?.[0]?.axes.every(({ stride }) => stride === 1));
  return plain
    ? say`Only full padding, the kernel’s width less one on every side, would make them equal.`
    : say`With a stride beyond 1, windows meet some pixels more often than others whatever the padding.`;
}
