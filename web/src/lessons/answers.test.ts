// Answers as people write them; the exercises' answers against those of the textbook, known apart from the geometry.

import { expect, it } from 'vitest';
import { judge, numbersIn } from './answers.ts';
import { keptAnswers } from './progress.ts';
import { EXERCISES, upsampled } from './questions.ts';

it('reads numbers in any usual writing', () => {
  for (const text of ['2x2', '2, 2', '(2, 2)', '2 × 2', '[2,2]', '2、2', '２，２'])
    expect(numbersIn(text), text).toEqual([2, 2]);
  expect(numbersIn('-1 1 −1')).toEqual([-1, 1, -1]);
  expect(numbersIn('1/3')).toEqual([1 / 3]);
  expect(numbersIn('33 %')).toEqual([0.33]);
  for (const text of ['two', '2 a', '1/x', '<b>2</b>', '1'.repeat(300)]) expect(numbersIn(text)).toBe(null);
});

it('judges at once', () => {
  const state = (text: string, expected: readonly number[]) => judge(text, expected).state;
  expect(state('', [2, 1])).toBe('empty');
  expect(state('2', [2, 1])).toBe('unfinished');
  expect(state('2 1', [2, 1])).toBe('right');
  expect(state('1 2', [2, 1])).toBe('wrong');
  expect(state('2 1 1', [2, 1])).toBe('wrong');
  expect(state('0.33', [1 / 3])).toBe('right');
  expect(state('1/0', [1 / 3])).toBe('wrong');
  expect(String(judge('2 2', [2, 1]).words)).toBe('Not yet: look at number 2 again.');
});

it('computes what the textbook says', () => {
  const known: Readonly<Record<string, readonly number[]>> = {
    shape: [2, 2],
    rate: [22_050],
    alias: [1, 1, 1, 1],
    smooth: [0, 0, 0, 0],
    reflect: [3, 2, 1, 2, 3, 4, 3, 2],
    symmetric: [2, 1, 1, 2, 3, 4, 4, 3],
    work: [4],
    work4: [16],
    shared: [1 / 3],
    apart: [3],
    natural: [7],
    third: [102],
    written: [1, 10, 102, 20, 203, 30, 300],
  };
  const questions = EXERCISES.flatMap(({ questions }) => questions);
  expect(Object.fromEntries(questions.map(({ name, expected }) => [name, expected()]))).toEqual(known);
  expect(upsampled()).toHaveLength(7);
});

it('keeps answers to known questions only', () => {
  expect(keptAnswers('{"shape":"2x2","other":"1","rate":3}', ['shape', 'rate'])).toEqual({ shape: '2x2' });
  for (const text of [null, '', '{', 'null', '[]', '7']) expect(keptAnswers(text, ['shape'])).toEqual({});
  expect(keptAnswers(`{"shape":"${'1'.repeat(300)}"}`, ['shape'])).toEqual({});
});
