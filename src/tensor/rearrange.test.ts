import { describe, expect, it } from 'vitest';
import { npyArray, npyFile, readNpy, writeNpy } from './npy.ts';
import { rearrangeNpy } from './rearrange.ts';
import { tensor, toArray } from './tensor.ts';

const numbers = Float32Array.from({ length: 24 }, (_, i) => i);

describe('rearrangeNpy', () => {
  it('transposes, as NumPy does', () => {
    const file = writeNpy(tensor(numbers, [2, 3, 4]));
    const move = { from: [2, 3, 4], split: [2, 3, 4], permutation: [2, 0, 1], reversed: [], to: [4, 2, 3] };
    const moved = readNpy(rearrangeNpy(file, move));
    expect(moved.shape).toEqual([4, 2, 3]);
    expect(toArray(moved)).toEqual(
      [0, 1, 2, 3].map((k) => [0, 1].map((i) => [0, 1, 2].map((j) => i * 12 + j * 4 + k))),
    );
  });

  it('splits, reverses and joins dimensions', () => {
    const file = writeNpy(tensor(numbers, [6, 4]));
    const move = { from: [6, 4], split: [2, 3, 4], permutation: [1, 0, 2], reversed: [2], to: [3, 8] };
    const moved = toArray(readNpy(rearrangeNpy(file, move)));
    // numpy: np.arange(24).reshape(2, 3, 4).transpose(1, 0, 2)[:, :, ::-1].reshape(3, 8)
    expect(moved).toEqual([
      [3, 2, 1, 0, 15, 14, 13, 12],
      [7, 6, 5, 4, 19, 18, 17, 16],
      [11, 10, 9, 8, 23, 22, 21, 20],
    ]);
  });

  it('reads column-major files and dimensions of one element', () => {
    const rowMajor = npyArray(writeNpy(tensor(numbers, [1, 6, 4])));
    const columns = new Float32Array(24).map((_, i) => (i % 6) * 4 + Math.floor(i / 6));
    const file = npyFile('<f4', [1, 6, 4], new Uint8Array(columns.buffer));
    const text = Buffer.from(file)
      .toString('latin1')
      .replace("'fortran_order': False, ", "'fortran_order': True,  ");
    const fortran = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(npyArray(fortran).fortran).toBe(true);
    const move = {
      from: [1, 6, 4],
      split: [1, 2, 3, 4],
      permutation: [0, 1, 2, 3],
      reversed: [],
      to: [2, 3, 4],
    };
    expect(npyArray(rearrangeNpy(fortran, move)).data).toEqual(rowMajor.data);
  });

  it.each(['<f2', '|i1', '<f8', '|V2', '<c16', '>f4'])('moves %s without reading it', (descr) => {
    const itemSize = Number(descr.slice(2));
    const bytes = Uint8Array.from({ length: 6 * itemSize }, (_, i) => (i * 37) % 256);
    const file = npyFile(descr, [2, 3], bytes);
    const there = { from: [2, 3], split: [2, 3], permutation: [1, 0], reversed: [0], to: [3, 2] };
    const back = { from: [3, 2], split: [3, 2], permutation: [1, 0], reversed: [1], to: [2, 3] };
    expect(rearrangeNpy(rearrangeNpy(file, there), back)).toEqual(file);
  });

  it('refuses another shape, in one sentence', () => {
    const file = writeNpy(tensor(numbers, [2, 3, 4]));
    const move = { from: [4, 6], split: [4, 6], permutation: [1, 0], reversed: [], to: [6, 4] };
    expect(() => rearrangeNpy(file, move)).toThrowErrorMatchingInlineSnapshot(
      `[NpyError: npy: expected npy: expected an array of 4x6, received 2x3x4]`,
    );
  });

  it('refuses what is no array of numbers', () => {
    expect(() => npyArray(npyFile('|O8', [1], new Uint8Array(8)))).toThrowErrorMatchingInlineSnapshot(
      `[NpyError: npy: expected elements of 1 to 32 bytes, received O8]`,
    );
    expect(() => npyArray(npyFile('<f4', [3], new Uint8Array(8)))).toThrowErrorMatchingInlineSnapshot(
      `[NpyError: npy: expected 12 bytes for the shape 3, received 8]`,
    );
  });

  it('moves nothing', () => {
    const file = npyFile('<f4', [0, 3], new Uint8Array(0));
    const move = { from: [0, 3], split: [0, 3], permutation: [1, 0], reversed: [], to: [3, 0] };
    expect(npyArray(rearrangeNpy(file, move)).shape).toEqual([3, 0]);
  });
});
