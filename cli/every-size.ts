// What is said where sizes are not known: expressions of n, which remainders of n behave how, and from which size on.

import type { Layer } from '../src/dialects/index.ts';
import { arrange, type Outcome } from '../src/explain/index.ts';
import {
  atSize,
  byRemainder,
  compareEvery,
  type EveryAxis,
  type Expression,
  everySize,
  type OpenShape,
  openOutput,
  ownLaws,
  printExpression,
  refused,
  stack,
  unjoined,
} from '../src/explain/stacks.ts';
import type { Geometry } from '../src/geometry/index.ts';
import { either, say } from '../src/words/index.ts';
import { json } from './command.ts';
import { DIFFERS, Failure, INVALID, SAME } from './failure.ts';
import { type Io, style } from './io.ts';
import { portedInput } from './porting.ts';
import { columned, titled } from './table.ts';
import { axisNames, columns, padded, verdictText, wrapped } from './text.ts';

const MOST_REMAINDERS = 8;
/** The largest size that is tried where a stack takes few. */
const LARGEST_TRIED = 1024;
/** Verdicts that are listed; the same pixels come first. */
const MOST_VERDICTS = 12;

/** Whether an input leaves a size open: n, ?, None or -1, or none given where the code states none. */
export function isUnknown(layer: Layer, given: string | undefined): boolean {
  if (given === undefined) return layer.statedInput === null;
  return /(?:^|[x,([\s])(?:n|N|\?|None|-1)(?=$|[x,)\]\s])/.test(given);
}

/** Answers explain for every size. @throws Failure 2 where nothing repeats within what is looked at */
export function explainEverySize(
  io: Io,
  layer: Layer,
  layers: readonly Layer[],
  given: string | undefined,
  asJson: boolean,
): number {
  const input = portedInput(layer, given, false);
  // Layers that join to one geometry are told as that one.
  const joined = everySize(layer, input);
  const whole =
    (joined?.[0]?.laws.steps.length ?? 2) > 1 && layers.length > 1 ? unjoined(layer, layers) : layer;
  const every = whole === layer ? joined : everySize(whole, input);
  if (every === null) refuseFixed(layers, input);
  if (every === null)
    throw new Failure(
      INVALID,
      say`${layer.name}: what it does with a size repeats too rarely to be said for every size`,
      'Give one size, e.g. --input 64.',
    );
  const output = openOutput(layer, input, every);
  if (asJson) {
    json(io, document(layer, input, output, every));
    return SAME;
  }
  const of = (shape: readonly (Expression | null)[], open: string) =>
    shape.map((one) => (one === null ? open : bracketed(printExpression(one)))).join(' x ');
  const named = `${layer.framework} ${layer.name}`;
  const [from, to] = [of(input, 'n'), `-> ${of(output, '?')}`];
  const oneLine = columns(`${named}   ${from} ${to}`) <= 80;
  const shapes = columns(`  ${from} ${to}`) <= 80 ? [`${from} ${to}`] : [from, to];
  const lines = [wrapped('', named), ...shapes.map((one) => wrapped('  ', one))];
  io.out(oneLine ? `${named}   ${from} ${to}\n` : `${lines.join('\n')}\n`);
  for (const one of every) {
    const names = axisNames(
      io,
      { axes: Array.from({ length: layer.rank }) } as unknown as Geometry,
      one.axes,
    );
    io.out(`\n${style(io, 'bold', wrapped('', `${names}   ${holdsText(io, one)}`))}\n`);
    io.out(whole === layer ? oneStep(io, one) : steps(io, whole, layers, input, one));
  }
  for (const note of layer.notes) io.out(`\n${wrapped(padded(io.say`note`, 9), io.translate(note))}\n`);
  if (given === undefined)
    io.out(
      `\n${wrapped('', io.say`With a size, --input 64, it is explained with its arithmetic and evidence.`)}\n`,
    );
  return SAME;
}

function bracketed(text: string): string {
  return /^\w+$/.test(text) || isCall(text) ? text : `(${text})`;
}

/** Whether a text is one function of something, such as floor((n - 1)/2). */
function isCall(text: string): boolean {
  if (!/^(?:ceil|floor|max)\(.*\)$/.test(text)) return false;
  let depth = 0;
  const closes = [...text].map((one) => {
    depth += one === '(' ? 1 : one === ')' ? -1 : 0;
    return one === ')' && depth === 0;
  });
  return closes.indexOf(true) === text.length - 1;
}

