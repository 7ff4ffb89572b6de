// Jobs of a program, done by the calling thread and by workers. Workers are asked through words of the shared memory:
//
//   a slot per worker     state, asleep, block, workspace, text             only its worker and the calling thread use it
//   a block per run       program, code, length, operands, jobs | next      next counts up; who adds to it owns that job
//
//   state     IDLE -> POSTED -> READING -> PREPARING -> ACTIVE -> IDLE      -> : by the calling thread for POSTED, else by
//             <---------------------------/                                 the worker; <- : taken back by the calling thread
//
// The calling thread takes back what no worker has begun (POSTED) or what is still being compiled (PREPARING), and waits for
// those that read or compute. So a worker that sleeps, starts or compiles holds nobody up, and one that has died at rest is
// not missed. One that does not come back in time is given up: its slot, its block and all memory that it may still write
// are left alone until its end is certain, and the run is to be done again, into another place.

import { WORKSPACE } from '../kernels/wasm/program.ts';
import { say, type Text } from '../words/index.ts';
import { EngineError } from './error.ts';
import { sharingObstacle } from './machine.ts';
import type { EngineMemory } from './memory.ts';
import { warn } from './warning.ts';
import type { Run, WasmMemory } from './webassembly.ts';
import { availableThreads, maySleep, startWorker, type WorkerHandle } from './workers.ts';

/** For as long the calling thread looks for the end of others' work before it sleeps. */
const PATIENCE_MS = 0.5;

/** The calling thread sleeps for so long at a time: what lasts longer was the machine's own sleep, and counts as this. */
const NAP_MS = 50;

/** A run that takes longer starts workers meanwhile. */
const LONG_MS = 5;

/** A job may take so many times the longest of the calling thread's own, and this much longer, before it counts as lost. */
const SLACK = { times: 20, milliseconds: 1000 };

/** What a worker does. BROKEN: it cannot work, and its text says why. */
const STATES = { STARTING: -1, IDLE: 0, POSTED: 1, READING: 2, PREPARING: 3, ACTIVE: 4, BROKEN: 5 } as const;

/** Places of words in a worker's slot and in the block of a run. What threads write by turns lies on lines of its own. */
const SLOT = { state: 0, asleep: 1, block: 16, workspace: 17, text: 32, letters: 95, words: 128 } as const;
const BLOCK = {
  program: 0,
  code: 1,
  length: 2,
  operands: 3,
  jobs: 4,
  next: 16,
  waiting: 32,
  failed: 33,
  words: 48,
} as const;

/** What a worker gets when it starts. */
export interface WorkerStart {
  readonly memory: WasmMemory;
  /** Address of its slot. */
  readonly slot: number;
  readonly slotWords: typeof SLOT;
  readonly blockWords: typeof BLOCK;
  readonly states: typeof STATES;
}

/** A program as the engine keeps it. */
export interface CompiledProgram {
  /** Different for every program of a process. */
  readonly id: number;
  readonly bytes: Uint8Array;
  /** The calling thread's own instance. */
  readonly run: Run;
}

/** How many work, and why not more. */
export interface ThreadsDescription {
  /** Threads that are wanted, the calling one among them. */
  readonly wanted: number;
  /** Workers that have been started and not lost. */
  readonly workers: number;
  /** Workers that have answered. */
  readonly ready: number;
  /** Workers that did not finish their work, since the process began. */
  readonly lost: number;
  /** Jobs that workers have done. */
  readonly helped: number;
  /** Why there are fewer than wanted; null when there are as many. */
  readonly obstacle: Text | null;
}

/** The threads of one memory. */
export interface Threads {
  /**
   * Does every job of a program, in any order and once; returns when all are done.
   * @param operands address of the program's operands
   * @param parallel whether workers shall help: below about 0.1 ms of work waking them costs more than they do
   * @returns false when a worker did not finish. It may then still write where it was told to, so the caller takes another
   * output (and another operands block) and runs the program again; what it frees of this one is held until it is safe
   * @throws what the program throws, on whatever thread
   */
  run(program: CompiledProgram, operands: number, jobs: number, parallel: boolean): boolean;
  /** Frees what workers were given of a program that is not run again. */
  forget(program: number): void;
  /** How many threads there shall be from now on; 0 and 1 mean the calling thread alone. */
  configure(threads: number): void;
  describe(): ThreadsDescription;
}

interface Worker {
  readonly slot: number;
  readonly workspace: number;
  handle: WorkerHandle | undefined;
  /** Called when it is certain that it writes no more. */
  atEnd: (() => void)[];
}

