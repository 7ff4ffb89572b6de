// The benchmark, all but its clock: its rows, the numbers that check every engine, its tables, and that it runs.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ENGINES } from '../bench/engines.ts';
import { goals } from '../bench/goals.ts';
import type { Figure, Measured } from '../bench/measure.ts';
import { expectedResults, relativeError, rowData, TOLERANCE } from '../bench/numbers.ts';
import { readOptions } from '../bench/options.ts';
import { picture } from '../bench/picture.ts';
import { results } from '../bench/results.ts';
import { allRows, chosenRows, label, operations, type Row, readRows } from '../bench/rows.ts';
import { columnsOf, header, lines, milliseconds, rate } from '../bench/table.ts';
import { taskOf } from '../bench/task.ts';
import { outputShape, parse, print } from '../src/geometry/index.ts';
import { reference } from '../src/kernels/reference.ts';
import { dataStrides, weightStrides } from '../src/tensor/layout.ts';
import { rowMajor } from '../src/tensor/tensor.ts';

const FILES = { input: 'x', weight: 'w', outputGradient: 'dy' };

describe('rows', () => {
  const rows = allRows();

  it('are problem strings as padwise prints them', () => {
    expect(rows.map((row) => row.problem)).toEqual(rows.map((row) => print(parse(row.problem))));
    expect(rows.map(label)).toMatchInlineSnapshot(`
      [
        "7x7s2 3->64 @224",
        "1x1 64->256 @56",
        "3x3 64->64 @56",
        "3x3 128->128 @28",
        "3x3 256->256 @14",
        "3x3 512->512 @7",
        "1x1 1024->256 @14",
        "1x1s2 256->512 @56",
        "3x3s2 128->128 @56",
        "3x3s2 3->32 @224",
        "1x1 16->96 @112",
        "1x1 960->160 @7",
        "dw3x3 144 @56",
        "dw3x3s2 96 @112",
        "dw5x5 672 @14",
        "dw5x5s2 72 @56",
        "dw7x7 64->128 @64",
        "dw31x31 128 @56",
        "3x3 256->256 @56",
        "3x3 64->128 @256",
        "3x3g32 128->128 @56",
        "3x3d3 512->512 @38x57",
        "5x5 192->32 @28",
        "3x3x3 32->64 @16x14x14",
        "4x4s2 3->6 @64",
        "5x20s2 1->32 @161x700",
        "k10s5 1->512 @16000",
        "k3s2 512->512 @3199",
        "k3 80->384 @3000",
        "k7d3 128->128 @8192",
        "T2x2s2 128->64 @256",
        "T4x4s2 512->256 @8",
        "grad 3x3 64->64 @56",
        "grad 3x3s2 128->128 @56",
        "grad dw3x3 144 @56",
      ]
    `);
  });

  it('keep their sizes where a model pads for that, and halve them at stride 2', () => {
    const outs = (name: string) =>
      rows.filter((row) => label(row) === name).map((row) => outputShape(row.geometry));
    expect(outs('dw3x3s2 96 @112')).toEqual([[1, 96, 56, 56]]);
    expect(outs('T4x4s2 512->256 @8')).toEqual([[1, 256, 16, 16]]);
    expect(outs('T2x2s2 128->64 @256')).toEqual([[1, 64, 512, 512]]);
    expect(outs('k10s5 1->512 @16000')).toEqual([[1, 512, 3199]]);
    expect(outs('4x4s2 3->6 @64')).toEqual([[1, 6, 32, 32]]);
  });

  it('are tasks that every rival can be told', () => {
    for (const row of rows) {
      const task = taskOf(row, FILES, 'last');
      expect(task.outs).toEqual(
        task.sizes.map((size, i) => {
          const extent = ((task.kernel[i] as number) - 1) * (task.dilation[i] as number) + 1;
          const pads = (task.before[i] as number) + (task.after[i] as number);
          const stride = task.stride[i] as number;
          return task.transposed
            ? (size - 1) * stride + extent - pads
            : Math.floor((size + pads - extent) / stride) + 1;
        }),
      );
    }
  });

  it('are chosen by group, label, model or part of a problem, and may be new', () => {
    expect(chosenRows(['speech', 'U-Net']).map(label)).toMatchInlineSnapshot(`
      [
        "5x20s2 1->32 @161x700",
        "k10s5 1->512 @16000",
        "k3s2 512->512 @3199",
        "k3 80->384 @3000",
        "k7d3 128->128 @8192",
        "T2x2s2 128->64 @256",
      ]
    `);
    expect(chosenRows(['3x3 64->64 @56']).map(label)).toEqual(['3x3 64->64 @56']);
    expect(chosenRows(['1x2x5x5 k3 -> 4']).map((row) => row.problem)).toEqual(['1x2x5x5 k3 -> 4']);
    expect(() => chosenRows(['resnet51'])).toThrow('resnet51');
    expect(() => readRows('1x2x5x5 k3 -> 4 ; fast', 'mine')).toThrow(
      'mine: expected the option gradient, received fast',
    );
  });

  it('count two operations a multiply-add, and both gradients', () => {
    const [row] = readRows('1x64x56x56 k3 p1 -> 64', '') as [Row];
    expect(operations(row)).toBe(2 * 56 * 56 * 64 * 64 * 9);
    expect(operations({ ...row, gradient: true })).toBe(2 * operations(row));
  });
});

