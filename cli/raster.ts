// An SVG of padwise as pixels and as a PNG, drawn by resvg compiled to WebAssembly: no browser, no fonts of the machine but
// for Chinese, and the same bytes everywhere.
//
//   SVG -> fonts named (fonts.ts) -> resvg -> pixels -> 256 colours where they suffice -> PNG with its texts (png-text.ts)

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { say, type Text } from '../src/words/index.ts';
import { Failure, INVALID } from './failure.ts';
import { FAMILY, lettered } from './fonts.ts';
import { indexed, tally } from './palette.ts';
import { LARGEST_PICTURE } from './png.ts';
import { withTexts } from './png-text.ts';

/** Pixels row by row, four bytes each: red, green, blue, opacity. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** How an SVG becomes pixels. */
export interface RasterOptions {
  /** Pixels a unit of the SVG. */
  readonly scale: number;
  /** A colour painted behind everything. */
  readonly ground?: string;
  /** Most pixels it may have: 64 million unless said. */
  readonly most?: number;
}

/** How a PNG is written. */
export interface PngOptions {
  /** Pixels a unit of the SVG. */
  readonly scale: number;
  /** Texts by keyword (1 to 79 characters of Latin-1), such as Title, Copyright. */
  readonly text: Readonly<Record<string, string>>;
}

/**
 * An SVG as a PNG; the same bytes for the same SVG on every machine, where its words are Latin.
 * @throws Failure 2 for an SVG that cannot be read, one that is too large, or Chinese without a font
 */
export async function pngOf(svg: string, { scale, text }: PngOptions): Promise<Uint8Array> {
  const { encode } = await import('fast-png');
  const { width, height, data } = await rasterOf(svg, { scale });
  const zlib = { level: 9 } as const;
  const counted = isOpaque(data) ? tally(data) : null;
  if (counted === null) return withTexts(encode({ width, height, data, channels: 4 }, { zlib }), text);
  if (counted.size > 256)
    return withTexts(encode({ width, height, data: colours(data), channels: 3 }, { zlib }), text);
  const found = [...counted.keys()].sort((one, other) => one - other);
  const palette = found.map((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  const image = { width, height, data: indexed(data, found), channels: 1, palette };
  return withTexts(encode(image, { zlib }), text);
}

/**
 * An SVG as pixels; a size that is no whole number is rounded.
 * @throws Failure 2 for an SVG that cannot be read, one that is too large, or Chinese without a font
 */
export async function rasterOf(svg: string, options: RasterOptions): Promise<Raster> {
  const { scale, ground, most = LARGEST_PICTURE } = options;
  if (!(scale > 0 && Number.isFinite(scale)))
    throw new Failure(INVALID, say`a scale is a number above 0, received ${scale}`);
  const { svg: written, fonts } = lettered(svg);
  const Resvg = await loaded();
  const font = { fontBuffers: [...fonts], defaultFontFamily: FAMILY };
  const read = attempt(
    () =>
      new Resvg(written, {
        font,
        fitTo: { mode: 'zoom', value: scale },
        ...(ground === undefined ? {} : { background: ground }),
      }),
  );
  try {
    const [width, height] = [Math.round(read.width * scale), Math.round(read.height * scale)];
    if (width * height > most)
      throw new Failure(
        INVALID,
        say`the picture is too large: ${`${width}x${height}`} pixels, at most ${most} are drawn`,
        'A smaller scale gives fewer pixels.',
      );
    const image = attempt(() => read.render());
    const drawn = { width: image.width, height: image.height, data: straight(image.pixels) };
    image.free();
    return drawn;
  } finally {
    read.free();
  }
}

type Renderer = typeof import('@resvg/resvg-wasm').Resvg;

/** resvg, compiled when it is first needed; it refuses to be started twice. */
async function loaded(): Promise<Renderer> {
  started.renderer ??= (async () => {
    const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
    await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
    return Resvg;
  })();
  return started.renderer;
}

const started: { renderer?: Promise<Renderer> } = {};

/** What resvg says of an SVG, as a failure. */
function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const why: Text = error instanceof Error ? error.message : String(error);
    throw new Failure(INVALID, say`the SVG cannot be drawn: ${why.split('\n')[0]?.slice(0, 200)}`);
  }
}

/** Colours as they are, where resvg gives them times their opacity. */
function straight(pixels: Uint8Array): Uint8Array {
  for (let at = 0; at < pixels.length; at += 4) {
    const opacity = pixels[at + 3] as number;
    if (opacity === 255 || opacity === 0) continue;
    for (let channel = at; channel < at + 3; channel++)
      pixels[channel] = Math.min(255, Math.round(((pixels[channel] as number) * 255) / opacity));
  }
  return pixels;
}

function isOpaque(pixels: Uint8Array): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return false;
  return true;
}

/** The pixels without their opacity. */
function colours(pixels: Uint8Array): Uint8Array {
  const bare = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    bare[to] = pixels[from] as number;
    bare[to + 1] = pixels[from + 1] as number;
    bare[to + 2] = pixels[from + 2] as number;
  }
  return bare;
}