/**
 * Threads over a memory; none is started before the first run that wants workers.
 * @param threads how many, the calling one among them; as many as the machine has unless said, at most 16
 */
export function createThreads(memory: EngineMemory, threads: number = availableThreads()): Threads {
  const sleeps = maySleep();
  const home = memory.allocate(WORKSPACE);
  const codes = new Map<number, number>();
  const unshared = memory.shared ? null : (sharingObstacle() ?? say`this machine does not share memory`);
  let wanted = countOf(threads);
  let workers: Worker[] = [];
  /** Workers that were started, or tried to be, since the number was set; and whether the rest is to follow. */
  let hired = 0;
  let hiring = false;
  let block: number | undefined;
  let lost = 0;
  let helped = 0;
  let obstacle: Text | null = null;

  /** Starts one worker more, if there are not enough. */
  function staff(): void {
    if (hired >= wanted - 1) return;
    hired += 1;
    try {
      hire();
    } catch (error) {
      hired = wanted - 1;
      obstacle = say`a worker cannot be started: ${(error as Error).message}`;
    }
  }

  /** Starts the others one by one as soon as the calling thread rests, for starting one takes it a millisecond. */
  function staffLater(): void {
    hiring = true;
    const timer: { unref?: () => void } | number = setTimeout(() => {
      hiring = false;
      staff();
      if (hired < wanted - 1) staffLater();
    });
    if (typeof timer === 'object') timer.unref?.();
  }

  function hire(): void {
    const [slot, workspace] = [memory.allocate(SLOT.words * 4), memory.allocate(WORKSPACE)];
    const atEnd = [() => memory.free(slot), () => memory.free(workspace)];
    const worker: Worker = { slot, workspace, handle: undefined, atEnd };
    const integers = memory.integers();
    integers.fill(0, slot / 4, slot / 4 + SLOT.words);
    integers[slot / 4 + SLOT.state] = STATES.STARTING;
    integers[slot / 4 + SLOT.workspace] = workspace;
    const data: WorkerStart = {
      memory: memory.wasm,
      slot,
      slotWords: SLOT,
      blockWords: BLOCK,
      states: STATES,
    };
    const ended = () => {
      workers = workers.filter((one) => one !== worker);
      for (const finish of worker.atEnd.splice(0)) finish();
    };
    try {
      worker.handle = startWorker(data, { failed: (reason) => dismiss(worker, reason), ended });
    } catch (error) {
      ended();
      throw error;
    }
    workers.push(worker);
  }

  function dismiss(worker: Worker, reason?: Text): void {
    if (reason !== undefined) obstacle = say`a worker failed: ${reason}`;
    workers = workers.filter((one) => one !== worker);
    worker.handle?.end();
  }

  /** Writes down what is to be done; gives where, or nothing when there is no room for it. */
  function announce(program: CompiledProgram, operands: number, jobs: number): number | undefined {
    try {
      block ??= memory.allocate(BLOCK.words * 4);
      const code = codes.get(program.id) ?? place(program);
      const words = memory.integers();
      const at = block / 4;
      words[at + BLOCK.program] = program.id;
      words[at + BLOCK.code] = code;
      words[at + BLOCK.length] = program.bytes.length;
      words[at + BLOCK.operands] = operands;
      words[at + BLOCK.jobs] = jobs;
      words[at + BLOCK.waiting] = 0;
      words[at + BLOCK.failed] = 0;
      // The first job is the calling thread's own, so that it knows how long one takes.
      words[at + BLOCK.next] = 1;
      return at;
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }

  /** Asks the workers that are at rest to help, those not asked before. */
  function recruit(helpers: Worker[], at: number, most: number): void {
    const words = memory.integers();
    for (const worker of workers) {
      const state = worker.slot / 4 + SLOT.state;
      const now = Atomics.load(words, state);
      if (now === STATES.BROKEN) dismiss(worker, textOf(words, worker.slot));
      if (now !== STATES.IDLE || helpers.length >= most || helpers.includes(worker)) continue;
      helpers.push(worker);
      words[worker.slot / 4 + SLOT.block] = at * 4;
      Atomics.store(words, state, STATES.POSTED);
      if (Atomics.load(words, worker.slot / 4 + SLOT.asleep) !== 0) Atomics.notify(words, state);
    }
  }

  function place({ id, bytes }: CompiledProgram): number {
    const code = memory.allocate(bytes.length);
    memory.bytes().set(bytes, code);
    codes.set(id, code);
    return code;
  }

  /** Does jobs as long as there are any, with whoever comes to help; gives the milliseconds of the longest. */
  function work(
    program: CompiledProgram,
    operands: number,
    jobs: number,
    at: number,
    helpers: Worker[],
  ): number {
    const words = memory.integers();
    const began = performance.now();
    let before = began;
    let longest = 0;
    let own = 0;
    for (let job = 0; job < jobs; job = Atomics.add(words, at + BLOCK.next, 1)) {
      program.run(operands, job, home);
      own += 1;
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
      if (now - began > LONG_MS) staff();
      if (helpers.length < workers.length) recruit(helpers, at, jobs - 1);
    }
    helped += jobs - own;
    return longest;
  }

  /** Takes back what was not begun and waits for the rest; gives the workers that did not finish in time. */
  function gather(helpers: readonly Worker[], at: number, milliseconds: number): Worker[] {
    const words = memory.integers();
    let left = milliseconds;
    return helpers.filter(({ slot }) => {
      const state = slot / 4 + SLOT.state;
      let before = performance.now();
      for (let looks = 1; ; looks++) {
        Atomics.compareExchange(words, state, STATES.POSTED, STATES.IDLE);
        Atomics.compareExchange(words, state, STATES.PREPARING, STATES.IDLE);
        const now = Atomics.load(words, state);
        if (now === STATES.IDLE || now === STATES.BROKEN) return false;
        if (looks % 64 !== 0) continue;
        const time = performance.now();
        left -= Math.min(time - before, 2 * NAP_MS);
        before = time;
        if (left < 0) return true;
        if (sleeps && now === STATES.ACTIVE && milliseconds - left > PATIENCE_MS) {
          Atomics.store(words, at + BLOCK.waiting, 1);
          Atomics.wait(words, state, now, NAP_MS);
        }
      }
    });
  }

  function giveUp(missing: readonly Worker[], milliseconds: number): void {
    for (const worker of missing) {
      worker.atEnd.push(memory.hold());
      dismiss(worker);
    }
    if (block !== undefined) memory.free(block);
    block = undefined;
    obstacle = say`a worker did not finish its work`;
    if (lost === 0) {
      warn(
        say`a worker did not finish its part of a computation within ${Math.round(milliseconds)} ms. The computation is done again without it.`,
      );
    }
    lost += missing.length;
  }

  return {
    run(program, operands, jobs, parallel) {
      const together = parallel && jobs > 1 && wanted > 1 && memory.shared;
      const at = together ? announce(program, operands, jobs) : undefined;
      if (at === undefined) {
        for (let job = 0; job < jobs; job++) program.run(operands, job, home);
        return true;
      }
      const helpers: Worker[] = [];
      let patience: number = SLACK.milliseconds;
      let missing: Worker[] = [];
      if (hired > 0 || hiring) staff();
      else staffLater();
      recruit(helpers, at, jobs - 1);
      try {
        patience += SLACK.times * work(program, operands, jobs, at, helpers);
      } finally {
        Atomics.store(memory.integers(), at + BLOCK.next, jobs);
        missing = gather(helpers, at, patience);
        if (missing.length > 0) giveUp(missing, patience);
      }
      const failed = memory.integers()[at + BLOCK.failed] as number;
      if (missing.length === 0 && failed !== 0) throw new Error(textOf(memory.integers(), failed));
      return missing.length === 0;
    },
    forget(program) {
      const code = codes.get(program);
      if (code !== undefined) memory.free(code);
      codes.delete(program);
    },
    configure(count) {
      if (countOf(count) === wanted) return;
      wanted = countOf(count);
      for (const worker of workers) dismiss(worker);
      hired = 0;
      obstacle = null;
    },
    describe() {
      const words = memory.integers();
      const ready = workers.filter(
        ({ slot }) => Atomics.load(words, slot / 4 + SLOT.state) !== STATES.STARTING,
      );
      return {
        wanted,
        workers: workers.length,
        ready: ready.length,
        lost,
        helped,
        obstacle: wanted > 1 ? (obstacle ?? unshared) : null,
      };
    },
  };
}

/** The calling thread and at most 255 workers. */
function countOf(threads: number): number {
  return Math.min(256, Math.max(1, Math.floor(threads)));
}

function textOf(words: Int32Array, slot: number): string {
  const from = (slot >>> 0) / 4 + SLOT.text;
  const letters = [...words.subarray(from, from + SLOT.letters)];
  return String.fromCharCode(...letters.slice(0, letters.indexOf(0)));
}
