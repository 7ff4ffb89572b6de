// padwise plan, bench and doctor, as a user sees them. Nothing here depends on how fast a machine is.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { describe as describeEngine } from '../src/engine/index.ts';
import { parse } from '../src/geometry/index.ts';
import { padwise, piped } from '../test/terminal.ts';
import { agreement, BOUND, sumsAgree, wholeNumbers } from './agreement.ts';
import { median, runner } from './measure.ts';

const wide = (text: string) => text.split('\n').filter((line) => stringWidth(line) > 80);
/** Without what another tile or another cut of the work would change. */
const steady = (text: string) =>
  text
    .replaceAll(/_\d+x\d+\b/g, '_ROWSxFILTERS')
    .replaceAll(/^((?:jobs|workspace|weights|任务|工作区|权重)\D*)[\d,]+/gm, '$1#');
const SMALL = '1x8x20x20 k3 s2 p1 -> 16';

describe('plan', () => {
  it('says what runs for a problem', async () => {
    const { exit, out } = await padwise('plan', SMALL);
    expect([exit, wide(out)]).toEqual([0, []]);
    expect(steady(out)).toMatchInlineSnapshot(`
      "1x8x20x20 k3 s2 p1 -> 16                                           channels last

      algorithm   gemm: windows times filters
      work        115,200 multiply-adds
      kernels     gemm_f32_ROWSxFILTERS
      jobs        # done by one thread
      vectors     128 bits, not 256: it is off unless it is asked for
      sums        default: multiply-adds may round once
      output      6,400 bytes
      workspace   # bytes a thread
      weights     # bytes, packed once a layer
      transposed  nothing: channels last is taken as it lies
      "
    `);
  });

  it('says it of code, in its own layout', async () => {
    const { out } = await padwise('plan', 'nn.Conv2d(8, 16, 3, stride=2, padding=1)', '--input', '20');
    expect(steady(out)).toMatchInlineSnapshot(`
      "torch nn.Conv2d   1x8x20x20 -> 1x16x10x10                         channels first

      1x8x20x20 k3 s2 p1 -> 16
      algorithm   gemm: windows times filters
      work        115,200 multiply-adds
      kernels     transpose_f32_ROWSxFILTERS, gemm_f32_ROWSxFILTERS, transpose_f32_ROWSxFILTERS
      jobs        # done by one thread
      vectors     128 bits, not 256: it is off unless it is asked for
      sums        default: multiply-adds may round once
      output      6,400 bytes
      workspace   # bytes a thread
      weights     # bytes, packed once a layer
      transposed  19,200 bytes, for kernels that want another layout
      "
    `);
    const keras = await padwise('plan', 'layers.Conv2D(16, 3, strides=2)', '--input', '20x20x8');
    expect(keras.out).toContain('channels last');
  });

  it('says it of every step of a stack', async () => {
    const code = 'nn.Sequential(nn.Conv2d(8, 16, 3, 2, 1), nn.ReLU(), nn.MaxPool2d(2))';
    const { out } = await padwise('plan', code, '--input', '20');
    expect(out).toContain('\n1x8x20x20 k3 s2 p1 -> 16\n');
    expect(out).toContain('\n1x16x10x10 max k2 s2\n');
  });

  it('takes strict sums and another layout', async () => {
    const { out } = await padwise('plan', '1x32x20x20 k3 p1 -> 32', '--strict', '--layout', 'first');
    expect(out).toContain('gemm: strict sums, so no Winograd');
    expect(out).toContain('strict: in a fixed order, rounded at every step');
    expect(out).toContain('for kernels that want another layout');
    expect((await padwise('plan', '1x32x20x20 k3 p1 -> 32')).out).toContain('winograd');
  });

  it('prints the code', async () => {
    const { out } = await padwise('plan', SMALL, '--code');
    expect(out).toContain('(export "run"');
    expect(out).toMatch(/f32x4\.(?:relaxed_madd|mul)/);
    expect(out).not.toContain('no name here');
  });

  it('prints JSON', async () => {
    const { out } = await padwise('plan', SMALL, '--json');
    expect(JSON.parse(out)).toMatchObject({
      schema: 'padwise/plan/1',
      framework: null,
      layout: 'last',
      precision: 'default',
      wide: false,
      input: [1, 8, 20, 20],
      output: [1, 16, 10, 10],
      plans: [
        { algorithm: 'gemm', problem: SMALL, multiplyAdds: 115_200, outputBytes: 6400, transposedBytes: 0 },
      ],
    });
  });

  it('speaks Chinese', async () => {
    const { out } = await padwise('plan', SMALL, '--lang', 'zh');
    expect(wide(out)).toEqual([]);
    expect(steady(out)).toMatchInlineSnapshot(`
      "1x8x20x20 k3 s2 p1 -> 16                                                通道在后

      算法    gemm：窗口乘以滤波器
      计算    115,200 次乘加
      代码    gemm_f32_ROWSxFILTERS
      任务    # 个，由一个线程完成
      向量    128 位，而不是 256 位：默认关闭，需要时才打开
      求和    default：一次乘加可以只舍入一次
      输出    6,400 字节
      工作区  每个线程 # 字节
      权重    # 字节，每层只打包一次
      转置    不需要：通道在后的数据直接使用
      "
    `);
  });

  it('refuses what it cannot read', async () => {
    expect((await padwise('plan', '1x8x20 k3 ->')).err).toMatch(/^padwise: problem string: /);
    expect(await padwise('plan', SMALL, '--layout', 'middle')).toMatchObject({
      exit: 2,
      err: 'padwise: --layout: expected first, last, received middle\n',
    });
  });
});

