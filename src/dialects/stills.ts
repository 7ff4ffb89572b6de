// Which layers of each framework slide no window (still.ts): a table of names. They are read where whole models are pasted;
// the layers that compute do without them.

import type { Dialect } from './dialect.ts';
import { alike, type Entries, FUNCTIONS } from './stills/entry.ts';
import { gluon, linen } from './stills/gluon.ts';
import { kerasLike, tfjs } from './stills/keras.ts';
import { torchLike } from './stills/torch.ts';

const TABLE: Readonly<Record<string, Entries>> = {
  torch: torchLike('torch.nn', (rank) => `${rank}d`),
  paddle: torchLike('paddle.nn', (rank) => `${rank}D`),
  keras: kerasLike(),
  tensorflow: [
    ...alike('tensorflow.nn', `${FUNCTIONS} dropout`),
    ...alike('tensorflow', 'identity sigmoid tanh'),
  ],
  mxnet: gluon,
  flax: linen,
  jax: alike('jax.nn', FUNCTIONS),
  tfjs,
  caffe: alike(
    'caffe.layers',
    'ReLU ELU Sigmoid TanH Dropout LRN Softmax Power Exp Log AbsVal BNLL Threshold MVN',
  ),
  coreml: alike(
    'coremltools.converters.mil.Builder',
    'relu relu6 leaky_relu elu sigmoid sigmoid_hard tanh softmax gelu silu softplus softsign',
  ),
  tensorrt: alike('tensorrt.INetworkDefinition', 'add_activation add_softmax'),
  mlx: [
    ...alike(
      'mlx.nn',
      `ReLU LeakyReLU ELU SELU GELU SiLU Mish Sigmoid Tanh Softmax Dropout Dropout2d Identity ${FUNCTIONS}`,
    ),
  ],
};

/** The dialect with the layers of its framework that slide no window. */
export function withStills(dialect: Dialect): Dialect {
  const entries = TABLE[dialect.id] ?? [];
  const readers = Object.fromEntries(entries.map(([name, signature, read]) => [name, { signature, read }]));
  return { ...dialect, readers: { ...readers, ...dialect.readers } };
}
