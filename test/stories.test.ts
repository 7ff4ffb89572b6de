// The stories padwise was made for, as its users would ask them, through the code of the real frameworks.

import { describe, expect, it } from 'vitest';
import { dialects, type Layer, port } from '../src/dialects/index.ts';
import { readLayer, readLayers } from '../src/dialects/python.ts';
import { agreement, compare, compareSteps } from '../src/explain/index.ts';
import { stack } from '../src/explain/stacks.ts';
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
import { receptive } from '../src/geometry/sizes.ts';
import { padwise } from './terminal.ts';

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

describe('G4: k3 s2 five times on 224', () => {
  const torchLayers = (count: number) =>
    readLayers(`nn.Sequential(${Array(count).fill('nn.Conv2d(3, 3, 3, 2, 1)').join(', ')})`, { dialects });
  const kerasLayers = (count: number) =>
    readLayers(`keras.Sequential([${Array(count).fill('layers.Conv2D(3, 3, 2, "same")').join(', ')}])`, {
      dialects,
    });
  const apart = (count: number) => {
    const steps = [
      stack(torchLayers(count), [1, 3, 224, 224]),
      stack(kerasLayers(count), [1, 224, 224, 3]),
    ].map((rows) => rows.flatMap((row) => row.steps));
    const [first, second] = steps as [Geometry[], Geometry[]];
    const { verdict, shift } = compareSteps(first, second);
    return [verdict, shift, receptive(first.map(({ axes }) => axes[0] as Axis)).jump];
  };

  it('is 31 px apart at stride 32, after three 7 px at stride 8', () => {
    expect(apart(5)).toEqual(['shifted', [31, 31], 32]);
    expect(apart(3)).toEqual(['shifted', [7, 7], 8]);
  });

  it('is said layer by layer', async () => {
    const code = (layers: string[]) => layers.join('\n');
    const { exit, out: said } = await padwise(
      'compare',
      code(Array(5).fill('nn.Conv2d(3, 3, 3, 2, 1)')),
      code(Array(5).fill('layers.Conv2D(3, 3, 2, "same")')),
      '--input',
      '224',
    );
    expect(exit).toBe(1);
    expect(said.split('\n').filter((line) => line.includes('apart'))).toEqual([
      'layer 1, 1 px apart at stride 2',
      'layer 2, 3 px apart at stride 4',
      'layer 3, 7 px apart at stride 8',
      'layer 4, 15 px apart at stride 16',
      'layer 5, 31 px apart at stride 32',
    ]);
  });
});

describe('G6: F.pad(x,(0,1,0,1)) then conv k3 s2 p0', () => {
  it("is TensorFlow's SAME and ONNX' SAME_UPPER for even n", async () => {
    const padded = 'x = F.pad(x, (0, 1, 0, 1))\nx = nn.Conv2d(3, 8, 3, stride=2)(x)';
    const keras = 'layers.Conv2D(8, 3, strides=2, padding="same")';
    const onnx =
      "helper.make_node('Conv', ['x', 'w'], ['y'], kernel_shape=[3, 3], strides=[2, 2], auto_pad='SAME_UPPER')";
    const same = await padwise('compare', padded, keras, '--input', 'n');
    expect(same.exit).toBe(1);
    expect(same.out).toContain('even n   same pixels');
    expect((await padwise('compare', padded, keras, '--input', '224')).exit).toBe(0);
    const node = await padwise('compare', padded, onnx, '--input', '224', '--tensor', 'w=8x3x3x3');
    expect(node.exit).toBe(0);
    expect((await padwise('compare', padded, keras, '--input', '225')).exit).toBe(1);
  });
});

describe('G11: ONNX auto_pad SAME_LOWER, size unknown', () => {
  it('is answered symbolically, the node named', async () => {
    const node =
      "helper.make_node('Conv', ['x', 'w'], ['y'], name='conv_7', kernel_shape=[4, 4], strides=[2, 2], auto_pad='SAME_LOWER')";
    const { exit, out: said } = await padwise('explain', node, '--input', '1x3xnxn', '--tensor', 'w=8x3x4x4');
    expect(exit).toBe(0);
    expect(said).toMatchInlineSnapshot(`
      "onnx Conv conv_7   1 x 3 x n x n -> 1 x 8 x ceil(n/2) x ceil(n/2)

      height and width   for every n from 1 on
        out       ceil(n/2)
        SAME      max(0, (ceil(n/2) - 1)*2 + 4 - n), the odd one before
        before    n mod 2 + 1: 1 for even n; 2 for odd n
        after     1
        sides     alike only for even n
      "
    `);
    const jax = 'lax.conv(x, jnp.zeros((8, 3, 4, 4)), (2, 2), "SAME_LOWER")';
    const other = await padwise('explain', jax, '--input', '1x3x?x?');
    expect(other.out.split('\n').slice(1)).toEqual(said.split('\n').slice(1));
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
