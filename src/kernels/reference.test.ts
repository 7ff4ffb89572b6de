// The reference against a second, slower definition: dilate, pad axis by axis, then read every window off that array.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../engine/engine.ts';
import {
  type Axis,
  adjoint,
  axis,
  type Fill,
  type Geometry,
  geometry,
  inputShape,
  out,
  outputShape,
  weightAdjoint,
} from '../geometry/index.ts';

/** A position of the padded input: its value, and whether it is an element, counted, or neither. */
interface Cell {
  readonly value: number;
  readonly real: boolean;
  readonly counted: boolean;
}
type Grid = Cell | readonly Grid[];

const integers = (length: number, seed: number) =>
  Float64Array.from({ length }, (_, i) => ((i * i * 7 + i * 3 + seed * 5) % 11) - 5);
const product = (numbers: readonly number[]) => numbers.reduce((all, n) => all * n, 1);

function constantLike(grid: Grid, value: number, counted: boolean): Grid {
  return Array.isArray(grid)
    ? grid.map((one: Grid) => constantLike(one, value, counted))
    : { value, real: false, counted: counted && (grid as Cell).counted };
}

/** Walks outwards one step at a time, turning at the borders: the fold without any formula. */
function walk(fill: Fill, position: number, length: number, period: number): number {
  if (fill === 'replicate') return position < 0 ? 0 : length - 1;
  if (fill === 'wrap') return ((position % period) + period) % period;
  let [at, direction] = position < 0 ? [0, 1] : [length - 1, -1];
  const steps = position < 0 ? -position : position - length + 1;
  for (let i = fill === 'symmetric' ? 1 : 0; i < steps; i++) {
    if (length === 1) break;
    const next = at + direction;
    if (next >= 0 && next < length) at = next;
    else {
      direction = -direction;
      if (fill === 'reflect') at += direction;
    }
  }
  return at;
}

/** Every element followed by its holes; the trailing ones belong to the period of wrap. */
function dilated(grid: readonly Grid[], of: Axis): Grid[] {
  const hole = constantLike(grid[0] as Grid, 0, true);
  return grid.flatMap((one) => [one, ...Array.from({ length: of.inputDilation - 1 }, () => hole)]);
}

function padded(grid: readonly Grid[], of: Axis): Grid[] {
  const length = grid.length - of.inputDilation + 1;
  const reach = length + of.before + of.after + of.overhang;
  return Array.from({ length: Math.max(0, reach) }, (_, i) => {
    const position = i - of.before;
    const counted = position < length + of.after || of.overhang === 0;
    if (position >= 0 && position < length && counted) return grid[position] as Grid;
    const fill = position < 0 ? of.fillBefore : of.fillAfter;
    if (!counted || typeof fill === 'number')
      return constantLike(grid[0] as Grid, typeof fill === 'number' ? fill : 0, counted);
    return grid[walk(fill, position, length, grid.length)] as Grid;
  });
}

/** One channel as nested cells. */
function grid(of: Geometry, x: Float64Array, at: number, depth = 0): Grid {
  const one = of.axes[depth];
  if (one === undefined) return { value: x[at] as number, real: true, counted: true };
  const step = product(of.axes.slice(depth + 1).map((axis) => axis.size));
  return Array.from({ length: one.size }, (_, i) => grid(of, x, at + i * step, depth + 1));
}

/** Changes the cells along one axis, the axes before it left as they are. */
function along(cells: Grid, depth: number, change: (grid: readonly Grid[]) => Grid[]): Grid {
  const list = cells as readonly Grid[];
  return depth === 0 ? change(list) : list.map((one) => along(one, depth - 1, change));
}

function places(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (all, size) => all.flatMap((one) => Array.from({ length: size }, (_, i) => [...one, i])),
    [[]],
  );
}

