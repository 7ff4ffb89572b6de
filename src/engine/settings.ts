// What the engine may do, for the whole process.

import { madeHost } from './host.ts';
import { availableThreads } from './workers.ts';

/** Settings of the engine; what is not said stays as it is. */
export interface Settings {
  /** 'strict': sums in a fixed order, rounded at every step, the same bits on every machine. Default 'default'. */
  readonly precision?: Precision;
  /** Multiply-adds from which code is compiled; below, the reference kernels are quicker than a compiler. Default 4096. */
  readonly compileFrom?: number;
  /** How many threads work, the calling one among them; 0 and 1 mean it alone. Default: as many as the machine has, up to 16. */
  readonly threads?: number;
}

/** 'default' may fuse multiply-adds and use Winograd's algorithm; 'strict' does neither. */
export type Precision = 'default' | 'strict';

const usual: Required<Settings> = { precision: 'default', compileFrom: 4096, threads: availableThreads() };
let now: Required<Settings> = usual;

/** Changes settings of the engine. */
export function configure(settings: Settings): void {
  now = { ...now, ...settings };
  madeHost()?.threads.configure(now.threads);
}

/** The settings in force. */
export function settings(): Required<Settings> {
  return now;
}
