// Parameters from their order: 'go i k' with 2 groups, 6 filters, 4 channels and a 3x3 kernel is the shape [6, 2, 3, 3].

import type { Geometry } from '../geometry/index.ts';
import type { Initialiser, Parameter, Shape } from './dialect.ts';

/** The shape of a conv's weight in the given order (see Parameter). */
export function weightShape(
  order: string,
  of: Pick<Geometry, 'groups' | 'filters' | 'channels'> & { kernel: Shape },
): Shape {
  const extents: Record<string, number> = {
    g: of.groups,
    o: of.filters / of.groups,
    i: of.channels / of.groups,
  };
  return order.split(' ').flatMap((letters) => {
    if (letters === 'k') return of.kernel;
    return [[...letters].reduce((product, letter) => product * (extents[letter] as number), 1)];
  });
}

/** A conv's weight. */
export function weight(
  name: string,
  order: string,
  shape: Shape,
  initialiser: Initialiser,
  step = 0,
): Parameter {
  return { name, shape, order, role: 'kernel', step, initialiser };
}

/** One number for each filter. */
export function bias(name: string, filters: number, initialiser: Initialiser, step = 0): Parameter {
  return { name, shape: [filters], order: 'go', role: 'bias', step, initialiser };
}