describe('what must come out', () => {
  const problems = [
    '2x3x9x8 k3 s2 p0,1 -> 4',
    '1x4x6x6 k3 d2 p2 g2 -> 6',
    '1x6x7x7 k3 p1 g6 -> 12',
    '1x3x5x4 k4x3 i2 p2x1 flip -> 2',
    '1x2x19 k5 s3 p1 -> 3',
    '1x2x4x5x6 k3x2x1 p1x0x0 -> 2',
  ];
  it.each(problems)('%s', (problem) => {
    const of = parse(problem);
    const data = rowData(of);
    const [expected] = expectedResults(of, data, false);
    if (expected === undefined) throw new Error('an output is expected');
    const [, filters = 0, ...outs] = outputShape(of);
    const shape = [of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)];
    const whole = (layout: 'first' | 'last') => {
      const output = new Float32Array(expected.shape.reduce((product, size) => product * size, 1));
      reference(of, {
        input: {
          data: data.input,
          offset: 0,
          strides: dataStrides('first', { channels: of.channels, sizes: of.axes.map((one) => one.size) }),
        },
        weight: {
          data: data.weight,
          offset: 0,
          strides: weightStrides({ shape, strides: rowMajor(shape) }, 'go i k', of.axes.length, of.groups),
        },
        output: { data: output, offset: 0, strides: dataStrides(layout, { channels: filters, sizes: outs }) },
      });
      return output;
    };
    expect(expected.indices).toHaveLength(whole('first').length);
    expect(relativeError(expected, whole('first'), 'first')).toBe(0);
    expect(relativeError(expected, whole('last'), 'last')).toBe(0);
    const wrong = whole('first');
    wrong[wrong.length - 1] = (wrong[wrong.length - 1] as number) + 1;
    expect(relativeError(expected, wrong, 'first')).toBeGreaterThan(TOLERANCE);
    wrong[0] = Number.NaN;
    expect(relativeError(expected, wrong, 'first')).toBe(Infinity);
    expect(relativeError(expected, wrong.subarray(1), 'first')).toBe(Infinity);
  });

  it.each(['1x3x6x5 k3 s2 p1 -> 4', '1x4x6x6 k3 p1 g2 -> 4', '1x3x5x5 k3 p0,1 g3 -> 6'])(
    "gradients of %s: <A x, y> = <x, A' y>",
    (problem) => {
      const of = parse(problem);
      const data = rowData(of);
      const [output] = expectedResults(of, data, false);
      const [input, weight] = expectedResults(of, data, true);
      const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        Array.from(a).reduce((sum, value, i) => sum + value * (b[i] as number), 0);
      const whole = dot(output?.values ?? [], data.outputGradient);
      expect(dot(input?.values ?? [], data.input)).toBe(whole);
      expect(dot(weight?.values ?? [], data.weight)).toBe(whole);
    },
  );

  it('is a sample of a large row, first and last element included', () => {
    const of = parse('1x512x7x7 k3 p1 -> 512');
    const [expected] = expectedResults(of, rowData(of), false);
    expect(expected?.indices.length).toBeLessThan(512 * 49);
    expect([...(expected?.indices ?? [])].slice(0, 2)).toEqual([0, 512 * 49 - 1]);
  });
});

