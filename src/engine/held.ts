// Tensors whose numbers lie in the engine's memory: results, until someone looks at them. Their memory comes back when they
// are looked at, given up (`using`) or collected. A loop that never pauses collects nothing, so only so much is held; beyond
// that a result is an array of its own at once.

import { deferred, givenUp, type HeldTensor, settled, sourceOf } from '../tensor/deferred.ts';
import { TensorError } from '../tensor/error.ts';
import { contiguous, count, isTensor, rowMajor, type Tensor, tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import { EngineError } from './error.ts';
import { host } from './host.ts';
import { kind } from './refusals.ts';

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
export function held(shape: readonly number[], address: number, elements: number): HeldTensor {
  const place: Place = { address, elements };
  heldBytes += elements * 4;
  if (heldBytes > MOST) return settled(tensor(fetch(place), shape));
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

/**
 * The tensor with its numbers in the engine's memory, where layers read them without copying; float32, contiguous.
 * @throws TensorError for what is no tensor, EngineError 'memory' when it does not fit
 */
export function resident(of: Tensor): HeldTensor {
  if (!isTensor(of)) throw new TensorError('data', say`resident: expected a tensor, received ${kind(of)}`);
  const { memory } = host();
  const elements = count(of.shape);
  const address = memory.allocate(elements * 4);
  try {
    memory.floats().set(contiguous(of).data, address / 4);
  } catch (error) {
    memory.free(address);
    throw error;
  }
  return held(of.shape, address, elements);
}

function fetch(place: Place): Float32Array {
  const from = place.address / 4;
  if (from === 0) givenUp();
  const all = host().memory.floats();
  try {
    return all.slice(from, from + place.elements);
  } catch {
    throw new EngineError('memory', say`this machine has no ${place.elements * 4} bytes for the numbers.`);
  } finally {
    release(place);
  }
}

function release(place: Place): void {
  if (place.address === 0) return;
  host().memory.free(place.address);
  heldBytes -= place.elements * 4;
  place.address = 0;
}
