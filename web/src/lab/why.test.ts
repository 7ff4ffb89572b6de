// Why an axis has the size it has, read as a person would.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axis, geometry, out } from '../../../src/geometry/index.ts';
import { geometryOf, parseSpec, type Spec } from './spec.ts';
import { whyOf } from './why.ts';

const said = (...parts: string[]) => {
  const spec = parseSpec(parts) as Spec;
  const { question, sentences } = whyOf(geometryOf(spec), 0, spec.rule);
  return [question, ...sentences].map(({ text }) => String(text).replaceAll('**', '')).join('\n');
};

describe('why', () => {
  it('32 and not 31', () => {
    expect(said('64x64 k4 s2', 'keras.same')).toMatchInlineSnapshot(`
      "Why 32 and not 31?
      The window covers 4 elements and moves 2 at a time.
      On the 64 elements alone it would start at 0, 2, 4, …, 60: only 31 times.
      SAME asks for 64 / 2, rounded up: 32. So many windows reach over 66 positions, 2 more than there are. Padding makes up for them:
      1 before, 1 after."
    `);
  });
  it('31', () => {
    expect(said('64x64 k4 s2')).toMatchInlineSnapshot(`
      "Why 31?
      The window covers 4 elements and moves 2 at a time.
      On 64 elements it starts at 0, 2, 4, …, 60 and reads up to 63: that is 31 times."
    `);
  });
  it('what a window leaves', () => {
    expect(said('8 k5 s4')).toMatchInlineSnapshot(`
      "Why 1?
      The window covers 5 elements and moves 4 at a time.
      On 8 elements it starts at 0 and reads up to 4: that is once.
      The last 3 elements are read by no window."
    `);
  });
  it('padding that changes nothing', () => {
    expect(said('7 k3 s4 p1')).toMatchInlineSnapshot(`
      "Why 2?
      The window covers 3 elements and moves 4 at a time.
      On the 7 elements alone it would start at 0, 4: 2 times.
      Padding adds 1 before and 1 after.
      That is not enough for one more window, so it is 2 times all the same.
      2 of the 7 elements are read by no window."
    `);
  });
  it('a causal layer', () => {
    expect(said('12 k3 d2', 'causal')).toMatchInlineSnapshot(`
      "Why 12 and not 8?
      The window has 3 taps, 2 apart, so it covers 5 elements; it moves 1 at a time.
      On the 12 elements alone it would start at 0, 1, 2, …, 7: only 8 times.
      Causal padding puts all 4 before, so that no output sees what comes after it.
      From the first to the last of these 16 positions the window fits 12 times."
    `);
  });
  it('a window that does not fit', () => {
    expect(said('5 k9')).toMatchInlineSnapshot(`
      "Why 0?
      The window covers 9 elements and moves 1 at a time.
      It does not fit into 5 elements."
    `);
    expect(said('5 k9 p1')).toMatchInlineSnapshot(`
      "Why 0?
      The window covers 9 elements and moves 1 at a time.
      It does not fit into 5 elements.
      Padding adds 1 before and 1 after.
      Even the 7 positions there are then have no room for it."
    `);
  });
  it('a transposed layer', () => {
    expect(said('16 up k3 s2', 'keras.same')).toMatchInlineSnapshot(`
      "Why 32 and not 33?
      Each of the 16 elements writes 3 outputs, and the next one writes 2 further on.
      Together they write (16 − 1) × 2 + 3 = 33 outputs.
      Of these 0 are cut off before and 1 after: 32 remain."
    `);
  });
  it('SAME that adds nothing', () => {
    expect(said('8 k2 s2', 'keras.same')).toMatchInlineSnapshot(`
      "Why 4?
      The window covers 2 elements and moves 2 at a time.
      On 8 elements it starts at 0, 2, 4, 6 and reads up to 7: that is 4 times.
      SAME asks for 8 / 2, rounded up: 4. They fit as it is, so nothing is added."
    `);
  });
});

it('says as many tones as values at most, whatever the axis', () => {
  const any = fc.record({
    size: fc.integer({ min: 0, max: 40 }),
    kernel: fc.integer({ min: 1, max: 9 }),
    stride: fc.integer({ min: 1, max: 9 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: -3, max: 9 }),
    after: fc.integer({ min: -3, max: 9 }),
    overhang: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(
      any,
      fc.constantFrom(null, 'keras.same', 'causal', 'full', 'torch.same', 'valid'),
      (given, rule) => {
        const one = axis(given);
        const { question, sentences } = whyOf(geometry({ axes: [one] }), 0, rule);
        expect(String(question.text)).toContain(String(out(one)));
        for (const { text, tones } of sentences) expect(tones.length).toBeLessThanOrEqual(text.values.length);
      },
    ),
  );
});