describe('the words of a run', () => {
  it('refuses what it does not know', () => {
    expect(() => readOptions(['--engines', 'padwise,numpy'])).toThrow(
      '--engines: expected some of padwise, onnxruntime-web, tfjs-wasm, jax-js, onnxruntime-node, pytorch, received numpy',
    );
    expect(() => readOptions(['--threads', '0'])).toThrow(
      '--threads: expected a number of at least 1, received 0',
    );
    expect(() => readOptions(['--rounds', '1.5'])).toThrow('--rounds');
    expect(() => readOptions(['--layout', 'NHWC'])).toThrow(
      '--layout: expected first or last, received NHWC',
    );
    expect(() => readOptions(['--fast'])).toThrow('--fast');
    expect(readOptions(['--engines', 'pytorch,padwise']).engines.map((one) => one.name)).toEqual([
      'padwise',
      'pytorch',
    ]);
  });

  it('formats numbers in few letters', () => {
    expect([0.012, 0.31, 6.54, 27.06, 99.96, 158.4].map(rate)).toEqual([
      '0.01',
      '0.31',
      '6.5',
      '27.1',
      '100',
      '158',
    ]);
    expect([0.03124, 1.456, 27.06, 158.4, 7391].map(milliseconds)).toEqual([
      '0.0312',
      '1.46',
      '27.1',
      '158',
      '7391',
    ]);
  });
});