/** Says which size a stack takes that a dense layer made for one number of features ends. @throws Failure 2 */
function refuseFixed(layers: readonly Layer[], input: OpenShape): void {
  const dense = layers.find(({ kind }) => kind === 'dense');
  const legal = Array.from({ length: LARGEST_TRIED }, (_, i) => i + 1);
  const size = dense && legal.find((one) => refused(layers, atSize(input, one)) === null);
  if (dense === undefined || size === undefined) return;
  throw new Failure(
    INVALID,
    say`${dense.name} takes one number of features, so few sizes are taken: ${size} is the smallest`,
    say`Give one size, e.g. --input ${size}.`,
  );
}

/** For which sizes it all holds. */
function holdsText({ say: said }: Io, { laws }: EveryAxis): string {
  const { least, from, refused, period, exceptions } = laws;
  const start = Math.max(least, from);
  const parts = [said`for every n from ${start} on`];
  if (refused.length > 0) parts.push(said`but n mod ${period} = ${refused.join(', ')}, which is refused`);
  const early = exceptions.filter((size) => size >= start);
  if (early.length > 0) parts.push(said`not for n = ${early.slice(0, 8).join(', ')}`);
  return parts.reduce((all, part) => said`${all}; ${part}`);
}

function oneStep(io: Io, { laws, same }: EveryAxis): string {
  return laws.steps.map((_, index) => stepText(io, { laws, same }, index)).join('\n');
}

function stepText(io: Io, { laws, same }: Pick<EveryAxis, 'laws' | 'same'>, index: number): string {
  const law = laws.steps[index];
  if (law === undefined) return '';
  const rule = same[index];
  const from = Math.max(law.from, laws.least);
  const lines: [string, string][] = [[io.say`out`, printExpression(law.out)]];
  if (rule !== null && rule !== undefined) {
    const { odd, stride, extent } = rule;
    const total = `max(0, (ceil(n/${stride}) - 1)*${stride} + ${extent} - n)`;
    lines.push([
      'SAME',
      odd === 'upper' ? io.say`${total}, the odd one after` : io.say`${total}, the odd one before`,
    ]);
  }
  lines.push([io.say`before`, valueText(io, law.before, laws.period, from)]);
  lines.push([io.say`after`, valueText(io, law.after, laws.period, from)]);
  if (law.overhang !== 0) lines.push([io.say`overhang`, valueText(io, law.overhang, laws.period, from)]);
  const alike = alikeText(io, law, laws.period, from);
  return [...lines.map(([name, value]) => wrapped(padded(`  ${name}`, 12), value)), ...alike]
    .map((line) => `${line}\n`)
    .join('');
}

/** Whether both sides pad alike, for some sizes only. */
function alikeText(
  io: Io,
  law: { before: Expression; after: Expression },
  period: number,
  from: number,
): string[] {
  const [before, after] = [law.before, law.after].map((of) => byRemainder(of, period, from));
  if (!before || !after || period === 1 || period > MOST_REMAINDERS) return [];
  const equal = before.flatMap((value, rest) => (value === after[rest] ? [rest] : []));
  if (equal.length === period) return [];
  if (equal.length === 0) return [wrapped(`  ${padded(io.say`sides`, 10)}`, io.say`alike for no size`)];
  return [wrapped(`  ${padded(io.say`sides`, 10)}`, io.say`alike only for ${remainders(io, equal, period)}`)];
}

/** An expression and, where it only repeats, its values: n mod 2: 0 for even n, 1 for odd n. */
function valueText(io: Io, of: Expression, period: number, from: number): string {
  const values = byRemainder(of, period, from);
  const text = printExpression(of);
  if (typeof of === 'number' || values === null || period > MOST_REMAINDERS) return text;
  const classes = new Map<number, number[]>();
  for (const [rest, value] of values.entries()) classes.set(value, [...(classes.get(value) ?? []), rest]);
  const said = [...classes].map(([value, rests]) => io.say`${value} for ${remainders(io, rests, period)}`);
  return typeof of === 'object' && of.kind === 'choice'
    ? joined(io, said)
    : io.say`${text}: ${joined(io, said)}`;
}

/** 0 for even n; 1 for odd n. */
function joined({ say: said }: Io, parts: readonly string[]): string {
  return parts.reduce((all, part) => said`${all}; ${part}`);
}

/** even n, odd n, or n mod 3 = 1, 2. */
function remainders(io: Pick<Io, 'say'>, rests: readonly number[], period: number): string {
  if (period === 1) return io.say`every n`;
  if (period === 2) return rests[0] === 0 ? io.say`even n` : io.say`odd n`;
  return io.say`n mod ${period} = ${either(rests.map(String))}`;
}

