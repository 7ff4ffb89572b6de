// The command line as its users meet it: what it prints, what it refuses, and the exit code.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode, encode } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNpy, tensor, toArray, writeNpy } from '../src/index.ts';
import { nn } from '../src/layers/torch.ts';
import { padwise, piped } from './terminal.ts';

const KERAS = 'keras.layers.Conv2D(6, 4, strides=2, padding="same")';

describe('explain', () => {
  it('answers the first question', async () => {
    const { exit, out } = await padwise('explain', KERAS, '--input', '1x64x64x3');
    expect(exit).toBe(0);
    expect(out).toContain('(ceil(64 / 2) - 1) * 2 + 4 - 64 = (32 - 1) * 2 + 4 - 64 = 2');
    expect(out).toContain('floor((64 + 1 + 1 - 4) / 2) + 1 = 32');
    expect(out).toContain('unpadded it would be floor((64 - 4) / 2) + 1 = 31');
    expect(out).toContain('keras 3.15.1 on tensorflow 2.21.0');
    expect(out).toMatch(/the last.*62 63 64 \./);
  });

  it('prints JSON of a versioned schema', async () => {
    const { exit, out } = await padwise('explain', KERAS, '--input', '1x64x64x3', '--json');
    const answer = JSON.parse(out);
    const axis = {
      size: 64,
      kernel: 4,
      stride: 2,
      dilation: 1,
      inputDilation: 1,
      before: 1,
      after: 1,
      overhang: 0,
      out: 32,
    };
    expect(exit).toBe(0);
    expect(answer).toMatchObject({
      schema: 'padwise/explain/1',
      framework: 'keras',
      layer: 'Conv2D',
      problem: '1x3x64x64 k4 s2 p1 -> 6',
      input: [1, 64, 64, 3],
      output: [1, 32, 32, 6],
    });
    expect(answer.axes).toEqual([axis, axis]);
    expect(answer.neighbours[0]).toMatchObject({
      framework: 'torch',
      code: 'nn.Conv2d(3, 6, 4, stride=2, padding=1)',
      verdict: 'same',
      shift: [0, 0],
    });
  });

  it('shows pixels that are never read', async () => {
    const { out } = await padwise('explain', 'Conv2D(1, (3, 5), strides=(3, 4))', '--input', '8x8x1');
    expect(out).toContain('5..7: 3 of 8 are never read');
  });

  it('names who would agree on the shape and not on the pixels', async () => {
    const { out } = await padwise('explain', 'Conv2D(64, 7, strides=2, padding="same")', '--input', '224');
    expect(out).toContain('nn.Conv2d(3, 64, 7, stride=2, padding=3)');
    expect(out).toContain('SAME SHAPE, DIFFERENT PIXELS: shifted 1 px up and left');
  });

  it('reads code from standard input', async () => {
    const { exit, out } = await piped(
      'from torch import nn\nconv = nn.Conv2d(3, 6, 4)\n',
      'explain',
      '-',
      '--input',
      '8',
    );
    expect([exit, out.split('\n')[0]?.slice(0, 40)]).toEqual([0, 'torch nn.Conv2d   1x3x8x8 -> 1x6x5x5    ']);
  });

  it.each([
    ['1-D causal', 'Conv1D(8, 3, padding="causal")', '1x100x4'],
    ['3-D', 'nn.Conv3d(1, 2, 3, stride=2, padding=1)', '16'],
    ['transposed', 'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)', '16'],
    ['ceil mode', 'nn.MaxPool2d(3, 2, ceil_mode=True)', '112'],
    ['separable', 'SeparableConv2D(8, 3, strides=2, padding="same")', '33'],
    ['circular', "nn.Conv2d(3, 8, 3, padding=1, padding_mode='circular')", '32'],
    ['huge', 'nn.ConvTranspose1d(1, 1, 3, stride=100000000)', '5'],
    ['long', 'nn.Conv1d(1, 512, 10, stride=5)', '2147483647'],
  ])('keeps to 80 columns: %s', async (_, code, input) => {
    const { exit, out } = await padwise('explain', code, '--input', input);
    expect(exit).toBe(0);
    const long = out.split('\n').filter((line) => line.length > 80 && !/^\s+(\w+ +)?\w*\.?\w+\(/.test(line));
    expect(long).toEqual([]);
  });
});

describe('why, solve, compare, port, pads', () => {
  it('why 32 and not 31', async () => {
    const { exit, out } = await padwise('why', KERAS, '--input', '1x64x64x3', '--expected', '31');
    expect(exit).toBe(1);
    expect(out).toContain("31 is what padding of 0 to 1 in all gives: no padding, 'valid'");
    expect(out).toContain('layers.Conv2D(6, 4, strides=2)');
    expect((await padwise('why', KERAS, '--input', '64', '--expected', '32')).exit).toBe(0);
  });

  it('solve 64 -> 31', async () => {
    const { exit, out } = await padwise(
      'solve',
      '--size',
      '64',
      '--out',
      '31',
      '--kernel',
      '4',
      '--stride',
      '2',
      '--json',
    );
    expect([exit, JSON.parse(out).solutions]).toEqual([
      0,
      [{ kernel: 4, stride: 2, dilation: 1, least: 0, most: 1, same: false, valid: true }],
    ]);
  });

  it('compare on 224', async () => {
    const { exit, out } = await padwise(
      'compare',
      'nn.Conv2d(3,64,7,2,3)',
      'Conv2D(64,7,strides=2,padding="same")',
      '--input',
      '224',
    );
    expect(exit).toBe(1);
    expect(out).toBe(`           pads   out    out[0] centre   last window reads
torch      3,3    112    0               219..225 (2 padded)
keras      2,3    112    1               220..226 (3 padded)

SAME SHAPE, DIFFERENT PIXELS: shifted 1 px down and right
Equal only for odd sizes.

torch, exactly as keras
  x = F.pad(x, (2, 3, 2, 3))
  x = nn.Conv2d(3, 64, 7, stride=2)(x)
`);
  });

  it('compare of equals exits 0', async () => {
    const { exit } = await padwise('compare', 'nn.Conv2d(3, 6, 4, 2, 1)', KERAS, '--input', '64');
    expect(exit).toBe(0);
  });

  it('port, with the weights', async () => {
    const { exit, out } = await padwise(
      'port',
      'Conv2D(64, 3, strides=2, padding="same")',
      '--to',
      'torch',
      '--input',
      '224',
    );
    expect(exit).toBe(0);
    expect(out).toContain('x = F.pad(x, (0, 1, 0, 1))\n  x = nn.Conv2d(3, 64, 3, stride=2)(x)');
    expect(out).toContain('weight = kernel.transpose(3, 2, 0, 1)    # 3x3x3x64 -> 64x3x3x3');
  });

  it('port says what cannot be said, and why', async () => {
    const { exit, err } = await padwise(
      'port',
      'flax.linen.avg_pool(x, (3,), strides=(2,), padding=((2, 0),), count_include_pad=False)',
      '--to',
      'torch',
      '--input',
      '7',
    );
    expect(exit).toBe(2);
    expect(err).toContain('PyTorch counts pads that differ between the sides in its average');
  });

  it('pads 1,2,3,4 from ONNX (G10)', async () => {
    const to = async (name: string) =>
      (await padwise('pads', '1,2,3,4', '--from', 'onnx', '--to', name)).out.trim();
    expect(await to('torch')).toBe('(2, 4, 1, 3)');
    expect(await to('webnn')).toBe('[1, 3, 2, 4]');
    expect(await to('tensorflow')).toBe('[[0, 0], [1, 3], [2, 4], [0, 0]]');
  });
});

describe('run', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'padwise-'));
    const data = Uint8Array.from({ length: 5 * 4 * 3 }, (_, i) => (i * 37) % 256);
    writeFileSync(join(folder, 'photo.png'), encode({ width: 5, height: 4, data, channels: 3, depth: 8 }));
    const rgba = Uint8Array.from({ length: 5 * 4 * 4 }, (_, i) => (i * 11) % 256);
    writeFileSync(join(folder, 'photo.jpg'), encodeJpeg({ width: 5, height: 4, data: rgba }, 90).data);
    writeFileSync(
      join(folder, 'x.npy'),
      writeNpy(
        tensor(
          Float32Array.from({ length: 9 }, (_, i) => i),
          [1, 1, 3, 3],
        ),
      ),
    );
    writeFileSync(
      join(folder, 'w.npy'),
      writeNpy(tensor(Float32Array.from([1, 10, 100, 1000]), [1, 1, 2, 2])),
    );
    writeFileSync(join(folder, 'damaged.png'), readFileSync(join(folder, 'photo.png')).subarray(0, 40));
    writeFileSync(join(folder, 'text.txt'), 'no picture');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);

  it('an array with weights, exactly as the library', async () => {
    const { exit } = await padwise(
      'run',
      'nn.Conv2d(1, 1, 2, bias=False)',
      at('x.npy'),
      '--weights',
      at('w.npy'),
      '-o',
      at('y.npy'),
    );
    const layer = nn.Conv2d(1, 1, 2, { bias: false });
    layer.weight = readNpy(readFileSync(at('w.npy')));
    expect(exit).toBe(0);
    expect(toArray(readNpy(readFileSync(at('y.npy'))))).toEqual(
      toArray(layer(readNpy(readFileSync(at('x.npy'))))),
    );
  });

  it.each(['photo.png', 'photo.jpg'])('%s to a picture', async (name) => {
    const { exit } = await padwise(
      'run',
      'nn.Conv2d(3, 3, 3, padding=1)',
      at(name),
      '--kernel',
      'identity',
      '-o',
      at('same.png'),
    );
    const { width, height, channels, data } = decode(readFileSync(at('same.png')));
    expect([exit, width, height, channels]).toEqual([0, 5, 4, 3]);
    if (name === 'photo.png') expect([...data]).toEqual([...decode(readFileSync(at('photo.png'))).data]);
  });

  it('classic kernels in every layout give the same numbers', async () => {
    const layers = {
      torch: 'nn.Conv2d(3, 6, 3, bias=False)',
      keras: 'Conv2D(6, 3, use_bias=False)',
      flax: "nn.Conv(6, (3, 3), padding='VALID', use_bias=False)",
      mxnet: 'nn.Conv2D(6, 3, use_bias=False, in_channels=3)',
    };
    const sums = await Promise.all(
      Object.entries(layers).map(async ([framework, code]) => {
        const { out } = await padwise(
          'run',
          code,
          at('photo.png'),
          '--kernel',
          'sobel',
          '--framework',
          framework,
          '--json',
        );
        const { least, most, mean } = JSON.parse(out);
        return [least, most, mean.toFixed(6)].join();
      }),
    );
    expect(new Set(sums).size).toBe(1);
  });

  it('the same seed gives the same numbers, another seed others', async () => {
    const mean = async (seed: string) =>
      JSON.parse((await padwise('run', 'nn.Conv2d(3, 2, 3)', at('photo.png'), '--seed', seed, '--json')).out)
        .mean;
    expect(await mean('1')).toBe(await mean('1'));
    expect(await mean('1')).not.toBe(await mean('2'));
  });

  it.each([
    ['a missing file', ['nn.Conv2d(3, 1, 3)', 'nowhere.png'], 3, 'there is no such file'],
    ['a damaged picture', ['nn.Conv2d(3, 1, 3)', 'damaged.png'], 3, 'damaged'],
    ['no picture', ['nn.Conv2d(3, 1, 3)', 'text.txt'], 3, 'no PNG, JPEG or .npy'],
    ['a damaged array', ['nn.Conv2d(3, 1, 3)', 'damaged.npy'], 3, 'there is no such file'],
    ['other channels', ['nn.Conv2d(5, 1, 3)', 'photo.png'], 2, 'the layer expects 5'],
    ['another name', ['nn.Conv2d(3, 1, 3)', 'photo.png', '-o', 'y.gif'], 2, 'ends in .png or .npy'],
    ['an unknown kernel', ['nn.Conv2d(3, 1, 3)', 'photo.png', '--kernel', 'magic'], 2, 'magic'],
    ['too little memory', ['nn.Conv2d(3, 1, 3)', 'photo.png', '--memory', '0.0000001'], 2, 'limit'],
    ['other weights', ['nn.Conv2d(3, 1, 3)', 'photo.png', '--weights', 'w.npy'], 2, 'weight is 1x3x3x3'],
  ])('refuses %s', async (_, argv, exit, sentence) => {
    const named = argv.map((word) => (/^[\w.]+\.(png|npy|gif|txt)$/.test(word) ? at(word) : word));
    const said = await padwise('run', ...named);
    expect([said.exit, said.out]).toEqual([exit, '']);
    expect(said.err).toContain(sentence);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('refusing', () => {
  it.each([
    [['frobnicate'], 2, 'frobnicate'],
    [['explain'], 2, 'needs the layer'],
    [['reach', KERAS], 2, 'input'],
    [['explain', KERAS, '--input', 'wide'], 2, '--input'],
    [['explain', KERAS, '--inputs', '64'], 2, '--inputs'],
    [['explain', KERAS, '--input'], 2, '--input'],
    [['explain', KERAS, '--input', '64', '--framework', 'caffe9'], 2, 'caffe9'],
    [['explain', 'nn.Conv2d(3, 6, k)', '--input', '64'], 2, 'variables are not evaluated'],
    [['explain', 'lambda x: x', '--input', '64'], 2, 'a lambda is not read'],
    [['explain', 'nn.Conv2d(3, 6, 9)', '--input', '8'], 2, 'but the padded input is 8 wide'],
    [['explain', 'missing.py', '--input', '8'], 3, 'there is no such file'],
    [['explain', `nn.Conv2d(${'('.repeat(40)}`, '--input', '8'], 2, 'expected'],
    [['why', KERAS, '--input', '64', '--expected', 'x'], 2, '--expected'],
    [
      ['solve', '--size', '8', '--out', '100', '--kernel', '3', '--stride', '1', '--padding', '0'],
      2,
      'turns 8 into 100',
    ],
    [['pads', '1,2,3', '--from', 'onnx'], 2, 'expected 2, 4 or 6 numbers'],
    [['pads', '1,2', '--from', 'nobody'], 2, 'nobody'],
    [['port', KERAS, '--to', 'nobody', '--input', '64'], 2, 'nobody'],
  ])('%j exits %i', async (argv, exit, sentence) => {
    const said = await padwise(...argv);
    expect([said.exit, said.out]).toEqual([exit, '']);
    expect(said.err).toMatch(/^padwise: /);
    expect(said.err).toContain(sentence);
    expect(said.err).not.toMatch(/^ +at /m);
  });

  it('points at the column', async () => {
    const { err } = await padwise('explain', 'nn.Conv2d(3, 6, k)', '--input', '64');
    expect(err.split('\n').slice(1, 3)).toEqual(['nn.Conv2d(3, 6, k)', '                ^']);
  });
});

describe('the program', () => {
  const program = fileURLToPath(new URL('../cli/padwise.ts', import.meta.url));

  it('prints, and exits with the code', () => {
    expect(execFileSync(process.execPath, [program, '--version'], { encoding: 'utf8' })).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
    expect(execFileSync(process.execPath, [program, '--help'], { encoding: 'utf8' })).toContain(
      'Usage: padwise COMMAND',
    );
    expect(spawnSync(process.execPath, [program, 'explain', 'nn.Conv2d(3, 6)', '--input', '8']).status).toBe(
      2,
    );
  });

  it('reads a pipe, writes to one that closes, and colours neither', () => {
    const asked = `echo 'nn.Conv2d(3, 6, 4)' | '${process.execPath}' '${program}' explain - --input 64 | head -1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', asked], { encoding: 'utf8' });
    expect(stdout).toMatch(/^torch nn\.Conv2d {3}1x3x64x64 -> 1x6x61x61/);
    expect(stdout.includes('\u001b')).toBe(false);
    expect(stderr).toBe('');
  });
});
