// The texts of a PNG: a figure carries its title, its licence and the words that open it again. They are written behind the
// header and read from any file, however damaged: whatever is found whole, and never more than its bounds.
//
//   length | tEXt | keyword 0 text                                    | crc       Latin-1
//   length | iTXt | keyword 0 packed? method language 0 keyword 0 text | crc       UTF-8
//   length | zTXt | keyword 0 method packed text                       | crc       what other programs make of long texts
//
// Source: Portable Network Graphics (third edition), 11.3.3 textual information; Annex D, the sample code of the CRC.

import { inflateSync } from 'node:zlib';

/** Most bytes a text may have, packed and unpacked. */
const LARGEST_TEXT = 65_536;
/** Most texts that are read. */
const MOST_TEXTS = 64;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** The header is the first chunk and always 25 bytes long. */
const HEADER_END = 8 + 25;

/** A PNG with these texts, by keyword: 1 to 79 characters of Latin-1. */
export function withTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const chunks = Object.entries(texts).map(([keyword, text]) => chunkOf(keyword, text));
  return Buffer.concat([png.subarray(0, HEADER_END), ...chunks, png.subarray(HEADER_END)]);
}

function chunkOf(keyword: string, text: string): Uint8Array {
  const latin = /^[\n\u0020-\u007e\u00a0-\u00ff]*$/.test(text);
  const data = latin
    ? Buffer.from(`tEXt${keyword}\0${text}`, 'latin1')
    : Buffer.concat([Buffer.from(`iTXt${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]);
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4, 0);
  chunk.set(data, 4);
  chunk.writeUInt32BE(crc(data), data.length + 4);
  return chunk;
}

/**
 * The texts of a PNG by keyword, the first of each; of a damaged file those that are whole, of another file none.
 * At most 64 texts of 64 kB each are read.
 */
export function textOf(png: Uint8Array): Record<string, string> {
  const found = new Map<string, string>();
  if (!SIGNATURE.every((byte, i) => png[i] === byte)) return {};
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at + 12 <= png.length && found.size < MOST_TEXTS; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > png.length) break;
    const type = latin1(png.subarray(at + 4, at + 8));
    if (type === 'IEND') break;
    const small = end - at - 12 <= LARGEST_TEXT;
    if (small && READERS.has(type) && crc(png.subarray(at + 4, end - 4)) === view.getUint32(end - 4)) {
      const [keyword, text] = READERS.get(type)?.(png.subarray(at + 8, end - 4)) ?? ['', null];
      if (text !== null && keyword !== '' && !found.has(keyword)) found.set(keyword, text);
    }
    at = end;
  }
  return Object.fromEntries(found);
}

/** Keyword and text of a chunk's data; null where it is none. */
type Reader = (data: Uint8Array) => readonly [keyword: string, text: string | null];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'tEXt',
    (data) => {
      const [keyword, text] = parted(data);
      return [keyword, latin1(text)];
    },
  ],
  [
    'zTXt',
    (data) => {
      const [keyword, rest] = parted(data);
      const text = rest[0] === 0 ? unpacked(rest.subarray(1)) : null;
      return [keyword, text && latin1(text)];
    },
  ],
  [
    'iTXt',
    (data) => {
      const [keyword, rest] = parted(data);
      const [, afterLanguage] = parted(rest.subarray(2));
      const [, body] = parted(afterLanguage);
      const text = rest[0] === 0 ? body : rest[0] === 1 && rest[1] === 0 ? unpacked(body) : null;
      return [keyword, text && new TextDecoder().decode(text)];
    },
  ],
]);

/** What stands before the first zero, and the bytes behind it; nothing where there is no zero. */
function parted(data: Uint8Array): readonly [text: string, rest: Uint8Array] {
  const zero = data.indexOf(0);
  return zero < 0
    ? ['', data.subarray(data.length)]
    : [latin1(data.subarray(0, zero)), data.subarray(zero + 1)];
}

function unpacked(data: Uint8Array): Uint8Array | null {
  try {
    return inflateSync(data, { maxOutputLength: LARGEST_TEXT });
  } catch {
    return null;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** node:zlib has one only from Node 20.15 on. */
function crc(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (CRC_TABLE[(rest ^ byte) & 255] as number) ^ (rest >>> 8);
  return ~rest >>> 0;
}

const CRC_TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});
