// The benchmark: reads its arguments, seats every engine in a process, measures the rows and says what came out.
//
//   npm run bench                                    everything; writes RESULTS.md and results.svg
//   npm run bench -- --rows resnet50 --threads 1     some rows
//   npm run bench -- --rows '1x8x32x32 k3 p1 -> 8' --engines padwise,onnxruntime-node --json

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChildren } from './child.ts';
import { COLD_ROWS, type Cold, coldRow } from './cold.ts';
import { peakOperations } from './engines/peak.ts';
import { ENGINES, PEAK, type Seat, seated, seatName } from './engines.ts';
import { goals } from './goals.ts';
import { installRivals } from './install.ts';
import { busy, isBusy, load, machine } from './machine.ts';
import { type Measured, measured, prepared, type Taken } from './measure.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { picture } from './picture.ts';
import { results } from './results.ts';
import { chosenRows, label, type Row } from './rows.ts';
import { coldLines, columnsOf, goalLines, header, lines, rate } from './table.ts';

const COLD_PROCESSES = 3;

const folder = mkdtempSync(join(tmpdir(), 'padwise-bench-'));
process.on('exit', () => {
  endChildren();
  rmSync(folder, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

/** On a terminal one line of progress is written over and over. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text.slice(0, 78)}`);
}

function complain(text: string): void {
  progress('');
  process.stderr.write(`${text}\n`);
}

async function main(options: Options): Promise<number> {
  const rows = chosenRows(options.rows);
  const print = (text: string) => {
    progress('');
    if (!options.json) process.stdout.write(`${text}\n`);
  };
  if (options.engines.some((one) => one.name !== 'padwise')) {
    const why = installRivals(complain);
    if (why !== undefined) complain(`the rivals could not be installed: ${why}`);
  }
  const programs = load();
  const versions = new Map<string, string>();
  const taken = await seats(options, versions);
  const columns = columnsOf(options.engines).filter(({ engine, mode }) =>
    taken.some(({ seat }) => seat.engine === engine && seat.mode === mode),
  );
  const threads = options.threads.filter((count) =>
    taken.some(({ seat }) => seat.engine !== PEAK && seat.threads === count),
  );
  print(`${machine()}\n${await peakLine(rows, taken, options)}`);
  if (isBusy(programs)) print(busy(programs));
  if (columns.length === 0) throw new Error('no engine to measure');
  print(`\n${header(columns)}`);

  const began = performance.now();
  const all: Measured[] = [];
  for (const [at, row] of rows.entries()) {
    const last = rows[at - 1];
    if (row.model !== last?.model || row.group !== last.group) print(row.model);
    const found = await one(row, `${at + 1}/${rows.length}`, taken, options);
    all.push(found);
    for (const line of lines(found, columns, threads)) print(line);
  }
  for (const { child } of taken) child.end();

  const complete = options.rows.length === 0 && options.engines.length === ENGINES.length;
  const cold = await coldStarts(complete, rows, taken, options);
  const seconds = (performance.now() - began) / 1000;
  for (const line of [...coldLines(cold), ...goalLines(goals(all, cold))]) print(line);
  if (options.json) process.stdout.write(`${JSON.stringify(records(all), null, 1)}\n`);
  if (options.write || (complete && !options.json)) {
    const run = { all, cold, columns, threads, versions, seconds, load: programs, layout: options.layout };
    writeFileSync(new URL('RESULTS.md', import.meta.url), results(run));
    writeFileSync(new URL('results.svg', import.meta.url), picture(all));
    print('\nwritten: bench/RESULTS.md, bench/results.svg');
  }
  return all.some((one) => one.wrong.length > 0) ? 1 : 0;
}

/** Starts a process a seat; an engine that cannot take one is named and left out. */
async function seats(options: Options, versions: Map<string, string>): Promise<Taken[]> {
  const taken: Taken[] = [];
  const wanted: Seat[] = options.engines.flatMap((engine) =>
    options.threads.flatMap((threads) => engine.modes.map((mode) => ({ engine, mode, threads }))),
  );
  for (const mode of PEAK.modes) wanted.push({ engine: PEAK, mode, threads: 1 });
  for (const seat of wanted) {
    progress(`starting ${seatName(seat)}`);
    try {
      const { child, version } = await seated(seat);
      taken.push({ seat, child });
      if (seat.engine !== PEAK) versions.set(seat.engine.name, version);
    } catch (error) {
      complain(`${seatName(seat)} is left out: ${(error as Error).message}`);
    }
  }
  return taken;
}

async function one(row: Row, count: string, taken: Taken[], options: Options): Promise<Measured> {
  const name = `${count} ${label(row)}`;
  progress(`${name}: what must come out`);
  const ready = prepared(row, folder, options.layout);
  const found = await measured(
    ready,
    taken,
    options,
    (text) => progress(`${name}: ${text}`),
    (lost) => seatedAgain(lost, taken),
  );
  for (const { seat, error } of found.wrong) {
    const what = `${row.problem}${row.gradient ? ' ; gradient' : ''}`;
    complain(`WRONG: ${seatName(seat)} on ${what}: off by ${error.toExponential(1)} of the largest output`);
  }
  return found;
}

/** A process that died or hangs is replaced for the rows to come. */
async function seatedAgain(lost: Taken, taken: Taken[]): Promise<void> {
  lost.child.end();
  const place = taken.indexOf(lost);
  try {
    const { child } = await seated(lost.seat);
    taken.splice(place, 1, { seat: lost.seat, child });
  } catch {
    taken.splice(place, 1);
  }
}

/** "FMA peak of one core: 51.4 GFLOP/s (128 bit), 102 GFLOP/s (256 bit)", measured before the rows. */
async function peakLine(rows: readonly Row[], taken: readonly Taken[], options: Options): Promise<string> {
  const [row] = rows;
  const found: string[] = [];
  if (row === undefined) return '';
  const { task } = prepared(row, folder, options.layout);
  for (const { seat, child } of taken.filter((one) => one.seat.engine === PEAK)) {
    await child.ask({ ask: 'load', task, folder });
    const { ms = 0, calls = 0 } = await child.ask({ ask: 'burst', ms: 100, warm: true });
    const gflops = (peakOperations(seat.mode) * calls) / ms / 1e6;
    found.push(`${rate(gflops)} GFLOP/s (${seat.mode === 'wide' ? 256 : 128} bit)`);
  }
  return found.length === 0 ? '' : `FMA peak of one core: ${found.join(', ')}`;
}

/** With --cold every row, in a full run four of them; on one thread. */
async function coldStarts(
  complete: boolean,
  rows: readonly Row[],
  taken: readonly Taken[],
  options: Options,
): Promise<Cold[]> {
  const usual = (row: Row) => complete && COLD_ROWS.includes(label(row));
  const starting = taken
    .map(({ seat }) => seat)
    .filter(({ engine, threads }) => engine !== PEAK && threads === 1);
  const cold: Cold[] = [];
  for (const row of rows.filter((row) => options.cold || usual(row))) {
    const ready = prepared(row, folder, options.layout);
    cold.push(...(await coldRow(ready, starting, COLD_PROCESSES, progress)));
  }
  return cold;
}

/** What --json prints. */
function records(all: readonly Measured[]): object[] {
  return all.flatMap(({ row, figures }) =>
    figures.map(({ seat, medianMs, bestMs, gflops }) => ({
      problem: row.problem,
      engine: seat.engine.name,
      mode: seat.mode,
      threads: seat.threads,
      gradient: row.gradient,
      medianMs,
      bestMs,
      gflops,
    })),
  );
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(USAGE);
  process.exitCode = options.help ? 0 : await main(options);
} catch (error) {
  complain(`bench: ${(error as Error).message}`);
  process.exitCode = 2;
}
process.exit();
