// padwise reach, and explain of stacks and of open sizes, as a user sees them. Read every change of one.

import { describe, expect, it } from 'vitest';
import { padwise } from '../test/terminal.ts';

const printed = async (...argv: string[]) => {
  const { exit, out, err } = await padwise(...argv);
  return `${out}${err}exit ${exit}`;
};
const wide = (text: string) => text.split('\n').filter((line) => line.length > 80);

const STEM = `nn.Sequential(
    nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True),
    nn.MaxPool2d(3, stride=2, padding=1))`;
const ENCODER = `model = keras.Sequential()
model.add(keras.Input(shape=(30, 30, 1)))
for_each = layers.Conv2D(8, (3, 5), activation="relu")
model.add(for_each)
model.add(layers.MaxPooling2D(2))
model.add(layers.Conv2D(16, 3, dilation_rate=2))
model.add(layers.Flatten())
model.add(layers.Dense(10))`;

describe('reach', () => {
  it("ResNet's stem", async () => {
    const text = await printed('reach', STEM, '--input', '224');
    expect(wide(text)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "torch   1x3x224x224 -> 1x64x56x56

                                output  pads  field  jump  centre  params  MACs
      1 nn.Conv2d k7 s2     64x112x112   3,3      7     2       0   9,408  118M
      2 nn.BatchNorm2d      64x112x112     -      7     2       0     128     -
      3 nn.ReLU             64x112x112     -      7     2       0       -     -
      4 nn.MaxPool2d k3 s2    64x56x56   1,1     11     4       0       -     -
      in all 9,536 parameters, 118,013,952 multiply-adds
      and 128 counted statistics, not trained

      height and width   224 -> 56
        field      11 wide, one every 4, the first centred at 0
        output 0   reads 0..5; its field is -5..5, 5 of it padding
        output 27  reads 103..113
        output 55  reads 215..223; its field is 215..225, 2 of it padding
        used by    1 of 56 outputs (elements 222..223) to 3 (3..5, 7..9, 11..13, ...,
                   215..217)

      sizes     224 is taken; the nearest others are 223 and 225
      whole     224 drops nothing at the end; the nearest other sizes that drop
                nothing are 223 and 225
      exit 0"
    `);
  });

  it('axes that differ, elements that are dropped, gaps', async () => {
    const text = await printed('reach', ENCODER);
    expect(wide(text)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "keras   1x30x30x1 -> 1x10

                             output  pads  field  jump   centre  params    MACs
      1 keras.Input         30x30x1     -      -     -        -       -       -
      2 Conv2D k3x5         28x26x8   0,0    3/5     1      1/2     128  87,360
      3 MaxPooling2D k2 s2  14x13x8   0,0    4/6     2  1.5/2.5       -       -
      4 Conv2D k3 d2        10x9x16   0,0  12/14     2  5.5/6.5   1,168    104k
      5 Flatten                1440     -      -     -        -       -       -
      6 Dense                    10     -      -     -        -  14,410  14,400
      in all 15,706 parameters, 205,440 multiply-adds

      height   30 -> 10
        field     12 wide, one every 2, the first centred at 5.5
        output 0  reads 0..11
        output 4  reads 8..19
        output 9  reads 18..29
        used by   1 of 10 outputs (elements 0..1, 28..29) to 6 (10..19)

      width   30 -> 9
        field     14 wide, one every 2, the first centred at 6.5
        output 0  reads 0..13
        output 4  reads 8..21
        output 8  reads 16..29
        used by   1 of 9 outputs (elements 0..1, 28..29) to 7 (12..17)

      sizes     30 is taken; the nearest others are 29 and 31
      whole     30 drops nothing at the end; the nearest other sizes that drop nothing
                are 28 and 32
      exit 0"
    `);
  });

  it('a chosen output, through a transposed convolution', async () => {
    const code =
      'nn.Sequential(nn.Conv1d(1, 4, 4, stride=2, padding=1), nn.ConvTranspose1d(4, 1, 3, stride=2))';
    expect(await printed('reach', code, '--input', '16', '--output', '3')).toMatchInlineSnapshot(`
      "torch   1x1x16 -> 1x1x17

                                    output  pads  field  jump  centre  params  MACs
      1 nn.Conv1d k4 s2                4x8   1,1      4     2     0.5      20   128
      2 nn.ConvTranspose1d k3 s1/2    1x17   2,2      6     1    -0.5      13   104
      in all 33 parameters, 232 multiply-adds

      length   16 -> 17
        field     6 wide, one every 1, the first centred at -0.5
        output 3  reads 1..4
        used by   3 of 17 outputs (elements 0, 15) to 5 (1..14)

      sizes     16 is taken; the nearest others are 15 and 17
      whole     16 drops nothing at the end; the nearest other sizes that drop nothing
                are 15 and 17
      exit 0"
    `);
  });

  it('a stack that refuses the size, and the next that it takes', async () => {
    const code = '[nn.Conv2d(3, 8, 5, stride=2), nn.ReLU(), nn.Conv2d(8, 8, 5)]';
    expect(await printed('reach', code, '--input', '11')).toMatchInlineSnapshot(`
      "padwise: layer 3 of 3, torch nn.Conv2d: kernel_size is 5, but the padded input is 4 wide (4 + 0 + 0). [1x8x4x4 k5 -> 8]
      hint: Nearest sizes that are taken: 13.
      exit 2"
    `);
  });

  it('as JSON', async () => {
    const { out, exit } = await padwise('reach', STEM, '--input', '224', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'padwise/reach/1',
      output: [1, 64, 56, 56],
      parameters: 9536,
      statistics: 128,
      axes: [
        {
          axes: [0, 1],
          size: 224,
          out: 56,
          whole: { field: 11, jump: 4, centre: 0 },
          dead: [],
          least: 1,
          most: 3,
        },
      ],
      legal: { given: true, below: 223, above: 225 },
      whole: { given: true, first: null },
    });
  });

  it.each([
    ['nonsense', '--output: expected numbers such as 3 or 3,5, received nonsense'],
    ['3,4,5', '--output: expected 1 or 2 indices, received 3,4,5'],
    ['56', '--output: expected an index of 0 to 55, received 56'],
    ['-1', '--output: expected an index of 0 to 55, received -1'],
  ])('--output %s is refused', async (given, sentence) => {
    const { err, exit } = await padwise('reach', STEM, '--input', '224', `--output=${given}`);
    expect([exit, err.split('\n')[0]]).toEqual([2, `padwise: ${sentence}`]);
  });

  it.each([
    ['nn.Sequential()', 'padwise: expected a layer, such as nn.Conv2d(3, 6, 4), received nothing'],
    ['nn.Sequential(nn.ReLU(), nn.Flatten())', 'padwise: nn.ReLU, nn.Flatten slides no window'],
  ])('%s is refused', async (code, sentence) => {
    const { err, exit } = await padwise('reach', code, '--input', '224');
    expect([exit, err.split('\n')[0]]).toEqual([2, sentence]);
  });

  it('knows that a framework takes a size that is not answered, and one other size is one', async () => {
    const code = 'nn.Conv2d(3, 6, 2, 2)\nnn.AdaptiveAvgPool2d(7)\nnn.Flatten()\nnn.Linear(294, 10)';
    expect(await printed('reach', code, '--input', '28')).toContain(
      '28 is taken; the nearest others are 27 and 29',
    );
    expect(await printed('reach', code, '--input', '27')).toContain(
      'Nearest sizes that are taken: 15 and 28.',
    );
    const dense = 'nn.Conv2d(3, 6, 2, 2)\nnn.Flatten()\nnn.Linear(294, 10)';
    expect(await printed('reach', dense, '--input', '14')).toContain('14 is taken; the nearest other is 15');
  });

  it('takes a million pixels and a thousand layers', async () => {
    const million = await padwise(
      'reach',
      'nn.Sequential(nn.Conv1d(1, 1, 3, 2), nn.Conv1d(1, 1, 3, 2))',
      '--input',
      '1000000',
    );
    expect(million.exit).toBe(0);
    expect(million.out).toMatch(/field +7 wide/);
    const thousand = await padwise(
      'reach',
      `[${Array(999).fill('nn.ReLU()').join(', ')}, nn.Conv2d(3, 3, 3)]`,
      '--input',
      '32',
    );
    expect([thousand.exit, thousand.out.split('\n').length > 1000]).toEqual([0, true]);
    const deep = await padwise(
      'reach',
      `[${Array(400).fill('nn.Conv1d(1, 1, 3, 1, 1)').join(', ')}]`,
      '--input',
      '64',
    );
    expect(deep.out).toMatch(/field +801 wide/);
  });
});

