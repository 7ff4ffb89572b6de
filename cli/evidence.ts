// The evidence behind an answer: what the real framework answered to the same question, from the recorded fixtures, and a
// probe run now (x = 1..n under taps 1, 10, 100, so that the digits of an output show what its window reads).

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { type Dialect, dialects, type Layer } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import { type Axis, extent, type Geometry, geometry, out, sameGeometry } from '../src/geometry/index.ts';
import { run } from '../src/index.ts';
import { say, type Text } from '../src/words/index.ts';

const Fixture = v.object({
  framework: v.string(),
  version: v.record(v.string(), v.string()),
  kind: v.literal('geometry'),
  code: v.string(),
  input: v.string(),
  tensors: v.record(v.string(), v.string()),
  columns: v.array(v.string()),
  rows: v.array(v.string()),
});
type Fixture = v.InferOutput<typeof Fixture>;

/** What a real framework answered. */
export interface Recorded {
  readonly framework: string;
  readonly version: Text;
  /** The fixture file, from the package's root. */
  readonly file: string;
  readonly code: string;
  readonly size: number;
  readonly answer: string;
  /** Whether it is this very size, or a smaller one with the same window and the same pads. */
  readonly exact: boolean;
}

/** The folder of a framework's fixtures, where it is not named after its dialect. */
const FOLDERS: Readonly<Record<string, string>> = { jax: 'lax' };

/** Other backends, and whole tensors: no evidence for one axis. */
const SKIPPED = /-(torch|jax)\.json$|^numeric/;

/** The recorded row nearest to one axis of a layer: the same window and pads, the same size if there is one. */
export function recorded(layer: Layer, of: Geometry, index: number, code: string): Recorded | null {
  const folder = join(root(), 'oracle', 'fixtures', FOLDERS[layer.framework] ?? layer.framework);
  const axis = of.axes[index] as Axis;
  const stride = Math.max(axis.stride, axis.inputDilation);
  const given = new Set(words(code));
  let best: (Recorded & { rank: number }) | undefined;
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  for (const name of names.filter((one) => !SKIPPED.test(one))) {
    const fixture = v.safeParse(Fixture, JSON.parse(readFileSync(join(folder, name), 'utf8')));
    if (!fixture.success) continue;
    for (const row of matching(fixture.output, axis, stride)) {
      // Nearest is the same size, then the code most like the one pasted; only a row that beats the best is read.
      const rank =
        (row.size === axis.size ? 1000 : 0) + 10 * likeness(row.code, given) + row.size / axis.size;
      if (rank <= (best?.rank ?? -Infinity) || !confirm(row, dialectOf(layer), of, axis)) continue;
      const { framework, version } = fixture.output;
      best = {
        framework,
        version: versionText(version),
        file: `oracle/fixtures/${FOLDERS[layer.framework] ?? layer.framework}/${name}`,
        code: row.code,
        size: row.size,
        answer: row.answer,
        exact: row.size === axis.size,
        rank,
      };
    }
  }
  if (best === undefined) return null;
  const { rank, ...answer } = best;
  return answer;
}

function versionText({ backend, ...versions }: Fixture['version']): Text {
  const own = Object.entries(versions)
    .map((one) => one.join(' '))
    .join(' ');
  return backend === undefined ? own : say`${own} on ${backend}`;
}

interface Row {
  readonly code: string;
  readonly size: number;
  readonly input: number[];
  readonly tensors: Record<string, number[]>;
  readonly answer: string;
}

