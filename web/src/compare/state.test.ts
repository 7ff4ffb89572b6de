import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIRST, MOST_LINES, printState, readState, without } from './state.ts';

const states = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 65_536 }), { minLength: 1, maxLength: 3 }),
    codes: fc.array(fc.string(), { minLength: 2, maxLength: MOST_LINES }),
    against: fc.integer({ min: 1, max: MOST_LINES - 1 }),
    view: fc.constantFrom(null, 0, 1, 2, 'map' as const),
  })
  .filter(({ codes, against, sizes }) => against < codes.length && sizes.every((size) => size < 100_000));

describe('the state of Compare', () => {
  test('reading is the inverse of printing', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(readState(printState(state))).toEqual({ state, wrong: null });
      }),
    );
  });

  test('nothing said is the first example', () => {
    expect(readState([]).state).toBe(FIRST);
  });

  test('anything is read, what is not understood is said', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 20 }), (parts) => {
        const { state } = readState(parts);
        expect(state.codes.length).toBeGreaterThanOrEqual(2);
        expect(state.codes.length).toBeLessThanOrEqual(MOST_LINES);
        expect(state.against).toBeLessThan(state.codes.length);
      }),
    );
    expect(String(readState(['junk']).wrong)).toBe('This part of the link was not understood: "junk".');
    expect(readState(['0']).wrong).not.toBeNull();
  });

  test('a line goes, the one held against the first stays', () => {
    const state = { ...FIRST, codes: ['a', 'b', 'c', 'd'], against: 3 };
    expect(without(state, 1)).toMatchObject({ codes: ['a', 'c', 'd'], against: 2 });
    expect(without(state, 3)).toMatchObject({ codes: ['a', 'b', 'c'], against: 2 });
    expect(without(state, 0)).toMatchObject({ codes: ['b', 'c', 'd'], against: 2 });
  });
});