function brute(of: Geometry, x: Float64Array, w: Float64Array): number[] {
  const plane = product(of.axes.map((one) => one.size));
  const taps = places(of.axes.map((one) => one.kernel));
  const [channels, filters] = [of.channels / of.groups, of.filters / of.groups];
  const planes = Array.from({ length: of.batch * of.channels }, (_, i) => {
    let cells = grid(of, x, i * plane);
    for (const [depth, one] of of.axes.entries()) cells = along(cells, depth, (list) => dilated(list, one));
    for (const [depth, one] of of.axes.entries()) cells = along(cells, depth, (list) => padded(list, one));
    return cells;
  });
  const cellOf = (n: number, c: number, o: readonly number[], tap: readonly number[]) =>
    of.axes.reduce<Grid>(
      (cells, one, i) =>
        (cells as readonly Grid[])[(o[i] as number) * one.stride + (tap[i] as number) * one.dilation] as Grid,
      planes[n * of.channels + c] as Grid,
    ) as Cell;
  return places([of.batch, of.filters]).flatMap(([n = 0, f = 0]) =>
    places(of.axes.map(out)).map((o) => {
      if (of.operation === 'conv') {
        let sum = 0;
        for (let c = 0; c < channels; c++) {
          for (const [t, tap] of taps.entries()) {
            const found = of.flip ? taps.length - 1 - t : t;
            const channel = Math.floor(f / filters) * channels + c;
            sum += cellOf(n, channel, o, tap).value * (w[(f * channels + c) * taps.length + found] as number);
          }
        }
        return sum;
      }
      const cells = taps.map((tap) => cellOf(n, f, o, tap));
      if (of.operation === 'max') return Math.max(...cells.map((cell) => cell.value));
      if (of.operation === 'pad') return cells[0]?.value as number;
      const used = cells.filter((cell) => (of.divisor === 'real' ? cell.real : cell.counted));
      const sum = used.reduce((all, cell) => all + cell.value, 0);
      return sum / (typeof of.divisor === 'number' ? of.divisor : used.length);
    }),
  );
}

const fills = fc.constantFrom<Fill>(0, 0, 2, 'reflect', 'symmetric', 'replicate', 'wrap');
const small = (least: number, most: number) => fc.integer({ min: least, max: most });

function axes(operation: Geometry['operation'], rank: number) {
  const pools = operation === 'max' || operation === 'average';
  const one = fc
    .record({
      size: small(1, 6),
      kernel: small(1, operation === 'pad' ? 1 : 3),
      stride: small(1, 3),
      dilation: small(1, 2),
      inputDilation: small(1, operation === 'conv' ? 3 : 1),
      before: small(-2, 4),
      after: small(-2, 4),
      overhang: pools ? small(0, 2) : fc.constant(0),
      fillBefore: pools ? fc.constant<Fill>(operation === 'max' ? -Infinity : 0) : fills,
      fillAfter: pools ? fc.constant<Fill>(operation === 'max' ? -Infinity : 0) : fills,
    })
    // Nothing is cut where a ceil mode reads on.
    .map((given) => axis(given.overhang > 0 ? { ...given, after: Math.max(0, given.after) } : given));
  return fc.array(one, { minLength: rank, maxLength: rank });
}

const problems = fc
  .tuple(fc.constantFrom('conv' as const, 'max' as const, 'average' as const, 'pad' as const), small(1, 3))
  .chain(([operation, rank]) =>
    fc.record({
      operation: fc.constant(operation),
      axes: axes(operation, rank),
      batch: small(1, 2),
      groups: small(1, 2),
      channels: small(1, 2),
      filters: small(1, 2),
      flip: fc.boolean(),
      divisor: fc.constantFrom('window' as const, 'real' as const, 4),
    }),
  )
  .map(({ groups, channels, filters, ...rest }) => {
    const all =
      rest.operation === 'conv'
        ? { groups, channels: channels * groups, filters: filters * groups }
        : { channels };
    return geometry({ ...rest, ...all });
  });

function data(of: Geometry) {
  const taps = product(of.axes.map((one) => one.kernel));
  const weight = integers(of.filters * (of.channels / of.groups) * taps, 1);
  return { input: integers(product(inputShape(of)), 0), weight };
}

