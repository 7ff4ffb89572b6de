// Pictures and arrays as tensors and back: PNG and JPEG with values 0 to 1, .npy as it is.

import {
  accessSync,
  constants,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { decode as decodePng, encode as encodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { NpyError, readNpy, type Tensor, tensor, writeNpy } from '../src/index.ts';
import { say } from '../src/words/index.ts';
import { Failure, INVALID, UNREADABLE } from './failure.ts';
import { Damaged, LARGEST_PICTURE, safePng } from './png.ts';
import { readBytes } from './subject.ts';

/** Largest file read: 256 MiB. */
const LARGEST_FILE = 2 ** 28;

/** A picture's samples, `channels` a pixel, each 0 to 1. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly sample: (index: number) => number;
}

/** An array from a .npy file. @throws Failure 3 */
export function readArray(path: string): Tensor {
  try {
    return readNpy(readBytes(path, LARGEST_FILE));
  } catch (error) {
    if (!(error instanceof NpyError)) throw error;
    throw new Failure(UNREADABLE, say`cannot read ${path}: expected ${error.expected}`);
  }
}

/** Whether the path names a .npy file. */
export function isArray(path: string): boolean {
  return path.toLowerCase().endsWith('.npy');
}

/**
 * A picture as a tensor of one batch with 1 (grey), 3 (RGB) or 4 (RGBA) channels.
 * @throws Failure 3 for a file that is no picture or too large, Failure 2 for another number of channels
 */
export function readPicture(path: string, channels: number, layout: 'first' | 'last'): Tensor {
  if (![1, 3, 4].includes(channels)) {
    throw new Failure(
      INVALID,
      say`a picture has 1, 3 or 4 channels, but the layer expects ${channels}`,
      'Give a .npy file instead.',
    );
  }
  const bytes = readBytes(path, LARGEST_FILE);
  const pixels = decode(path, bytes);
  const { width, height } = pixels;
  const count = width * height;
  const data = new Float32Array(count * channels);
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      const at = layout === 'first' ? channel * count + pixel : pixel * channels + channel;
      data[at] = value(pixels, pixel, channel, channels);
    }
  }
  return tensor(data, layout === 'first' ? [1, channels, height, width] : [1, height, width, channels]);
}

/** One channel of one pixel; grey is Rec. 601 luma, a missing alpha is 1. */
function value({ channels, sample }: Pixels, pixel: number, channel: number, wanted: number): number {
  const at = pixel * channels;
  const coloured = channels >= 3;
  if (channel === 3) return channels % 2 === 0 ? sample(at + channels - 1) : 1;
  if (wanted === 1 && coloured) return 0.299 * sample(at) + 0.587 * sample(at + 1) + 0.114 * sample(at + 2);
  return sample(at + (coloured ? channel : 0));
}

function decode(path: string, bytes: Uint8Array): Pixels {
  const png = bytes[0] === 0x89 && bytes[1] === 0x50;
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!png && !jpeg) throw new Failure(UNREADABLE, say`cannot read ${path}: it is no PNG, JPEG or .npy file`);
  try {
    return png ? fromPng(path, bytes) : fromJpeg(bytes);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const first = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    const why = error instanceof Damaged ? error.sentence : first.slice(0, 120);
    throw new Failure(
      UNREADABLE,
      png
        ? say`cannot read ${path}: the PNG is damaged (${why})`
        : say`cannot read ${path}: the JPEG is damaged or too large (${why})`,
    );
  }
}

function fromPng(path: string, bytes: Uint8Array): Pixels {
  const { width, height, data, channels, depth, palette } = decodePng(safePng(path, bytes));
  if (palette !== undefined) {
    const colours = palette;
    const index = indices(data, width, depth);
    const size = colours[0]?.length ?? 3;
    return {
      width,
      height,
      channels: size,
      sample: (at) => (colours[index(Math.floor(at / size))]?.[at % size] ?? 0) / 255,
    };
  }
  const most = 2 ** depth - 1;
  const get = depth < 8 ? indices(data, width, depth) : (at: number) => data[at] as number;
  return { width, height, channels, sample: (at) => get(at) / most };
}

/** Samples of less than a byte, packed row by row; fast-png leaves them packed. */
function indices(data: ArrayLike<number>, width: number, depth: number): (at: number) => number {
  if (depth >= 8) return (at) => data[at] as number;
  const row = Math.ceil((width * depth) / 8);
  return (at) => {
    const bit = (at % width) * depth;
    const byte = data[Math.floor(at / width) * row + (bit >> 3)] as number;
    return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  };
}

