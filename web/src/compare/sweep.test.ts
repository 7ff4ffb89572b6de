import { dialects, type Layer } from 'padwise/dialects';
import { agreement, compare, english } from 'padwise/explain';
import { readLayers } from 'padwise/python';
import { chain } from 'padwise/stacks';
import { describe, expect, test } from 'vitest';
import { factsOf } from './facts.ts';
import { kindWords, looksOf } from './kinds.ts';
import {
  channelsOf,
  inputFor,
  kindsOf,
  LARGEST,
  nearestOf,
  outcomeAt,
  runsOf,
  runWords,
  SMALLEST,
} from './sweep.ts';
import { sweepSentence } from './sweep-words.ts';
import { shiftWords, verdictOf } from './verdict.ts';

const layer = (code: string): Layer => chain(readLayers(code, { dialects }));
const TORCH = 'nn.Conv2d(3, 64, 7, 2, 3)';
const KERAS = 'keras.layers.Conv2D(64, 7, strides=2, padding="same")';

function swept(one: string, other: string) {
  const [first, second] = [layer(one), layer(other)];
  const channels = channelsOf(first, second);
  const outcomes = Array.from({ length: LARGEST - SMALLEST + 1 }, (_, i) =>
    outcomeAt(first, second, channels, SMALLEST + i),
  );
  const period = agreement(first, second, inputFor(first, channels, [224]) as number[]);
  const kinds = kindsOf(outcomes);
  return { kinds, sentence: String(sweepSentence({ outcomes, done: true, period }, kinds, english)) };
}

describe('a sweep over sizes', () => {
  test("ResNet's first layer: equal only for odd sizes, else a pixel apart", () => {
    const { kinds, sentence } = swept(TORCH, KERAS);
    expect(sentence).toBe('Equal only for odd sizes.');
    expect(kinds.map((kind) => String(kindWords(kind)))).toEqual(['equal', 'shifted 1 pixel down and right']);
    expect(kinds.map(({ sizes }) => runWords(runsOf(sizes)))).toEqual(['9, 11, …, 1023', '8, 10, …, 1024']);
  });

  test('an even kernel: equal only for even sizes', () => {
    const { sentence } = swept(
      'keras.layers.Conv2D(6, 4, strides=2, padding="same")',
      'nn.Conv2d(3, 6, 4, stride=2, padding=1)',
    );
    expect(sentence).toBe('Equal only for even sizes.');
  });

  test('equal for every size', () => {
    expect(swept(TORCH, 'mxnet.gluon.nn.Conv2D(64, 7, strides=2, padding=3)').sentence).toBe(
      'Equal for every size.',
    );
  });

  test('transposed: an output pixel apart for every size', () => {
    const { kinds, sentence } = swept(
      'keras.layers.Conv2DTranspose(8, 3, strides=2, padding="same")',
      'nn.ConvTranspose2d(3, 8, 3, stride=2, padding=1, output_padding=1)',
    );
    expect(sentence).toBe('Equal for no size.');
    expect(kinds.map((kind) => String(kindWords(kind)))).toEqual(['shifted 1 output pixel down and right']);
  });

  test('sizes that one of the two refuses are a kind of their own', () => {
    const { kinds } = swept('nn.Conv2d(3, 8, 20)', 'nn.Conv2d(3, 8, 20, padding=0)');
    expect(kinds.map(({ kind }) => kind)).toEqual(['same', 'refused']);
    expect(kinds[1]?.sizes.at(-1)).toBe(19);
  });

  test('rare shifts are one kind, and every kind has a look of its own', () => {
    const kinds = kindsOf(
      [1, 1, 1, 2, 2, 3, 4].map((by) => ({ kind: 'shifted', shift: [by, by] }) as const),
      10,
    );
    expect(kinds.map(({ sizes }) => sizes)).toEqual([
      [10, 11, 12],
      [13, 14],
      [15, 16],
    ]);
    expect(kinds[2]?.shift).toEqual([]);
    expect(new Set(looksOf(kinds).map(({ name }) => name)).size).toBe(3);
  });

  test('runs of sizes', () => {
    expect(runWords(runsOf([8, 9, 10, 11]))).toBe('8–11');
    expect(runWords(runsOf([8, 11]))).toBe('8, 11');
    expect(runWords(runsOf([8]))).toBe('8');
    expect(runsOf([])).toEqual([]);
    expect(nearestOf([7, 9, 11], 8)).toBe(9);
    expect(nearestOf([], 8)).toBeNull();
  });
});

describe('a comparison in words', () => {
  const compared = (one: string, other: string, size: number) =>
    compare(layer(one), layer(other), [1, 3, size, size]);

  test('the verdict', () => {
    expect(String(verdictOf(compared(TORCH, KERAS, 224)))).toBe(
      'Same shape, different pixels: shifted 1 pixel down and right',
    );
    expect(String(verdictOf(compared(TORCH, KERAS, 225)))).toBe('The same pixels, every one of them');
    expect(String(verdictOf(compared(TORCH, 'nn.Conv2d(3, 64, 7, 2)', 224)))).toBe(
      'Another shape: 112\u00a0×\u00a0112 and 109\u00a0×\u00a0109',
    );
    expect(String(verdictOf(compared(TORCH, 'nn.Conv2d(3, 8, 7, 2, 3)', 224)))).toBe(
      'Another shape: 64 and 8 channels',
    );
  });

  test('which way', () => {
    expect(String(shiftWords([1, -2]))).toBe('1 pixel down and 2 pixels left');
    expect(String(shiftWords([-3, -3]))).toBe('3 pixels up and left');
    expect(String(shiftWords([0, 2]))).toBe('2 pixels right');
    expect(String(shiftWords([-1]))).toBe('1 step earlier');
    expect(String(shiftWords([1, 1, 1]))).toBe('1 pixel deeper, 1 pixel down and 1 pixel right');
  });

  test('side by side', () => {
    const { first, second } = compared(TORCH, KERAS, 224);
    const facts = factsOf([first, second]);
    expect(
      facts.map(({ head, cells, differs }) => [head, ...cells].map(String).concat(differs ? '!' : '')),
    ).toEqual([
      ['Output', '112\u00a0×\u00a0112', '112\u00a0×\u00a0112', ''],
      ['Pads before and after', '3, 3', '2, 3', '!'],
      ['Output 0 is centred at', '0', '1', '!'],
      ['The last output reads', '219 to 225, 2 of it padding', '220 to 226, 3 of it padding', '!'],
      ['Padding in all it reads', '1.5 %', '1.5 %', ''],
      ['Each pixel is used', '4 to 16 times', '4 to 16 times', ''],
    ]);
    expect(factsOf([first, null])[0]?.cells.map(String)).toEqual(['112\u00a0×\u00a0112', '–']);
  });
});
