// What a size decides, for every size: a small expression over n. It is evaluated, and printed as people write it or as
// Python, so that what is said of all sizes and the code that stays exact for all of them are the same thing:
//
//   tree                      mathematics           Python
//   ceil of n by 2            ceil(n/2)             -(-n // 2)
//   floor of n - 1 by 2       floor((n - 1)/2)      (n - 1) // 2
//   n modulo 2                n mod 2               n % 2
//   max of 0 and 3 - n        max(0, 3 - n)         max(0, 3 - n)
//   choice 1, 0, 0            (1, 0, 0)[n mod 3]    (1, 0, 0)[n % 3]

/** An integer for every integer n: n itself, a constant, or what is made of them. */
export type Expression =
  | 'n'
  | number
  | { readonly kind: '+' | '-' | '*' | 'max'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'floor' | 'ceil' | 'mod'; readonly of: Expression; readonly by: number }
  /** The value that n modulo their number counts off. */
  | { readonly kind: 'choice'; readonly values: readonly number[] };

/** How {@link printExpression} writes. */
export type Notation = 'math' | 'python';

/** The expression's value for a size; never a negative zero. */
export function evaluate(of: Expression, n: number): number {
  if (of === 'n') return n;
  if (typeof of === 'number') return of;
  switch (of.kind) {
    case '+':
      return evaluate(of.left, n) + evaluate(of.right, n);
    case '-':
      return evaluate(of.left, n) - evaluate(of.right, n);
    case '*':
      return evaluate(of.left, n) * evaluate(of.right, n) + 0;
    case 'max':
      return Math.max(evaluate(of.left, n), evaluate(of.right, n));
    case 'floor':
      return Math.floor(evaluate(of.of, n) / of.by);
    case 'ceil':
      return Math.ceil(evaluate(of.of, n) / of.by) + 0;
    case 'mod':
      return modulo(evaluate(of.of, n), of.by);
    case 'choice':
      return of.values[modulo(n, of.values.length)] as number;
  }
}

/** The sum; a zero is left out, and a number stands last. */
export function plus(left: Expression, right: Expression): Expression {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'number') return plus(right, left);
  if (typeof right !== 'number') return { kind: '+', left, right };
  if (right === 0) return left;
  return right < 0 ? { kind: '-', left, right: -right } : { kind: '+', left, right };
}

/** The expression so many times. */
export function times(by: number, of: Expression): Expression {
  if (by === 0) return 0;
  if (typeof of === 'number') return by * of + 0;
  return by === 1 ? of : { kind: '*', left: by, right: of };
}

/** The difference. */
export function minus(left: Expression, right: Expression): Expression {
  if (typeof right === 'number') return plus(left, -right);
  return { kind: '-', left, right };
}

/** The quotient by a positive integer, rounded down or up. */
export function divided(kind: 'floor' | 'ceil', of: Expression, by: number): Expression {
  if (by === 1) return of;
  return typeof of === 'number' ? evaluate({ kind, of, by }, 0) : { kind, of, by };
}

/** The greater of a constant and the expression. */
export function atLeast(least: number, of: Expression): Expression {
  return typeof of === 'number' ? Math.max(least, of) : { kind: 'max', left: least, right: of };
}

/** The expression as text, n under a name of its own if given. */
export function printExpression(of: Expression, notation: Notation = 'math', name: string = 'n'): string {
  return written(of, notation, name).text;
}

/** How tightly a text holds together: a sum, a product, a single thing. */
const SUM = 1;
const PRODUCT = 2;
const ATOM = 3;

interface Written {
  readonly text: string;
  readonly holds: number;
}

function written(of: Expression, notation: Notation, name: string): Written {
  const at = (least: number, inner: Expression): string => {
    const { text, holds } = written(inner, notation, name);
    return holds < least ? `(${text})` : text;
  };
  const python = notation === 'python';
  if (of === 'n') return { text: name, holds: ATOM };
  if (typeof of === 'number') return { text: String(of), holds: of < 0 ? SUM : ATOM };
  switch (of.kind) {
    case '+':
      return { text: `${at(SUM, of.left)} + ${at(PRODUCT, of.right)}`, holds: SUM };
    case '-':
      return { text: `${at(SUM, of.left)} - ${at(PRODUCT, of.right)}`, holds: SUM };
    case '*': {
      const sign = python ? ' * ' : '*';
      return { text: `${at(ATOM, of.left)}${sign}${at(ATOM, of.right)}`, holds: PRODUCT };
    }
    case 'max':
      return { text: `max(${at(SUM, of.left)}, ${at(SUM, of.right)})`, holds: ATOM };
    case 'floor':
      if (python) return { text: `${at(ATOM, of.of)} // ${of.by}`, holds: PRODUCT };
      return { text: `floor(${at(PRODUCT, of.of)}/${of.by})`, holds: ATOM };
    case 'ceil':
      if (python) return { text: `-(-${at(ATOM, of.of)} // ${of.by})`, holds: PRODUCT };
      return { text: `ceil(${at(PRODUCT, of.of)}/${of.by})`, holds: ATOM };
    case 'mod':
      return { text: `${at(ATOM, of.of)}${python ? ' % ' : ' mod '}${of.by}`, holds: PRODUCT };
    case 'choice': {
      const values = of.values.length === 1 ? `${of.values[0]},` : of.values.join(', ');
      return { text: `(${values})[${name}${python ? ' % ' : ' mod '}${of.values.length}]`, holds: ATOM };
    }
  }
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
