// NumPy's file of one array: a magic, a version, the length of a header, the header as a Python dict, the numbers.
//
//   93 'NUMPY' | 1 0 | 118 as uint16 (version 1) or uint32 (2, 3) | {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
//
// Reads floats, integers and booleans of both byte orders: f4, i1, i2, u1, u2, b1 as float32, f8 and the wider integers as
// float64. The header is matched, never evaluated. Source: numpy/lib/_format_impl.py (NEP 1).

import { say, type Text } from '../words/index.ts';
import { NpyError, type TensorError } from './error.ts';
import {
  contiguous,
  count,
  type Numbers,
  permuted,
  rowMajor,
  shapeText,
  type Tensor,
  tensor,
} from './tensor.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const LONGEST_HEADER = 65536;

interface Element {
  readonly bytes: number;
  readonly double: boolean;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

const ELEMENTS: Readonly<Record<string, Element>> = {
  f4: { bytes: 4, double: false, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, double: true, read: (view, at, little) => view.getFloat64(at, little) },
  b1: { bytes: 1, double: false, read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, double: false, read: (view, at) => view.getInt8(at) },
  u1: { bytes: 1, double: false, read: (view, at) => view.getUint8(at) },
  i2: { bytes: 2, double: false, read: (view, at, little) => view.getInt16(at, little) },
  u2: { bytes: 2, double: false, read: (view, at, little) => view.getUint16(at, little) },
  i4: { bytes: 4, double: true, read: (view, at, little) => view.getInt32(at, little) },
  u4: { bytes: 4, double: true, read: (view, at, little) => view.getUint32(at, little) },
  i8: { bytes: 8, double: true, read: (view, at, little) => exact(view.getBigInt64(at, little)) },
  u8: { bytes: 8, double: true, read: (view, at, little) => exact(view.getBigUint64(at, little)) },
};

/**
 * The array of a .npy file, row-major.
 * @throws NpyError for bytes that are no such file, are cut off, or hold what no float64 can
 */
export function readNpy(file: ArrayBuffer | Uint8Array): Tensor {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { text, end } = header(bytes, view);
  const { endian, type, fortran, shape } = fields(text);
  const element = elementOf(type);
  const little = endian !== '>';
  const numbers = sized(shape);
  const held = bytes.length - end;
  if (held !== numbers * element.bytes)
    refuse(say`${numbers * element.bytes} bytes for the shape ${shapeText(shape)}, received ${held}`);
  const data = element.double ? new Float64Array(numbers) : new Float32Array(numbers);
  for (let i = 0; i < numbers; i++) data[i] = element.read(view, end + i * element.bytes, little);
  return fortran ? columnMajor(data, shape) : tensor(data, shape);
}

/** The tensor as a .npy file: version 1, little-endian float32 or float64, row-major. */
export function writeNpy(of: Tensor): Uint8Array {
  const { data, shape } = contiguous(of);
  const bytes = data.BYTES_PER_ELEMENT;
  const numbers = new Uint8Array(data.length * bytes);
  const view = new DataView(numbers.buffer);
  data.forEach((value, i) => {
    if (bytes === 4) view.setFloat32(i * 4, value, true);
    else view.setFloat64(i * 8, value, true);
  });
  return npyFile(`<f${bytes}`, shape, numbers);
}

/** A .npy file's array as it lies there: elements of `itemSize` bytes, row-major unless `fortran`. */
export interface NpyArray {
  readonly descr: string;
  readonly itemSize: number;
  readonly shape: readonly number[];
  readonly fortran: boolean;
  readonly data: Uint8Array;
}

/**
 * The array of a .npy file without reading its numbers: floats, integers, booleans, complex and raw bytes of any width.
 * @throws NpyError for bytes that are no such file or are cut off
 */
export function npyArray(bytes: Uint8Array): NpyArray {
  const { text, end } = header(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { endian, type, fortran, shape } = fields(text);
  const itemSize = /^[fiubcV]\d+$/.test(type) ? Number(type.slice(1)) : 0;
  if (itemSize < 1 || itemSize > 32) refuse(say`elements of 1 to 32 bytes, received ${type.slice(0, 20)}`);
  const data = bytes.subarray(end);
  const needed = sized(shape) * itemSize;
  if (data.length !== needed)
    refuse(say`${needed} bytes for the shape ${shapeText(shape)}, received ${data.length}`);
  return { descr: `${endian}${type}`, itemSize, shape, fortran, data };
}

/** A .npy file of version 1 around row-major elements, byte for byte as NumPy writes it. */
export function npyFile(descr: string, shape: readonly number[], elements: Uint8Array): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // NumPy leaves room for the first size to grow to 21 digits.
  const grown = shape.length === 0 ? 0 : 21 - String(shape[0]).length;
  const start = Math.ceil((10 + text.length + grown + 1) / 64) * 64;
  const file = new Uint8Array(start + elements.length);
  file.set([...MAGIC, 1, 0]);
  new DataView(file.buffer).setUint16(8, start - 10, true);
  file.set(new TextEncoder().encode(`${text.padEnd(start - 11)}\n`), 10);
  file.set(elements, start);
  return file;
}

function header(bytes: Uint8Array, view: DataView): { text: string; end: number } {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) refuse('a file that begins with \\x93NUMPY');
  if (bytes.length < 12) refuse(say`a header, received ${bytes.length} bytes in all`);
  const major = view.getUint8(6);
  if (major < 1 || major > 3) refuse(say`version 1, 2 or 3, received ${major}`);
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) refuse(say`a header of at most ${LONGEST_HEADER} bytes, received ${length}`);
  const end = start + length;
  if (end > bytes.length)
    refuse(say`a header of ${length} bytes, received ${Math.max(0, bytes.length - start)}`);
  return { text: new TextDecoder().decode(bytes.subarray(start, end)), end };
}

function fields(text: string): {
  endian: string;
  type: string;
  fortran: boolean;
  shape: readonly number[];
} {
  const descr = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z]\d*)'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\dL,\s]*)\)/.exec(text)?.[1];
  if (descr === null || order === undefined || sizes === undefined)
    refuse(say`a header with descr, fortran_order and shape, received ${text.trim().slice(0, 80)}`);
  const [, endian = '', type = ''] = descr;
  const shape = sizes
    .split(',')
    .filter((size) => size.trim() !== '')
    .map((size) =>
      /^\s*\d{1,15}L?\s*$/.test(size)
        ? Number.parseInt(size, 10)
        : refuse(say`integers in the shape, received ${size.trim().slice(0, 40)}`),
    );
  return { endian, type, fortran: order === 'True', shape };
}

function elementOf(type: string): Element {
  const element = Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type] : undefined;
  if (element === undefined)
    refuse(say`numbers of type ${Object.keys(ELEMENTS).join(', ')}, received ${type.slice(0, 20)}`);
  return element;
}

function sized(shape: readonly number[]): number {
  try {
    return count(shape);
  } catch (error) {
    return refuse(say`a shape padwise can hold: ${(error as TensorError).sentence}`);
  }
}

function columnMajor(data: Numbers, shape: readonly number[]): Tensor {
  const reversed = [...shape].reverse();
  const backwards = shape.map((_, i) => shape.length - 1 - i);
  return contiguous(permuted({ data, shape: reversed, strides: rowMajor(reversed), offset: 0 }, backwards));
}

function exact(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
    refuse(say`integers within 2^53, received ${value}`);
  return Number(value);
}

function refuse(expected: Text): never {
  throw new NpyError(expected);
}
