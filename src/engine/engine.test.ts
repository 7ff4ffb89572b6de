import { afterEach, describe, expect, it, vi } from 'vitest';
import { geometry, parse } from '../geometry/index.ts';
import { run } from './engine.ts';

const conv = parse('1x1x5 k3 -> 1');
const weight = Float64Array.of(1, 10, 100);

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('run', () => {
  it('takes bare arrays and gives the type of the input', () => {
    expect(run(conv, { input: Float64Array.of(1, 2, 3, 4, 5), weight })).toEqual(
      Float64Array.of(321, 432, 543),
    );
    expect(run(conv, { input: Float32Array.of(1, 2, 3, 4, 5), weight, bias: Float32Array.of(0.5) })).toEqual(
      Float32Array.of(321.5, 432.5, 543.5),
    );
  });

  it('goes by strides: channels last in, channels last out', () => {
    const of = parse('1x2x3 k1 -> 2');
    const input = {
      data: Float64Array.of(1, 10, 2, 20, 3, 30),
      offset: 0,
      strides: { n: 6, c: 1, sizes: [2] },
    };
    const swap = Float64Array.of(0, 1, 1, 0);
    expect([...run(of, { input, weight: swap })]).toEqual([10, 20, 30, 1, 2, 3]);
    expect([...run(of, { input, weight: swap }, { layout: 'last' })]).toEqual([10, 1, 20, 2, 30, 3]);
  });

  it('gives nothing for an empty output', () => {
    expect(run(parse('1x1x2 k3 -> 1'), { input: Float32Array.of(1, 2), weight })).toEqual(new Float32Array());
    expect(run(parse('0x1x5 k3 -> 1'), { input: new Float32Array(), weight })).toEqual(new Float32Array());
  });

  it.each([
    [
      'a short input',
      () => run(conv, { input: Float64Array.of(1, 2), weight }),
      'input: expected 5 numbers, received 2. [1x1x5 k3 -> 1]',
    ],
    [
      'a short weight',
      () => run(conv, { input: new Float64Array(5), weight: new Float64Array(2) }),
      'weight: expected 3 numbers, received 2. [1x1x5 k3 -> 1]',
    ],
    [
      'a short bias',
      () => run(conv, { input: new Float64Array(5), weight, bias: new Float64Array() }),
      'bias: expected 1 numbers, received 0. [1x1x5 k3 -> 1]',
    ],
    [
      'a step backwards',
      () => {
        const strides = { n: 5, c: 5, sizes: [-1] };
        return run(conv, { input: { data: new Float64Array(5), offset: 4, strides }, weight });
      },
      'input: expected an offset and 3 steps >= 0, received 4 and 5, 5, -1. [1x1x5 k3 -> 1]',
    ],
    ['no weight', () => run(conv, { input: new Float64Array(5) }), 'the conv has no weight. [1x1x5 k3 -> 1]'],
    [
      'a small limit',
      () => run(conv, { input: new Float64Array(5), weight }, { memoryLimit: 16 }),
      'the output 1x1x3 needs 60 bytes for 3 numbers and the workspace, at most 16 bytes and 2147483647 numbers are allowed. [1x1x5 k3 -> 1]',
    ],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });

  it('refuses what would not fit before it allocates anything', () => {
    const huge = geometry({ filters: 2 ** 20, axes: [{ size: 1, kernel: 1, before: 2 ** 30 }] });
    expect(() => run(huge, { input: new Float32Array(1), weight: new Float32Array(1) })).toThrow(
      'the output 1x1048576x1073741825 needs 4503603926532100 bytes for 1125899907891200 numbers and the workspace, at most 8589934592 bytes and 2147483647 numbers are allowed.',
    );
  });

  it('prints a line per run when asked', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    run(conv, { input: new Float64Array(5), weight });
    expect(log).not.toHaveBeenCalled();
    vi.stubEnv('PADWISE_DEBUG', '2');
    run(conv, { input: new Float64Array(5), weight });
    expect(
      log.mock.calls
        .flatMap(([lines]) => String(lines).split('\n'))
        .map((line) => line.replace(/\d+\.\d+/g, '#')),
    ).toEqual([
      'padwise 1x1x5 k3 -> 1  reference  # ms  # GFLOP/s',
      'padwise 1x1x5 k3 -> 1: reference (numbers of 64 bits), 9 multiply-adds, output 24 bytes, workspace 36 bytes',
    ]);
  });
});
