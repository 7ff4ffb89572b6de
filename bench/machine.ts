// The machine a run was made on, in a line.

import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** "AMD EPYC, 2 cores, 23 GiB, Linux 6.1, Node 26.10.0 (V8 14.6)". */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const { node, v8 } = process.versions;
  const system = `${type()} ${release().split('.').slice(0, 2).join('.')}`;
  const v8Version = v8.split('.').slice(0, 2).join('.');
  return `${model}, ${availableParallelism()} cores, ${memory}, ${system}, Node ${node} (V8 ${v8Version})`;
}

/** Programs that want to run, on average over the last minute; 0 where the system does not say. */
export function load(): number {
  return loadavg()[0] ?? 0;
}

/** Whether so many other programs disturb a measurement. */
export function isBusy(programs: number): boolean {
  return programs > 0.5;
}

/** What to think of figures that were measured beside them. */
export function busy(programs: number): string {
  return `the machine was busy (load ${programs.toFixed(1)} at the start): trust ratios, and best times more than medians`;
}
