// Expressions against the functions they were found for, size by size; Python's notation against JavaScript's arithmetic.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, axis, extent, out } from './axis.ts';
import {
  atLeast,
  divided,
  type Expression,
  evaluate,
  minus,
  plus,
  printExpression,
  times,
} from './expression.ts';
import { fit as fitted } from './fit.ts';
import { laws } from './law.ts';
import { ceilMode, type Odd, samePads } from './padding.ts';

/** What Python computes, by way of JavaScript: // rounds down, % is never negative. */
function python(text: string, n: number): number {
  const tokens = text.match(/\/\/|\d+|[-+*%(),[\]]|max|n/g) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const take = () => tokens[at++] as string;
  const sum = (): number => {
    let value = product();
    while (peek() === '+' || peek() === '-') value = take() === '+' ? value + product() : value - product();
    return value;
  };
  const product = (): number => {
    let value = unary();
    while (peek() === '*' || peek() === '//' || peek() === '%') {
      const sign = take();
      const by = unary();
      if (sign === '*') value = value * by + 0;
      else if (sign === '//') value = Math.floor(value / by);
      else value = ((value % by) + by) % by;
    }
    return value;
  };
  const unary = (): number => {
    if (peek() !== '-') return atom();
    take();
    return 0 - unary();
  };
  const atom = (): number => {
    const token = take();
    if (token === 'n') return n;
    if (token !== '(' && token !== 'max') return Number(token);
    if (token === 'max') take();
    const values = [sum()];
    while (peek() === ',') {
      take();
      if (peek() !== ')') values.push(sum());
    }
    take();
    if (token === 'max') return Math.max(...values);
    if (peek() !== '[') return values[0] as number;
    take();
    const index = sum();
    take();
    return values[index] as number;
  };
  const value = sum();
  expect(at).toBe(tokens.length);
  return value;
}

const expressions: fc.Arbitrary<Expression> = fc.letrec<{ one: Expression }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 4 },
    fc.constant<Expression>('n'),
    fc.integer({ min: -9, max: 9 }),
    fc.tuple(tie('one'), tie('one')).map(([a, b]) => plus(a, b)),
    fc.tuple(tie('one'), tie('one')).map(([a, b]) => minus(a, b)),
    fc.tuple(fc.integer({ min: -4, max: 4 }), tie('one')).map(([a, b]) => times(a, b)),
    fc.tuple(fc.integer({ min: -4, max: 4 }), tie('one')).map(([a, b]) => atLeast(a, b)),
    fc
      .tuple(fc.constantFrom('floor' as const, 'ceil' as const), tie('one'), fc.integer({ min: 1, max: 5 }))
      .map(([kind, of, by]) => divided(kind, of, by)),
    fc
      .tuple(tie('one'), fc.integer({ min: 1, max: 5 }))
      .map(([of, by]): Expression => ({ kind: 'mod', of, by })),
    fc
      .array(fc.nat(9), { minLength: 1, maxLength: 4 })
      .map((values): Expression => ({ kind: 'choice', values })),
  ),
})).one;

describe('expression', () => {
  it('means in Python what it evaluates to', () => {
    fc.assert(
      fc.property(expressions, fc.integer({ min: -20, max: 99 }), (of, n) => {
        expect(python(printExpression(of, 'python'), n)).toBe(evaluate(of, n));
      }),
    );
  });

  it.each<[Expression, string, string]>([
    [divided('ceil', 'n', 2), 'ceil(n/2)', '-(-n // 2)'],
    [
      plus(minus(times(2, divided('ceil', 'n', 2)), 'n'), 1),
      '2*ceil(n/2) - n + 1',
      '2 * (-(-n // 2)) - n + 1',
    ],
    [atLeast(0, minus(3, 'n')), 'max(0, 3 - n)', 'max(0, 3 - n)'],
    [{ kind: 'choice', values: [7] }, '(7,)[n mod 1]', '(7,)[n % 1]'],
  ])('%j', (of, math, code) => {
    expect([printExpression(of), printExpression(of, 'python')]).toEqual([math, code]);
    expect(printExpression(of, 'python', 'h')).toBe(code.replaceAll('n', 'h'));
  });
});

