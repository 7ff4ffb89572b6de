// Whole explanations, as a user sees them. Read every change of one: it is what the program says.

import { describe, expect, it } from 'vitest';
import { padwise, piped } from '../test/terminal.ts';

const printed = async (...argv: string[]) => {
  const { exit, out, err } = await padwise(...argv);
  return `${out}${err}exit ${exit}`;
};

describe('explain', () => {
  it('Keras same, 64 -> 32', async () => {
    const code = 'keras.layers.Conv2D(6, 4, strides=2, padding="same")';
    expect(await printed('explain', code, '--input', '1x64x64x3')).toMatchInlineSnapshot(`
      "keras Conv2D   1x64x64x3 -> 1x32x32x6                    1x3x64x64 k4 s2 p1 -> 6

      height and width   64 -> 32
        SAME     (ceil(64 / 2) - 1) * 2 + 4 - 64 = (32 - 1) * 2 + 4 - 64 = 2
        pads     1 before, 1 after
        out      floor((64 + 1 + 1 - 4) / 2) + 1 = 32
        unpadded it would be floor((64 - 4) / 2) + 1 = 31

                  .  0  1  2  3  4  5  6  7  8  ... 55 56 57 58 59 60 61 62 63  .
        out 0     ○  ●  ●  ●                    ...
        out 1           ●  ●  ●  ●              ...
        out 2                 ●  ●  ●  ●        ...
        out 3                       ●  ●  ●  ●  ...
        ...
        out 28                                  ...  ●  ●  ●  ●
        out 29                                  ...        ●  ●  ●  ●
        out 30                                  ...              ●  ●  ●  ●
        out 31                                  ...                    ●  ●  ●  ○
        ● reads the input   ○ reads padding

      weights  kernel 4x4x3x6, bias 6: 294 parameters
      work     294,912 multiply-adds

      as people usually write it elsewhere
        torch      nn.Conv2d(3, 6, 4, stride=2, padding=1)
                   same pixels
        flax       nn.Conv(features=6, kernel_size=(4, 4), strides=(2, 2), padding='SAME')
                   same pixels
        mxnet      nn.Conv2D(6, kernel_size=4, strides=2, padding=1)
                   same pixels

      evidence
        recorded  keras 3.15.1 on tensorflow 2.21.0 ran
                  keras.layers.Conv2D(1, (1, 4), strides=(1, 2), padding='same')
                  on size 64: 32 outputs, the first window starting 1 before the input
                  oracle/fixtures/keras/stories-conv.json
        run now   x = 1..64 under taps 1, 100, 10000, ... gives 32 outputs;
                  the first, 3020100, reads . 1 2 3
                  the last, 646362, reads 62 63 64 .   (. is padding)
      exit 0"
    `);
  });

  it('a pad and a convolution, as one', async () => {
    const code = 'F.conv2d(F.pad(x, (0, 1, 0, 1)), weight, stride=2)';
    expect(
      await printed('explain', code, '--tensor', 'weight=6x3x3x3', '--input', '8'),
    ).toMatchInlineSnapshot(`
      "torch F.pad, F.conv2d   1x3x8x8 -> 1x6x4x4               1x3x8x8 k3 s2 p0,1 -> 6

      height and width   8 -> 4
        SAME     (ceil(8 / 2) - 1) * 2 + 3 - 8 = (4 - 1) * 2 + 3 - 8 = 1
        pads     0 before, 1 after
        out      floor((8 + 0 + 1 - 3) / 2) + 1 = 4
        unpadded it would be floor((8 - 3) / 2) + 1 = 3

                 0 1 2 3 4 5 6 7 .
        out 0    ● ● ●
        out 1        ● ● ●
        out 2            ● ● ●
        out 3                ● ● ○
        ● reads the input   ○ reads padding

      weights  weight 6x3x3x3: 162 parameters
      work     2,592 multiply-adds

      as people usually write it elsewhere
        keras      layers.Conv2D(6, 3, strides=2, padding='same')
                   same pixels
        flax       nn.Conv(features=6, kernel_size=(3, 3), strides=(2, 2), padding='SAME')
                   same pixels
        mxnet      nn.Conv2D(6, kernel_size=3, strides=2, padding=1)
                   SAME SHAPE, DIFFERENT PIXELS: shifted 1 px up and left

      evidence
        recorded  no run of this framework has this window and these pads
        run now   x = 1..8 under taps 1, 10, 100 gives 4 outputs;
                  the first, 321, reads 1 2 3
                  the last, 87, reads 7 8 .   (. is padding)
      exit 0"
    `);
  });

  it('a transposed convolution', async () => {
    const code = 'nn.ConvTranspose1d(1, 1, 3, stride=2, padding=1)';
    expect(await printed('explain', code, '--input', '4')).toMatchInlineSnapshot(`
      "torch nn.ConvTranspose1d   1x1x4 -> 1x1x7               1x1x4 k3 i2 p1 flip -> 1

      length   4 -> 7
        natural  (4 - 1) * 2 + 3 = 9 positions written
        cut      1 before, 1 after: 7 are kept

        natural  0 1 2 3 4 5 6 7 8
        in 0     ● ● ●
        in 1         ● ● ●
        in 2             ● ● ●
        in 3                 ● ● ●
        out      x 0 1 2 3 4 5 6 x
        ● written by this input element   x cut off

      weights  weight 1x1x3, bias 1: 4 parameters
      work     10 multiply-adds

      as people usually write it elsewhere
        keras      layers.Conv1DTranspose(1, 3, strides=2)
                   different shape: 1x9x1
        flax       nn.ConvTranspose(features=1, kernel_size=(3,), strides=(2,), padding='VALID')
                   different shape: 1x9x1

      evidence
        recorded  torch 2.13.0 ran
                  nn.ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_padding=0, dilation=1)
                  on x = 1..4 under taps 1, 10, 100
                  and answered 7: 10,102,20,203,30,304,40
                  oracle/fixtures/torch/conv-transpose1d.json
        run now   x = 1..4 under taps 1, 10, 100 gives 7 outputs;
                  the first, 10, reads . 1 .
                  the last, 40, reads . 4 .   (. is a hole or padding)
      exit 0"
    `);
  });

  it('a dilated causal one', async () => {
    const code = "Conv1D(1, 3, padding='causal', dilation_rate=2)";
    expect(await printed('explain', code, '--input', '6')).toMatchInlineSnapshot(`
      "keras Conv1D   1x6x1 -> 1x6x1                              1x1x6 k3 d2 p4,0 -> 1

      length   6 -> 6
        window   (3 - 1) * 2 + 1 = 5 positions wide
        causal   5 - 1 = 4, all before
        pads     4 before, 0 after
        out      floor((6 + 4 + 0 - 5) / 1) + 1 = 6
        unpadded it would be floor((6 - 5) / 1) + 1 = 2

                 . . . . 0 1 2 3 4 5
        out 0    ○ - ○ - ●
        out 1      ○ - ○ - ●
        out 2        ○ - ● - ●
        out 3          ○ - ● - ●
        out 4            ● - ● - ●
        out 5              ● - ● - ●
        ● reads the input   ○ reads padding   - skipped by the dilation

      weights  kernel 3x1x1, bias 1: 4 parameters
      work     18 multiply-adds

      as people usually write it elsewhere
        torch      nn.Conv1d(1, 1, 3, padding=2, dilation=2)
                   SAME SHAPE, DIFFERENT PIXELS: shifted 2 px later
        flax       nn.Conv(features=1, kernel_size=(3,), padding='SAME', kernel_dilation=(2,))
                   SAME SHAPE, DIFFERENT PIXELS: shifted 2 px later
        mxnet      nn.Conv1D(1, kernel_size=3, padding=2, dilation=2)
                   SAME SHAPE, DIFFERENT PIXELS: shifted 2 px later

      evidence
        recorded  keras 3.15.1 on tensorflow 2.21.0 ran
                  layers.Conv1D(1, 3, strides=1, padding='causal', dilation_rate=2)
                  on size 6: 6 outputs, the first window starting 4 before the input
                  oracle/fixtures/keras/conv1d.json
        run now   x = 1..6 under taps 1, 10, 100 gives 6 outputs;
                  the first, 100, reads . . 1
                  the last, 642, reads 2 4 6   (. is padding)
      exit 0"
    `);
  });

  it('a pooling in ceil mode', async () => {
    const code = 'nn.AvgPool1d(3, 2, 1, ceil_mode=True, count_include_pad=False)';
    expect(await printed('explain', code, '--input', '6')).toMatchInlineSnapshot(`
      "torch nn.AvgPool1d   1x1x6 -> 1x1x4                  1x1x6 avg k3 s2 p1 o1 /real

      length   6 -> 4
        in all   3 - 1 = 2, what keeps the size at stride 1
        pads     1 before, 1 after
        ceil     the last window reads 1 beyond the padding, which counts for nothing
        out      floor((6 + 1 + 1 + 1 - 3) / 2) + 1 = 4
        unpadded it would be floor((6 - 3) / 2) + 1 = 2

                 . 0 1 2 3 4 5 . .
        out 0    ○ ● ●
        out 1        ● ● ●
        out 2            ● ● ●
        out 3                ● ○ ○
        ● reads the input   ○ reads padding

      as people usually write it elsewhere
        keras      layers.AveragePooling1D(3, strides=2)
                   different shape: 1x2x1
        flax       nn.avg_pool(x, (3,), strides=(2,))
                   different shape: 1x2x1
        tensorflow tf.nn.avg_pool1d(x, 3, 2, 'VALID')
                   different shape: 1x2x1
        mxnet      nn.AvgPool1D(3, strides=2, padding=1, count_include_pad=False)
                   different shape: 1x1x3

      evidence
        recorded  torch 2.13.0 ran
                  nn.AvgPool1d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)
                  on x = 60, 120, .. 360
                  and answered 4: 90,180,300,360
                  oracle/fixtures/torch/average-pool1d.json
      exit 0"
    `);
  });

  it('padding that copies', async () => {
    const code = "nn.Conv1d(1, 1, 3, padding=1, padding_mode='reflect')";
    expect(await printed('explain', code, '--input', '5')).toMatchInlineSnapshot(`
      "torch nn.Conv1d   1x1x5 -> 1x1x5                   1x1x5 k3 p1 fill=reflect -> 1

      length   5 -> 5
        SAME     (ceil(5 / 1) - 1) * 1 + 3 - 5 = (5 - 1) * 1 + 3 - 5 = 2
        pads     1 before, 1 after
        filled   reflect
        out      floor((5 + 1 + 1 - 3) / 1) + 1 = 5
        unpadded it would be floor((5 - 3) / 1) + 1 = 3

                 1 0 1 2 3 4 3
        out 0    ○ ● ●
        out 1      ● ● ●
        out 2        ● ● ●
        out 3          ● ● ●
        out 4            ● ● ○
        ● reads the input   ○ reads padding, a copy of the element above

      weights  weight 1x1x3, bias 1: 4 parameters
      work     15 multiply-adds

      as people usually write it elsewhere
        keras      layers.Conv1D(1, 3, padding='same')
                   SAME SHAPE, DIFFERENT PIXELS
        flax       nn.Conv(features=1, kernel_size=(3,), padding='SAME')
                   SAME SHAPE, DIFFERENT PIXELS
        mxnet      nn.Conv1D(1, kernel_size=3, padding=1)
                   SAME SHAPE, DIFFERENT PIXELS

      evidence
        recorded  torch 2.13.0 ran
                  nn.Conv1d(1, 1, 3, stride=1, padding=1, dilation=1, padding_mode='reflect')
                  on x = 1..5 under taps 1, 10, 100
                  and answered 5: 212,321,432,543,454
                  oracle/fixtures/torch/conv1d-padding-mode.json
        run now   x = 1..5 under taps 1, 10, 100 gives 5 outputs;
                  the first, 212, reads 2 1 2
                  the last, 454, reads 4 5 4
      exit 0"
    `);
  });

  it('different axes, each on its own', async () => {
    const { out } = await padwise('explain', 'nn.Conv2d(1, 1, (3, 5), (3, 4), (0, 1))', '--input', '8');
    expect(out.split('\n').filter((line) => /^(height|width)/.test(line))).toEqual([
      'height   8 -> 2',
      'width   8 -> 2',
      'height',
      'width',
    ]);
  });

  it('several layers, in turn', async () => {
    const { exit, out } = await piped(
      'nn.Conv2d(3, 4, 3)\nnn.MaxPool2d(2)\n',
      'explain',
      '-',
      '--input',
      '8',
    );
    expect([exit, ...out.split('\n')]).toEqual([
      0,
      'torch   1x3x8x8 -> 1x4x3x3',
      '',
      '                      output  pads  parameters  multiply-adds',
      '1 nn.Conv2d k3         4x6x6   0,0         112          3,888',
      '2 nn.MaxPool2d k2 s2   4x3x3   0,0           -              -',
      'in all 112 parameters, 3,888 multiply-adds',
      '',
    ]);
  });

  it('cites evidence for the same divisor only', async () => {
    const { out } = await padwise('explain', 'nn.AvgPool2d(3, 2, 1)', '--input', '7', '--json');
    expect(JSON.parse(out).evidence[0].recorded).toMatchObject({
      code: 'nn.AvgPool1d(3, stride=2, padding=1, ceil_mode=False, count_include_pad=True)',
      size: 7,
      exact: true,
    });
  });
});