describe('the reference', () => {
  it('computes what a brute force reads off the padded input', () => {
    fc.assert(
      fc.property(problems, (of) => {
        const { input, weight } = data(of);
        expect([...run(of, { input, weight })]).toEqual(brute(of, input, weight));
      }),
      { numRuns: 1500, seed: 7 },
    );
  });

  it('lets NaN win a maximum', () => {
    const of = geometry({ operation: 'max', axes: [{ size: 5, kernel: 2 }] });
    expect([...run(of, { input: Float32Array.of(1, NaN, 3, 2, 5) })]).toEqual([NaN, NaN, 3, 5]);
  });

  it('divides by nothing counted to NaN, and counts no overhang', () => {
    const of = (divisor: 'window' | 'real') =>
      geometry({
        operation: 'average',
        divisor,
        axes: [{ size: 9, kernel: 7, stride: 3, before: 3, after: 3, overhang: 1 }],
      });
    const input = Float64Array.from({ length: 9 }, (_, i) => (i + 1) * 28);
    expect([...run(of('window'), { input })]).toEqual([40, 112, 156, 112]);
    const empty = geometry({
      operation: 'average',
      divisor: 'real',
      axes: [{ size: 1, kernel: 1, after: 1 }],
    });
    expect([...run(empty, { input: Float64Array.of(3) })]).toEqual([3, NaN]);
  });
});

/** <Ax, y> = <x, A'y>, and the same for the weights, on integers. */
describe('gradients are convolutions', () => {
  const convs = problems.filter(
    (of) =>
      of.operation === 'conv' &&
      outputShape(of).every((n) => n > 0) &&
      of.axes.every((one) => one.fillBefore === 0 && one.fillAfter === 0),
  );
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

  it('with respect to the input', () => {
    fc.assert(
      fc.property(convs, (of) => {
        const { input, weight } = data(of);
        const y = integers(product(outputShape(of)), 3);
        const taps = product(of.axes.map((one) => one.kernel));
        const [channels, filters] = [of.channels / of.groups, of.filters / of.groups];
        // The adjoint's filters are the channels: its weight is the same array with o and i exchanged in each group.
        const k = of.axes.map((_, i) => product(of.axes.slice(i + 1).map((one) => one.kernel)));
        const strides = { g: filters * channels * taps, o: taps, i: channels * taps, k };
        const back = run(adjoint(of), { input: y, weight: { data: weight, offset: 0, strides } });
        expect(dot(run(of, { input, weight }), y)).toBe(dot(input, back));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('with respect to the weights', () => {
    fc.assert(
      fc.property(convs, (of) => {
        const { input, weight } = data(of);
        const y = integers(product(outputShape(of)), 3);
        const other = weightAdjoint(of);
        const plane = product(of.axes.map((one) => one.size));
        const windows = product(of.axes.map(out));
        const perGroup = of.channels / of.groups;
        // x as [channels / groups, groups * batch, sizes], y as [filters, batch, outs].
        const x = new Float64Array(input.length);
        places([of.batch, of.groups, perGroup, plane]).forEach(([n = 0, g = 0, c = 0, p = 0], from) => {
          x[((c * of.groups + g) * of.batch + n) * plane + p] = input[from] as number;
        });
        const kernel = new Float64Array(y.length);
        places([of.batch, of.filters, windows]).forEach(([n = 0, f = 0, p = 0], from) => {
          kernel[(f * of.batch + n) * windows + p] = y[from] as number;
        });
        const gradient = run(other, { input: x, weight: kernel });
        const taps = product(of.axes.map((one) => one.kernel));
        let sum = 0;
        places([perGroup, of.filters, taps]).forEach(([c = 0, f = 0, t = 0], from) => {
          const tap = of.flip ? taps - 1 - t : t;
          sum += (gradient[from] as number) * (weight[(f * perGroup + c) * taps + tap] as number);
        });
        expect(sum).toBe(dot(run(of, { input, weight }), y));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