describe('fit', () => {
  it('finds every function that repeats, from where it does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: -6, max: 6 }),
        fc.array(fc.option(fc.integer({ min: -9, max: 9 })), { maxLength: 6 }),
        (table, rise, early) => {
          const period = table.length;
          const value = (n: number) =>
            n < early.length
              ? (early[n] ?? null)
              : (table[n % period] as number) + rise * Math.floor(n / period);
          const found = fitted(value, { settled: early.length, period });
          if (found === null) throw new Error('null');
          for (let n = found.from; n < 60; n++)
            if (value(n) !== null) expect([n, evaluate(found.expression, n)]).toEqual([n, value(n)]);
          expect(found.from).toBeLessThanOrEqual(early.length);
        },
      ),
    );
  });

  it('is null where nothing repeats', () => {
    expect(fitted((n) => n * n, { settled: 4, period: 2 })).toBeNull();
    expect(fitted(() => null, { settled: 4, period: 2 })).toBeNull();
  });
});

describe('laws', () => {
  const window =
    (kernel: number, stride: number, dilation: number, pad: string) =>
    (size: number): Axis => {
      const bare = { size, kernel, stride, dilation };
      const [before, after] = pad === 'upper' || pad === 'lower' ? samePads(bare, pad as Odd) : [1, 1];
      return pad === 'ceil'
        ? ceilMode(axis({ ...bare, before, after }), true)
        : axis({ ...bare, before, after });
    };

  it('hold for every size of every window', () => {
    const each = ['upper', 'lower', 'fixed', 'ceil'].flatMap((pad) =>
      [1, 2, 3, 4, 5, 7].flatMap((kernel) =>
        [1, 2, 3, 4, 5, 8].flatMap((stride) =>
          [1, 3].map((dilation) => ({
            pad,
            kernel,
            stride,
            dilation,
            extent: extent({ kernel, dilation }),
          })),
        ),
      ),
    );
    for (const one of each) {
      const axes = window(one.kernel, one.stride, one.dilation, one.pad);
      const found = laws((size) => (out(axes(size)) === 0 ? null : [axes(size)]));
      const [law] = found?.steps ?? [];
      if (found === null || law === undefined) throw new Error(JSON.stringify(one));
      for (let n = found.from; n < 150; n++) {
        const made = axes(n);
        const said = [law.size, law.out, law.before, law.after, law.overhang].map((part) =>
          evaluate(part, n),
        );
        expect([one, n, said]).toEqual([one, n, [n, out(made), made.before, made.after, made.overhang]]);
      }
      expect([one, one.stride % found.period]).toEqual([one, 0]);
      if (one.pad !== 'ceil') expect([one, found.from]).toEqual([one, Math.max(1, found.least)]);
    }
  });

  it.each<[string, (size: number) => readonly Axis[] | null, string]>([
    ['SAME', (n) => [window(3, 2, 1, 'upper')(n)], 'ceil(n/2), n mod 2, 1 from 1'],
    ['SAME_LOWER', (n) => [window(3, 2, 1, 'lower')(n)], 'ceil(n/2), 1, n mod 2 from 1'],
    ['fixed pads', (n) => [window(4, 3, 1, 'fixed')(n)], 'floor((n + 1)/3), 1, 1 from 2'],
    [
      'two steps',
      (n) => {
        const one = window(3, 2, 1, 'upper')(n);
        return [one, window(3, 2, 1, 'upper')(out(one))];
      },
      'ceil(n/2), n mod 2, 1 from 1; ceil(n/4), (0, 1, 1, 0)[n mod 4], 1 from 1',
    ],
    ['a global window', (n) => [axis({ size: n, kernel: n })], '1, 0, 0 from 1'],
    [
      'only even sizes',
      (n) => (n % 2 === 0 ? [axis({ size: n, kernel: 2, stride: 2 })] : null),
      'floor(n/2), 0, 0 from 2',
    ],
  ])('%s', (_, axes, said) => {
    const found = laws((n) => {
      const made = axes(n);
      return made?.some((one) => out(one) === 0) ? null : made;
    });
    const texts = found?.steps.map(
      ({ out: windows, before, after, from }) =>
        `${[windows, before, after].map((one) => printExpression(one)).join(', ')} from ${from}`,
    );
    expect(texts?.join('; ')).toBe(said);
  });

  it('tell which sizes are refused', () => {
    const found = laws((n) =>
      n < 4 || n === 6 || n % 3 === 1 ? null : [axis({ size: n, kernel: 3, stride: 3 })],
    );
    expect(found).toMatchObject({ period: 3, least: 5, refused: [1], exceptions: [6] });
  });

  it('are null beyond what is looked at, and where no size is taken', () => {
    expect(laws((n) => [axis({ size: n, kernel: 3, stride: 257 })])).toBeNull();
    expect(laws(() => null)).toBeNull();
    expect(laws((n) => [axis({ size: n, kernel: Math.ceil(Math.sqrt(n)) })])).toBeNull();
  });
});
