import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assemble } from '../kernels/wasm/assembler.ts';
import {
  add,
  type Code,
  equal,
  get,
  i32,
  type Local,
  loadI32,
  loop,
  multiply,
  set,
  shiftLeft,
  storeI32,
  subtract,
  when,
} from '../kernels/wasm/code.ts';
import { createMemory, type EngineMemory } from './memory.ts';
import { type CompiledProgram, createThreads, type Threads } from './threads.ts';
import { instantiate } from './webassembly.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const JOBS = 64;
let programs = 0;

interface Job {
  readonly number: Local;
  readonly workspace: Local;
  /** Address of eight words of this job's own. */
  readonly output: Local;
}

/** A program that writes for every job its number squared and who did it, and does something more. */
function program(memory: EngineMemory, more: (job: Job) => Code = () => []): CompiledProgram {
  const module = assemble({ shared: memory.shared });
  const run = module.define(['i32', 'i32', 'i32'], ({ parameters, local }) => {
    const [operands, number, workspace] = parameters as readonly [Local, Local, Local];
    const output = local('i32');
    return [
      set(output, add(loadI32(get(operands), 12), shiftLeft(get(number), i32(5)))),
      more({ number, workspace, output }),
      storeI32(get(output), 0, multiply(get(number), get(number))),
      storeI32(get(output), 4, get(workspace)),
      storeI32(get(output), 8, add(loadI32(get(output), 8), i32(1))),
    ];
  });
  module.expose('run', run);
  const bytes = module.bytes();
  return { id: programs++, bytes, run: instantiate(bytes, memory.wasm) };
}

/** Some microseconds of work. */
function lasting(rounds: number): (job: Job) => Code {
  return ({ output }) => [
    // The counter lives in memory, so that no compiler removes the loop.
    storeI32(get(output), 16, i32(rounds)),
    loop(storeI32(get(output), 16, subtract(loadI32(get(output), 16), i32(1))), loadI32(get(output), 16)),
  ];
}

interface Bench {
  readonly memory: EngineMemory;
  readonly threads: Threads;
  readonly operands: number;
  /** Runs a program over cleared output; gives what run gives. */
  run(of: CompiledProgram, parallel?: boolean): boolean;
  /** Of every job: its result, and how many times it was done; and how many jobs each thread did, by workspace. */
  results(): { squares: number[]; times: number[]; by: Map<number, number> };
}

function bench(count: number, memory: EngineMemory = createMemory()): Bench {
  const threads = createThreads(memory, count);
  const operands = memory.allocate(64);
  const output = memory.allocate(JOBS * 32);
  memory.integers()[operands / 4 + 3] = output;
  const words = () => memory.integers().subarray(output / 4, output / 4 + JOBS * 8);
  return {
    memory,
    threads,
    operands,
    run(of, parallel = true) {
      words().fill(0);
      return threads.run(of, operands, JOBS, parallel);
    },
    results() {
      const of = (word: number) =>
        Array.from({ length: JOBS }, (_, job) => words()[job * 8 + word] as number);
      const by = new Map<number, number>();
      for (const workspace of of(1)) by.set(workspace, (by.get(workspace) ?? 0) + 1);
      return { squares: of(0), times: of(2), by };
    },
  };
}

const SQUARES = Array.from({ length: JOBS }, (_, job) => job * job);
const ONCE = Array.from({ length: JOBS }, () => 1);

/** Runs until all workers have answered and have done some job of this program. */
async function warm(on: Bench, of: CompiledProgram, workers: number): Promise<void> {
  const seen = new Set<number>();
  await vi.waitFor(
    () => {
      expect(on.run(of)).toBe(true);
      for (const workspace of on.results().by.keys()) seen.add(workspace);
      expect(seen.size).toBe(workers + 1);
    },
    { timeout: 20_000, interval: 1 },
  );
}