describe('the pages', () => {
  const rows = chosenRows(['3x3 64->64 @56', 'dw3x3 144 @56', 'gradients']);
  const all = rows.map(invented);
  const columns = columnsOf(ENGINES);

  it('prints a table that fits 100 columns', () => {
    const printed = [header(columns), ...all.flatMap((one) => lines(one, columns, [1, 2]))];
    expect(`\n${printed.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      GFLOP/s                   padwise   wide  ort-web   tfjs  jax-js  ort-node  pytorch   of peak
      3x3 64->64 @56               60.0    120     12.5   12.5       -      50.0     40.0    94%  94%
        2 threads                     -      -        -      -       -         -        -
      dw3x3 144 @56                60.0    120     12.5   12.5       -      50.0     40.0    94%  94%
        2 threads                     -      -        -      -       -         -        -
      grad 3x3 64->64 @56          60.0    120     12.5   12.5       -      50.0     40.0    94%  94%
        2 threads                     -      -        -      -       -         -        -
      grad 3x3s2 128->128 @56      60.0    120     12.5   12.5       -      50.0     40.0    94%  94%
        2 threads                     -      -        -      -       -         -        -
      grad dw3x3 144 @56           60.0    120     12.5   12.5       -      50.0     40.0    94%  94%
        2 threads                     -      -        -      -       -         -        -
      "
    `);
    expect(Math.max(...printed.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('answers the goals by the worst row', () => {
    const answers = goals(all, []).filter((one) => one.met !== undefined);
    expect(
      answers.map(({ goal, measured, met }) => `${met ? 'yes' : 'no'} ${goal}: ${measured}`),
    ).toMatchInlineSnapshot(`
      [
        "yes default: >= 1.5x tfjs-wasm and onnxruntime-web, every row: 2 of 2 rows, median 4.80x, worst 4.80x",
        "yes default: >= 4x of both on 3x3 stride 1, >= 64 channels: 1 of 1 rows, worst 4.80x",
        "yes default: >= 3x of both on depthwise: 1 of 1 rows, worst 4.80x",
        "yes default: ahead of onnxruntime-node on 3x3 stride 1, >= 64 channels: 1 of 1 rows, worst 1.20x",
        "yes wide: ahead of onnxruntime-node and PyTorch, every row: 5 of 5 rows, median 2.40x, worst 2.40x",
        "yes wide: >= 2x of both on 3x3 stride 1: 1 of 1 rows, worst 2.40x",
        "yes wide: geometric mean >= 1.5x of both: 2.68x",
        "yes gradients, default: <= 2.2x the time of forward: 2 of 2 rows, median 2.00x, worst 2.00x",
        "yes gradients, wide: <= 2.2x the time of forward: 2 of 2 rows, median 2.00x, worst 2.00x",
      ]
    `);
  });

  it('writes the results and the picture', () => {
    const versions = new Map(ENGINES.map((one) => [one.name, '1.0']));
    const run = {
      all,
      cold: [],
      columns,
      threads: [1, 2],
      versions,
      seconds: 60,
      load: 0,
      layout: 'last',
    } as const;
    const page = results(run, '2026-11-21');
    expect(page.match(/^#+ .*/gm)).toMatchInlineSnapshot(`
      [
        "# Results",
        "## Goals",
        "## One thread",
        "## How many times as fast padwise is",
        "## 2 threads",
        "## Cold",
        "## Best and median",
        "## Empty cells",
        "## How it is measured",
        "## Why some goals are not met",
      ]
    `);
    for (const table of page.split('\n\n').filter((part) => part.startsWith('|'))) {
      const widths = table.split('\n').map((line) => line.split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
    const drawn = picture(all);
    expect(drawn).toContain('prefers-color-scheme: dark');
    expect(drawn.match(/<rect class="own"/g)).toHaveLength(2 + 2 * all.length);
    expect(drawn).not.toMatch(/NaN|undefined/);
  });
});

it('the lock file names every package by its digest and no registry', () => {
  const path = new URL('../bench/package-lock.json', import.meta.url);
  const { packages } = JSON.parse(readFileSync(path, 'utf8')) as {
    packages: Record<string, { integrity?: string; resolved?: string }>;
  };
  for (const [name, one] of Object.entries(packages).filter(([name]) => name !== '')) {
    expect(one.integrity, name).toMatch(/^sha512-/);
    expect(one.resolved, name).toBeUndefined();
  }
});

it('measures a small row and prints it as JSON alone', () => {
  const program = fileURLToPath(new URL('../bench/run.ts', import.meta.url));
  const args = ['--rows', '1x8x12x12 k3 p1 -> 8', '--engines', 'padwise', '--threads', '1'];
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [program, ...args, '--rounds', '1', '--seconds', '0', '--json'],
    { encoding: 'utf8' },
  );
  expect(stderr).not.toContain('WRONG');
  expect(status).toBe(0);
  const records = JSON.parse(stdout) as Record<string, unknown>[];
  expect(records.map((one) => one.mode)).toContain('default');
  for (const one of records) {
    expect(Object.keys(one).join()).toBe('problem,engine,mode,threads,gradient,medianMs,bestMs,gflops');
    expect(one).toMatchObject({
      problem: '1x8x12x12 k3 p1 -> 8',
      engine: 'padwise',
      threads: 1,
      gradient: false,
    });
    expect(one.gflops).toBeGreaterThan(0);
  }
});

/** A row as if it had been measured: every engine takes so many milliseconds a GFLOP. */
function invented(row: Row): Measured {
  const speeds: Readonly<Record<string, number>> = { padwise: 60, 'onnxruntime-node': 50, pytorch: 40 };
  const figures = ENGINES.flatMap((engine) =>
    engine.modes.map((mode): Figure => {
      const gflops = (speeds[engine.name] ?? 12.5) * (mode === 'wide' ? 2 : 1);
      const medianMs = operations(row) / gflops / 1e6;
      const seat = { engine, mode, threads: 1 };
      return { seat, medianMs, bestMs: medianMs, firstMs: 1, gflops, grownBytes: 0, samples: 1 };
    }),
  );
  const empty = new Map([['jax-js', 'too slow']]);
  const kept = figures.filter(({ seat }) => seat.engine.name !== 'jax-js');
  return { row, figures: kept, empty, wrong: [], peak: { default: 64, wide: 128 } };
}
