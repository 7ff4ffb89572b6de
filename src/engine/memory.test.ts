import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemory, type EngineMemory } from './memory.ts';

afterEach(() => vi.unstubAllGlobals());

const MiB = 2 ** 20;

/** Blocks that were given, in order, do not touch one another and lie within the memory. */
function expectApart(memory: EngineMemory, blocks: ReadonlyMap<number, number>): void {
  const sorted = [...blocks].sort(([a], [b]) => a - b);
  for (const [i, [address, bytes]] of sorted.entries()) {
    const end = sorted[i + 1]?.[0] ?? memory.statistics().reserved;
    if (address < 64 || address % 64 !== 0 || address + bytes > end) throw new Error(`${address} + ${bytes}`);
  }
}

describe('allocate', () => {
  it('gives blocks that do not overlap and joins what is freed', () => {
    const step = fc.record({
      bytes: fc.oneof(fc.nat(300), fc.nat(40_000), fc.nat(3_000_000)),
      keep: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const memory = createMemory();
        const blocks = new Map<number, number>();
        for (const { bytes, keep } of steps) {
          blocks.set(memory.allocate(bytes), bytes);
          const victim = [...blocks.keys()][keep];
          if (victim !== undefined && keep < 5) {
            memory.free(victim);
            blocks.delete(victim);
          }
          expectApart(memory, blocks);
        }
        const { reserved } = memory.statistics();
        for (const address of blocks.keys()) memory.free(address);
        expect(memory.statistics()).toMatchObject({ used: 0, blocks: 0 });
        // Everything is one piece again: it holds one block of all that is reserved, and grows by nothing.
        if (reserved > 4096) memory.allocate(reserved - 2048);
        expect(memory.statistics().reserved).toBe(reserved);
      }),
      { numRuns: 60 },
    );
  });

  it('stays flat over 200,000 blocks of changing sizes', () => {
    const memory = createMemory();
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const live: number[] = [];
    const reserved: number[] = [];
    for (let i = 0; i < 200_000; i++) {
      // Sizes of tensors and of tables: spread over powers of two.
      live.push(memory.allocate(random(2 ** (6 + random(16)))));
      if (live.length > 60) memory.free(live.splice(random(live.length), 1)[0] as number);
      if (i % 20_000 === 19_999) reserved.push(memory.statistics().reserved);
    }
    expect(reserved.at(-1)).toBeLessThanOrEqual((reserved[1] as number) + 4 * MiB);
    const { peak, reserved: all } = memory.statistics();
    expect(all).toBeLessThan(1.6 * peak);
  });

  it('gives the same block again to the same size', () => {
    const memory = createMemory();
    const others = [memory.allocate(5000), memory.allocate(70_000)];
    const first = memory.allocate(802_816);
    others.push(memory.allocate(100));
    for (let i = 0; i < 10; i++) {
      memory.free(first);
      expect(memory.allocate(802_816)).toBe(first);
    }
  });

  it('starts neighbours of whole pages at different places of a page', () => {
    const memory = createMemory();
    const starts = Array.from({ length: 6 }, () => memory.allocate(64 * 56 * 56 * 4) % 4096);
    expect(new Set(starts).size).toBe(6);
  });

  it('keeps what was written when it grows, shared or not', () => {
    for (const shared of [true, false]) {
      const memory = createMemory(shared);
      expect(memory.shared).toBe(shared);
      const address = memory.allocate(16);
      memory.floats().set([1, 2, 3, 4], address / 4);
      const old = memory.floats();
      const far = memory.allocate(40 * MiB);
      expect(memory.floats() === old).toBe(false);
      expect([...memory.floats().subarray(address / 4, address / 4 + 4)]).toEqual([1, 2, 3, 4]);
      memory.integers()[far / 4 + 10 * MiB - 1] = 7;
    }
  });

  it('is not shared without SharedArrayBuffer', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    expect(createMemory().shared).toBe(false);
    expect(createMemory(true).shared).toBe(false);
  });

  it('reaches to 4 GiB and refuses more before anything is touched', () => {
    const memory = createMemory();
    const [low, high] = [memory.allocate(2 ** 31), memory.allocate(2 ** 30)];
    memory.integers()[high / 4 + 2 ** 28 - 1] = 42;
    const before = memory.statistics();
    expect(before.reserved).toBeGreaterThan(3 * 2 ** 30);
    expect(() => memory.allocate(2 ** 30)).toThrowErrorMatchingInlineSnapshot(
      `[EngineError: 1073741824 bytes are needed; of the engine's 4294967296 bytes 3221226496 are in use and 1073740736 are free.]`,
    );
    expect(memory.statistics()).toEqual(before);
    memory.free(low);
    const small = memory.allocate(2 ** 20);
    expect(small).toBe(low);
    expect(() => memory.allocate(2.5 * 2 ** 30)).toThrowErrorMatchingInlineSnapshot(
      `[EngineError: 2684354560 bytes are needed in one piece; of the engine's 4294967296 bytes 3220175808 are free, but not in one piece, or this machine does not give them.]`,
    );
    expect(memory.integers()[high / 4 + 2 ** 28 - 1]).toBe(42);
    memory.free(small);
    expect(memory.allocate(2 ** 31)).toBe(low);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %s bytes', (bytes) => {
    const memory = createMemory();
    expect(() => memory.allocate(bytes)).toThrow(
      expect.objectContaining({ name: 'EngineError', code: 'memory' }),
    );
    expect(memory.statistics().blocks).toBe(0);
  });

  it('gives a place even to nothing', () => {
    const memory = createMemory();
    expect(memory.allocate(0)).not.toBe(memory.allocate(0));
  });
});

describe('free', () => {
  it('refuses what was not given, and what was given back', () => {
    const memory = createMemory();
    const address = memory.allocate(100);
    memory.free(address);
    expect(() => memory.free(address)).toThrow('nothing was given');
    expect(() => memory.free(12)).toThrow('nothing was given');
  });
});

describe('hold', () => {
  it('keeps blocks from being given again that were given before', () => {
    const memory = createMemory();
    const [old, kept] = [memory.allocate(1000), memory.allocate(1000)];
    const release = memory.hold();
    memory.free(old);
    const young = memory.allocate(1000);
    expect(young).not.toBe(old);
    memory.free(young);
    expect(memory.allocate(1000)).toBe(young);
    memory.free(young);
    expect(memory.statistics().used).toBe(2048);
    const second = memory.hold();
    release();
    release();
    expect(memory.statistics().used).toBe(2048);
    second();
    expect(memory.statistics()).toMatchObject({ used: 1024, blocks: 1 });
    expect(memory.allocate(1000)).toBe(old);
    memory.free(kept);
  });
});
