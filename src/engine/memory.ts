// The engine's one memory: all tensors, packed weights and workspaces lie in it, as blocks of whole lines of 64 bytes.
//
//   |0 |  block  | free |  block  |      free      |     every block knows its neighbours, so that what is freed
//    ^ never given                                       joins the free space around it
//
// Free blocks stand in bins by size, eight to each power of two, a bit set for each bin that holds some; a block is found in
// constant time and fits within an eighth. Source: Masmano et al., TLSF: a new dynamic memory allocator for real-time
// systems, 2004. The memory grows as needed to 4 GiB and, as WebAssembly has it, never shrinks.

import { MOST_PAGES } from '../kernels/wasm/assembler.ts';
import { say } from '../words/index.ts';
import { EngineError } from './error.ts';
import { type WasmMemory, webAssembly } from './webassembly.ts';

/** Bytes of a page. */
const PAGE = 65536;

/** Blocks start and end at whole lines of the cache. */
const LINE = 64;

/** Addresses this far apart look alike to the processor's load and store queues. */
const ALIAS = 4096;

/** The least memory that is asked for at a time. */
const GROWTH: number = 2 ** 22;

/** A host that cannot set apart this much, 64 MiB, has no use for the engine. */
const LEAST_PAGES = 1024;

const BINS = 256;

/** Bytes now. */
export interface MemoryStatistics {
  /** In blocks that were given and not freed. */
  readonly used: number;
  /** What the host has been asked for; what was never written takes no real memory. */
  readonly reserved: number;
  /** The most that `used` has been. */
  readonly peak: number;
  /** The most that can be reserved. */
  readonly limit: number;
  readonly blocks: number;
}

/** One memory with its blocks. Addresses are bytes from its start, multiples of 64, never 0. */
export interface EngineMemory {
  /** What programs import as env.memory. */
  readonly wasm: WasmMemory;
  /** Other threads can see it. */
  readonly shared: boolean;
  /**
   * The address of a block of at least so many bytes, whatever they hold.
   * @throws EngineError 'memory' when there is no room for it; nothing has changed then
   */
  allocate(bytes: number): number;
  /** Takes a block back. */
  free(address: number): void;
  /**
   * From now on the blocks given so far are not given again, even when freed, until the returned function is called: for
   * as long as a thread may live that still writes where it was told to.
   */
  hold(): () => void;
  /** All of it, valid until the next `allocate`. */
  floats(): Float32Array;
  integers(): Int32Array;
  bytes(): Uint8Array;
  statistics(): MemoryStatistics;
}

interface Block {
  readonly start: number;
  size: number;
  used: boolean;
  /** Counts the blocks that were given; says what a hold holds. */
  age: number;
  /** Neighbours in memory. */
  left: Block | undefined;
  right: Block | undefined;
  /** Neighbours in the bin. */
  before: Block | undefined;
  after: Block | undefined;
}

/**
 * A memory of its own.
 * @param shared whether other threads shall see it; it is not shared where SharedArrayBuffer is missing
 * @throws EngineError 'memory' when the host has not even a page
 */
