// What the engine may do, for the whole process; `configure` changes it (configure.ts).

import type { WideWish } from './wide.ts';
import { availableThreads } from './workers.ts';

/** 'default' may fuse multiply-adds and use Winograd's algorithm; 'strict' does neither. */
export type Precision = 'default' | 'strict';

/** Settings of the engine. */
export interface Settings {
  /** 'strict': sums in a fixed order, rounded at every step, the same bits on every machine. Default 'default'. */
  readonly precision: Precision;
  /** Multiply-adds from which code is compiled; below, the reference kernels are quicker than a compiler. Default 4096. */
  readonly compileFrom: number;
  /** Multiply-adds from which workers help; below, waking them costs more. Default 2^19. */
  readonly parallelFrom: number;
  /** How many threads work, the calling one among them; 0 and 1 mean it alone. Default: as many as the machine has, up to 16. */
  readonly threads: number;
  /**
   * Vectors of 256 bits where Node can join them, by a switch of the whole process that V8 calls experimental: 'auto' where
   * they pass a self-test and are faster, 'on' with a warning where they are not to be had. Default 'off'.
   */
  readonly wide: WideWish;
}

let now: Settings = {
  precision: 'default',
  compileFrom: 4096,
  parallelFrom: 2 ** 19,
  threads: availableThreads(),
  wide: 'off',
};

/** The settings in force. */
export function settings(): Settings {
  return now;
}

/** Puts settings in force; what is not said stays as it is. */
export function change(wanted: Partial<Settings>): Settings {
  now = { ...now, ...wanted };
  return now;
}
