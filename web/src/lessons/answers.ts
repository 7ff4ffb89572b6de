// A reader's answer: numbers in any usual writing, judged against what the geometry says.
//
//   2x2   2, 2   (2, 2)   2 × 2        two numbers
//   1/3   0.33   33 %                  the same, to two digits after the point
//   -1 1 -1                            three

import { say, type Text } from 'padwise/words';

/** What became of an answer. */
export interface Verdict {
  readonly state: 'empty' | 'right' | 'wrong' | 'unfinished';
  readonly words: Text;
}

const LONGEST = 200;
const NUMBER = /-?\d+(\.\d+)?(\s*\/\s*\d+|\s*%)?/g;

/** The numbers of an answer; null where it holds anything else. */
export function numbersIn(text: string): number[] | null {
  if (text.length > LONGEST) return null;
  const plain = text.normalize('NFKC').replaceAll('−', '-').replaceAll('×', 'x').replaceAll('、', ',');
  const found = plain.match(NUMBER) ?? [];
  if (!/^[\sx,;*()[\]]*$/.test(plain.replace(NUMBER, ' '))) return null;
  return found.map((one) => {
    const [value = '', below] = one.replace('%', '').split('/');
    const number = below === undefined ? Number(value) : Number(value) / Number(below);
    return one.includes('%') ? number / 100 : number;
  });
}

/** An answer judged against the numbers expected. */
export function judge(text: string, expected: readonly number[]): Verdict {
  if (text.trim() === '') return { state: 'empty', words: '' };
  const given = numbersIn(text);
  const count = expected.length;
  if (given === null)
    return {
      state: 'wrong',
      words: count === 1 ? say`A number is needed here.` : say`${count} numbers are needed here.`,
    };
  const off = given.findIndex((one, i) => i >= count || !near(one, expected[i] as number));
  if (given.length > count)
    return { state: 'wrong', words: say`That is ${given.length} numbers; ${count} are needed.` };
  if (off >= 0)
    return {
      state: 'wrong',
      words: count === 1 ? say`Not yet.` : say`Not yet: look at number ${off + 1} again.`,
    };
  if (given.length < count)
    return { state: 'unfinished', words: say`Right so far: ${given.length} of ${count}.` };
  return { state: 'right', words: say`Right.` };
}

/** Whole numbers exactly, parts to two digits. */
function near(one: number, other: number): boolean {
  return Number.isInteger(other) ? one === other : Math.abs(one - other) < 0.006;
}
