// Addresses: printed and parsed they are the same; what anyone may write opens a screen.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fits, LONGEST, parseAddress, printAddress } from './address.ts';

const SCREENS = ['lab', 'compare', 'heat'];
const opened = (fragment: string) => parseAddress(fragment, SCREENS);

it('is readable', () => {
  expect(printAddress({ screen: 'lab', parts: ['8x8 k3x5 s3x4', 'keras.same'], step: null })).toBe(
    '#v1/lab/8x8%20k3x5%20s3x4/keras.same',
  );
  expect(printAddress({ screen: 'lab', parts: ['64x64', '=Conv2D(6, 4, strides=2)'], step: 12 })).toBe(
    '#v1/lab/64x64/=Conv2D(6,%204,%20strides=2)/@12',
  );
});

it('is what was printed', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '',
      '@12',
      '/',
      '%',
      '%2F',
      '#v1/lab',
      '=nn.Conv2d(3, 6, 4)\n',
      '<script>alert(1)</script>',
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...SCREENS),
      fc.array(part, { maxLength: 16 }),
      fc.option(fc.nat({ max: 999_999_999 })),
      (screen, parts, step) => {
        // A step is a part of its own, so that there is room for one less.
        const address = { screen, parts: step === null ? parts : parts.slice(0, 15), step };
        fc.pre(fits(address));
        expect(opened(printAddress(address))).toEqual({ ...address, wrong: null });
      },
    ),
    { numRuns: 500 },
  );
});

it('is read as a browser gives it back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 5 }), (parts) => {
      const address = { screen: 'lab', parts, step: null };
      const { hash } = new URL(`https://example.org/${printAddress(address)}`);
      expect(opened(hash)).toEqual({ ...address, wrong: null });
    }),
  );
});

it('opens the first screen where it says nothing', () => {
  for (const fragment of ['', '#']) {
    expect(opened(fragment)).toEqual({ screen: 'lab', parts: [], step: null, wrong: null });
  }
});

it.each([
  ['#nonsense', 'lab'],
  ['#v2/compare', 'lab'],
  ['#v1/__proto__/x', 'lab'],
  ['#v1/compare/%E0%A4%A', 'compare'],
  [`#v1/heat/${'x'.repeat(LONGEST)}`, 'heat'],
  [`#v1/heat${'/1'.repeat(100)}`, 'heat'],
  ['#v1/<img src=x onerror=alert(1)>', 'lab'],
])('says what it did not understand: %.40s', (fragment, screen) => {
  const { wrong, ...address } = opened(fragment);
  expect(address).toEqual({ screen, parts: [], step: null });
  expect(String(wrong).length).toBeGreaterThan(20);
  expect(String(wrong).length).toBeLessThan(160);
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { screen, parts } = opened(text);
      expect(SCREENS).toContain(screen);
      expect(parts.every((part) => typeof part === 'string')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
