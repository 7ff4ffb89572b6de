// Tensors whose numbers lie in the engine's memory: results, until someone looks at them. Their memory comes back when they
// are looked at, given up (`using`) or collected. A loop that never pauses collects nothing, so only so much is held; beyond
// that a result is an array of its own at once.

import { deferred, type HeldTensor, sourceOf } from '../tensor/deferred.ts';
import { rowMajor, type Tensor, tensor } from '../tensor/tensor.ts';
import { host } from './host.ts';

/** The most bytes that results hold in the engine's memory: 1 GiB. */
const MOST = 2 ** 30;

interface Place {
  address: number;
  readonly elements: number;
}

const places = new WeakMap<object, Place>();
let heldBytes = 0;

const collected = new FinalizationRegistry<Place>(release);

/** A tensor of the numbers at an address that was allocated for them; takes the address over. */
export function held(shape: readonly number[], address: number, elements: number): Tensor {
  const place: Place = { address, elements };
  heldBytes += elements * 4;
  if (heldBytes > MOST) return tensor(fetch(place), shape);
  const source = { fetch: () => fetch(place), release: () => release(place) };
  const made = deferred(shape, rowMajor(shape), source);
  places.set(source, place);
  collected.register(made, place);
  return made;
}

/** The address of a tensor's numbers, when they lie in the engine's memory. */
export function addressOf(of: Tensor): number | undefined {
  const source = sourceOf(of);
  const address = source === undefined ? undefined : places.get(source)?.address;
  return address === 0 ? undefined : address;
}

/** The tensor with its numbers in the engine's memory, where layers read them without copying; float32, contiguous. */
export function resident(of: Tensor): HeldTensor {
  const address = host().memory.allocate(of.data.length * 4);
  host()
    .memory.floats()
    .set(of.data, address / 4);
  return held(of.shape, address, of.data.length) as HeldTensor;
}

function fetch(place: Place): Float32Array {
  const from = place.address / 4;
  if (from === 0) throw new Error('this tensor was given up: its numbers are gone');
  const numbers = host()
    .memory.floats()
    .slice(from, from + place.elements);
  release(place);
  return numbers;
}

function release(place: Place): void {
  if (place.address === 0) return;
  host().memory.free(place.address);
  heldBytes -= place.elements * 4;
  place.address = 0;
}