describe('explain of a stack', () => {
  it('is a table of its shapes', async () => {
    const text = await printed('explain', STEM, '--input', '224');
    expect(wide(text)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "torch   1x3x224x224 -> 1x64x56x56

                                output  pads  parameters  multiply-adds
      1 nn.Conv2d k7 s2     64x112x112   3,3       9,408    118,013,952
      2 nn.BatchNorm2d      64x112x112     -         128              -
      3 nn.ReLU             64x112x112     -           -              -
      4 nn.MaxPool2d k3 s2    64x56x56   1,1           -              -
      in all 9,536 parameters, 118,013,952 multiply-adds
      and 128 counted statistics, not trained
      exit 0"
    `);
  });

  it('for every size', async () => {
    const text = await printed('explain', ENCODER.replace(', 30', ', None'), '--input', 'n');
    expect(wide(text)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "keras keras.Input, Conv2D, MaxPooling2D, Conv2D, Flatten, Dense
        1 x n x n x 3 -> 1 x 10

      height   for every n from 14 on
                                    out  before  after
      2 Conv2D                    n - 2       0      0
      3 MaxPooling2D   floor((n - 2)/2)       0      0
      4 Conv2D        floor((n - 10)/2)       0      0

      width   for every n from 14 on
                                    out  before  after
      2 Conv2D                    n - 4       0      0
      3 MaxPooling2D   floor((n - 4)/2)       0      0
      4 Conv2D        floor((n - 12)/2)       0      0
      exit 0"
    `);
  });

  it('as JSON', async () => {
    const { out } = await padwise('explain', STEM, '--input', '224', '--json');
    expect(JSON.parse(out)).toMatchObject({
      schema: 'padwise/stack/1',
      output: [1, 64, 56, 56],
      layers: [
        { name: 'nn.Conv2d', problem: '1x3x224x224 k7 s2 p3 -> 64' },
        {},
        {},
        { name: 'nn.MaxPool2d' },
      ],
      parameters: 9536,
    });
  });
});

