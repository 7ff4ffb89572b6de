// padwise/dialects: every framework padwise speaks. The order decides whose a bare name is: Conv2D is Keras'.

import type { Dialect } from './dialect.ts';
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
export { DialectError, type DialectErrorCode } from './error.ts';
export { type Found, find, readCall, shortName } from './resolve.ts';
export { torch };

/** Keras, PyTorch, Flax, TensorFlow, MXNet and JAX. */
export const dialects: readonly Dialect[] = [torch];
