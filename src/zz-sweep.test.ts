import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import type { Dialect } from './dialects/dialect.ts';
import { keras } from './dialects/keras.ts';
import { readLayers } from './dialects/python.ts';
import { tensorflow } from './dialects/tensorflow.ts';
import { run } from './engine/engine.ts';
import {
  type Axis,
  axis,
  ceilMode,
  type Fill,
  type Geometry,
  geometry,
  inputShape,
  sameGeometry,
} from './geometry/index.ts';

let seed = 12345;
function rnd(n: number) {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % n;
}
function pick<T>(list: readonly T[]): T {
  return list[rnd(list.length)] as T;
}
const ints = (count: number, s: number) =>
  Float64Array.from({ length: count }, (_, i) => ((i * i * 7 + i * 3 + s * 5) % 11) - 5);
const prod = (l: readonly number[]) => l.reduce((a, b) => a * b, 1);

function randomAxis(kind: string): Axis {
  const base = { size: 1 + rnd(8), kernel: 1 + rnd(4), stride: 1 + rnd(3), dilation: pick([1, 1, 1, 2, 3]) };
  const fill: Fill =
    kind === 'max'
      ? pick([-Infinity, -Infinity, -Infinity, 0])
      : pick<Fill>([0, 0, 0, 0, 'reflect', 'symmetric', 'replicate', 5, 'wrap']);
  const pad = () => pick([0, 0, 1, 1, 2, 3, -1, -2]);
  const before = pad();
  const after = pick([before, pad()]);
  const one = axis({ ...base, before, after, fillBefore: fill, fillAfter: pick([fill, fill, fill, 0]) });
  if (kind === 'transposed')
    return axis({
      size: base.size,
      kernel: base.kernel,
      dilation: base.dilation,
      inputDilation: base.stride,
      stride: pick([1, 1, 1, 1, 2]),
      before: rnd(6) - 1,
      after: rnd(7) - 1,
    });
  if (kind === 'pad')
    return axis({ size: base.size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill });
  if (kind === 'max' || kind === 'average') {
    const p = axis({
      ...base,
      dilation: 1,
      before: Math.max(0, before),
      after: Math.max(0, after),
      fillBefore: kind === 'max' ? fill : 0,
      fillAfter: kind === 'max' ? fill : 0,
    });
    return pick([p, p, ceilMode(p, true)]);
  }
  return one;
}

function compute(steps: readonly Geometry[], x: Float64Array, w: Float64Array, b: Float64Array | undefined) {
  let data = x;
  const last = steps.map((g) => g.operation).lastIndexOf('conv');
  for (const [i, g] of steps.entries()) {
    data = run(g, {
      input: data,
      ...(g.operation === 'conv' ? { weight: w, bias: i === last ? b : undefined } : {}),
    });
  }
  return data;
}

for (const dialect of [keras, tensorflow] as Dialect[]) {
  it(`${dialect.id} writes what it reads`, () => {
    const impossible = new Map<string, number>();
    const counts = { one: 0, more: 0 };
    const samples: string[] = [];
    const dump: unknown[] = [];
    for (let n = 0; n < 30000; n++) {
      const kind = pick(['conv', 'conv', 'conv', 'transposed', 'transposed', 'max', 'average', 'pad']);
      const rank = pick([1, 1, 2, 2, 3]);
      const axes = Array.from({ length: rank }, () => randomAxis(kind));
      const groups = pick([1, 1, 1, 2]);
      const channels = kind === 'conv' ? 2 : pick([1, 2]);
      const isConv = kind === 'conv' || kind === 'transposed';
      const g = geometry({
        operation: isConv ? 'conv' : (kind as 'max'),
        batch: pick([1, 2]),
        channels,
        axes,
        ...(isConv
          ? {
              filters: pick([2, 4]),
              groups: channels === 2 && kind === 'conv' ? groups : 1,
              flip: kind === 'transposed',
            }
          : {}),
        divisor: pick(['window', 'real', 'window', prod(axes.map((a) => a.kernel))]),
      });
      const bias = pick([true, false]);
      const spelling = dialect.write(g, bias);
      if ('impossible' in spelling) {
        impossible.set(spelling.impossible, (impossible.get(spelling.impossible) ?? 0) + 1);
        continue;
      }
      const code = spelling.lines.join('\n');
      let layers;
      try {
        layers = readLayers(code, { dialects: [dialect], tensors: spelling.tensors ?? {} });
      } catch (e) {
        throw new Error(`${JSON.stringify(g)}\n${code}\n${(e as Error).message}`);
      }
      let shape: readonly number[] = [g.batch, ...g.axes.map((a) => a.size), g.channels];
      const steps: Geometry[] = [];
      let biases = 0,
        kernels = 0;
      for (const layer of layers) {
        if (layer.notes.some((s) => /refuses/.test(s))) throw new Error(`note ${layer.notes} in ${code}`);
        try {
          const r = layer.resolve(shape);
          if (layer.kind !== 'pad' || layer.parameters(1).length === 0) steps.push(...r.steps);
          biases += layer.parameters(shape.at(-1) as number).filter((p) => p.role === 'bias').length;
          kernels += layer.parameters(shape.at(-1) as number).filter((p) => p.role === 'kernel').length;
          shape = r.output;
        } catch (e) {
          throw new Error(`${JSON.stringify(g)}\n${code}\n${(e as Error).message}`);
        }
      }
      if (isConv && (biases !== (bias ? 1 : 0) || kernels !== 1)) throw new Error(`bias ${bias} ${code}`);
      if (spelling.lines.length === 1) {
        counts.one++;
        if (steps.length !== 1 || !sameGeometry(steps[0] as Geometry, g))
          throw new Error(`not same\n${JSON.stringify(g)}\n${JSON.stringify(steps[0])}\n${code}`);
      } else counts.more++;
      const x = ints(prod(inputShape(g)), 0).map((v) => v * 2520 * 12);
      const w = ints(g.filters * (g.channels / g.groups) * prod(g.axes.map((a) => a.kernel)), 1);
      const b = bias && isConv ? ints(g.filters, 2) : undefined;
      const want = compute([g], x, w, b);
      let got = compute(steps, x, w, dialect.id === 'tensorflow' ? undefined : b);
      if (dialect.id === 'tensorflow' && b) {
        const per = prod(shape) / g.batch / g.filters;
        got = got.map((v, i) => v + (b[Math.floor(i / per) % g.filters] as number));
        if (!code.trim().endsWith('tf.nn.bias_add(x, bias)')) throw new Error(code);
      }
      if (want.length !== got.length || want.some((v, i) => Math.abs(v - (got[i] as number)) > 1e-6))
        throw new Error(`differs\n${JSON.stringify(g)}\n${code}\n${want}\n${got}`);
      if (n % 1500 === 0) samples.push(code);
      if (dump.length < 2500)
        dump.push({
          lines: spelling.lines,
          g: inputShape(g),
          filters: g.filters,
          groups: g.groups,
          op: g.operation,
          flip: g.flip,
          kernel: g.axes.map((a) => a.kernel),
          bias: bias && isConv,
          x: [...x],
          w: [...w],
          b: b ? [...b] : null,
          want: [...want].map((v) => (v === -Infinity ? '-inf' : v)),
          out: shape,
        });
    }
    writeFileSync(`/tmp/kt/${dialect.id}.json`, JSON.stringify(dump));
    console.log(
      dialect.id,
      counts,
      [...impossible].sort((a, b) => b[1] - a[1]),
      `\n${samples.join('\n--\n')}`,
    );
  }, 600000);
}
