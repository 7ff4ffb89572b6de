// What the Heat screen shows, as the parts of its address:
//
//   8x8 / k1 / k2 / k3                      three layers side by side, in the words of a problem string
//   32x32 / k3 s2 p0,1 / =nn.Sequential(...)      a part that begins with = is pasted code: one layer, or a stack
//
// Sizes first, then one part a map. What is not understood is left out and said.

import { type Axis, type Geometry, geometry, parse, print } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';

/** One map: a layer chosen by numbers, or code. */
export type MapSpec =
  | { readonly kind: 'layer'; readonly of: Window }
  | { readonly kind: 'code'; readonly code: string };

/** A window's numbers along each axis, rows first; pads may be different on each side. */
export interface Window {
  readonly axes: readonly Side[];
}

/** Its numbers along one axis. */
export interface Side {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** What is shown. */
export interface HeatState {
  /** One size for both sides, or one an axis; 1 to {@link LARGEST_SIZE}. */
  readonly sizes: readonly number[];
  /** 1 to 6. */
  readonly maps: readonly MapSpec[];
}

/** The largest input a side, the most maps, and the largest number of a window. */
export const LARGEST_SIZE = 512;
export const MOST_MAPS = 6;
export const LARGEST_NUMBER = 64;

const side = (kernel: number, stride = 1, before = 0, after = before, dilation = 1): Side => ({
  kernel,
  stride,
  dilation,
  before,
  after,
});

/** A layer of two equal axes. */
export function square(kernel: number, stride = 1, before = 0, after = before, dilation = 1): MapSpec {
  const one = side(kernel, stride, before, after, dilation);
  return { kind: 'layer', of: { axes: [one, one] } };
}

/** The textbook's: kernels of 1, 2 and 3 on 8 x 8. */
export const FIRST: HeatState = { sizes: [8], maps: [square(1), square(2), square(3)] };

/** What the parts say, and what of them was not understood. */
export function readState(parts: readonly string[]): { state: HeatState; wrong: Text | null } {
  if (parts.length === 0) return { state: FIRST, wrong: null };
  const maps: MapSpec[] = [];
  let sizes = FIRST.sizes;
  let wrong: Text | null = null;
  for (const part of parts) {
    const found = readSides(part);
    const map = found === null ? readMap(part) : null;
    if (found !== null) sizes = found;
    else if (map === null)
      wrong ??= say`This part of the link was not understood: ${JSON.stringify(part.slice(0, 40))}.`;
    else if (maps.length >= MOST_MAPS) wrong ??= say`At most ${MOST_MAPS} maps are shown.`;
    else maps.push(map);
  }
  return { state: { sizes, maps: maps.length === 0 ? FIRST.maps : maps }, wrong };
}

/** The parts that say it. */
export function printState({ sizes, maps }: HeatState): readonly string[] {
  return [sizes.join('x'), ...maps.map(printMap)];
}

function readSides(text: string): readonly number[] | null {
  if (!/^\d{1,4}(x\d{1,4}){0,2}$/.test(text)) return null;
  const sizes = text.split('x').map(Number);
  return sizes.every((size) => size >= 1 && size <= LARGEST_SIZE) ? sizes : null;
}

function readMap(part: string): MapSpec | null {
  if (part.startsWith('=')) return { kind: 'code', code: part.slice(1) };
  try {
    const { axes, operation } = parse(`1x1x4096x4096 ${part} -> 1`);
    const sides = axes.map(({ kernel, stride, dilation, before, after }) => ({
      kernel,
      stride,
      dilation,
      before,
      after,
    }));
    const plain =
      operation === 'conv' && axes.every((axis) => axis.inputDilation === 1 && axis.overhang === 0);
    return plain && sides.every(isSmall) ? { kind: 'layer', of: { axes: sides } } : null;
  } catch {
    return null;
  }
}

function isSmall({ kernel, stride, dilation, before, after }: Side): boolean {
  return (
    [kernel, stride, dilation].every((one) => one >= 1 && one <= LARGEST_NUMBER) &&
    [before, after].every((one) => one >= 0 && one <= LARGEST_NUMBER)
  );
}

function printMap(map: MapSpec): string {
  if (map.kind === 'code') return `=${map.code}`;
  return print(layerOf(map.of, [4096]))
    .replace(/^\S+ /, '')
    .replace(/ -> 1$/, '');
}

/** The geometry of a window on an input; one size counts for both sides. */
export function layerOf({ axes }: Window, sizes: readonly number[]): Geometry {
  return geometry({
    operation: 'conv',
    batch: 1,
    channels: 1,
    filters: 1,
    axes: axes.map((one, i): Partial<Axis> & { size: number; kernel: number } => ({
      ...one,
      size: sizes.length === 1 ? (sizes[0] as number) : (sizes[i] ?? 1),
    })),
  } as Parameters<typeof geometry>[0]);
}

/** Whether both axes have the same numbers. */
export function isSquare({ axes }: Window): boolean {
  return axes.every((one) => JSON.stringify(one) === JSON.stringify(axes[0]));
}
