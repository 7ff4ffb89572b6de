// What a generated check needs of a framework: its imports, an array as its tensor, a layer applied with given weights, and
// numbers back. Python that runs in the framework's own environment, with NumPy and nothing else.

/** The Python around ported code. `applied` is absent where layers are functions that take their weights. */
export interface Harness {
  readonly imports: readonly string[];
  /** Where the channels stand in the code that padwise writes for the framework. */
  readonly layout: 'first' | 'last';
  /** `tensor(array)`. */
  readonly tensor: readonly string[];
  /** `applied(layer, x, *weights)`. */
  readonly applied?: readonly string[];
  /** `numbers(y)`: a NumPy array. */
  readonly numbers: readonly string[];
}

const JAX_TENSOR = ['def tensor(array):', '    return jnp.asarray(array)'];
const JAX_IMPORTS = ['import jax', 'import jax.numpy as jnp', 'from jax import lax'];
const EXACT_JAX = "jax.config.update('jax_enable_x64', True)";
const TENSORFLOW_QUIET = ["os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')"];

/** The frameworks whose ports padwise can write a check for. */
export const HARNESSES: Readonly<Record<string, Harness>> = {
  torch: {
    imports: ['import torch', 'from torch import nn', 'import torch.nn.functional as F'],
    layout: 'first',
    tensor: [
      'torch.set_default_dtype(torch.float64)',
      '',
      '',
      'def tensor(array):',
      '    return torch.from_numpy(np.ascontiguousarray(array))',
    ],
    applied: [
      'def applied(layer, x, *weights):',
      '    for own, weight in zip(layer.parameters(), weights, strict=True):',
      '        own.data.copy_(weight)',
      '    return layer(x)',
    ],
    numbers: ['def numbers(y):', '    return y.detach().numpy()'],
  },
  keras: {
    imports: ['import os', '', ...TENSORFLOW_QUIET, '', 'import keras', 'from keras import layers'],
    layout: 'last',
    tensor: ['def tensor(array):', "    return keras.ops.convert_to_tensor(array, dtype='float32')"],
    applied: [
      'def applied(layer, x, *weights):',
      '    layer(x)',
      '    layer.set_weights(weights)',
      '    return layer(x)',
    ],
    numbers: ['def numbers(y):', '    return keras.ops.convert_to_numpy(y)'],
  },
  tensorflow: {
    imports: ['import os', '', ...TENSORFLOW_QUIET, '', 'import tensorflow as tf'],
    layout: 'last',
    tensor: ['def tensor(array):', '    return tf.constant(array, tf.float32)'],
    numbers: ['def numbers(y):', '    return y.numpy()'],
  },
  mxnet: {
    imports: ['import mxnet as mx', 'from mxnet.gluon import nn'],
    layout: 'first',
    tensor: ['def tensor(array):', "    return mx.nd.array(array, dtype='float32')"],
    applied: [
      'def applied(layer, x, *weights):',
      '    layer.initialize()',
      '    layer(x)',
      '    for own, weight in zip(layer.collect_params().values(), weights):',
      '        own.set_data(weight)',
      '    return layer(x)',
    ],
    numbers: ['def numbers(y):', '    return y.asnumpy()'],
  },
  flax: {
    imports: [...JAX_IMPORTS, 'from flax import linen as nn', '', EXACT_JAX],
    layout: 'last',
    tensor: JAX_TENSOR,
    applied: [
      'def applied(layer, x, *weights):',
      "    return layer.apply({'params': dict(zip(('kernel', 'bias'), weights))}, x)",
    ],
    numbers: ['def numbers(y):', '    return np.asarray(y)'],
  },
  jax: {
    imports: [...JAX_IMPORTS, '', EXACT_JAX],
    layout: 'first',
    tensor: JAX_TENSOR,
    numbers: ['def numbers(y):', '    return np.asarray(y)'],
  },
};
