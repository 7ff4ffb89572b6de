// The blocks of a GIF: one palette for all frames, a loop without end, a comment, and frames that paint a rectangle over
// what is there, where one index may mean "as it was". It is written here because the kept packages either store whole
// frames with a palette each or choose colours of their own, and none writes a comment.
//
//   GIF89a size | palette | loop | comment | (delay, transparent | rectangle | packed indices) ... | ;
//
// Source: Graphics Interchange Format, version 89a (CompuServe, 1990); the Netscape application block for loops.

import { lzw } from './lzw.ts';

/** A rectangle of a frame. */
export interface Patch {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Places in the palette, row by row. */
  readonly indices: Uint8Array;
}

/** What holds for the whole file. */
export interface GifHead {
  readonly width: number;
  readonly height: number;
  /** 1 to 256 colours 0xrrggbb. */
  readonly palette: readonly number[];
  /** The index that leaves a pixel as it was; null for none. */
  readonly kept: number | null;
  /** Hundredths of a second that each frame stays. */
  readonly delay: number;
  readonly comment: string;
}

const EXTENSION = 0x21;
const COMMENT = 0xfe;
const CONTROL = 0xf9;
const APPLICATION = 0xff;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

/** Most bytes of a comment that are read. */
const LARGEST_COMMENT = 65_536;

/** A file of frames, painted one over the other. */
export function gifFile(head: GifHead, patches: Iterable<Patch>): Uint8Array {
  const bits = Math.max(2, Math.ceil(Math.log2(Math.max(head.palette.length, (head.kept ?? 0) + 1))));
  const parts: Uint8Array[] = [start(head, bits)];
  for (const patch of patches) parts.push(frame(head, patch, bits));
  parts.push(Uint8Array.of(TRAILER));
  return Buffer.concat(parts);
}

function start({ width, height, palette, comment }: GifHead, bits: number): Uint8Array {
  const colours = new Uint8Array(3 << bits);
  for (const [i, colour] of palette.entries())
    colours.set([colour >> 16, (colour >> 8) & 255, colour & 255], 3 * i);
  const loop = [EXTENSION, APPLICATION, 11, ...Buffer.from('NETSCAPE2.0', 'latin1'), 3, 1, 0, 0, 0];
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Uint8Array.of(...word(width), ...word(height), 0xf0 | (bits - 1), 0, 0),
    colours,
    Uint8Array.from(loop),
    Uint8Array.of(EXTENSION, COMMENT),
    blocks(Buffer.from(comment, 'utf8')),
  ]);
}

function frame({ kept, delay }: GifHead, patch: Patch, bits: number): Uint8Array {
  const { left, top, width, height, indices } = patch;
  const stay = 1 << 2;
  const control = [EXTENSION, CONTROL, 4, stay | (kept === null ? 0 : 1), ...word(delay), kept ?? 0, 0];
  const image = [IMAGE, ...word(left), ...word(top), ...word(width), ...word(height), 0, bits];
  return Buffer.concat([Uint8Array.of(...control, ...image), blocks(lzw(indices, bits))]);
}

/** Least significant byte first. */
function word(value: number): [number, number] {
  return [value & 255, value >> 8];
}

/** Data in blocks of up to 255 bytes, each behind its length, and an empty one. */
function blocks(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const part = data.subarray(at, at + 255);
    parts.push(Uint8Array.of(part.length), part);
  }
  return Buffer.concat([...parts, Uint8Array.of(0)]);
}

/** The first comment of a GIF, at most 64 kB of it; null where there is none, or none that is whole. */
export function commentOf(gif: Uint8Array): string | null {
  if (!/^GIF8[79]a$/.test(Buffer.from(gif.subarray(0, 6)).toString('latin1'))) return null;
  for (let at = 13 + table(gif[10]); at < gif.length; ) {
    const [kind, label] = [gif[at], gif[at + 1]];
    if (kind === EXTENSION && label === COMMENT) return comment(gif, at + 2);
    if (kind === EXTENSION) at = passed(gif, at + 2);
    else if (kind === IMAGE) at = passed(gif, at + 11 + table(gif[at + 9]));
    else return null;
  }
  return null;
}

/** Bytes of the palette that a byte of flags announces. */
function table(flags = 0): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

/** Where the blocks that begin here end; the file's end where they do not. */
function passed(gif: Uint8Array, from: number): number {
  let at = from;
  while (at < gif.length && gif[at] !== 0) at += 1 + (gif[at] as number);
  return at + 1;
}

function comment(gif: Uint8Array, from: number): string | null {
  const end = passed(gif, from);
  if (end > gif.length || end - from > LARGEST_COMMENT) return null;
  const parts: Uint8Array[] = [];
  for (let at = from; gif[at] !== 0; at += 1 + (gif[at] as number))
    parts.push(gif.subarray(at + 1, at + 1 + (gif[at] as number)));
  return Buffer.concat(parts).toString('utf8');
}
