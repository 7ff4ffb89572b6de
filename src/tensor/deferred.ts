// A tensor whose numbers stay where they were computed until someone looks at them. Reading `data` fetches them once into an
// array of the reader's own; from then on it is a tensor like any other. `using` gives up numbers that nobody will look at.
//
//   using y = layer(x);          z = next(y) reads y where it lies; y.data fetches it

import { TensorError } from './error.ts';
import type { Numbers, Tensor } from './tensor.ts';

/** A tensor of the engine's: `using` gives its memory back at once, otherwise it comes back by itself. */
export interface HeldTensor extends Tensor {
  [Symbol.dispose](): void;
}

/** Where a deferred tensor's numbers are. */
export interface Source {
  /** Gives the numbers, and their place back. */
  fetch(): Numbers;
  /** Gives their place back. */
  release(): void;
}

const sources = new WeakMap<object, Source>();

/** What deferred tensors inherit. Browsers without `using` have no Symbol.dispose either. */
const disposable: object = {
  [Symbol.dispose ?? Symbol.for('Symbol.dispose')](this: object) {
    sources.get(this)?.release();
  },
};

/** A contiguous tensor whose numbers come from `source` when they are first read. */
export function deferred(shape: readonly number[], strides: readonly number[], source: Source): HeldTensor {
  let data: Numbers | null = null;
  const made = {
    __proto__: disposable,
    get data() {
      if (data === null) {
        data = source.fetch();
        sources.delete(made);
      }
      return data;
    },
    shape,
    strides,
    offset: 0,
  } as unknown as HeldTensor;
  sources.set(made, source);
  return made;
}

/** A contiguous tensor whose numbers are at hand, for those who may give it up with `using` like any other result. */
export function settled(of: Tensor): HeldTensor {
  let data: Numbers | null = of.data;
  return deferred(of.shape, of.strides, {
    fetch: () => data ?? givenUp(),
    release() {
      data = null;
    },
  });
}

/** @throws TensorError for numbers that were given up */
export function givenUp(): never {
  throw new TensorError('data', 'this tensor was given up: its numbers are gone');
}

/** Where the numbers of a tensor are while nobody has looked at them; undefined for any other tensor. */
export function sourceOf(of: object): Source | undefined {
  return sources.get(of);
}
