// Figures that move as an animated GIF: every frame is drawn, one palette is made of the colours of all, and of each frame
// only the rectangle that changed is stored, its unchanged pixels as one index that repeats and so packs to nothing.
//
//   drawn frames, packed  ->  colours of all  ->  indices  ->  what differs from the frame before  ->  gif-file.ts

import { setImmediate } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { say } from '../src/words/index.ts';
import { Failure, INVALID } from './failure.ts';
import { type GifHead, gifFile, type Patch } from './gif-file.ts';
import { indexed, paletteOf, type Tally, tally } from './palette.ts';
import { type Raster, rasterOf } from './raster.ts';

/** How frames become a GIF. */
export interface GifOptions {
  /** Pixels a unit of the SVG. */
  readonly scale: number;
  /** Milliseconds that each frame stays, 20 to 655350; GIF knows hundredths of a second. */
  readonly delay: number;
  /** Written into the file, to be read by commentOf. */
  readonly comment: string;
}

/** Most frames of a GIF. */
const MOST_FRAMES = 400;
/** Most pixels of a frame: 16 megapixels. */
const LARGEST_FRAME = 16_000_000;
/** The format counts sides in two bytes. */
const LONGEST_SIDE = 65_535;

/**
 * SVGs of one size, one a frame, as a GIF that loops; the same bytes for the same SVGs. What they leave open is white.
 * `progress` hears after each frame drawn.
 * @throws Failure 2 for no frame or too many, one too large, sizes that differ, and what rasterOf refuses
 */
export async function gifOf(
  frames: readonly string[],
  options: GifOptions,
  progress?: (done: number, total: number) => void,
): Promise<Uint8Array> {
  const { scale, delay, comment } = options;
  if (frames.length < 1 || frames.length > MOST_FRAMES)
    throw new Failure(INVALID, say`a GIF has 1 to ${MOST_FRAMES} frames, received ${frames.length}`);
  if (!(delay >= 20 && delay <= 655_350))
    throw new Failure(INVALID, say`a frame of a GIF stays 20 to ${655_350} milliseconds, received ${delay}`);
  const colours: Tally = new Map();
  const packed: Uint8Array[] = [];
  let size: Raster | undefined;
  for (const [index, svg] of frames.entries()) {
    const drawn = await rasterOf(svg, { scale, ground: '#ffffff', most: LARGEST_FRAME });
    size ??= checked(drawn);
    if (drawn.width !== size.width || drawn.height !== size.height) throw uneven(index + 1, drawn, size);
    tally(drawn.data, colours);
    packed.push(deflateRawSync(drawn.data, { level: 1 }));
    progress?.(packed.length, frames.length);
    // A long figure is left with Ctrl-C.
    await setImmediate();
  }
  const { width, height } = size as Raster;
  const palette = paletteOf(colours, frames.length > 1 ? 255 : 256);
  const kept = frames.length > 1 ? palette.length : null;
  const head: GifHead = { width, height, palette, kept, delay: Math.round(delay / 10), comment };
  return gifFile(head, patches(packed, head));
}

function checked(drawn: Raster): Raster {
  if (Math.max(drawn.width, drawn.height) <= LONGEST_SIDE) return drawn;
  throw new Failure(
    INVALID,
    say`a side of a GIF has at most ${LONGEST_SIDE} pixels, received ${`${drawn.width}x${drawn.height}`}`,
  );
}

function uneven(index: number, drawn: Raster, size: Raster): Failure {
  const [received, expected] = [drawn, size].map(({ width, height }) => `${width}x${height}`);
  return new Failure(
    INVALID,
    say`the frames of a GIF have one size: frame ${index} has ${received} pixels, the first one ${expected}`,
  );
}

/** What each frame paints over the one before; the first one everything. */
function* patches(packed: readonly Uint8Array[], head: GifHead): Generator<Patch> {
  let before: Uint8Array | undefined;
  for (const bytes of packed) {
    const indices = indexed(inflateRawSync(bytes), head.palette);
    yield before === undefined
      ? { left: 0, top: 0, width: head.width, height: head.height, indices }
      : changed(before, indices, head);
    before = indices;
  }
}

/** The rectangle around all that differs; a single pixel where nothing does, because each frame takes its time. */
function changed(before: Uint8Array, after: Uint8Array, { width, height, kept }: GifHead): Patch {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (before[at] === after[at]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) [left, top, right, bottom] = [0, 0, 0, 0];
  const [columns, rows] = [right - left + 1, bottom - top + 1];
  const indices = new Uint8Array(columns * rows);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let from = (top + y) * width + left, x = 0; x < columns; x++, from++)
      indices[to++] = before[from] === after[from] && kept !== null ? kept : (after[from] as number);
  }
  return { left, top, width: columns, height: rows, indices };
}
