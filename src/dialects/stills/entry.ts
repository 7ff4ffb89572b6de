// A row of the table of layers that slide no window: a name, a signature, how it is read.

import type { Layer, Value } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { still } from '../still.ts';

/** How a layer is read. */
export type Read = (args: Arguments) => Layer;
/** Name, signature and reader of each layer. */
export type Entries = readonly (readonly [name: string, signature: string, read: Read])[];

/** Whatever the arguments. */
export const ANY = '*args, **kwargs';
/** A layer that leaves the shape as it is. */
export const pointwise: Read = (args) => still(args, { kind: 'pointwise' });

/** Layers of one module that leave shapes as they are, whatever their arguments. */
export function alike(module: string, names: string): Entries {
  return names.split(' ').map((name) => [`${module}.${name}`, ANY, pointwise]);
}

/** Activations as functions. */
export const FUNCTIONS: string =
  'relu relu6 leaky_relu elu selu celu gelu silu swish sigmoid log_sigmoid hard_sigmoid hard_swish hard_silu hard_tanh softmax log_softmax softplus soft_sign tanh mish glu';

/** The name of an activation; null for none. */
export function named(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}
