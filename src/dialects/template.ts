// Code with holes: what stays the same when a framework's code for one layer is written for several sizes, and the numbers
// that change.
//
//   x = F.pad(x, (1, 1, 0, 1))                       x = F.pad(x, (#, #, #, #))
//   x = F.pad(x, (0, 1, 1, 1))          ->           1 1 0 1,  0 1 1 1

/** A number that stands on its own: no part of a name, of 2.5 or of a text such as 'NC3'. */
const NUMBER = /(?<![\w.'-])-?\d+(?![\w.'])/g;

/** A text without its numbers, and the numbers. `pieces` are one more than `numbers`. */
export interface Split {
  readonly pieces: readonly string[];
  readonly numbers: readonly number[];
}

/** Takes the numbers out of a text. */
export function split(text: string): Split {
  return { pieces: text.split(NUMBER), numbers: (text.match(NUMBER) ?? []).map(Number) };
}

/** The text with these in its holes. */
export function filled(pieces: readonly string[], holes: readonly (number | string)[]): string {
  return pieces.map((piece, i) => piece + (holes[i] ?? '')).join('');
}

/** Whether two texts differ in numbers only. */
export function sameText(one: Split, other: Split): boolean {
  return (
    one.pieces.length === other.pieces.length && one.pieces.every((piece, i) => piece === other.pieces[i])
  );
}

/** A change of what is written: `delta` more of the quantity `name`. */
export interface Probe<Name extends string> {
  readonly name: Name;
  readonly delta: number;
  readonly split: Split;
}

/** A number as a sum: constant + sum of factor * quantity. */
export interface Sum<Name extends string> {
  readonly constant: number;
  readonly factors: Readonly<Partial<Record<Name, number>>>;
}

/**
 * Each number of `base` as a sum of the quantities whose change moves it; null where a probe has another text. `values` are
 * the quantities that `base` was written for.
 */
export function sums<Name extends string>(
  base: Split,
  values: Readonly<Record<Name, number>>,
  probes: readonly Probe<Name>[],
): readonly Sum<Name>[] | null {
  if (!probes.every((probe) => sameText(base, probe.split))) return null;
  return base.numbers.map((number, i): Sum<Name> => {
    const factors: Partial<Record<Name, number>> = {};
    let constant = number;
    for (const { name, delta, split } of probes) {
      const factor = ((split.numbers[i] as number) - number) / delta;
      if (factor === 0) continue;
      factors[name] = factor;
      constant -= factor * values[name];
    }
    return { constant, factors };
  });
}
