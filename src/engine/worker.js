// One worker thread. It sleeps on a word of the shared memory, not on messages: the calling thread is busy computing when
// there is work, and a message would come too late. What the words mean, and who may change which, stands in threads.ts.
//
// Plain JavaScript without imports, so that the same file starts from the sources, from the package and from a bundle, as a
// Web Worker and as a thread of Node.

/** @typedef {import('./threads.ts').WorkerStart} WorkerStart */
/** @typedef {import('./webassembly.ts').Run} Run */
/**
 * @typedef {{
 *   process?: { getBuiltinModule?: (name: string) => { workerData?: WorkerStart, isMainThread: boolean } | undefined },
 *   onmessage?: (event: { data: WorkerStart }) => void,
 *   WebAssembly: any,
 * }} Host
 */

/** For as long a worker looks for more work before it sleeps: longer than the calling thread takes between two layers. */
const PATIENCE_MS = 0.1;

/** The most programs a worker keeps instances of. */
const KEPT = 256;

const host = /** @type {Host} */ (/** @type {unknown} */ (globalThis));
const threads = host.process?.getBuiltinModule?.('node:worker_threads');
if (threads?.workerData) serve(threads.workerData);
else host.onmessage = ({ data }) => serve(data);

/**
 * Works until the thread is ended.
 * @param {WorkerStart} start
 */
function serve({ memory, slot, slotWords, blockWords, states }) {
  const { IDLE, POSTED, READING, PREPARING, ACTIVE, BROKEN } = states;
  /** @type {Map<number, Run>} */
  const programs = new Map();
  let ints = new Int32Array(memory.buffer);
  const own = slot / 4;
  const state = own + slotWords.state;
  const pause = /** @type {{ pause?: () => void }} */ (Atomics).pause ?? (() => {});

  Atomics.store(ints, state, IDLE);
  for (;;) {
    awaitWork();
    if (Atomics.compareExchange(ints, state, POSTED, READING) !== POSTED) continue;
    const block = word(own + slotWords.block) / 4;
    if (block + blockWords.words > ints.length) ints = grownMemory();
    const id = word(block + blockWords.program);
    const run = programs.get(id) ?? prepare(id, block);
    if (Atomics.load(ints, state) === BROKEN) return;
    if (run === undefined) continue;
    if (Atomics.load(ints, state) === READING) Atomics.store(ints, state, ACTIVE);
    work(run, block);
    Atomics.store(ints, state, IDLE);
    if (Atomics.load(ints, block + blockWords.waiting) !== 0) Atomics.notify(ints, state);
  }

  function awaitWork() {
    const until = performance.now() + PATIENCE_MS;
    while (performance.now() < until) {
      for (let looks = 0; looks < 32; looks++) {
        if (Atomics.load(ints, state) === POSTED) return;
        pause();
      }
    }
    Atomics.store(ints, own + slotWords.asleep, 1);
    for (let now = Atomics.load(ints, state); now !== POSTED; now = Atomics.load(ints, state)) {
      Atomics.wait(ints, state, now);
    }
    Atomics.store(ints, own + slotWords.asleep, 0);
  }

  /**
   * Compiles a program. The calling thread does not wait for that: it may take the work back meanwhile.
   * @param {number} id
   * @param {number} block
   * @returns {Run | undefined} nothing when the work was taken back or the program cannot be had
   */
  function prepare(id, block) {
    try {
      const buffer = grownMemory().buffer;
      const bytes = new Uint8Array(
        buffer,
        word(block + blockWords.code),
        word(block + blockWords.length),
      ).slice();
      Atomics.store(ints, state, PREPARING);
      const instance = new host.WebAssembly.Instance(new host.WebAssembly.Module(bytes), { env: { memory } });
      const run = instance.exports.run;
      for (const old of programs.keys()) if (programs.size >= KEPT) programs.delete(old);
      programs.set(id, run);
      return Atomics.compareExchange(ints, state, PREPARING, ACTIVE) === PREPARING ? run : undefined;
    } catch (error) {
      write(error);
      Atomics.store(ints, state, BROKEN);
      return undefined;
    }
  }

  /**
   * Takes jobs until none is left.
   * @param {Run} run
   * @param {number} block
   */
  function work(run, block) {
    const operands = word(block + blockWords.operands);
    const jobs = word(block + blockWords.jobs);
    const workspace = word(own + slotWords.workspace);
    const next = block + blockWords.next;
    try {
      for (let job = Atomics.add(ints, next, 1); job < jobs; job = Atomics.add(ints, next, 1)) {
        run(operands, job, workspace);
      }
    } catch (error) {
      write(error);
      Atomics.store(ints, next, jobs);
      Atomics.store(ints, block + blockWords.failed, slot);
    }
  }

  /** The memory as it is now that the calling thread has made it grow. */
  function grownMemory() {
    memory.grow(0);
    return new Int32Array(memory.buffer);
  }

  /** Addresses reach to 4 GiB. @param {number} index */
  function word(index) {
    return /** @type {number} */ (ints[index]) >>> 0;
  }

  /** Leaves words for the calling thread. @param {unknown} error */
  function write(error) {
    const text = String(error).slice(0, slotWords.letters);
    for (let i = 0; i < text.length; i++) ints[own + slotWords.text + i] = text.charCodeAt(i);
    ints[own + slotWords.text + text.length] = 0;
  }
}