/** Rows with this kernel, stride and dilation, of this size or a smaller one that leaves the same remainder. */
function* matching(fixture: Fixture, axis: Axis, stride: number): Generator<Row> {
  const at = (name: string) => fixture.columns.indexOf(name);
  for (const text of fixture.rows) {
    const [given = '', answer = ''] = text.split('|');
    const values = given.split(' ');
    const value = (name: string) => Number(at(name) < 0 ? 1 : values[at(name)]);
    const size = value('size');
    const alike =
      size === axis.size || (size < axis.size && size >= extent(axis) && (axis.size - size) % stride === 0);
    if (!alike || value('kernel') !== axis.kernel || value('dilation') !== axis.dilation) continue;
    if (Number.isNaN(value('stride')) ? axis.kernel !== stride : value('stride') !== stride) continue;
    const fill = (template: string) =>
      template.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => values[at(name)] ?? whole);
    const shape = (template: string) => fill(template).split('x').map(Number);
    const tensors = Object.fromEntries(
      Object.entries(fixture.tensors).map(([name, one]) => [name, shape(one)]),
    );
    yield { code: fill(fixture.code), size, input: shape(fixture.input), tensors, answer };
  }
}

/** Whether the row's own code has the same window and pads as the axis. */
function confirm(row: Row, dialect: readonly Dialect[], of: Geometry, axis: Axis): boolean {
  try {
    if (row.answer.startsWith('!')) return false;
    const layer = readLayer(row.code, { dialects: dialect, tensors: row.tensors });
    const [step, more] = layer.resolve(row.input).steps;
    const theirs = step?.axes.at(-1);
    if (step === undefined || theirs === undefined || more !== undefined) return false;
    return sameGeometry(alone(step, { ...theirs, size: axis.size }), alone(of, axis));
  } catch {
    return false;
  }
}

/** One axis of a geometry as a problem of its own. */
function alone(of: Geometry, axis: Axis): Geometry {
  return geometry({ operation: of.operation, flip: of.flip, divisor: of.divisor, axes: [axis] });
}

/** The words of some code, without its rank: nn.Conv2d is nn.Conv1d's evidence. */
function words(code: string): readonly string[] {
  return code.match(/[A-Za-z_]+/g) ?? [];
}

/** How many words of the row's code the pasted code has too, less those it has not, what is switched on most. */
function likeness(code: string, given: ReadonlySet<string>): number {
  return words(code).reduce((sum, word) => sum + (given.has(word) ? 2 : word === 'True' ? -2 : -1), 0);
}

function dialectOf(layer: Layer): readonly Dialect[] {
  return dialects.filter((dialect) => dialect.id === layer.framework);
}

/** The nearest folder above that holds the fixtures: the package's root, built or not. */
function root(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 4 && !existsSync(join(folder, 'oracle', 'fixtures')); up++) folder = dirname(folder);
  return folder;
}

/** What a probe run now shows of one axis: the first and last output, and what their windows read. */
export interface Probe {
  /** Weight of one tap over the one before: 10, 100, ... so that no two elements share a digit. */
  readonly base: number;
  readonly out: number;
  readonly first: number;
  readonly last: number;
  /** Per tap the element 1..n read, 0 for padding. */
  readonly reads: readonly [first: readonly number[], last: readonly number[]];
}

/** Runs x = 1..n through one axis; null where the digits would not fit a float64 or nothing fits at all. */
export function probed(of: Geometry, index: number): Probe | null {
  const axis = of.axes[index] as Axis;
  const digits = String(axis.size).length;
  if (
    of.operation !== 'conv' ||
    axis.kernel * digits > 15 ||
    Math.max(axis.size, out(axis)) > 4096 ||
    out(axis) === 0
  )
    return null;
  const base = 10 ** digits;
  const input = Float64Array.from({ length: axis.size }, (_, i) => i + 1);
  const weight = Float64Array.from({ length: axis.kernel }, (_, tap) => base ** tap);
  const data = run(geometry({ axes: [axis], flip: of.flip }), { input, weight });
  const [first, last] = [data[0] as number, data.at(-1) as number];
  const read = (value: number) => Array.from(weight, (tap) => Math.floor(value / tap) % base);
  return { base, out: data.length, first, last, reads: [read(first), read(last)] };
}
