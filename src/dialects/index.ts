// padwise/dialects: every framework padwise speaks. The order decides whose a bare name is: Conv2D is Keras'.

import type { Dialect } from './dialect.ts';
import { flax } from './flax.ts';
import { jax } from './jax.ts';
import { keras } from './keras.ts';
import { mxnet } from './mxnet.ts';
import { tensorflow } from './tensorflow.ts';
import { torch } from './torch.ts';

export type {
  Call,
  Dialect,
  Initialiser,
  Layer,
  LayerKind,
  Layout,
  NamedTensor,
  Parameter,
  Reader,
  Resolved,
  Shape,
  Spelling,
  Value,
} from './dialect.ts';
export { shapeText } from './dialect.ts';
export { DialectError, type DialectErrorCode } from './error.ts';
export { padOrders, readPads, writePads } from './pads.ts';
export { type Ported, port, type Unportable, type WeightMove } from './port.ts';
export { type Found, find, readCall, shortName } from './resolve.ts';
export { usual, write } from './writers.ts';
export { flax, jax, keras, mxnet, tensorflow, torch };

/** Keras, PyTorch, Flax, TensorFlow, MXNet and JAX. */
export const dialects: readonly Dialect[] = [keras, torch, flax, tensorflow, mxnet, jax];
