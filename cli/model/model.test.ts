import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padwise } from '../../test/terminal.ts';
import { Failure } from '../failure.ts';
import { arraysOf } from './checkpoint.ts';
import { readGraph } from './onnx-file.ts';
import { slidingNodes } from './onnx-layers.ts';
import { unpickled } from './pickle.ts';

const FILES = join(import.meta.dirname, '../../test/files');
const file = (name: string) => join(FILES, name);
const listed = async (name: string) =>
  (await arraysOf(file(name))).map((one) => `${one.name} ${one.shape.join('x')}`.trim());

const STATE = [
  '0.weight 8x3x4x4',
  '0.bias 8',
  '1.weight 8',
  '1.bias 8',
  '1.running_mean 8',
  '1.running_var 8',
  '1.num_batches_tracked',
  '3.weight 8x4x3x3',
  '3.bias 4',
  '5.weight 2x10',
  '5.bias 2',
];

describe('a PyTorch checkpoint', () => {
  it.each(['state.pt', 'old.pt', 'whole.pt'])('%s has its arrays by name', async (name) => {
    expect(await listed(name)).toEqual(STATE);
  });

  it('may be safetensors', async () => {
    expect(await listed('small.safetensors')).toEqual(['down.conv.weight 8x3x3x3', 'down.conv.bias 8']);
  });

  it('is never run: what it would call stays a word', () => {
    const evil = new TextEncoder().encode("cos\nsystem\n(S'true'\ntR.");
    expect(unpickled(evil).value).toMatchObject({ made: 'os system', of: ['true'] });
  });

  it('that is damaged gets one sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'padwise-'));
    const bytes = readFileSync(file('state.pt'));
    const old = readFileSync(file('old.pt'));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        fc.nat(bytes.length - 1),
        async (at, value, end) => {
          for (const [name, original] of [
            ['a.pt', bytes],
            ['b.pt', old],
            ['c.safetensors', old],
          ] as const) {
            const changed = Uint8Array.from(original);
            changed[at % changed.length] = value;
            const path = join(folder, name);
            for (const part of [changed, changed.subarray(0, end)]) {
              writeFileSync(path, part);
              const answer = await arraysOf(path).catch((error: unknown) => error);
              if (!Array.isArray(answer)) expect(answer).toBeInstanceOf(Failure);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('an ONNX graph', () => {
  const bytes = readFileSync(file('small.onnx'));
  const graph = readGraph(bytes, 'small.onnx');

  it('is followed node by node', () => {
    const nodes = slidingNodes(graph, new Map([['x', [1, 3, 64, 64]]]));
    expect(nodes.map(({ name, output }) => `${name} ${output?.join('x')}`)).toEqual([
      'conv1 1x8x32x32',
      'c 1x8x32x32',
      'pad 1x8x34x34',
      'pool 1x8x17x17',
      'gap 1x8x1x1',
    ]);
    const [conv] = nodes;
    expect(conv?.steps[0]?.axes.map(({ before, after }) => [before, after])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('with open sizes names its nodes all the same (G11)', () => {
    const nodes = slidingNodes(graph, new Map());
    expect(nodes.map(({ name, attributes, output }) => [name, attributes.auto_pad, output])[0]).toEqual([
      'conv1',
      'SAME_LOWER',
      null,
    ]);
  });

  it('that is damaged gets one sentence', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, value, end) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = value;
        for (const part of [changed, changed.subarray(0, end)]) {
          try {
            slidingNodes(readGraph(part, 'small.onnx'), new Map([['x', [1, 3, 64, 64]]]));
          } catch (error) {
            expect(error).toBeInstanceOf(Failure);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('padwise explain of a file', () => {
  it('lists the kernels of a state_dict and says what it does not hold (G12)', async () => {
    const { exit, out } = await padwise('explain', file('state.pt'));
    expect(exit).toBe(0);
    expect(out).toContain('0.weight  8x3x4x4  3 -> 8, 4x4  8 -> 3');
    expect(out.replaceAll('\n', ' ')).toContain('Stride and padding are not in this file');
  });

  it('names the node of a graph with open sizes, and fills them with --input', async () => {
    const open = await padwise('explain', file('small.onnx'));
    expect([open.exit, open.out]).toEqual([0, expect.stringMatching(/conv1 +Conv +k3 s2 +SAME_LOWER +\?/)]);
    const { out } = await padwise('explain', file('small.onnx'), '--input', '64');
    expect(out).toMatch(/conv1 +Conv +k3 s2 +SAME_LOWER 1,0 +1x8x32x32/);
    expect(out).toContain('SAME_LOWER puts an odd pad before: conv1.');
  });

  it.each(['pt', 'onnx', 'safetensors'])('says that a .%s is not there, or is a folder', async (type) => {
    const folder = `${mkdtempSync(join(tmpdir(), 'padwise-'))}.${type}`;
    const missing = await padwise('explain', folder);
    expect([missing.exit, missing.err]).toEqual([
      3,
      `padwise: cannot read ${folder}: there is no such file\n`,
    ]);
    mkdirSync(folder);
    const { exit, err } = await padwise('explain', folder);
    expect([exit, err]).toEqual([3, `padwise: cannot read ${folder}: it is a folder\n`]);
  });

  it('refuses an input that the graph does not have', async () => {
    const { exit, err } = await padwise('explain', file('small.onnx'), '--input', '1x4x64x64');
    expect([exit, err]).toEqual([2, 'padwise: --input: x has the shape ?x3x?x?, received 1x4x64x64\n']);
  });
});
