// What a file of engines/ offers, and what a process that runs one says. Every engine answers in a process of its own, in
// lines of JSON: its parent asks on stdin, it answers on stdout. engines/pytorch.py says the same in Python.
//
//   { ask: 'start', mode, threads }   -> { version }                         the engine is loaded and ready
//   { ask: 'load', task, folder }     -> { ms, rss, results }                first call to first result, compiling included
//   { ask: 'burst', ms, warm }        -> { calls, ms }                       at least one call, for so long; one before if warm
//   { ask: 'drop' }                   -> { rss }                             forgets the row
//   anything                          -> { unable: why } | { failed: why }   has no such operation | went wrong

import type { Result } from './numbers.ts';
import type { Task } from './task.ts';

/** A rival, or padwise, once loaded. */
export interface Adaptor {
  /** Of the package, and what else decides its speed. */
  readonly version: string;
  /**
   * Makes the layer: packs weights, compiles, keeps the input where the engine keeps numbers.
   * @throws Unable when the engine has no such operation
   */
  load(task: Task, data: TaskData): Promise<Loaded> | Loaded;
}

/** The numbers of a task, canonical. */
export interface TaskData {
  readonly input: Float32Array;
  readonly weight: Float32Array;
  readonly outputGradient: Float32Array;
}

/** A row that is ready to run. */
export interface Loaded {
  /** One convolution, or one pair of gradients, complete when it returns or resolves. */
  call(): unknown;
  /** What the last call computed; called after {@link call}. */
  results(): Promise<Computed[]> | Computed[];
  drop(): void;
}

/** A result as an engine has it: data with channels first or last, a weight's gradient always canonical. */
export interface Computed {
  readonly of: Result;
  readonly layout: 'first' | 'last';
  readonly data: Float32Array;
}

/** Opens an engine. */
export type Open = (mode: string, threads: number) => Promise<Adaptor>;

/** The engine has no such operation, for this reason. */
export class Unable extends Error {}

/** What a parent asks. */
export type Question =
  | { readonly ask: 'start'; readonly mode: string; readonly threads: number }
  | { readonly ask: 'load'; readonly task: Task; readonly folder: string }
  | { readonly ask: 'burst'; readonly ms: number; readonly warm: boolean }
  | { readonly ask: 'drop' };

/** What a process answers; the fields that its question asks for. */
export interface Answer {
  readonly version?: string;
  readonly ms?: number;
  readonly calls?: number;
  readonly rss?: number;
  readonly results?: readonly {
    readonly of: Result;
    readonly layout: 'first' | 'last';
    readonly file: string;
  }[];
  readonly unable?: string;
  readonly failed?: string;
}
