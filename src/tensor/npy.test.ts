import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NpyError } from './error.ts';
import { readNpy, writeNpy } from './npy.ts';
import { tensor, toArray } from './tensor.ts';

function file(header: string, body: ArrayBuffer | Uint8Array = new Uint8Array(), major = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length =
    major === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  const numbers = new Uint8Array(body);
  return Uint8Array.from([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    major,
    0,
    ...length,
    ...text,
    ...numbers,
  ]);
}

const dict = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

function bytes(set: (view: DataView) => void, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  set(view);
  return new Uint8Array(view.buffer);
}

describe('npy', () => {
  it('reads back what it wrote', () => {
    for (const numbers of [Float32Array.of(1, -2.5, 3, 4, 5, 6), Float64Array.of(0.1, 2, 3, 4, 5, 6)]) {
      for (const shape of [[2, 3], [6], [1, 2, 3, 1]]) {
        const read = readNpy(writeNpy(tensor(numbers, shape)));
        expect(read.data).toEqual(numbers);
        expect(read.shape).toEqual(shape);
      }
    }
    expect(readNpy(writeNpy(tensor(Float32Array.of(7), []))).shape).toEqual([]);
  });

  it('writes the header NumPy writes', () => {
    const written = writeNpy(tensor(Float32Array.of(1, 2, 3)));
    expect(written.length).toBe(128 + 12);
    expect(new TextDecoder().decode(written.subarray(10, 128)).trimEnd()).toBe(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
    );
  });

  it.each([
    ['>f4', bytes((v) => v.setFloat32(0, 1.5), 4), Float32Array.of(1.5)],
    ['<f8', bytes((v) => v.setFloat64(0, 0.1, true), 8), Float64Array.of(0.1)],
    ['|i1', bytes((v) => v.setInt8(0, -7), 1), Float32Array.of(-7)],
    ['|u1', Uint8Array.of(200), Float32Array.of(200)],
    ['|b1', Uint8Array.of(1), Float32Array.of(1)],
    ['>i2', bytes((v) => v.setInt16(0, -300), 2), Float32Array.of(-300)],
    ['<u2', bytes((v) => v.setUint16(0, 60000, true), 2), Float32Array.of(60000)],
    ['<i4', bytes((v) => v.setInt32(0, -70000, true), 4), Float64Array.of(-70000)],
    ['>u4', bytes((v) => v.setUint32(0, 2 ** 31), 4), Float64Array.of(2 ** 31)],
    ['<i8', bytes((v) => v.setBigInt64(0, -5n, true), 8), Float64Array.of(-5)],
    ['>u8', bytes((v) => v.setBigUint64(0, 9n), 8), Float64Array.of(9)],
  ])('reads %s', (descr, body, numbers) => {
    for (const major of [1, 2, 3])
      expect(readNpy(file(dict(descr, '(1,)'), body, major)).data).toEqual(numbers);
  });

  it('reads column-major arrays in rows', () => {
    const read = readNpy(file(dict('|u1', '(2, 3)', 'True'), Uint8Array.of(1, 4, 2, 5, 3, 6)));
    expect(toArray(read)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it.each([
    ['no npy', new Uint8Array(20), 'npy: expected a file that begins with \\x93NUMPY'],
    ['nothing', new Uint8Array(), 'npy: expected a file that begins with \\x93NUMPY'],
    ['only a magic', file('').subarray(0, 9), 'npy: expected a header, received 9 bytes in all'],
    ['another version', file('', undefined, 9), 'npy: expected version 1, 2 or 3, received 9'],
    [
      'a cut header',
      file(dict('<f4', '(1,)')).subarray(0, 30),
      'npy: expected a header of 58 bytes, received 20',
    ],
    [
      'no dict',
      file('hello there'),
      'npy: expected a header with descr, fortran_order and shape, received hello there',
    ],
    [
      'a text type',
      file(dict('<U4', '(1,)')),
      'npy: expected numbers of type f4, f8, b1, i1, u1, i2, u2, i4, u4, i8, u8, received U4',
    ],
    [
      'too few numbers',
      file(dict('<f4', '(3, 4)'), new Uint8Array(40)),
      'npy: expected 48 bytes for the shape 3x4, received 40',
    ],
    [
      'too many numbers',
      file(dict('<f4', '(2,)'), new Uint8Array(12)),
      'npy: expected 8 bytes for the shape 2, received 12',
    ],
    [
      'a huge shape',
      file(dict('<f4', '(999999, 999999)')),
      'npy: expected a shape padwise can hold: tensor: shape 999999x999999 holds 999998000001 numbers, at most 2147483647 fit',
    ],
    ['a broken shape', file(dict('<f4', '(3 4,)')), 'npy: expected integers in the shape, received 3 4'],
    [
      'a large integer',
      file(
        dict('<i8', '(1,)'),
        bytes((v) => v.setBigInt64(0, 2n ** 60n, true), 8),
      ),
      'npy: expected integers within 2^53, received 1152921504606846976',
    ],
  ])('refuses %s in one sentence', (_, damaged, message) => {
    expect(() => readNpy(damaged)).toThrow(message);
  });

  it('gives an array or an NpyError for any damage', () => {
    const whole = writeNpy(tensor(Float32Array.of(1, 2, 3, 4), [2, 2]));
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), (changes, length) => {
        const copy = whole.slice(0, length);
        for (const [at, byte] of changes) copy[at] = byte;
        try {
          readNpy(copy);
        } catch (error) {
          expect(error).toBeInstanceOf(NpyError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
