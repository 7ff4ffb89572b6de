// What the engine emits for every row of the benchmark, as fingerprints: of the code, its tables and the order in which weights
// are packed. A refactoring leaves them alone; a change of a kernel changes those it means to. `vitest run test/replay.test.ts
// -u` writes them anew, after a look at which they are.
//
//   winograd_f32_4x4_6x8   33 jobs   workspace 301056   code 9f3b12c4 of 11052 bytes   tables 52f1e0d7   packed e3a90b11
//
// Nothing is run: 256-bit code is the same bytes whether or not this machine joins vectors.

import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { allRows, type Row } from '../bench/rows.ts';
import { conditionsFor } from '../src/engine/planned.ts';
import { prepareSteps, unprepare } from '../src/engine/prepared.ts';
import { prepareWeightGradient } from '../src/engine/prepared-weight.ts';
import type { Precision } from '../src/engine/settings.ts';
import { adjoint, type Geometry } from '../src/geometry/index.ts';
import type { WeightOperand } from '../src/kernels/operands.ts';
import { weightStrides } from '../src/tensor/layout.ts';
import { rowMajor } from '../src/tensor/tensor.ts';

const forced = vi.hoisted(() => ({ wide: false }));

vi.mock('../src/engine/wide.ts', async (original) => ({
  ...(await original<typeof import('../src/engine/wide.ts')>()),
  isWide: () => forced.wide,
}));

// A machine that fuses multiply-adds, whichever this one is.
vi.mock('../src/engine/machine.ts', async (original) => {
  const actual = await original<typeof import('../src/engine/machine.ts')>();
  return { ...actual, machine: () => ({ ...actual.machine(), relaxed: true }) };
});

const MODES: readonly (readonly [name: string, precision: Precision, wide: boolean])[] = [
  ['default', 'default', false],
  ['strict', 'strict', false],
  ['wide', 'default', true],
];

const seen = new Set<string>();
const rows = allRows().filter(({ problem, gradient }) => {
  const key = `${problem} ${gradient}`;
  return !seen.has(key) && seen.add(key);
});

it.each(rows.map((row): [string, Row] => [`${row.problem}${row.gradient ? ' ; gradient' : ''}`, row]))(
  '%s',
  (_, { geometry, gradient }) => {
    const found = MODES.map(([name, precision, wide]) => {
      forced.wide = wide;
      return [name, gradient ? backward(geometry, precision) : forward(geometry, precision)];
    });
    forced.wide = false;
    expect(Object.fromEntries(found)).toMatchSnapshot();
  },
);

function forward(of: Geometry, precision: Precision): string[] {
  const conditions = conditionsFor(4, precision);
  const prepared = prepareSteps(of, { input: 'last', output: 'last', activation: null, conditions });
  const weight = numbered(of);
  const lines = prepared.steps.map(({ compiled: { program }, pack }) => {
    const packed = new Float32Array(program.packed);
    pack(packed, weight, (filter) => -filter);
    return line(program, packed);
  });
  unprepare(prepared);
  return lines;
}

function backward(of: Geometry, precision: Precision): string[] {
  const product = prepareWeightGradient(of, 'last', precision === 'strict', numbered(of).strides);
  const lines = product.steps.map(({ compiled: { program } }) => line(program, new Float32Array()));
  unprepare(product);
  return [...forward(adjoint(of), precision), ...lines];
}

/** A weight of 0, 1, 2, ..., so that the order in which it is packed shows. */
function numbered(of: Geometry): WeightOperand {
  const shape = [of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)];
  const data = Float32Array.from(
    { length: shape.reduce((product, n) => product * n, 1) },
    (_, i) => i % 4093,
  );
  const strides = weightStrides({ shape, strides: rowMajor(shape) }, 'go i k', of.axes.length, of.groups);
  return { data, offset: 0, strides };
}

type Program = ReturnType<typeof prepareSteps>['steps'][number]['compiled']['program'];

function line({ name, jobs, workspace, bytes, tables }: Program, packed: Float32Array): string {
  const parts = [
    name,
    `${jobs} jobs`,
    `workspace ${workspace}`,
    `code ${hash(bytes)} of ${bytes.length} bytes`,
  ];
  if (tables.length > 0) parts.push(`tables ${hash(tables)}`);
  if (packed.length > 0) parts.push(`packed ${hash(packed)}`);
  return parts.join('   ');
}

function hash(data: Uint8Array | Int32Array | Float32Array): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}