/** Layer by layer: the size it gives over n, and its pads over m, the size it is given. */
function steps(io: Io, layer: Layer, layers: readonly Layer[], input: OpenShape, every: EveryAxis): string {
  const size = Math.max(every.laws.from, every.laws.least);
  const own = ownLaws(layer, layers, input, every);
  const names = stack(layers, atSize(input, size)).flatMap((row, index) =>
    row.steps.map(() => titled(index, { layer: row.layer, steps: [] }, layers.length)),
  );
  const rows = every.laws.steps.map((law, index) => {
    const pads = own[index];
    const text = (of: Expression | undefined) => (of === undefined ? '?' : printExpression(of, 'math', 'm'));
    return [names[index] ?? '', printExpression(law.out), text(pads?.before), text(pads?.after)];
  });
  const told = columned(io, ['', io.say`out`, io.say`before`, io.say`after`], rows);
  if (!rows.some((row) => row.slice(2).some((text) => text.includes('m')))) return told;
  return `${told}${wrapped('', io.say`n is the size of the input, m what a layer is given.`)}\n`;
}

function document(
  layer: Layer,
  input: OpenShape,
  output: readonly (Expression | null)[],
  every: readonly EveryAxis[],
): object {
  const text = (of: Expression) => ({ math: printExpression(of), python: printExpression(of, 'python') });
  return {
    schema: 'padwise/every-size/1',
    framework: layer.framework,
    layer: layer.name,
    input: input.map((one) => one ?? 'n'),
    output: output.map((one) => (one === null || typeof one === 'number' ? one : printExpression(one))),
    axes: every.map(({ axes, laws, same }) => ({
      axes,
      from: Math.max(laws.from, laws.least),
      period: laws.period,
      refused: laws.refused,
      exceptions: laws.exceptions,
      steps: laws.steps.map((law, step) => ({
        out: text(law.out),
        before: text(law.before),
        after: text(law.after),
        overhang: text(law.overhang),
        same: same[step],
      })),
    })),
    notes: layer.notes,
  };
}

/** Answers compare for every size: a verdict for each remainder. @throws Failure 2 where nothing repeats within 64 sizes */
export function compareEverySize(
  io: Io,
  first: Layer,
  second: Layer,
  given: string | undefined,
  asJson: boolean,
): number {
  const own = portedInput(first, given, false);
  const open: OpenShape =
    first.layout === 'first' ? own : [own[0] ?? 1, own.at(-1) ?? 1, ...own.slice(1, -1)];
  const channels = first.channels ?? second.channels ?? open[1] ?? 1;
  const at = (size: number) => open.map((one, i) => (i === 1 ? channels : (one ?? size)));
  for (const layer of [first, second]) layer.resolve(arrange(layer, at(224)));
  const every = compareEvery(first, second, at);
  if (every === null)
    throw new Failure(
      INVALID,
      'what these layers do with a size repeats too rarely to be compared for every size',
      'Give one size, e.g. --input 224.',
    );
  const { period, from, outcomes } = every;
  const same = outcomes.every((one) => one?.verdict === 'same');
  if (asJson) {
    const verdicts = outcomes.map((one, remainder) => ({ remainder, ...(one ?? { verdict: 'refused' }) }));
    json(io, { schema: 'padwise/compare-every-size/1', period, from, same, verdicts });
    return same ? SAME : DIFFERS;
  }
  io.out(`${first.framework} ${first.name}\n${second.framework} ${second.name}\n\n`);
  const groups = new Map<string, number[]>();
  for (const [rest, one] of outcomes.entries()) {
    const text = outcomeText(io, one, first.rank);
    groups.set(text, [...(groups.get(text) ?? []), rest]);
  }
  const later = (rests: readonly number[]) => (outcomes[rests[0] ?? 0]?.verdict === 'same' ? 0 : 1);
  const rows = [...groups]
    .sort(([, one], [, other]) => later(one) - later(other))
    .map(([text, rests]) => [remaindersShort(io, rests, period), text] as const);
  const width = Math.min(30, Math.max(...rows.map(([rests]) => columns(rests))) + 3);
  const shown = rows.length <= MOST_VERDICTS ? rows : rows.slice(0, MOST_VERDICTS - 1);
  for (const [rests, text] of shown) io.out(`${wrapped(padded(rests, width), text)}\n`);
  if (shown.length < rows.length)
    io.out(`${wrapped('', io.say`and ${rows.length - shown.length} more, none of them the same`)}\n`);
  io.out(`\n${wrapped('', io.say`This holds for every n from ${from} on.`)}\n`);
  return same ? SAME : DIFFERS;
}

function outcomeText(io: Io, outcome: Outcome, rank: number): string {
  return outcome === null ? io.say`refused` : verdictText(io, outcome, rank);
}

/** Remainders; of many, how many. */
function remaindersShort(io: Io, rests: readonly number[], period: number): string {
  if (rests.length === period) return io.say`every n`;
  if (period === 2 || rests.length <= 4) return remainders(io, rests, period);
  return rests.length > period / 2 ? io.say`all other n` : io.say`${rests.length} of ${period} remainders`;
}
