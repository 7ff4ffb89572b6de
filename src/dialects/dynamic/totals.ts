// Pads on both sides of an axis as the halves of one total, where that reads better than two expressions:
//
//   F.pad(x, ((2, 3, 2)[w % 3], (2, 3, 3)[w % 3]))   ->   pad_w = 3 * -(-w // 3) + 4 - w
//                                                         F.pad(x, (pad_w // 2, pad_w - pad_w // 2))

import { type Expression, evaluate, printExpression } from '../../geometry/sizes.ts';
import { fitted } from './fit.ts';

/** A number that the size of one axis of the step's input decides; `half` where it is one of an axis' total. */
export interface Hole {
  readonly axis: number;
  readonly expression: Expression;
  readonly half?: 'smaller' | 'greater';
}

/** What both sides of an axis pad together. */
export interface Total {
  readonly axis: number;
  readonly expression: Expression;
}

/** Longer expressions are worth a name. */
const SHORT = 12;

/** The holes with halves marked, and the totals they are halves of. `sizes` are those known of each axis. */
export function halved(
  holes: readonly (number | Hole)[],
  sizes: readonly (readonly number[])[],
): { readonly holes: readonly (number | Hole)[]; readonly totals: readonly Total[] } {
  const totals: Total[] = [];
  const marked = [...holes];
  for (const [axis, known] of sizes.entries()) {
    const own = holes.filter((hole): hole is Hole => typeof hole !== 'number' && hole.axis === axis);
    const distinct = [
      ...new Map(own.map(({ expression }) => [JSON.stringify(expression), expression])).values(),
    ];
    const [one, other] = distinct;
    if (one === undefined || other === undefined || distinct.length !== 2) continue;
    if (printExpression(one).length <= SHORT && printExpression(other).length <= SHORT) continue;
    const at = (of: Expression, size: number) => evaluate(of, size);
    const smaller = [one, other].find((half, i) => {
      const rest = i === 0 ? other : one;
      return known.every((size) => {
        const [a, b] = [at(half, size), at(rest, size)];
        return a === Math.floor((a + b) / 2);
      });
    });
    const total = fitted(new Map(known.map((size) => [size, at(one, size) + at(other, size)])));
    if (smaller === undefined || total === null || total === 'n' || typeof total === 'number') continue;
    if (total !== null && typeof total === 'object' && total.kind === 'choice') continue;
    totals.push({ axis, expression: total });
    for (const [i, hole] of marked.entries())
      if (typeof hole !== 'number' && hole.axis === axis)
        marked[i] = {
          ...hole,
          half: hole.expression === smaller || same(hole.expression, smaller) ? 'smaller' : 'greater',
        };
  }
  return { holes: marked, totals };
}

function same(one: Expression, other: Expression): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The hole in Python; `name` is the size's. */
export function holeText({ expression, half }: Hole, name: string): string {
  if (half === undefined) return printExpression(expression, 'python', name);
  return half === 'smaller' ? `pad_${name} // 2` : `pad_${name} - pad_${name} // 2`;
}

/** The statement that names a total. */
export function totalText({ expression }: Total, name: string): string {
  return `pad_${name} = ${printExpression(expression, 'python', name)}`;
}
