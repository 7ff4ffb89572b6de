// Pasted text: syntax errors where they stand, the bounds, and the caret under a line.

import { describe, expect, test } from 'vitest';
import { DialectError } from './error.ts';
import { parseCalls, pointAt } from './python.ts';

/** What is said about each line of codes, where ¶ stands for a line break. */
function said(codes: string): string {
  const lines = codes.trim().split('\n');
  return lines.map((line) => `${line.padEnd(16)} ${messageOf(line.replaceAll('¶', '\n'))}`).join('\n');
}

function messageOf(code: string): string {
  try {
    return `read as ${parseCalls(code).length}`;
  } catch (error) {
    return error instanceof DialectError ? error.message : String(error);
  }
}

test('syntax errors', () => {
  const codes = `
f(3, 6 4)
f(3, 6
f(3, 6  # six¶
f(3, 6¶f(3, 6)
f((3, 6)
f([3 6])
f(3, 6]
f(3,, 4)
f(=1)
f(a=)
f(1 +)
x =
f('a
f("a')
f(3))
f{1}
f(stride: 2)
f(1) g(2)
f(1)¶$
f 1
f(1?)
import
> f(1)
f(1)¶lambda
f(1, x y)¶def g(:`;
  expect(said(codes)).toMatchInlineSnapshot(`
    "f(3, 6 4)        line 1, column 8: expected ) or a comma
    f(3, 6           line 1, column 7: expected ) or a comma
    f(3, 6  # six¶   line 1, column 7: expected ) or a comma
    f(3, 6¶f(3, 6)   line 1, column 7: expected ) or a comma
    f((3, 6)         line 1, column 9: expected ) or a comma
    f([3 6])         line 1, column 6: expected ] or a comma
    f(3, 6]          line 1, column 7: expected ) or a comma
    f(3,, 4)         line 1, column 5: expected a value
    f(=1)            line 1, column 3: expected a value
    f(a=)            line 1, column 5: expected a value
    f(1 +)           line 1, column 6: expected a value
    x =              line 1, column 4: expected a value
    f('a             line 1, column 3: this quote is never closed
    f("a')           line 1, column 3: this quote is never closed
    f(3))            line 1, column 5: this ) closes nothing
    f{1}             line 1, column 2: this is not Python that padwise reads
    f(stride: 2)     line 1, column 9: expected ) or a comma
    f(1) g(2)        line 1, column 6: this is not Python that padwise reads
    f(1)¶$           line 2, column 1: this is not Python that padwise reads
    f 1              line 1, column 3: this is not Python that padwise reads
    f(1?)            line 1, column 4: expected ) or a comma
    import           line 1, column 7: this is not Python that padwise reads
    > f(1)           line 1, column 1: this is not Python that padwise reads
    f(1)¶lambda      line 2, column 7: this is not Python that padwise reads
    f(1, x y)¶def g(: line 1, column 8: expected ) or a comma"
  `);
});

test('bounds', () => {
  const parentheses = (count: number) => `${'('.repeat(count)}f(1)${')'.repeat(count)}`;
  expect(messageOf(`f(1)${' '.repeat(19_996)}`)).toBe('read as 1');
  expect(messageOf(`f(1)${' '.repeat(19_997)}`)).toBe(
    'expected at most 20000 characters of code, received 20001',
  );
  expect(messageOf(parentheses(31))).toBe('read as 1');
  expect(messageOf(parentheses(32))).toBe('line 1, column 34: expected brackets at most 32 deep');
});

describe('pointAt', () => {
  test('the line and a caret', () => {
    expect(pointAt('a\r\nf(1, ?)\r\nb', 8)).toBe('f(1, ?)\n     ^');
    expect(pointAt('a\rbc\n', 3)).toBe('bc\n ^');
    expect(pointAt('\tf(\u001b[31m', 1)).toBe(' f( [31m\n ^');
    expect(pointAt('abc', 99)).toBe('abc\n   ^');
    expect(pointAt('abc', Number.NaN)).toBe('abc\n^');
  });

  test('a long line is cut around the offset', () => {
    const code = `f(${'1, '.repeat(60)}lambda)`;
    expect(pointAt(code, code.indexOf('l'))).toMatchInlineSnapshot(`
      "..., 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, lambda)
                                                                          ^"
    `);
    expect(pointAt(code, 0)).toMatchInlineSnapshot(`
      "f(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,...
      ^"
    `);
    expect(pointAt(code, 90)).toMatchInlineSnapshot(`
      "... 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ...
                                            ^"
    `);
  });
});
