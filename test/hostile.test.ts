// Damaged, huge and hostile input, to every command: one sentence, the right exit code, never a bug.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { padwise } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'padwise-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 7 + i * 31) % 256);
const CODES = [
  '',
  ' \n\t',
  '(((((((((((((((((((((((((((((((((((((((((',
  'nn.Conv2d('.repeat(60),
  'x'.repeat(30_000),
  'nn.Conv2d(3, 6, 4)\n'.repeat(1200),
  'nn.Sequential()',
  'nn.Sequential(nn.Sequential(nn.Sequential(nn.Conv2d(3, 6, 4))))',
  'nn.Sequential(*layers)',
  'keras.Sequential([])',
  'nn.Conv2d(3, 6, 999999999999999)',
  'nn.Conv2d(99999999999999999999, 6, 4)',
  'nn.Conv2d(2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647)',
  'nn.Conv2d(3, 6, float("nan"))',
  'nn.Conv2d(3, 6, -1)',
  'nn.Conv2d(3, 6, 4, stride=0)',
  'nn.Conv2d(3, 6, 1e308)',
  'nn.Conv2d(__proto__, constructor, toString)',
  'nn.Conv2d(3, 6, 4, __proto__={"a": 1})',
  '__proto__.constructor(3)',
  'constructor(3, 6)',
  'tf.layers.conv2d({__proto__: null, filters: 6, kernelSize: {}})',
  '__import__("os").system("touch /tmp/owned")',
  'exec("1")',
  'lambda: nn.Conv2d(3, 6, 4)',
  'class Net(nn.Module):\n    pass',
  '\u0000\u0001\u0002',
  '\ud800',
  '\u202enn.Conv2d(3, 6, 4)',
  '卷积(三, 六, 四)',
  '<script>alert(1)</script>',
  '`$' + '{process.exit(9)}`',
  "'; rm -rf / #",
  `layer { type: "Convolution" convolution_param { num_output: 6 kernel_size: 4 ${'{ '.repeat(200)}`,
  '[convolutional]\nfilters=999999999999999999\nsize=-3',
  "helper.make_node('Conv', [], [])",
  "helper.make_node('Conv', ['x', 'W'], ['y'], auto_pad='SAME_SIDEWAYS')",
  'Conv2dConfig::new([3, 6], [4, 4]).with_stride([0, 0])',
  'builder.conv2d(input, filter, {padding: [1, 2, 3]})',
];
const SIZES = [
  '',
  '0',
  '-1',
  '1x',
  'x',
  '1x3x0x0',
  '99999999999999999999',
  '1x3x2147483647x2147483647',
  'NaN',
  '1e9',
  '1x3x64',
  '1x2x3x4x5x6x7x8x9',
  'n',
  '?',
  '64'.repeat(2000),
  '<svg>',
  '1,3,64,64',
];
const CODE = 'nn.Conv2d(3, 6, 4, stride=2)';

/** A failure is one sentence, perhaps with the place it points at, and perhaps a hint; no bug, no stack. */
async function sensible(...argv: string[]): Promise<void> {
  const { exit, out, err } = await padwise(...argv);
  const told = `${argv.map((word) => word.slice(0, 80)).join(' | ')}\n${out.slice(0, 200)}${err.slice(0, 400)}`;
  expect([0, 1, 2, 3], told).toContain(exit);
  expect(err, told).not.toMatch(/internal error|内部错误|\n {4}at /);
  if (exit >= 2) expect(err, told).toMatch(/^padwise: /);
  if (exit < 2) expect(out, told).not.toBe('');
  expect(err.split('\n').length, told).toBeLessThan(10);
  expect(err.length, told).toBeLessThan(2000);
  expect(`${out}${err}`, told).not.toMatch(/NaN px|undefined|\[object /);
}

const ASKED: Readonly<Record<string, (code: string) => string[]>> = {
  explain: (code) => ['explain', code, '--input', '64'],
  why: (code) => ['why', code, '--input', '64', '--expected', '31'],
  compare: (code) => ['compare', code, CODE, '--input', '64'],
  'compare with': (code) => ['compare', CODE, code, '--input', '64'],
  port: (code) => ['port', code, '--to', 'keras', '--input', '64'],
  'port to every size of': (code) => ['port', code, '--to', 'torch', '--input', 'n'],
  reach: (code) => ['reach', code, '--input', '64'],
  run: (code) => ['run', code, join(folder, 'none.npy')],
  pads: (code) => ['pads', code, '--from', 'onnx', '--to', 'torch'],
};

describe.each(Object.keys(ASKED))('%s', (name) => {
  it.each(CODES.map((code) => [code.slice(0, 60), code] as const))('code %j', async (_, code) => {
    await sensible(...(ASKED[name] as (code: string) => string[])(code));
  });
});

describe.each(['explain', 'why', 'reach'])('%s --input', (command) => {
  it.each(SIZES.map((size) => [size.slice(0, 40), size] as const))('%j', async (_, size) => {
    await sensible(command, CODE, '--input', size, ...(command === 'why' ? ['--expected', '31'] : []));
  });
});

describe('files', () => {
  const made = () => [
    file('noise.npy', noise),
    file('noise.png', noise),
    file('noise.jpg', noise),
    file('noise.py', noise),
    file('noise.onnx', noise),
    file('noise.pt', noise),
    file('noise.safetensors', noise),
    file('empty.onnx', ''),
    file('empty.pt', ''),
    file('empty.py', ''),
    file('zip.pt', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0)),
    join(folder, 'missing.py'),
    join(folder, 'missing.pt'),
    join(folder, 'missing.onnx'),
    folder,
    '/dev/null.py',
  ];

  it.each(made().map((path) => [path.slice(folder.length), path] as const))('%s', async (_, path) => {
    for (const command of ['explain', 'reach']) await sensible(command, path, '--input', '64');
    await sensible('compare', path, CODE, '--input', '64');
    await sensible('port', path, '--to', 'torch', '--input', '64');
    await sensible('run', CODE, path);
    await sensible(
      'port',
      CODE,
      '--to',
      'keras',
      '--input',
      '64',
      '--weights',
      path,
      '-o',
      join(folder, 'o.npy'),
    );
  });
});

describe('numbers', () => {
  it.each([
    ['solve', '--size', '2147483647', '--out', '1', '--kernel', '2147483647'],
    ['solve', '--size', '-1', '--out', '31'],
    ['solve', '--size', '1e400', '--out', '31'],
    ['solve', '--size', '64', '--out', '99999999999'],
    ['pads', '1,2,3,4,5,6,7,8,9,10,11,12,13', '--from', 'onnx', '--to', 'torch'],
    ['pads', '99999999999999999999,1', '--from', 'onnx', '--to', 'torch'],
    ['reach', CODE, '--input', '64', '--output', '999999'],
    ['reach', CODE, '--input', '64', '--output', '1,2,3,4'],
    ['reach', CODE, '--input', '64', '--output', 'x'],
    ['port', CODE, '--to', '../../etc', '--input', '64'],
    ['explain', CODE, '--framework', '__proto__', '--input', '64'],
    ['explain', CODE, '--tensor', '__proto__=1', '--input', '64'],
    ['explain', CODE, '--lang', '__proto__', '--input', '64'],
    ['__proto__'],
    ['constructor', '--help'],
  ])('%s %s %s %s', async (...argv) => {
    await sensible(...argv.filter((word) => word !== undefined));
  });
});