function fromJpeg(bytes: Uint8Array): Pixels {
  const options = {
    useTArray: true as const,
    formatAsRGBA: false,
    maxResolutionInMP: LARGEST_PICTURE / 1e6,
    maxMemoryUsageInMB: 2048,
  };
  const { width, height, data } = decodeJpeg(bytes, options);
  return { width, height, channels: 3, sample: (at) => (data[at] as number) / 255 };
}

/** What a picture shows of an output. */
export interface Shown {
  readonly png: Uint8Array;
  readonly stretched: readonly [least: number, most: number] | null;
  readonly grid: readonly [columns: number, rows: number] | null;
}

/**
 * One output [batch, channels, height, width] (or channels last) as a PNG: 1 channel grey, 3 RGB, others side by side.
 * Values outside 0 to 1 are stretched.
 * @throws Failure 2 for an output that is no picture
 */
export function toPng(output: Tensor, layout: 'first' | 'last'): Shown {
  if (output.shape.length !== 4 || output.shape.some((size) => size === 0)) {
    throw new Failure(
      INVALID,
      say`an output of shape ${output.shape.join('x')} is no picture`,
      'Write a .npy file instead.',
    );
  }
  const [, a = 0, b = 0, c = 0] = output.shape;
  const [channels, height, width] = layout === 'first' ? [a, b, c] : [c, a, b];
  const { data } = output;
  const at = (channel: number, y: number, x: number) =>
    data[
      layout === 'first' ? (channel * height + y) * width + x : (y * width + x) * channels + channel
    ] as number;
  const { least, most } = summary({ ...output, data: data.subarray(0, channels * height * width) });
  const inside = !(least < -1e-6 || most > 1 + 1e-6);
  const range = most - least || 1;
  const byte = (v: number) => {
    const share = inside ? v : v === Infinity ? 1 : (v - least) / range;
    return Math.round(255 * Math.min(1, Math.max(0, share || 0)));
  };
  const colours = channels === 3 ? 3 : 1;
  const columns = colours === 3 ? 1 : Math.ceil(Math.sqrt(channels));
  const rows = Math.ceil(channels / colours / columns);
  const pixels = new Uint8Array(columns * width * rows * height * colours);
  for (let channel = 0; channel < channels; channel++) {
    const tile = colours === 3 ? 0 : channel;
    const [left, top] = [(tile % columns) * width, Math.floor(tile / columns) * height];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const pixel = (top + y) * columns * width + left + x;
        pixels[pixel * colours + (colours === 3 ? channel : 0)] = byte(at(channel, y, x));
      }
    }
  }
  const png = encodePng({
    width: columns * width,
    height: rows * height,
    data: pixels,
    channels: colours,
    depth: 8,
  });
  return { png, stretched: inside ? null : [least, most], grid: columns * rows > 1 ? [columns, rows] : null };
}

/** The bytes of a tensor's .npy file. */
export function toNpy(output: Tensor): Uint8Array {
  return writeNpy(output);
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
};

/** Says that a file cannot be written before time is spent on what goes into it. @throws Failure 3 */
export function checkWritable(path: string): void {
  try {
    accessSync(`${dirname(path)}/`, constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw { code: 'EISDIR' };
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Writes a file whole or not at all; Ctrl-C waits until it is. A link stays one, and a device takes bytes as they come.
 * @throws Failure 3
 */
export function writeWhole(path: string, bytes: Uint8Array): void {
  if (path.startsWith('/dev/')) {
    writeThrough(path, bytes);
    return;
  }
  const whole = existsSync(path) ? realpathSync(path) : path;
  const draft = `${whole}.${process.pid}.part`;
  const wait = () => {};
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, wait);
  try {
    writeFileSync(draft, bytes);
    renameSync(draft, whole);
  } catch (error) {
    rmSync(draft, { force: true });
    throw unwritable(path, error);
  } finally {
    for (const signal of signals) process.off(signal, wait);
  }
}

function writeThrough(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): Failure {
  const code = (error as { code?: string }).code ?? 'unknown reason';
  return new Failure(UNREADABLE, say`cannot write ${path}: ${WHY[code] ?? code}`);
}

/** Smallest, largest and mean of a tensor's finite numbers, and how many are not finite. */
export function summary(of: Tensor): { least: number; most: number; mean: number; notFinite: number } {
  let [least, most, sum, notFinite] = [Infinity, -Infinity, 0, 0];
  for (const value of of.data) {
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  return { least, most, mean: sum / (of.data.length - notFinite), notFinite };
}
