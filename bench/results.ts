// RESULTS.md: what a run measured, as a page.

import { readFileSync } from 'node:fs';
import type { Cold } from './cold.ts';
import { seatName } from './engines.ts';
import { faster, goals, times } from './goals.ts';
import { busy, isBusy, machine } from './machine.ts';
import { type Measured, median } from './measure.ts';
import { label, type Row } from './rows.ts';
import { type Column, figureOf, megabytes, milliseconds, rate, share } from './table.ts';

/** All that a run leaves behind. */
export interface Run {
  readonly all: readonly Measured[];
  readonly cold: readonly Cold[];
  readonly columns: readonly Column[];
  readonly threads: readonly number[];
  /** Version by engine. */
  readonly versions: ReadonlyMap<string, string>;
  readonly seconds: number;
  /** Programs that wanted to run when it began, on average over a minute. */
  readonly load: number;
  readonly layout: 'first' | 'last';
}

/** The page. `date` is today unless said. */
export function results(run: Run, date: string = new Date().toISOString().slice(0, 10)): string {
  const { all, columns, threads } = run;
  const notes = readFileSync(new URL('notes.md', import.meta.url), 'utf8').trim();
  const sections = [
    '# Results',
    'Written by `npm run bench`; the text at the end is kept in [notes.md](notes.md).',
    about(run, date),
    '![GFLOP/s of every row: padwise beside its rivals](results.svg)',
    '## Goals',
    goalTable(run),
    '## One thread',
    "Effective GFLOP/s, 2 multiply-adds / median time, higher is better. The last columns are padwise's share of the FMA peak in both modes, best time by best time; Winograd needs fewer operations than it is credited with, so it may pass 100 %.",
    speedTable(all, columns, 1, true),
    '## How many times as fast padwise is',
    ratioTable(all),
    ...threads
      .filter((count) => count > 1)
      .flatMap((count) => [`## ${count} threads`, speedTable(all, columns, count, false)]),
    '## Cold',
    'In a fresh process whose engine is loaded: the first result, packing and compiling included; a call after 10 ms of work; what the process grew by up to its first result. Medians of three processes.',
    coldTable(run.cold),
    '## Best and median',
    'Milliseconds on one thread.',
    timeTable(all, columns),
    '## Empty cells',
    emptyList(all),
    notes,
  ];
  return `${sections.filter((one) => one !== '').join('\n\n')}\n`;
}

function about({ all, versions, seconds, layout, load }: Run, date: string): string {
  const engines = [...versions].map(([name, version]) => `${name} ${version}`).join(', ');
  const peaks = ['default', 'wide'].flatMap((mode) => {
    const found = all.flatMap((one) => one.peak[mode] ?? []);
    return found.length === 0 ? [] : [`${rate(median(found))} GFLOP/s (${mode === 'wide' ? 256 : 128} bit)`];
  });
  return [
    `- ${date}, ${machine()}`,
    `- ${engines}`,
    `- FMA peak of one core, the best of each row, their median: ${peaks.join(', ')}`,
    `- ${all.length} rows in ${Math.round(seconds / 60)} minutes; padwise's data is ${layout === 'last' ? 'NHWC' : 'NCHW'}; batch 1, float32`,
    ...(isBusy(load) ? [`- ${busy(load)}`] : []),
  ].join('\n');
}

function goalTable({ all, cold }: Run): string {
  const answered = goals(all, cold);
  const rows = answered.map(({ goal, measured, met }) => [
    goal,
    measured,
    met === undefined ? '' : met ? 'yes' : '**no**',
  ]);
  const short = answered.filter((one) => one.short.length > 0);
  const lists = short.map(({ goal, short }) => `- **${goal}** ${short.join('; ')}`);
  const below = lists.length === 0 ? '' : `\n\nShort of a goal, worst first:\n\n${lists.join('\n')}`;
  return table(['goal', 'measured', 'met'], rows, 'llc') + below;
}

