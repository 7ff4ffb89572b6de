// Numbers of an option, row by row: "0 1; 2 3" is two rows of two.

import { say } from '../src/words/index.ts';
import { type Options, text } from './command.ts';
import { Failure, INVALID } from './failure.ts';

/** Numbers in reading order, in rows of one length. */
export interface Matrix {
  readonly numbers: readonly number[];
  readonly rows: number;
  readonly columns: number;
}

/** The numbers of an option; null without it. @throws Failure 2 for what are no numbers, or rows that differ in length */
export function matrixOf(options: Options, name: string): Matrix | null {
  const given = text(options, name);
  if (given === undefined) return null;
  const rows = given
    .trim()
    .replace(/[;/]\s*$/, '')
    .split(/\s*[;/\n]\s*/)
    .map((row) => row.trim().split(/\s*,\s*|\s+/));
  const numbers = rows.flat();
  const wrong = numbers.find((one) => !/^-?\d{1,15}(?:\.\d{1,15})?(?:e[+-]?\d{1,2})?$/.test(one));
  if (wrong !== undefined) {
    const hint = say`Rows with semicolons between them, such as ${`--${name} "0 1; 2 3"`}.`;
    throw new Failure(
      INVALID,
      wrong === ''
        ? say`${`--${name}`}: expected numbers, received nothing`
        : say`${`--${name}`}: expected numbers, received ${wrong.slice(0, 40)}`,
      hint,
    );
  }
  const [first = []] = rows;
  const uneven = rows.findIndex((row) => row.length !== first.length);
  if (uneven >= 0)
    throw new Failure(
      INVALID,
      say`${`--${name}`}: row ${uneven + 1} is ${rows[uneven]?.length} long, the first one ${first.length}`,
    );
  return { numbers: numbers.map(Number), rows: rows.length, columns: first.length };
}
