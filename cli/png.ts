// A PNG made safe to unpack: its header tells how large it becomes, its data are unpacked once against that bound, and only
// the chunks that make the picture are passed on, so that no profile or text chunk can blow up either.
//
//   8 bytes signature | length type data crc | ...        IHDR: width height depth colour compression filter interlace
//
// Source: Portable Network Graphics (third edition), 5.3 chunk layout, 11.2 critical chunks.

import { inflateSync } from 'node:zlib';
import { say, type Text } from '../src/words/index.ts';
import { Failure, UNREADABLE } from './failure.ts';

/** What is wrong with a damaged picture. */
export class Damaged extends Error {
  /** The message, its values apart for translation. */
  readonly sentence: Text;

  constructor(message: Text) {
    super(String(message));
    this.sentence = message;
  }
}

/** Largest picture: 64 megapixels. */
export const LARGEST_PICTURE = 64_000_000;
/** Most bytes of pixels a file may unpack to: 256 MiB. */
const LARGEST_DATA = 2 ** 28;

/** Some writers leave a little more than the rows. */
const SLACK = 2 ** 16;

const KEPT: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * The picture's own chunks, which unpack to what the header says and not more.
 * @throws Failure 3 for a picture that is too large, Damaged for one that is damaged
 */
export function safePng(path: string, bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  const data: Uint8Array[] = [];
  let needed = 0;
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > bytes.length) throw new Damaged('it is cut off');
    if (type === 'IHDR') needed = unpacked(path, new DataView(view.buffer, view.byteOffset + at + 8, 13));
    if (type === 'IDAT') data.push(bytes.subarray(at + 8, end - 4));
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
    at = type === 'IEND' ? bytes.length : end;
  }
  if (needed === 0) throw new Damaged('it has no header');
  const held = inflated(Buffer.concat(data), needed + SLACK);
  if (held < needed) throw new Damaged(say`it holds ${held} of ${needed} bytes`);
  return Buffer.concat(kept);
}

/** How many bytes some data unpack to. @throws Damaged for more than `most` */
function inflated(data: Uint8Array, most: number): number {
  try {
    return inflateSync(data, { maxOutputLength: most }).length;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_BUFFER_TOO_LARGE') throw error;
    throw new Damaged('it unpacks to more than its header says');
  }
}

/** Bytes the pixels of a header's picture take, a byte of filter before each row. */
function unpacked(path: string, header: DataView): number {
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const depth = header.getUint8(8);
  const bits = depth * (SAMPLES[header.getUint8(9)] ?? 0);
  const interlaced = header.getUint8(12) === 1;
  if (width === 0 || height === 0 || bits === 0) throw new Damaged('its header is wrong');
  if (width * height > LARGEST_PICTURE) {
    throw new Failure(
      UNREADABLE,
      say`${path} is too large: ${`${width}x${height}`} pixels, at most ${LARGEST_PICTURE} are read`,
    );
  }
  if (interlaced && depth < 8)
    throw new Failure(
      UNREADABLE,
      say`cannot read ${path}: an interlaced PNG of ${depth} bits a sample`,
      'Save it without interlacing.',
    );
  const size = passes(width, height, interlaced).reduce(
    (sum, [columns, rows]) => sum + (columns === 0 ? 0 : rows * (1 + Math.ceil((columns * bits) / 8))),
    0,
  );
  if (size <= LARGEST_DATA) return size;
  throw new Failure(
    UNREADABLE,
    say`${path} is too large: ${size} bytes of pixels, at most ${LARGEST_DATA} are read`,
  );
}

/** Columns and rows of the pictures that stand one after another: one, or seven where it is interlaced (Adam7). */
function passes(width: number, height: number, interlaced: boolean): (readonly [number, number])[] {
  if (!interlaced) return [[width, height]];
  const starts = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  return starts.map(([x, y, right, down]) => [
    Math.max(0, Math.ceil((width - x) / right)),
    Math.max(0, Math.ceil((height - y) / down)),
  ]);
}
