// What goes wrong, and what is said about it: one line and a hint on standard error, and the exit code.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { padwise, piped } from '../test/terminal.ts';
import { Failure, report } from './failure.ts';
import { ENGLISH } from './language.ts';

const CONV = 'nn.Conv2d(3, 6, 4)';
const refused = async (...argv: string[]) => {
  const { exit, out, err } = await padwise(...argv);
  expect(out).toBe('');
  return `${err}exit ${exit}`;
};

describe('the command line', () => {
  it('no such command, or code in its place', async () => {
    expect(await refused('explian', CONV)).toMatchInlineSnapshot(`
      "padwise: there is no command explian
      hint: Commands: explain, why, solve, compare, reach, draw, heat, port, pads, run, plan, bench, doctor.
      exit 2"
    `);
    expect(await refused(CONV)).toMatchInlineSnapshot(`
      "padwise: there is no command nn.Conv2d(3, 6, 4)
      hint: Commands: explain, why, solve, compare, reach, draw, heat, port, pads, run, plan, bench, doctor. Code comes after the command.
      exit 2"
    `);
    expect(await refused('help', 'me')).toMatchInlineSnapshot(`
      "padwise: there is no command me
      hint: Commands: explain, why, solve, compare, reach, draw, heat, port, pads, run, plan, bench, doctor.
      exit 2"
    `);
  });

  it('no such option', async () => {
    expect(await refused('explain', CONV, '--inpt', '64')).toMatchInlineSnapshot(`
      "padwise: explain has no option --inpt
      hint: Did you mean --input? See padwise explain --help.
      exit 2"
    `);
    expect(await refused('explain', CONV, '--no-json')).toMatchInlineSnapshot(`
      "padwise: explain has no option --no-json
      hint: See padwise explain --help.
      exit 2"
    `);
    expect(await refused('explain', CONV, '-x')).toMatchInlineSnapshot(`
      "padwise: explain has no option -x
      hint: See padwise explain --help.
      exit 2"
    `);
  });

  it('a value that is missing, or one too many', async () => {
    expect(await refused('explain', CONV, '--input')).toMatchInlineSnapshot(`
      "padwise: --input needs a value
      hint: Its input: 1x64x64x3 in its own layout, or just 64; n for a size that is not known (n). See padwise explain --help.
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input', '--json')).toMatchInlineSnapshot(`
      "padwise: --input needs a value
      hint: Its input: 1x64x64x3 in its own layout, or just 64; n for a size that is not known (n). See padwise explain --help.
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input=')).toMatchInlineSnapshot(`
      "padwise: --input needs a value
      hint: Its input: 1x64x64x3 in its own layout, or just 64; n for a size that is not known (n). See padwise explain --help.
      exit 2"
    `);
    expect(await refused('explain', CONV, '--json=yes', '--input', '64')).toMatchInlineSnapshot(`
      "padwise: --json takes no value
      hint: See padwise explain --help.
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input', '6', '--input', '7')).toMatchInlineSnapshot(`
      "padwise: --input is given twice
      hint: See padwise explain --help.
      exit 2"
    `);
  });

  it('arguments that are missing, or too many', async () => {
    expect(await refused('explain', '--input', '64')).toMatchInlineSnapshot(`
      "padwise: explain needs the layer: code, a .py file, a model or checkpoint file, or - for standard input
      hint: See padwise explain --help.
      exit 2"
    `);
    expect(await refused('run', CONV)).toMatchInlineSnapshot(`
      "padwise: run needs the input: PNG, JPEG (values 0 to 1) or .npy
      hint: See padwise run --help.
      exit 2"
    `);
    expect(await refused('port', CONV, '--input', '64')).toMatchInlineSnapshot(`
      "padwise: port needs --to
      hint: The target: keras, torch, flax, tensorflow, mxnet, jax, onnx, paddle, tfjs, openvino, webnn, coreml, tensorrt, tflite, caffe, darknet, cudnn, chainer, tinygrad, mlx, burn, onnxruntime. See padwise port --help.
      exit 2"
    `);
    expect(await refused('explain', 'nn.Conv2d(3,', '6,', '4)', '--input', '64')).toMatchInlineSnapshot(`
      "padwise: explain takes 1 argument, received 3: nn.Conv2d(3,, 6,, 4)
      hint: Put code in quotes. See padwise explain --help.
      exit 2"
    `);
    expect(await refused('solve', '64', '31', '--size', '64', '--out', '31')).toMatchInlineSnapshot(`
      "padwise: solve takes options only, received 2: 64, 31
      hint: See padwise solve --help.
      exit 2"
    `);
  });
});

describe('the input', () => {
  it('is missing, no size, or none there is', async () => {
    expect(await refused('reach', CONV)).toMatchInlineSnapshot(`
      "padwise: the size of the input is missing
      hint: Add --input, e.g. --input 1x3x64x64 or --input 64.
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input', 'abc')).toMatchInlineSnapshot(`
      "padwise: --input: expected numbers such as 1x3x64x64 or 224, received abc
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input', '-5')).toMatchInlineSnapshot(`
      "padwise: --input: expected sizes of 0 to 2147483647, received -5
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input', '2147483648')).toMatchInlineSnapshot(`
      "padwise: --input: expected sizes of 0 to 2147483647, received 2147483648
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input', '1x2x3x4x5x6')).toMatchInlineSnapshot(`
      "padwise: torch nn.Conv2d: expected an input of 3 or 4 dimensions, channels first, received 1x2x3x4x5x6
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input', '1x4x64x64')).toMatchInlineSnapshot(`
      "padwise: torch nn.Conv2d: expected 3 input channels, received 4 in 1x4x64x64.
      exit 2"
    `);
    expect(await refused('explain', CONV, '--input', '0')).toMatchInlineSnapshot(`
      "padwise: torch nn.Conv2d: kernel_size is 4, but the padded input is 0 wide (0 + 0 + 0). [1x3x0x0 k4 -> 6]
      exit 2"
    `);
  });

  it('tensors are named with their shape', async () => {
    const code = 'F.conv2d(x, weight)';
    expect(await refused('explain', code, '--input', '8')).toMatchInlineSnapshot(`
      "padwise: torch F.conv2d: the shape of weight is not in the code
      F.conv2d(x, weight)
                  ^
      hint: Write its shape in its place, e.g. zeros((6, 3, 4, 4)); padwise --tensor weight=6x3x4x4 says it too.
      exit 2"
    `);
    expect(await refused('explain', code, '--input', '8', '--tensor', 'weight')).toMatchInlineSnapshot(`
      "padwise: --tensor: expected NAME=SHAPE such as weight=6x3x4x4, received weight
      exit 2"
    `);
    expect(await refused('explain', code, '--input', '8', '--tensor', 'weight=6xax')).toMatchInlineSnapshot(`
      "padwise: --tensor: expected NAME=SHAPE such as weight=6x3x4x4, received weight=6xax
      exit 2"
    `);
  });
});

describe('the code', () => {
  it('is empty', async () => {
    expect(await refused('explain', '', '--input', '64')).toMatchInlineSnapshot(`
      "padwise: expected the code of a layer, received nothing
      hint: Give it in quotes, e.g. 'nn.Conv2d(3, 6, 4)', as a .py file, or - for standard input.
      exit 2"
    `);
    const { err, exit } = await piped(' \n', 'explain', '-', '--input', '64');
    expect([err, exit]).toEqual([(await padwise('explain', '', '--input', '64')).err, 2]);
  });

  it('is none that is read: the place is pointed at, in standard input too', async () => {
    expect(await refused('explain', 'for i in range(3): pass', '--input', '64')).toMatchInlineSnapshot(`
      "padwise: line 1, column 1: a for loop is not read; expected layers in turn: lines of them, a list, nn.Sequential(...), or model.add(...)
      for i in range(3): pass
      ^
      exit 2"
    `);
    expect(
      await refused('explain', 'nn.Conv2d(3, 6, kernel_size=k)', '--input', '64'),
    ).toMatchInlineSnapshot(`
      "padwise: torch nn.Conv2d: kernel_size: expected an integer >= 1 or 2 of them, received k; k is a variable, and variables are not evaluated
      nn.Conv2d(3, 6, kernel_size=k)
                      ^
      exit 2"
    `);
    const { err } = await piped('conv = nn.Conv2d(3, 6,\n  k)', 'explain', '-', '--input', '64');
    expect(err.split('\n').slice(1, 3)).toEqual(['  k)', '  ^']);
  });

  it('is of no framework, or not of the named one', async () => {
    expect(await refused('explain', 'nn.Sequentially(3)', '--input', '64')).toMatchInlineSnapshot(`
      "padwise: nn.Sequentially is no layer padwise knows in any framework
      nn.Sequentially(3)
      ^
      exit 2"
    `);
    expect(await refused('explain', CONV, '--framework', 'caffe2', '--input', '4')).toMatchInlineSnapshot(`
      "padwise: no framework caffe2
      hint: Known: keras, torch, flax, tensorflow, mxnet, jax, onnx, paddle, tfjs, openvino, webnn, coreml, tensorrt, tflite, caffe, darknet, cudnn, chainer, tinygrad, mlx, burn, onnxruntime.
      exit 2"
    `);
    expect(await refused('explain', CONV, '--framework', 'keras', '--input', '4')).toMatchInlineSnapshot(`
      "padwise: nn.Conv2d is no layer padwise knows in Keras
      nn.Conv2d(3, 6, 4)
      ^
      hint: Did you mean Conv2D?
      exit 2"
    `);
  });

  it('holds layers that do not follow each other', async () => {
    expect(
      await refused('explain', 'nn.Conv2d(3, 6, 3); nn.Conv1d(6, 6, 3)', '--input', '64'),
    ).toMatchInlineSnapshot(`
      "padwise: nn.Conv2d and nn.Conv1d cannot follow each other
      hint: Layers of one paste are applied in turn: give them the same rank and layout.
      exit 2"
    `);
    expect(
      await refused('explain', 'nn.Conv2d(3, 6, 3); nn.Conv2d(3, 6, 3)', '--input', '64'),
    ).toMatchInlineSnapshot(`
      "padwise: torch nn.Conv2d: expected 3 input channels, received 6 in 1x6x62x62.
      exit 2"
    `);
    expect(
      await refused('why', `${CONV}; nn.MaxPool2d(2)`, '--input', '64', '--expected', '3'),
    ).toMatchInlineSnapshot(`
      "padwise: why answers for one layer, received 2: nn.Conv2d, nn.MaxPool2d
      hint: Ask padwise explain, which shows layer after layer.
      exit 2"
    `);
  });
});

describe('each command', () => {
  it('compare', async () => {
    expect(await refused('compare', CONV, 'nn.Conv1d(3, 6, 4)', '--input', '64')).toMatchInlineSnapshot(`
      "padwise: cannot compare layers of different spatial ranks: nn.Conv2d has 2, nn.Conv1d has 1
      exit 2"
    `);
    expect(await refused('compare', '-', '-', '--input', '64')).toMatchInlineSnapshot(`
      "padwise: only one of the two layers can come from standard input
      exit 2"
    `);
  });

  it('why', async () => {
    expect(await refused('why', CONV, '--input', '64', '--expected', '1x2x3')).toMatchInlineSnapshot(`
      "padwise: --expected: expected 1 or 2 sizes, received 1x2x3
      exit 2"
    `);
  });

  it('pads', async () => {
    expect(await refused('pads', '1,2,3', '--from', 'onnx')).toMatchInlineSnapshot(`
      "padwise: pads: expected 2, 4 or 6 numbers, received 3
      exit 2"
    `);
    expect(await refused('pads', '1,2,3,4', '--from', 'nobody')).toMatchInlineSnapshot(`
      "padwise: --from: no order of pads is called nobody
      hint: Known: onnx, torch, webnn, tensorflow, keras, jax, numpy, mxnet.
      exit 2"
    `);
    expect(await refused('pads', 'a,b', '--from', 'torch')).toMatchInlineSnapshot(`
      "padwise: pads: expected numbers such as 1,2,3,4, received a,b
      exit 2"
    `);
    expect(await refused('pads', '1,2,3,4')).toMatchInlineSnapshot(`
      "padwise: pads needs --from
      hint: Whose order they are in: onnx, torch, webnn, tensorflow, keras, jax, numpy, mxnet. See padwise pads --help.
      exit 2"
    `);
  });

  it('solve', async () => {
    const solve = (...argv: string[]) => refused('solve', ...argv);
    expect(await solve('--size', '64')).toMatchInlineSnapshot(`
      "padwise: solve needs --out
      hint: Size of the output. See padwise solve --help.
      exit 2"
    `);
    expect(await solve('--size', '-3', '--out', '1')).toMatchInlineSnapshot(`
      "padwise: --size: expected 1 to 2147483647, received -3
      exit 2"
    `);
    expect(await solve('--size', '99999999999', '--out', '1')).toMatchInlineSnapshot(`
      "padwise: --size: expected 1 to 2147483647, received 99999999999
      exit 2"
    `);
    expect(await solve('--size', 'x', '--out', '1')).toMatchInlineSnapshot(`
      "padwise: --size: expected a whole number, received x
      exit 2"
    `);
    expect(
      await solve('--size', '64', '--out', '1', '--kernel', '3', '--stride', '1'),
    ).toMatchInlineSnapshot(`
      "padwise: no padding of 0 or more turns 64 into 1 with these arguments
      hint: Without padding it is 62, and padding only adds to that.
      exit 2"
    `);
    expect(
      await solve('--size', '64', '--out', '99', '--kernel', '3', '--stride', '2', '--padding', '1'),
    ).toMatchInlineSnapshot(`
      "padwise: no padding of 0 or more turns 64 into 99 with these arguments
      hint: It takes a padding of 135 to 136 in all.
      exit 2"
    `);
    expect(await solve('--size', '640', '--out', '1')).toMatchInlineSnapshot(`
      "padwise: no padding of 0 or more turns 640 into 1 with these arguments
      hint: Kernels to 11 and strides to 8 were tried: give --kernel and --stride for others.
      exit 2"
    `);
  });

  it('port', async () => {
    expect(await refused('port', CONV, '--to', 'theano', '--input', '8')).toMatch(
      /^padwise: no framework theano\nhint: Known: keras, torch, .*\.\nexit 2$/,
    );
    const average = 'flax.linen.avg_pool(x, (3,), strides=(2,), padding=((2, 0),), count_include_pad=False)';
    expect(await refused('port', average, '--to', 'torch', '--input', '7')).toMatchInlineSnapshot(`
      "padwise: PyTorch cannot say this layer: PyTorch counts pads that differ between the sides in its average; pool a tensor of ones alike and divide by it
      exit 2"
    `);
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'padwise-'));
    writeFileSync(join(folder, 'long.py'), '#'.repeat(1_000_001));
    writeFileSync(join(folder, 'text.py'), 'import torch.nn as nn\nconv = nn.Conv2d(3, 6, 4)\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const named = async (name: string) => {
    const { exit, err } = await padwise('explain', join(folder, name), '--input', '8');
    return `${err.replaceAll(`${folder}/`, '')}exit ${exit}`;
  };

  it('that are missing, folders or too long', async () => {
    expect(await named('none.py')).toMatchInlineSnapshot(`
      "padwise: cannot read none.py: there is no such file
      exit 3"
    `);
    expect(await named('long.py')).toMatchInlineSnapshot(`
      "padwise: long.py is too large: 1000001 bytes, at most 1000000 are read
      exit 3"
    `);
    expect(await named('text.py')).toBe('exit 0');
  });
});

describe('a bug', () => {
  it('shows a line, and its stack only when asked', () => {
    const bug = new TypeError('x is not a function\nat all');
    expect(report(bug, ENGLISH)).toMatchInlineSnapshot(`
      {
        "exit": 2,
        "text": "padwise: internal error: x is not a function
      hint: This is a bug in padwise. PADWISE_DEBUG=1 shows where; please report it with the command.
      ",
      }
    `);
    vi.stubEnv('PADWISE_DEBUG', '1');
    expect(report(bug, ENGLISH).text).toContain('refusals.test.ts');
    vi.unstubAllEnvs();
    expect(report(new Failure(3, 'no', 'try'), ENGLISH)).toEqual({
      text: 'padwise: no\nhint: Try\n',
      exit: 3,
    });
  });
});