describe('explain without a size', () => {
  it.each(['n', '?', '1xnxnx3', 'None,None,None,3', '-1', '1x?x?x3'])('--input=%s', async (given) => {
    const { out, exit } = await padwise(
      'explain',
      'layers.Conv2D(6, 3, strides=2, padding="same")',
      `--input=${given}`,
    );
    expect(exit).toBe(0);
    expect(out).toContain('before    n mod 2: 0 for even n; 1 for odd n');
  });

  it('is the answer where the code states none', async () => {
    expect(await printed('explain', 'layers.Conv2D(6, 4, strides=3, padding="same")')).toMatchInlineSnapshot(`
      "keras Conv2D   1 x n x n x 3 -> 1 x ceil(n/3) x ceil(n/3) x 6

      height and width   for every n from 1 on
        out       ceil(n/3)
        SAME      max(0, (ceil(n/3) - 1)*3 + 4 - n), the odd one after
        before    0 for n mod 3 = 0; 1 for n mod 3 = 1 or 2
        after     1 for n mod 3 = 0 or 2; 2 for n mod 3 = 1
        sides     alike only for n mod 3 = 2

      With a size, --input 64, it is explained with its arithmetic and evidence.
      exit 0"
    `);
  });

  it('as JSON, also as Python', async () => {
    const { out } = await padwise('explain', 'layers.Conv2D(6, 3, strides=2, padding="same")', '--json');
    expect(JSON.parse(out)).toMatchObject({
      schema: 'padwise/every-size/1',
      output: [1, 'ceil(n/2)', 'ceil(n/2)', 6],
      axes: [{ from: 1, period: 2, steps: [{ before: { math: 'n mod 2', python: 'n % 2' } }] }],
    });
  });
});

it('explain without a size names one that a dense layer takes', async () => {
  const stack = 'nn.Conv2d(1, 6, 5)\nnn.MaxPool2d(2)\nnn.Flatten()\nnn.Linear(6 * 14 * 14, 10)';
  expect(await printed('explain', stack)).toMatchInlineSnapshot(`
    "padwise: nn.Linear takes one number of features, so few sizes are taken: 32 is the smallest
    hint: Give one size, e.g. --input 32.
    exit 2"
  `);
});

describe('compare without a size', () => {
  it('is a verdict for each remainder', async () => {
    expect(
      await printed(
        'compare',
        'nn.Conv2d(3, 64, 7, 2, 3)',
        'Conv2D(64, 7, strides=2, padding="same")',
        '--input',
        'n',
      ),
    ).toMatchInlineSnapshot(`
      "torch nn.Conv2d
      keras Conv2D

      odd n    same pixels
      even n   SAME SHAPE, DIFFERENT PIXELS: shifted 1 px down and right

      This holds for every n from 1 on.
      exit 1"
    `);
  });

  it('names the activation that only one has', async () => {
    const relu = 'layers.Conv2D(8, 3, activation="relu")';
    expect(await printed('compare', relu, 'nn.Conv2d(3, 8, 3)', '--input', '9')).toContain(
      'Not compared: the activation relu of Conv2D.',
    );
    expect(await printed('compare', relu, relu, '--input', '9')).not.toContain('Not compared');
  });

  it('names what is not compared', async () => {
    const { out } = await padwise(
      'compare',
      STEM,
      '[nn.Conv2d(3, 64, 7, 2, 3), nn.MaxPool2d(3, 2, 1)]',
      '--input',
      '224',
    );
    expect(out).toContain('Not compared, for they slide no window: nn.BatchNorm2d, nn.ReLU.');
  });
});