describe('bench', () => {
  const quick = ['--seconds', '0.05', '--threads', '1'];

  it('measures a problem, its numbers checked', async () => {
    const { exit, out } = await padwise('bench', SMALL, ...quick);
    expect([exit, wide(out)]).toEqual([0, []]);
    expect(out.replaceAll(/\d+(\.\d+)? (ms|us|GFLOP)/g, '# $2')).toMatch(
      /^1x8x20x20 k3 s2 p1 -> 16 +channels last\n.*\n\n +median +best +GFLOP\/s +of the peak\n128 bits, 1 thread +# .s +# .s /,
    );
    expect(out).toContain('numbers   all 1,600 computed again by the reference: equal\n');
    expect(out).toMatch(/^128 bits +gemm_f32_\dx8$/m);
    expect(out).toMatch(/^cold +[\d.]+ ms to the first result/m);
  });

  it('prints the JSON of npm run bench', async () => {
    const { out } = await padwise('bench', SMALL, ...quick, '--json');
    const [row, ...others] = JSON.parse(out);
    expect(others).toEqual([]);
    const known = { problem: SMALL, engine: 'padwise', mode: 'default', threads: 1, gradient: false };
    expect(row).toMatchObject(known);
    expect(Object.keys(row)).toEqual([...Object.keys(known), 'medianMs', 'bestMs', 'gflops']);
    expect(row.bestMs).toBeLessThanOrEqual(row.medianMs);
    expect(row.gflops).toBeCloseTo((2 * 115_200) / row.medianMs / 1e6);
  });

  // A machine with a lot to do may not start a worker in time.
  it('measures gradients and several threads', { retry: 2 }, async () => {
    const options = ['--gradient', '--seconds', '0.05', '--threads', '2', '--json'];
    const rows = JSON.parse((await padwise('bench', SMALL, ...options)).out);
    expect(rows).toMatchObject([
      { threads: 1, gradient: true },
      { threads: 2, gradient: true },
    ]);
  });

  it('leaves the engine as it was', async () => {
    const before = describeEngine().settings;
    await padwise('bench', SMALL, ...quick);
    expect(describeEngine().settings).toEqual(before);
  });

  it('reads a problem from standard input', async () => {
    expect((await piped(SMALL, 'bench', '-', ...quick)).exit).toBe(0);
  });

  it('refuses what it cannot measure', async () => {
    const two = 'nn.Conv2d(8, 8, 3); nn.Conv2d(8, 8, 3)';
    expect((await padwise('bench', two, '--input', '16')).err).toMatchInlineSnapshot(`
      "padwise: bench measures one problem, this code has 2
      hint: Give one of them: '1x8x16x16 k3 -> 8', '1x8x14x14 k3 -> 8'.
      "
    `);
    expect((await padwise('bench', '1x8x9x9 max k3', '--gradient')).err).toMatchInlineSnapshot(`
      "padwise: --gradient measures convolutions, which have weights
      "
    `);
    expect((await padwise('bench', '1x3x4x4 k9 -> 4')).err).toMatchInlineSnapshot(`
      "padwise: nothing comes out of 1x3x4x4 k9 -> 4, so there is nothing to measure
      "
    `);
    expect((await padwise('bench', '1x3x60000x60000 k3 -> 64')).err).toMatchInlineSnapshot(`
      "padwise: this needs 898.5 GiB for input, weights and output; the limit is 3 GiB
      "
    `);
    expect((await padwise('bench', SMALL, '--threads', '0')).err).toMatchInlineSnapshot(`
      "padwise: --threads: expected 1 to 64, received 0
      "
    `);
    expect((await padwise('bench', SMALL, '--seconds', 'long')).err).toMatchInlineSnapshot(`
      "padwise: --seconds: expected 0.01 to 3600, received long
      "
    `);
  });

  it('prints what it has on Ctrl-C', async () => {
    const program = fileURLToPath(new URL('./padwise.ts', import.meta.url));
    const argv = [program, 'bench', SMALL, '--seconds', '3000', '--threads', '1', '--wide', 'off'];
    // Its first line on standard error tells that it has begun.
    const env = { ...process.env, PADWISE_DEBUG: '1' };
    const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.once('data', () => child.kill('SIGINT')).resume();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
    expect(out).toContain('128 bits, 1 thread ');
    expect(out).toContain('by Ctrl-C');
  });
});

