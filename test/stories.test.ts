// The stories padwise was made for, as its users would ask them, through the code of the real frameworks.

import { describe, expect, it } from 'vitest';
import { dialects, type Layer, port } from '../src/dialects/index.ts';
import { readLayer, readLayers } from '../src/dialects/python.ts';
import { agreement, compare } from '../src/explain/index.ts';
import {
  type Axis,
  axis,
  fullPads,
  type Geometry,
  out,
  outputShape,
  samePads,
  transposedWords,
  unread,
  utilisation,
} from '../src/geometry/index.ts';

const read = (code: string): Layer => readLayer(code, { dialects });
const resolve = (code: string, input: readonly number[]) => read(code).resolve(input);
const step = (code: string, input: readonly number[]) => resolve(code, input).steps[0] as Geometry;
const pads = (of: Geometry) => of.axes.map(({ before, after }) => [before, after]);
const ported = (code: string, input: readonly number[], to: string) => {
  const target = dialects.find(({ id }) => id === to);
  if (target === undefined) throw new Error(to);
  const answer = port(read(code), input, target, (text, dialect, tensors) =>
    readLayers(text, { dialects: [dialect], tensors }),
  );
  return 'lines' in answer ? answer.lines : answer.impossible;
};

describe('G1: Keras 64, k4 s2 same', () => {
  const code = 'keras.layers.Conv2D(6, 4, strides=2, padding="same")';

  it('gives 32 with one pad a side', () => {
    expect(resolve(code, [1, 64, 64, 3]).output).toEqual([1, 32, 32, 6]);
    expect(pads(step(code, [1, 64, 64, 3]))).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('is exactly torch padding=1', () => {
    expect(compare(read(code), read('nn.Conv2d(3, 6, 4, stride=2, padding=1)'), [1, 3, 64, 64]).verdict).toBe(
      'same',
    );
  });

  it("gives 31 as 'valid'", () => {
    expect(resolve(code.replace('same', 'valid'), [1, 64, 64, 3]).output).toEqual([1, 31, 31, 6]);
  });
});

describe('G2: 224, k7 s2', () => {
  const keras = 'Conv2D(64, 7, strides=2, padding="same")';
  const torch = 'nn.Conv2d(3, 64, 7, 2, 3)';

  it('is 112 in both, one pixel apart', () => {
    expect(pads(step(keras, [1, 224, 224, 3]))).toEqual([
      [2, 3],
      [2, 3],
    ]);
    expect(pads(step(torch, [1, 3, 224, 224]))).toEqual([
      [3, 3],
      [3, 3],
    ]);
    const { verdict, shift, first, second } = compare(read(torch), read(keras), [1, 3, 224, 224]);
    expect([verdict, shift]).toEqual(['shifted', [1, 1]]);
    expect([first, second].map(([of]) => outputShape(of as Geometry))).toEqual([
      [1, 64, 112, 112],
      [1, 64, 112, 112],
    ]);
  });

  it('is equal for odd sizes', () => {
    expect(agreement(read(torch), read(keras), [1, 3, 224, 224])).toEqual({ period: 2, equal: [1] });
    for (let size = 7; size < 40; size++) {
      const same = compare(read(torch), read(keras), [1, 3, size, size]).verdict === 'same';
      expect([size, same]).toEqual([size, size % 2 === 1]);
    }
  });

  it('ports by explicit pads', () => {
    expect(ported(keras, [1, 224, 224, 3], 'torch')).toEqual([
      'x = F.pad(x, (2, 3, 2, 3))',
      'x = nn.Conv2d(3, 64, 7, stride=2)(x)',
    ]);
  });
});

describe('G3: 8x8, k(3,5), s(3,4)', () => {
  it('is 2x2 in torch with padding (0,1)', () => {
    expect(resolve('nn.Conv2d(1, 1, (3, 5), (3, 4), (0, 1))', [1, 1, 8, 8]).output).toEqual([1, 1, 2, 2]);
  });

  it("is 2x1 in Keras 'valid', three columns unread", () => {
    const of = step('Conv2D(1, (3, 5), strides=(3, 4), padding="valid")', [1, 8, 8, 1]);
    expect(outputShape(of)).toEqual([1, 1, 2, 1]);
    expect(unread(of.axes[1] as Axis)).toEqual([5, 6, 7]);
  });

  it("is 3x2 in Keras 'same' with pads (0,1), (0,1)", () => {
    const of = step('Conv2D(1, (3, 5), strides=(3, 4), padding="same")', [1, 8, 8, 1]);
    expect(outputShape(of)).toEqual([1, 1, 3, 2]);
    expect(pads(of)).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});

describe('G5: Keras Conv2DTranspose k3 s2 same on 16', () => {
  const keras = 'Conv2DTranspose(4, 3, strides=2, padding="same")';
  const torch = 'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)';

  it('is 32, cutting (0,1) of the natural 33', () => {
    const of = step(keras, [1, 16, 16, 8]);
    expect(outputShape(of)).toEqual([1, 4, 32, 32]);
    expect(transposedWords(of.axes[0] as Axis)).toEqual({ stride: 2, natural: 33, crop: [0, 1] });
  });

  it('is shifted by one against torch padding=1, output_padding=1, which cuts (1,0)', () => {
    expect(transposedWords(step(torch, [1, 8, 16, 16]).axes[0] as Axis).crop).toEqual([1, 0]);
    const { verdict, shift } = compare(read(keras), read(torch), [1, 8, 16, 16]);
    expect([verdict, shift.map(Math.abs)]).toEqual(['shifted', [1, 1]]);
  });

  it('no torch arguments say it: the natural output is cut', () => {
    expect(ported(keras, [1, 16, 16, 8], 'torch')).toEqual([
      'x = nn.ConvTranspose2d(8, 4, 3, stride=2)(x)',
      'x = F.pad(x, (0, -1, 0, -1))',
    ]);
    for (const padding of [0, 1, 2]) {
      for (const extra of [0, 1]) {
        const code = `nn.ConvTranspose2d(8, 4, 3, stride=2, padding=${padding}, output_padding=${extra})`;
        expect(compare(read(keras), read(code), [1, 8, 16, 16]).verdict).not.toBe('same');
      }
    }
  });
});

describe('G7: pool n5 k2 s2 p1 ceil', () => {
  it('is 3, where rounding up alone says 4', () => {
    expect(resolve('nn.MaxPool1d(2, 2, 1, ceil_mode=True)', [1, 1, 5]).output).toEqual([1, 1, 3]);
    expect(Math.ceil((5 + 2 - 2) / 2) + 1).toBe(4);
    // MXNet's ceil mode keeps the window that starts in the padding.
    expect(resolve('nn.MaxPool1D(2, 2, 1, ceil_mode=True)', [1, 1, 5]).output).toEqual([1, 1, 4]);
  });
});

describe('G8: utilisation of 8 by k3 s1', () => {
  const used = ([before, after]: readonly number[]) =>
    utilisation(axis({ size: 8, kernel: 3, before: before as number, after: after as number }));

  it('valid 1,2,3,3,3,3,2,1; same 2,3,3,3,3,3,3,2; full all 3', () => {
    const window = { size: 8, kernel: 3, stride: 1, dilation: 1 };
    expect(used([0, 0])).toEqual([1, 2, 3, 3, 3, 3, 2, 1]);
    expect(used(samePads(window))).toEqual([2, 3, 3, 3, 3, 3, 3, 2]);
    expect(used(fullPads(window))).toEqual([3, 3, 3, 3, 3, 3, 3, 3]);
  });
});

describe('G9: utilisation of 8 by k3 s2', () => {
  const used = (code: string, input: readonly number[]) => utilisation(step(code, input).axes[0] as Axis);

  it('TensorFlow (0,1) 1,1,2,1,2,1,2,1; torch padding=1 1,2,1,2,1,2,1,1', () => {
    expect(used('Conv1D(1, 3, strides=2, padding="same")', [1, 8, 1])).toEqual([1, 1, 2, 1, 2, 1, 2, 1]);
    expect(used('nn.Conv1d(1, 1, 3, stride=2, padding=1)', [1, 1, 8])).toEqual([1, 2, 1, 2, 1, 2, 1, 1]);
  });

  it('is even at 9', () => {
    const even = [1, 2, 1, 2, 1, 2, 1, 2, 1];
    expect(used('Conv1D(1, 3, strides=2, padding="same")', [1, 9, 1])).toEqual(even);
    expect(used('nn.Conv1d(1, 1, 3, stride=2, padding=1)', [1, 1, 9])).toEqual(even);
  });
});

describe('the textbook section, in four frameworks', () => {
  const shapes: [string, number[], [string, readonly number[]][]][] = [
    [
      'k3 p1',
      [8, 8],
      [
        ['nn.LazyConv2d(1, kernel_size=3, padding=1)', [1, 1, 8, 8]],
        ['gluon.nn.Conv2D(1, kernel_size=3, padding=1)', [1, 1, 8, 8]],
        ["nn.Conv(1, kernel_size=(3, 3), padding='SAME')", [1, 8, 8, 1]],
        ["tf.keras.layers.Conv2D(1, kernel_size=3, padding='same')", [1, 8, 8, 1]],
      ],
    ],
    [
      'k(5,3) p(2,1)',
      [8, 8],
      [
        ['nn.LazyConv2d(1, kernel_size=(5, 3), padding=(2, 1))', [1, 1, 8, 8]],
        ['gluon.nn.Conv2D(1, kernel_size=(5, 3), padding=(2, 1))', [1, 1, 8, 8]],
        ['nn.Conv(1, kernel_size=(5, 3), padding=(2, 1))', [1, 8, 8, 1]],
        ["tf.keras.layers.Conv2D(1, kernel_size=(5, 3), padding='same')", [1, 8, 8, 1]],
      ],
    ],
    [
      'k3 p1 s2',
      [4, 4],
      [
        ['nn.LazyConv2d(1, kernel_size=3, padding=1, stride=2)', [1, 1, 8, 8]],
        ['gluon.nn.Conv2D(1, kernel_size=3, padding=1, strides=2)', [1, 1, 8, 8]],
        ['nn.Conv(1, kernel_size=(3, 3), padding=1, strides=2)', [1, 8, 8, 1]],
        ["tf.keras.layers.Conv2D(1, kernel_size=3, padding='same', strides=2)", [1, 8, 8, 1]],
      ],
    ],
    [
      'k(3,5) p(0,1) s(3,4)',
      [2, 2],
      [
        ['nn.LazyConv2d(1, kernel_size=(3, 5), padding=(0, 1), stride=(3, 4))', [1, 1, 8, 8]],
        ['gluon.nn.Conv2D(1, kernel_size=(3, 5), padding=(0, 1), strides=(3, 4))', [1, 1, 8, 8]],
        ['nn.Conv(1, kernel_size=(3, 5), padding=(0, 1), strides=(3, 4))', [1, 8, 8, 1]],
      ],
    ],
    [
      'k(3,5) s(3,4) valid',
      [2, 1],
      [["tf.keras.layers.Conv2D(1, kernel_size=(3, 5), padding='valid', strides=(3, 4))", [1, 8, 8, 1]]],
    ],
  ];

  it.each(
    shapes.flatMap(([name, sizes, layers]) => layers.map(([code, input]) => ({ name, sizes, code, input }))),
  )('$name: $code', ({ sizes, code, input }) => {
    const of = step(code, input);
    expect(of.axes.map(out)).toEqual(sizes);
  });
});