function speedTable(
  all: readonly Measured[],
  columns: readonly Column[],
  threads: number,
  peaks: boolean,
): string {
  const used = columns.filter(({ engine, mode }) =>
    all.some((one) => figureOf(one, engine.name, mode, threads)),
  );
  if (used.length === 0) return 'Not measured.';
  const rows = all.map((one) => [
    ...named(one.row),
    ...used.map(({ engine, mode }) => {
      const found = figureOf(one, engine.name, mode, threads);
      return found === undefined ? '' : bold(engine.name, rate(found.gflops));
    }),
    ...(peaks ? ['default', 'wide'].map((mode) => percent(share(one, mode))) : []),
  ]);
  const titles = used.map(({ engine, mode }) =>
    mode === 'default' ? engine.name : `${engine.name} ${mode}`,
  );
  const heads = ['model', 'row', ...titles, ...(peaks ? ['of peak', 'wide'] : [])];
  return table(heads, rows, `ll${'r'.repeat(heads.length - 2)}`);
}

const RIVALS = [
  ['default', 'onnxruntime-web'],
  ['default', 'tfjs-wasm'],
  ['default', 'jax-js'],
  ['default', 'onnxruntime-node'],
  ['wide', 'onnxruntime-node'],
  ['wide', 'pytorch'],
] as const;

function ratioTable(all: readonly Measured[]): string {
  const known = RIVALS.filter(([mode, rival]) => all.some((one) => faster(one, mode, rival) !== undefined));
  if (known.length === 0) return 'Not measured.';
  const rows = all.map((one) => [
    ...named(one.row),
    ...known.map(([mode, rival]) => ratio(faster(one, mode, rival))),
  ]);
  const means = known.map(([mode, rival]) => {
    const found = all.flatMap((one) => faster(one, mode, rival) ?? []);
    return `**${ratio(Math.exp(found.reduce((sum, value) => sum + Math.log(value), 0) / found.length))}**`;
  });
  const heads = ['model', 'row', ...known.map(([mode, rival]) => `${mode} / ${rival}`)];
  return table(heads, [...rows, ['', '**geometric mean**', ...means]], `ll${'r'.repeat(known.length)}`);
}

function coldTable(cold: readonly Cold[]): string {
  if (cold.length === 0) return 'Not measured.';
  const rows = cold.map(({ row, seat, firstMs, soonMs, grownBytes }) => [
    label(row),
    seatName(seat),
    milliseconds(firstMs),
    milliseconds(soonMs),
    megabytes(grownBytes),
  ]);
  return table(['row', 'engine', 'first result, ms', 'after 10 ms, ms', 'memory'], rows, 'llrrr');
}

function timeTable(all: readonly Measured[], columns: readonly Column[]): string {
  const rows = all.map((one) => [
    label(one.row),
    ...columns.map(({ engine, mode }) => {
      const found = figureOf(one, engine.name, mode);
      return found === undefined ? '' : `${milliseconds(found.bestMs)} / ${milliseconds(found.medianMs)}`;
    }),
  ]);
  const titles = columns.map(({ engine, mode }) =>
    mode === 'default' ? engine.name : `${engine.name} ${mode}`,
  );
  return table(['row', ...titles], rows, `l${'r'.repeat(titles.length)}`);
}

/** Why an engine has no figure, with the rows that this holds for. */
function emptyList(all: readonly Measured[]): string {
  const reasons = new Map<string, Set<string>>();
  for (const { row, empty } of all) {
    for (const [seat, why] of empty) {
      const reason = `${seat.replace(/, \d+ threads$/, '')}: ${why}`;
      reasons.set(reason, (reasons.get(reason) ?? new Set()).add(label(row)));
    }
  }
  if (reasons.size === 0) return 'None.';
  return [...reasons].map(([reason, rows]) => `- ${reason} (${[...rows].join('; ')})`).join('\n');
}

function named(row: Row): string[] {
  return [row.model, label(row)];
}

function bold(engine: string, text: string): string {
  return engine === 'padwise' ? `**${text}**` : text;
}

function ratio(value: number | undefined): string {
  return value === undefined ? '' : times(value).slice(0, -1);
}

function percent(value: number | undefined): string {
  return value === undefined ? '' : `${Math.round(value * 100)} %`;
}

/** A Markdown table; alignment is a letter a column. */
function table(heads: readonly string[], rows: readonly (readonly string[])[], alignment: string): string {
  const rules = [...alignment].map((one) => (one === 'l' ? '---' : one === 'r' ? '---:' : ':---:'));
  return [heads, rules, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