export function createMemory(shared: boolean = typeof SharedArrayBuffer !== 'undefined'): EngineMemory {
  const { wasm, pages } = largest(shared && typeof SharedArrayBuffer !== 'undefined');
  const limit = pages * PAGE;
  const given = new Map<number, Block>();
  const bins: (Block | undefined)[] = Array.from({ length: BINS }, () => undefined);
  const filled = new Int32Array(BINS / 32);
  const first: Block = blank(LINE, wasm.buffer.byteLength - LINE);
  let last = first;
  let age = 0;
  let used = 0;
  let peak = 0;
  /** Blocks as old as this wait in `waiting`. */
  let held = 0;
  let holds = 0;
  let waiting: Block[] = [];
  let views = viewsOf(wasm.buffer);
  put(first);

  function put(block: Block): void {
    const bin = binOf(block.size);
    const head = bins[bin];
    block.before = undefined;
    block.after = head;
    if (head !== undefined) head.before = block;
    bins[bin] = block;
    filled[bin >> 5] = (filled[bin >> 5] as number) | (1 << (bin & 31));
  }

  function take(block: Block): void {
    const { before, after } = block;
    if (after !== undefined) after.before = before;
    if (before !== undefined) before.after = after;
    else {
      const bin = binOf(block.size);
      bins[bin] = after;
      if (after === undefined) filled[bin >> 5] = (filled[bin >> 5] as number) & ~(1 << (bin & 31));
    }
  }

  /** The first bin from this one on that holds a block. */
  function filledFrom(bin: number): number {
    let bits = (filled[bin >> 5] as number) & (-1 << (bin & 31));
    for (let word = bin >> 5; ; bits = filled[word] as number) {
      if (bits !== 0) return word * 32 + (31 - Math.clz32(bits & -bits));
      word += 1;
      if (word === filled.length) return BINS;
    }
  }

  /** Of its own bin some blocks fit, the last freed most likely; of every later bin all do. */
  function find(size: number): Block | undefined {
    const own = binOf(size);
    let block = bins[own];
    for (let looks = 0; block !== undefined && block.size < size; looks++) {
      const later = looks === 4 ? filledFrom(own + 1) : BINS;
      block = later < BINS ? bins[later] : block.after;
    }
    return block ?? bins[filledFrom(own + 1)];
  }

  /** Adds free space at the end until `size` bytes lie there in one piece. */
  function grow(size: number): Block | undefined {
    const reserved = wasm.buffer.byteLength;
    const needed = size - (last.used ? 0 : last.size);
    const room = limit - reserved;
    if (needed > room) return undefined;
    const wanted = Math.min(room, Math.max(needed, GROWTH, reserved / 8));
    if (!(grown(wasm, wanted) || grown(wasm, needed))) return undefined;
    const more = wasm.buffer.byteLength - reserved;
    if (last.used) {
      const block = blank(reserved, more);
      block.left = last;
      last.right = block;
      last = block;
    } else {
      take(last);
      last.size += more;
    }
    put(last);
    return last;
  }

  /** Cuts off what is too much. */
  function cut(block: Block, size: number): void {
    const rest = block.size - size;
    if (rest === 0) return;
    const piece = blank(block.start + size, rest);
    piece.left = block;
    piece.right = block.right;
    if (block.right !== undefined) block.right.left = piece;
    else last = piece;
    block.right = piece;
    block.size = size;
    put(piece);
  }

  function giveBack(block: Block): void {
    block.used = false;
    let whole = block;
    const { left, right } = block;
    if (right !== undefined && !right.used) {
      take(right);
      join(whole, right);
    }
    if (left !== undefined && !left.used) {
      take(left);
      join(left, whole);
      whole = left;
    }
    put(whole);
  }

  function join(block: Block, right: Block): void {
    block.size += right.size;
    block.right = right.right;
    if (right.right !== undefined) right.right.left = block;
    else last = block;
  }

  function refuse(bytes: number, size: number): never {
    const free = limit - LINE - used;
    if (!(size <= free)) {
      throw new EngineError(
        'memory',
        say`${bytes} bytes are needed; of the engine's ${limit} bytes ${used} are in use and ${free} are free.`,
      );
    }
    throw new EngineError(
      'memory',
      say`${bytes} bytes are needed in one piece; of the engine's ${limit} bytes ${free} are free, but not in one piece, or this machine does not give them.`,
    );
  }

  function fresh(): Views {
    if (views.bytes.buffer !== wasm.buffer) views = viewsOf(wasm.buffer);
    return views;
  }

  return {
    wasm,
    shared: !(wasm.buffer instanceof ArrayBuffer),
    allocate(bytes) {
      const size = sizeOf(bytes);
      if (!(size <= limit - LINE - used)) refuse(bytes, size);
      const block = find(size) ?? grow(size) ?? refuse(bytes, size);
      take(block);
      cut(block, size);
      block.used = true;
      block.age = ++age;
      used += block.size;
      peak = Math.max(peak, used);
      given.set(block.start, block);
      return block.start;
    },
    free(address) {
      const block = given.get(address);
      if (block === undefined) throw new Error(`nothing was given at ${address}`);
      given.delete(address);
      if (holds > 0 && block.age <= held) {
        waiting.push(block);
        return;
      }
      used -= block.size;
      giveBack(block);
    },
    hold() {
      holds += 1;
      held = age;
      let over = false;
      return () => {
        if (over) return;
        over = true;
        holds -= 1;
        if (holds > 0) return;
        for (const block of waiting) {
          used -= block.size;
          giveBack(block);
        }
        waiting = [];
      };
    },
    floats: () => fresh().floats,
    integers: () => fresh().integers,
    bytes: () => fresh().bytes,
    statistics: () => ({ used, reserved: wasm.buffer.byteLength, peak, limit, blocks: given.size }),
  };
}

interface Views {
  readonly floats: Float32Array;
  readonly integers: Int32Array;
  readonly bytes: Uint8Array;
}

function viewsOf(buffer: ArrayBuffer | SharedArrayBuffer): Views {
  return {
    floats: new Float32Array(buffer),
    integers: new Int32Array(buffer),
    bytes: new Uint8Array(buffer),
  };
}

function blank(start: number, size: number): Block {
  return {
    start,
    size,
    used: false,
    age: 0,
    left: undefined,
    right: undefined,
    before: undefined,
    after: undefined,
  };
}

/** A memory of a page that may grow to 4 GiB, or to what the host can set apart for it: half of it, or a quarter, ... */
function largest(shared: boolean): { wasm: WasmMemory; pages: number } {
  const api = webAssembly();
  for (let pages = MOST_PAGES; api !== undefined && pages >= LEAST_PAGES; pages /= 2) {
    try {
      return { wasm: new api.Memory({ initial: 1, maximum: pages, shared }), pages };
    } catch {}
  }
  if (shared) return largest(false);
  throw new EngineError('memory', say`this machine gives no memory to WebAssembly.`);
}

function grown(wasm: WasmMemory, bytes: number): boolean {
  try {
    wasm.grow(Math.ceil(bytes / PAGE));
    return true;
  } catch {
    return false;
  }
}

/** Whole lines; neighbours of many pages start at different places of a page. */
function sizeOf(bytes: number): number {
  const lines = Math.max(LINE, Math.ceil(bytes / LINE) * LINE);
  const beyond = lines % ALIAS;
  return lines >= ALIAS && beyond < ALIAS / 8 ? lines - beyond + ALIAS / 8 : lines;
}

/** 8 bins to a power of two of lines, one for each number of lines below 8. */
function binOf(size: number): number {
  const lines = size / LINE;
  const power = 31 - Math.clz32(lines);
  return power < 3 ? lines : (power - 2) * 8 + ((lines >> (power - 3)) & 7);
}
