// The literals of pasted Python: numbers, words, tuples, tensors, and what is not one.

import { describe, expect, test } from 'vitest';
import type { Shape } from './dialect.ts';
import { DialectError } from './error.ts';
import { parseCalls } from './python.ts';

function values(code: string): unknown[] {
  return [...(parseCalls(`f(${code})`, { weight: [6, 3, 4, 4] })[0]?.args ?? [])];
}

/** What is said about each line when it stands between the parentheses of a call. */
function said(codes: string): string {
  const lines = codes.trim().split('\n');
  return lines.map((line) => `${line.padEnd(20)} ${messageOf(line)}`).join('\n');
}

function messageOf(code: string): string {
  try {
    return JSON.stringify(values(code));
  } catch (error) {
    return error instanceof DialectError ? error.message : String(error);
  }
}

/** The numbers of Python floats, which are no integers even where they are whole. */
function floats(code: string): unknown[] {
  return values(code).map((value) => (value as { float: number }).float);
}

describe('values', () => {
  test('numbers', () => {
    expect(values('1, -2, - 3, +4, 1_000, 0x1F, 0b11, 0o17, 00, -0')).toEqual([
      1, -2, -3, 4, 1000, 31, 3, 15, 0, 0,
    ]);
    expect(values('−1, (2), 999_999_999_999_999')).toEqual([-1, 2, 999999999999999]);
    expect(floats('1.5, .5, 1., 1e3, 1.e-1, 1_0.5_0, -2.0')).toEqual([1.5, 0.5, 1, 1000, 0.1, 10.5, -2]);
    expect(floats(`float('-inf'), float("inf"), -np.inf, jnp.inf`)).toEqual([
      -Infinity,
      Infinity,
      -Infinity,
      Infinity,
    ]);
  });

  test('words and constants', () => {
    expect(values(`'same', "va'lid", '''a''', """b\n "c""", '', “smart”, ‘quotes’`)).toEqual([
      'same',
      "va'lid",
      'a',
      'b\n "c',
      '',
      'smart',
      'quotes',
    ]);
    expect(values('True, False, None')).toEqual([true, false, null]);
  });

  test('tuples and lists', () => {
    expect(values('(1, 2), [3], (4,), (), [[0, 0], (1, [2])], ("a", None)')).toEqual([
      [1, 2],
      [3],
      [4],
      [],
      [
        [0, 0],
        [1, [2]],
      ],
      ['a', null],
    ]);
  });

  test('tensors by name', () => {
    expect(values('x, weight, torch.float32, (x), self.weight')).toEqual([
      { tensor: 'x' },
      { tensor: 'weight', shape: [6, 3, 4, 4] },
      { tensor: 'torch.float32' },
      { tensor: 'x' },
      { tensor: 'self.weight' },
    ]);
  });

  test.each<[string, Shape | undefined]>([
    ['torch.zeros(6, 3, 4, 4)', [6, 3, 4, 4]],
    ['torch.empty((6, 3, 4, 4), dtype=torch.float32)', [6, 3, 4, 4]],
    ['np.ones([4, 4, 3, 6])', [4, 4, 3, 6]],
    ['np.ones(4)', [4]],
    ['torch.zeros(())', []],
    ['torch.full((6, 3), 1.0)', [6, 3]],
    ['tf.random.normal((4, 4, 3, 6))', [4, 4, 3, 6]],
    ['tf.random.normal(shape=[4, 4])', [4, 4]],
    ['jax.random.normal(key, (4, 4))', [4, 4]],
    ['np.random.uniform(-1, 1, (4, 4))', [4, 4]],
    ['np.random.normal(0, 1, size=4)', [4]],
    ['mx.nd.zeros(shape=(6, 3))', [6, 3]],
    ['tf.Variable(tf.zeros([4, 4]))', [4, 4]],
    ['nn.Parameter(weight)', [6, 3, 4, 4]],
    ['torch.arange(16).reshape(1, 1, 4, 4)', [1, 1, 4, 4]],
    ['x.view(2, 8)', [2, 8]],
    ['x.view(-1, 8)', undefined],
    ['np.random.normal(0, 1)', undefined],
    ['torch.zeros(6, n)', undefined],
    ['torch.tensor([1, 2])', undefined],
    ['nnx.Rngs(0)', undefined],
    ['keras.initializers.HeNormal(seed = 3 // 2)', undefined],
    ['keras.Input(shape=(8, 8, 3))', undefined],
  ])('%s', (code, shape) => {
    expect(values(`1, ${code}`)[1]).toEqual(shape === undefined ? { tensor: code } : { tensor: code, shape });
  });
});

describe('refusals', () => {
  test('what would have to be evaluated', () => {
    const codes = `
3//2
not a
-a
a[1]
1 if a else 2
1, lambda x: 1
x for x in y
[x for x in y]
{1: 2}
{1}
...
await x
x := 1
*a
1, **a
(1, *a)
(k, 1)
(1, g(2))
(1, a.b)`;
    expect(said(codes)).toMatchInlineSnapshot(`
      "3//2                 line 1, column 3: arithmetic is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      not a                line 1, column 3: a condition is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      -a                   line 1, column 3: arithmetic is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      a[1]                 line 1, column 3: a subscript is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      1 if a else 2        line 1, column 3: a conditional is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      1, lambda x: 1       line 1, column 6: a lambda is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      x for x in y         line 1, column 3: a comprehension is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      [x for x in y]       line 1, column 3: a comprehension is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      {1: 2}               line 1, column 4: a number is not read; expected a name and a value
      {1}                  line 1, column 3: a set is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      ...                  line 1, column 3: an ellipsis is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      await x              [{"tensor":"x"}]
      x := 1               line 1, column 3: an assignment in an expression is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      *a                   line 1, column 3: unpacking is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      1, **a               line 1, column 6: unpacking is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      (1, *a)              line 1, column 7: unpacking is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      (k, 1)               line 1, column 4: k is a variable, and variables are not evaluated; expected a number, a word in quotes, True, False, None or a tuple of them
      (1, g(2))            line 1, column 7: a call is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      (1, a.b)             line 1, column 7: a.b is a variable, and variables are not evaluated; expected a number, a word in quotes, True, False, None or a tuple of them"
    `);
  });

  test('numbers, words and arguments', () => {
    const codes = String.raw`
007
2j
1__0
1000000000000000
f'a'
r'a'
'a' 'b'
'a\n'
1, a=2, 3
a=1, a=2`;
    expect(said(codes)).toMatchInlineSnapshot(`
      "007                  line 1, column 3: this number is not read; expected an integer or a decimal number
      2j                   line 1, column 3: this number is not read; expected an integer or a decimal number
      1__0                 line 1, column 3: this number is not read; expected an integer or a decimal number
      1000000000000000     line 1, column 3: expected an integer of at most 15 digits
      f'a'                 line 1, column 3: an f-string is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      r'a'                 line 1, column 3: a word with a prefix is not read; expected a word in plain quotes
      'a' 'b'              line 1, column 3: a word in several pieces is not read; expected a number, a word in quotes, True, False, None or a tuple of them
      'a\\n'                line 1, column 3: a backslash in a word is not read; expected a word in plain quotes
      1, a=2, 3            line 1, column 11: an argument without a name stands after one with a name
      a=1, a=2             line 1, column 8: a is given twice"
    `);
  });

  test('tuples too deep', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}1${',)'.repeat(depth)}`;
    expect(messageOf(nested(8))).toBe('[[[[[[[[[1]]]]]]]]]');
    expect(messageOf(nested(9))).toBe('line 1, column 11: expected at most 8 tuples in each other');
  });
});
