// PADWISE_DEBUG and what it prints, and that the listing knows every instruction that the engine emits.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { parse } from '../geometry/index.ts';
import { code } from './code.ts';
import { configure } from './configure.ts';
import { run } from './engine.ts';
import { prepare } from './prepare.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What a run prints at a level; some of it comes a moment later. */
async function printed(level: string, problem: string): Promise<string> {
  vi.stubEnv('PADWISE_DEBUG', level);
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const of = parse(problem);
  const weight = new Float32Array(of.filters * of.channels * 9).fill(1);
  run(of, { input: new Float32Array(of.channels * 400).fill(1), weight });
  await vi.waitFor(() => expect(error).toHaveBeenCalled());
  return error.mock.calls
    .flat()
    .join('\n')
    .replaceAll(/[\d.]+ (?=ms|GFLOP)/g, '# ')
    .replaceAll(/(gemm_f32)_\d+x\d+/g, '$1');
}

describe('PADWISE_DEBUG', () => {
  it('prints nothing without being asked', () => {
    const error = vi.spyOn(console, 'error');
    vi.stubEnv('PADWISE_DEBUG', '');
    run(parse('1x8x4x4 k1 -> 8'), { input: new Float32Array(128), weight: new Float32Array(64) });
    expect(error).not.toHaveBeenCalled();
  });

  it('1: a line', async () => {
    expect(await printed('1', '1x8x20x20 k3 -> 8')).toBe(
      'padwise 1x8x20x20 k3 -> 8  transpose_f32_4x4 + gemm_f32  # ms  # GFLOP/s',
    );
  });

  it('2: and the plan', async () => {
    const lines = (await printed('2', '1x8x20x20 k3 -> 8')).split('\n');
    expect(lines[1]).toMatch(/^padwise 1x8x20x20 k3 -> 8: gemm \(.*, \d+ multiply-adds, output 10368 bytes/);
  });

  it('3: and packing and blocks', async () => {
    const text = await printed('3', '1x9x20x20 k3 -> 8');
    expect(text).toMatch(
      /^padwise packs \d+ bytes at 0x[0-9a-f]{8}\n {2}transpose_f32_4x4 +input -> stagedInput /,
    );
    expect(text).toMatch(
      /gemm_f32 +stagedInput -> stagedOutput +\d+ jobs +workspace \d+ +tables \d+ +code \d+/,
    );
    expect(text).toMatch(/GFLOP\/s\n.*$/);
  });

  it('4: and the code', async () => {
    const text = await printed('4', '1x10x20x20 k3 -> 8');
    expect(text).toMatch(/^padwise compiles transpose_f32_4x4, \d+ bytes\n\(export "run"/);
  });

  it('5: and the memory', async () => {
    const text = await printed('5', '1x11x20x20 k3 -> 8');
    expect(text).toMatch(/^padwise memory: \d+ bytes used in \d+ blocks/m);
    expect(text).toMatch(/^ {2}0x[0-9a-f]{8} {2}output +10368 bytes$/m);
  });
});

describe('the listing', () => {
  const problems = [
    '1x40x12x12 k3 s2 p1 -> 20',
    '1x3x12x12 k4 s2 p1 -> 6',
    '1x20x14x14 k3 p1 -> 24',
    '1x20x7x7 k3 p1 -> 24',
    '1x8x6x6 k4 i2 p2 flip -> 12',
    '1x24x11x11 k3 s2 p1 g24 -> 24',
    '1x22x11x11 k5 p2 g22 -> 44',
    '1x16x9x9 k3 p1 g4 -> 32',
    '1x6x11x11 max k3 s2 p1',
    '1x12x11x11 avg k2 s2',
  ];

  it.each(problems)('has a name for every instruction of %s', (problem) => {
    const compileFrom = 4096;
    configure({ compileFrom: 0 });
    for (const precision of ['default', 'strict'] as const)
      for (const layout of ['first', 'last'] as const) {
        const kernels = code(problem, { precision, layout });
        expect(kernels.length).toBeGreaterThan(0);
        for (const { text } of kernels) expect(text).not.toContain('no name here');
      }
    configure({ compileFrom });
  });

  it.each(['silu', 'sigmoid', 'tanh', 'hard_swish'] as const)('and of %s', async (name) => {
    vi.stubEnv('PADWISE_DEBUG', '4');
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    prepare(parse('1x8x20x20 k3 -> 12'), { weight: new Float32Array(864) }, { activation: { name } });
    await vi.waitFor(() => expect(error.mock.calls.flat().join('\n')).toContain('padwise compiles gemm'));
    expect(error.mock.calls.flat().join('\n')).not.toContain('no name here');
  });
});