async function ended({ threads }: Bench): Promise<void> {
  threads.configure(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('run', () => {
  it('does every job once, whoever does it', async () => {
    const on = bench(4);
    const slow = program(on.memory, lasting(20_000));
    await warm(on, slow, 3);
    const others = Array.from({ length: 40 }, (_, i) => program(on.memory, lasting(1 + i * 50)));
    for (let round = 0; round < 25; round++) {
      for (const one of others) {
        expect(on.run(one)).toBe(true);
        const { squares, times } = on.results();
        expect(squares).toEqual(SQUARES);
        expect(times).toEqual(ONCE);
      }
    }
    expect(on.threads.describe()).toMatchObject({ wanted: 4, workers: 3, ready: 3, lost: 0, obstacle: null });
    await ended(on);
  });

  it('gives each thread a workspace of its own', async () => {
    const on = bench(3);
    const slow = program(on.memory, lasting(20_000));
    await warm(on, slow, 2);
    for (let i = 0; i < 5; i++) on.run(slow);
    for (const workspace of on.results().by.keys()) expect(workspace % 64).toBe(0);
    await ended(on);
  });

  it('stays on the calling thread when the work is small or workers are not wanted', () => {
    for (const [count, parallel] of [
      [4, false],
      [1, true],
      [0, true],
    ] as const) {
      const on = bench(count);
      expect(on.run(program(on.memory), parallel)).toBe(true);
      expect(on.results()).toMatchObject({ squares: SQUARES, times: ONCE });
      expect(on.results().by.size).toBe(1);
      expect(on.threads.describe()).toMatchObject({ workers: 0, obstacle: null });
    }
  });

  it('computes alone until workers are there, and as the memory grows goes on with them', async () => {
    const on = bench(2);
    const one = program(on.memory, lasting(20_000));
    expect(on.run(one)).toBe(true);
    expect(on.results().by.size).toBe(1);
    await warm(on, one, 1);
    const far = on.memory.allocate(200 * 2 ** 20);
    const late = program(on.memory, lasting(20_000));
    await warm(on, late, 1);
    on.memory.free(far);
    await ended(on);
  });

  it('throws what the program throws, on whatever thread, and works on', async () => {
    const on = bench(2);
    const slow = program(on.memory, lasting(20_000));
    await warm(on, slow, 1);
    const [worker = 0] = [...on.results().by.keys()].filter((workspace) => workspace !== firstOf(on));
    const trap: Code = [0x00];
    const never = program(on.memory, ({ workspace, number, output }) => [
      lasting(20_000)({ workspace, number, output }),
      when(equal(get(workspace), i32(worker)), trap),
    ]);
    await vi.waitFor(() => expect(() => on.run(never)).toThrow('unreachable'), { timeout: 20_000 });
    const here = program(on.memory, ({ number }) => when(equal(get(number), i32(0)), trap));
    expect(() => on.run(here)).toThrow('unreachable');
    await warm(on, slow, 1);
    expect(on.results().squares).toEqual(SQUARES);
    expect(on.threads.describe()).toMatchObject({ workers: 1, lost: 0 });
    await ended(on);
  });

  it('gives up a worker that does not come back, and leaves it no memory to spoil', async () => {
    const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const on = bench(3);
    const slow = program(on.memory, lasting(20_000));
    await warm(on, slow, 2);
    const home = firstOf(on);
    // Every thread but this one stays in its first job for good.
    const stuck = program(on.memory, (job) =>
      when(equal(get(job.workspace), i32(home)), lasting(20_000)(job), loop([], i32(1))),
    );
    const block = on.memory.allocate(1000);
    while (on.run(stuck)) await new Promise((resolve) => setTimeout(resolve, 1));
    // From here to the next await no event arrives: the thread's end is not known yet.
    const { used } = on.memory.statistics();
    expect(warnings.mock.calls.map(([text]) => String(text).replace(/\d+/, 'n'))).toEqual([
      'padwise: a worker did not finish its part of a computation within n ms. The computation is done again without it.',
    ]);
    const { lost, workers } = on.threads.describe();
    expect(lost).toBeGreaterThan(0);
    expect(workers).toBe(2 - lost);
    // A thread that may still write was told of this block; it is given to nobody else before the thread's end is certain.
    on.memory.free(block);
    expect(on.memory.statistics().used).toBe(used);
    expect(on.memory.allocate(1000)).not.toBe(block);
    on.run(slow);
    expect(on.results().squares).toEqual(SQUARES);
    await vi.waitFor(() => expect(on.memory.statistics().used).toBeLessThan(used), { timeout: 10_000 });
    expect(on.threads.describe().obstacle).not.toBeNull();
    await ended(on);
  });

  it('does not miss a worker that dies at rest', async () => {
    const on = bench(3);
    const slow = program(on.memory, lasting(20_000));
    await warm(on, slow, 2);
    const blocks = on.memory.statistics().blocks;
    on.threads.configure(2);
    for (let i = 0; i < 10; i++) {
      expect(on.run(slow)).toBe(true);
      expect(on.results().times).toEqual(ONCE);
    }
    await warm(on, slow, 1);
    await vi.waitFor(() => expect(on.memory.statistics().blocks).toBe(blocks - 2), { timeout: 10_000 });
    expect(on.threads.describe()).toMatchObject({ wanted: 2, workers: 1, lost: 0, obstacle: null });
    await ended(on);
  });

  it('keeps nothing of programs that are forgotten', async () => {
    const on = bench(2);
    await warm(on, program(on.memory, lasting(20_000)), 1);
    const { used } = on.memory.statistics();
    for (let i = 0; i < 400; i++) {
      const one = program(on.memory);
      on.run(one);
      on.threads.forget(one.id);
    }
    expect(on.memory.statistics().used).toBe(used);
    await ended(on);
  });
});

describe('without shared memory', () => {
  it('there is one thread, and it is said why', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    vi.stubGlobal('crossOriginIsolated', false);
    const on = bench(4);
    expect(on.run(program(on.memory))).toBe(true);
    expect(on.results()).toMatchObject({ squares: SQUARES, times: ONCE });
    const { obstacle, ...rest } = on.threads.describe();
    expect(rest).toEqual({ wanted: 4, workers: 0, ready: 0, lost: 0, helped: 0 });
    expect(String(obstacle)).toMatchInlineSnapshot(
      `"the page is not cross-origin isolated; serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp"`,
    );
  });
});

describe('a process', () => {
  it('that has used threads ends by itself', () => {
    const source = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
    const script = `
      import { createMemory } from ${source('./memory.ts')};
      import { createThreads } from ${source('./threads.ts')};
      import { instantiate } from ${source('./webassembly.ts')};
      const memory = createMemory();
      const threads = createThreads(memory, 3);
      const bytes = Uint8Array.from(${JSON.stringify([...program(createMemory(), lasting(50_000)).bytes])});
      const one = { id: 0, bytes, run: instantiate(bytes, memory.wasm) };
      const operands = memory.allocate(64);
      memory.integers()[operands / 4 + 3] = memory.allocate(${JOBS * 32});
      const began = Date.now();
      while (threads.describe().ready < 2 && Date.now() - began < 20000) threads.run(one, operands, ${JOBS}, true);
      for (let i = 0; i < 20; i++) threads.run(one, operands, ${JOBS}, true);
      console.log(JSON.stringify(threads.describe()));
    `;
    const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
    const done = spawnSync(node, ['--input-type=module-typescript', '-e', script], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(done.stderr).toBe('');
    expect(JSON.parse(done.stdout)).toMatchObject({
      wanted: 3,
      workers: 2,
      ready: 2,
      lost: 0,
      obstacle: null,
    });
    expect(done.status).toBe(0);
  });
});

/** The calling thread's workspace: it does the first job of a run. */
function firstOf(on: Bench): number {
  on.run(program(on.memory), false);
  return [...on.results().by.keys()][0] as number;
}
