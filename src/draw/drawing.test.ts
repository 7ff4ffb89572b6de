import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GeometryError, parse } from '../geometry/index.ts';
import { type Drawing, parseDrawing, printDrawing } from './drawing.ts';

const textbook: Drawing = {
  view: 'window',
  stacks: [[parse('1x1x3x3 k2 p1 -> 1')]],
  input: [0, 1, 2, 3, 4, 5, 6, 7, 8],
  kernel: [0, 1, 2, -3.5],
  at: [
    [0, 0],
    [2, 2],
  ],
};

it('is one line', () => {
  expect(printDrawing(textbook)).toBe(
    'window 1x1x3x3 k2 p1 -> 1 with input=0,1,2,3,4,5,6,7,8 kernel=0,1,2,-3.5 at=0,0/2,2',
  );
});

it.each([
  'window 1x1x8x8 k3x5 s3x4 -> 1',
  'strip 1x1x64x64 k4 s2 p1 -> 1 with axis=1 limit=20 unpadded',
  'heat 1x1x8x8 k1 -> 1 vs 1x1x8x8 k2 -> 1 with names=1x1,a%20b%2C%20c',
  'reach 1x1x32 k3 s2 p1 -> 1 then 1x1x16 k3 s2 p1 -> 1',
  'shift 1x1x8 k3 s2 p1 -> 1 vs 1x1x8 k3 s2 p0,1 -> 1 with names=torch,keras',
])('%s opens and prints again', (line) => {
  expect(printDrawing(parseDrawing(line))).toBe(line);
});

it('is data that is read back as it was', () => {
  expect(parseDrawing(printDrawing(textbook))).toEqual(textbook);
});

describe('refuses in one sentence', () => {
  it.each([
    ['', /^drawing: expected one of window, /],
    ['picture 1x1x3x3 k2 -> 1', /received picture$/],
    ['window', /expected a shape such as 1x3x64x64/],
    ['window 1x1x3x3 k2 -> 1 vs 1x1x3x3 k2 -> 1', /^layers: expected 1 of window, received 2$/],
    ['shift 1x1x3x3 k2 -> 1', /^layers: expected 2 of shift, received 1$/],
    ['reach 1x1x3x3 k2 -> 1 then 1x1x3x3 k2 -> 1', /expected 2x2, what the step before gives, received 3x3$/],
    ['window 1x1x3x3 k2 -> 1 with input=1,2', /^input: expected 9 numbers, received 2$/],
    ['window 1x1x3x3 k2 -> 1 with kernel=1,2,3,x', /expected numbers, received x$/],
    ['window 1x1x3x3 k2 -> 1 with kernel=1,2,3,1e999', /expected numbers, received 1e999$/],
    ['window 1x1x3x3 k2 -> 1 with at=1', /expected 2 indices, received 1$/],
    ['window 1x1x3x3 k2 -> 1 with at=1,-1', /expected an integer, received -1$/],
    ['window 1x1x3x3 k2 -> 1 with axis=2', /expected an axis of 0 to 1, received 2$/],
    ['window 1x1x3x3 k2 -> 1 with limit=1', /expected a limit of 5 to 64, received 1$/],
    ['window 1x1x3x3 k2 -> 1 with __proto__=1', /received __proto__=1$/],
    ['window 1x1x3x3 k2 -> 1 with axis=1 axis=1', /expected axis once/],
    ['heat 1x1x3x3 k2 -> 1 with names=a,b', /expected 1 names, received 2$/],
    ['heat 1x1x3x3 k2 -> 1 with names=%', /expected a name, received %$/],
    [`window ${'1'.repeat(30_000)}`, /expected at most 20000 characters, received 30007$/],
  ])('%.60s', (line, message) => {
    expect(() => parseDrawing(line)).toThrow(message);
  });

  it('anything at all', () => {
    const words = fc.constantFrom(
      'window',
      'heat',
      'vs',
      'then',
      'with',
      '1x1x3x3',
      'k2',
      's0',
      '-> 1',
      'at=',
      '=',
      '<svg>',
      '\u0000',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (text) => {
          try {
            parseDrawing(text);
          } catch (error) {
            expect(error).toBeInstanceOf(GeometryError);
          }
        },
      ),
    );
  });
});