describe('doctor', () => {
  it('finds every kernel right', async () => {
    const { exit, out } = await padwise('doctor');
    expect([exit, wide(out)]).toEqual([0, []]);
    expect(out).toMatch(/^ {2}Winograd +ok +winograd_f32/m);
    expect(out).toMatch(/^ {2}256 bits +off +it is off unless it is asked for$/m);
    expect(out).toContain('\nall 14 are right\n');
    expect(wide((await padwise('doctor', '--lang', 'zh')).out)).toEqual([]);
  });

  it('prints JSON', async () => {
    const { exit, out } = await padwise('doctor', '--json');
    const answer = JSON.parse(out);
    expect(exit).toBe(0);
    expect(answer).toMatchObject({
      schema: 'padwise/doctor/1',
      ok: true,
      machine: { obstacle: null },
      wide: { on: false, obstacle: 'it is off unless it is asked for' },
    });
    expect(answer.tests.map((test: { right: boolean }) => test.right)).not.toContain(false);
  });
});

describe('the check of numbers', () => {
  const whole = (problem: string) => {
    const of = parse(problem);
    const { call, drop, check } = runner({
      geometry: of,
      layout: 'last',
      precision: 'default',
      gradient: false,
    });
    call();
    const found = check();
    drop();
    return found;
  };

  it.each([SMALL, '2x3x9x9 k4 s2 p1 -> 5', '1x6x9x9 avg k3 s2 p1 /real', '1x4x30 k5 d2 -> 3'])(
    'finds %s right',
    (problem) => {
      expect(whole(problem).error).toBeLessThan(1e-6);
      expect(whole(problem).checked).toBe(whole(problem).outputs);
    },
  );

  it('takes some windows of what is large', () => {
    const { error, checked, outputs } = whole('1x64x40x40 k3 p1 d2 -> 64');
    expect(error).toBeLessThan(BOUND);
    expect([checked < outputs, checked]).toEqual([true, 16 * 64]);
  });

  it('sees one wrong number, and a NaN', () => {
    const of = parse('1x1x3 k1 -> 1');
    const given = { input: Float32Array.of(1, 2, 3), weight: Float32Array.of(1) };
    expect(agreement(of, 'first', given, Float32Array.of(1, 2, 3)).error).toBe(0);
    expect(agreement(of, 'first', given, Float32Array.of(1, 2, 4)).error).toBeGreaterThan(BOUND);
    expect(agreement(of, 'first', given, Float32Array.of(1, Number.NaN, 3)).error).toBe(Infinity);
    const [a, b] = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
    expect(
      sumsAgree([
        [a, b],
        [b, a],
      ]),
    ).toBe(0);
    expect(
      sumsAgree([
        [a, b],
        [a, a],
      ]),
    ).toBeGreaterThan(BOUND);
  });

  it('has small whole numbers of both signs', () => {
    expect([...new Set(wholeNumbers(1000, 1))].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });
});
