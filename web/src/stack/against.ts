// A second stack held against the first: how far apart their outputs look, and the same layers as people write them elsewhere.
//
//   nn.Conv2d(3, 8, 3, stride=2, padding=1)        ->  keras.layers.Conv2D(8, 3, strides=2, padding="same")
//   five of them on 224: same shape, outputs 31 pixels apart

import { type Dialect, dialects, usual } from 'padwise/dialects';
import { out } from 'padwise/geometry';
import { firstCentre } from 'padwise/stacks';
import { along, type Reading } from './reading.ts';

/** Two stacks compared along one axis; in input elements. */
export interface Apart {
  /** How far the second's output 0 looks beyond the first's. */
  readonly shift: number;
  /** Input elements from one output of the first to the next. */
  readonly jump: number;
  readonly sameShape: boolean;
}

/** How far apart the outputs of two stacks look along an axis. */
export function apart(first: Reading, second: Reading, axis: number): Apart {
  const ends = [first, second].map(({ rows, rank }) => {
    const axes = along(
      rows.flatMap(({ steps }) => steps),
      Math.min(axis, rank - 1),
      rank,
    );
    return { centre: firstCentre(axes), outputs: rows.findLast(({ seen }) => seen.length > 0)?.seen[axis] };
  });
  const [one, other] = ends as [(typeof ends)[0], (typeof ends)[0]];
  return {
    shift: other.centre - one.centre,
    jump: one.outputs?.jump ?? 1,
    sameShape: spatial(first) === spatial(second),
  };
}

/** The sizes of the last output that has axes. */
function spatial({ rows }: Reading): string {
  const last = rows.findLast(({ steps }) => steps.length > 0)?.steps.at(-1);
  return last?.axes.map(out).join() ?? '';
}

/** The frameworks that the stack can be written in as people usually do, besides its own. */
export function others(framework: string): readonly Dialect[] {
  const wanted = framework === 'keras' ? ['torch', 'tfjs', 'flax'] : ['keras', 'torch', 'flax'];
  return wanted
    .filter((id) => id !== framework)
    .flatMap((id) => dialects.find((dialect) => dialect.id === id) ?? [])
    .slice(0, 2);
}

/** The stack's layers as people usually write them, a line each; null where one has no usual words. */
export function asUsual({ rows }: Reading, target: Dialect): string | null {
  const lines = rows
    .flatMap(({ steps }) => steps)
    .map((step) => {
      try {
        return usual(target, step);
      } catch {
        return null;
      }
    });
  return lines.length === 0 || lines.includes(null) ? null : lines.join('\n');
}
