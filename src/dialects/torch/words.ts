// What all of PyTorch's layers say alike: who they are, and how much a copied padding may ask of an input.

import type { Axis, Geometry } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { type Layer, type LayerKind, refusal } from '../dialect.ts';
import type { Arguments } from '../signature.ts';

/** Reflection and wrapping read the input once at most. */
export function refuseFill(who: string, one: Axis, index: number, problem: Geometry): void {
  const most = Math.max(one.before, one.after);
  if (one.fillBefore === 'reflect' && most >= one.size) {
    throw refusal(
      who,
      say`reflection by ${most} needs more than ${most} elements, but axis ${index} has ${one.size}`,
      problem,
    );
  }
  if (one.fillBefore === 'wrap' && most > one.size) {
    throw refusal(
      who,
      say`circular padding by ${most} wraps around more than once: axis ${index} has ${one.size}`,
      problem,
    );
  }
}

/** The fields every layer has. */
export function common(
  args: Arguments,
  rank: number,
  kind: LayerKind,
  notes: readonly Text[],
): Omit<Layer, 'parameters' | 'resolve'> {
  const name = args.who.slice('torch '.length);
  return {
    framework: 'torch',
    name,
    kind,
    rank,
    layout: 'first',
    activation: null,
    statedInput: null,
    notes,
  };
}
