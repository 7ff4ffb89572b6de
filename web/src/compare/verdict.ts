// A comparison in one strong sentence: what agrees, what does not, how far apart and which way.
//
//   same shape, different pixels: shifted 1 pixel down and right

import type { Comparison } from 'padwise/explain';
import { outputShape } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';

/** The verdict on the second of two layers. */
export function verdictOf({ verdict, shift, first, second }: Comparison): Text {
  if (verdict === 'same') return say`The same pixels, every one of them`;
  if (verdict === 'mirrored') return say`The same pixels through a mirrored kernel: mirror the weights`;
  if (verdict === 'shifted')
    return say`Same shape, different pixels: shifted ${shiftWords(shift, isFiner(first))}`;
  if (verdict === 'pixels') return say`Same shape, different pixels`;
  if (verdict === 'numbers') return say`The same pixels, other numbers: another rule or other groups`;
  const [one, other] = [first, second].map((steps) => outputOf(steps));
  if (one?.sizes !== other?.sizes) return say`Another shape: ${one?.sizes} and ${other?.sizes}`;
  return say`Another shape: ${one?.channels} and ${other?.channels} channels`;
}

/** The output's sizes as 112 × 112, and its channels. */
export function outputOf(steps: Comparison['first']): { sizes: string; channels: number } {
  const last = steps.at(-1);
  if (last === undefined) return { sizes: '', channels: 0 };
  const [, channels = 0, ...sizes] = outputShape(last);
  return { sizes: timesWords(sizes), channels };
}

/** 112 × 112, which stays on one line. */
export function timesWords(sizes: readonly number[]): string {
  return sizes.join('\u00a0×\u00a0');
}

/** Whether positions are finer than input elements, as a transposed layer's are: they are those of its output. */
export function isFiner(steps: Comparison['first']): boolean {
  return (steps[0]?.axes ?? []).some(({ inputDilation }) => inputDilation > 1);
}

/** 1 pixel down and right; 1 pixel down and 2 pixels left. Of a transposed layer they are the output's pixels. */
export function shiftWords(shift: readonly number[], finer = false): Text {
  const moved = shift.map((by, axis) => ({ by, axis })).filter(({ by }) => by !== 0);
  const [one, other, more] = moved;
  if (one === undefined) return say`by nothing`;
  if (
    other !== undefined &&
    more === undefined &&
    shift.length === 2 &&
    Math.abs(one.by) === Math.abs(other.by)
  ) {
    const way = diagonal(one.by, other.by);
    const by = Math.abs(one.by);
    return pixels(by, way, finer);
  }
  return moved
    .map(({ by, axis }) => straight(by, axis + 3 - shift.length, shift.length, finer))
    .reduce((all, next, i) => (i < moved.length - 1 ? say`${all}, ${next}` : say`${all} and ${next}`));
}

function diagonal(down: number, right: number): Text {
  if (down > 0) return right > 0 ? say`down and right` : say`down and left`;
  return right > 0 ? say`up and right` : say`up and left`;
}

/** Along one axis: 0 depth, 1 height, 2 width; the only axis of a sequence is time. */
function straight(by: number, axis: number, rank: number, finer: boolean): Text {
  const count = Math.abs(by);
  const one = count === 1;
  if (rank === 1) {
    if (by > 0) return one ? say`1 step later` : say`${count} steps later`;
    return one ? say`1 step earlier` : say`${count} steps earlier`;
  }
  const way = [
    [say`shallower`, say`deeper`],
    [say`up`, say`down`],
    [say`left`, say`right`],
  ][axis]?.[by > 0 ? 1 : 0] as Text;
  return pixels(count, way, finer);
}

function pixels(by: number, way: Text, finer: boolean): Text {
  if (finer) return by === 1 ? say`1 output pixel ${way}` : say`${by} output pixels ${way}`;
  return by === 1 ? say`1 pixel ${way}` : say`${by} pixels ${way}`;
}
