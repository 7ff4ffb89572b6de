// Layers of keras.layers that slide no window, and those of TensorFlow.js, which has the same in small letters.
// Sources: keras.layers 3 and TensorFlow.js layers, reference pages and signatures.

import { type Layout, refusal } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { dense, flattened, global, perChannel, still, upsampled } from '../still.ts';
import { alike, type Entries, named, type Read } from './entry.ts';

/** Keras layers, under keras and tensorflow.keras. */
export function kerasLike(): Entries {
  const layoutOf = (args: Arguments): Layout =>
    args.value('data_format') === 'channels_first' ? 'first' : 'last';
  const scaled = (args: Arguments, statistics: boolean) =>
    still(args, {
      kind: 'pointwise',
      arrays: (features) => [
        ...(args.flag('scale') ? perChannel({ gamma: 'scale' }, features) : []),
        ...(args.flag('center') ? perChannel({ beta: 'bias' }, features) : []),
        ...(statistics
          ? perChannel({ moving_mean: 'statistic', moving_variance: 'statistic' }, features)
          : []),
      ],
    });
  const input: Read = (args) => {
    const given = args.value('shape') ?? args.value('input_shape');
    const batch = args.value('batch_shape') ?? args.value('batch_input_shape');
    const shape = Array.isArray(given) ? given : Array.isArray(batch) ? batch.slice(1) : null;
    const known = shape?.every((one) => Number.isInteger(one)) ? (shape as readonly number[]) : undefined;
    return still(args, { kind: 'input', ...(known === undefined ? {} : { statedInput: known }) });
  };
  const inputSignature = 'shape=None, batch_size=None, dtype=None, **kwargs';
  return ['keras', 'tensorflow.keras'].flatMap((module): Entries => {
    const at = (name: string) => `${module}.layers.${name}`;
    return [
      ...alike(
        `${module}.layers`,
        'Activation ReLU LeakyReLU ELU Softmax Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianNoise GaussianDropout AlphaDropout UnitNormalization Rescaling ActivityRegularization',
      ),
      ...alike(
        `${module}.activations`,
        'relu leaky_relu relu6 softmax elu selu softplus softsign silu gelu tanh sigmoid',
      ),
      [
        at('BatchNormalization'),
        'axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, **kwargs',
        (args) => scaled(args, true),
      ],
      [
        at('LayerNormalization'),
        'axis=-1, epsilon=0.001, center=True, scale=True, **kwargs',
        (args) => {
          if (args.value('axis') !== -1) throw refusal(args.who, 'padwise reads axis=-1 only');
          return scaled(args, false);
        },
      ],
      [
        at('GroupNormalization'),
        'groups=32, axis=-1, epsilon=0.001, center=True, scale=True, **kwargs',
        (args) => scaled(args, false),
      ],
      [
        at('PReLU'),
        'alpha_initializer="zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs',
        (args) => {
          if (args.value('shared_axes') === null)
            throw refusal(args.who, 'padwise reads it with shared_axes=[1, 2], one number a channel');
          return still(args, {
            kind: 'pointwise',
            arrays: (features) => perChannel({ alpha: 'scale' }, features),
          });
        },
      ],
      [at('Flatten'), 'data_format=None, **kwargs', (args) => flattened(args)],
      [
        at('Dense'),
        'units, activation=None, use_bias=True, **kwargs',
        (args) =>
          dense(args, args.integer('units', 1), {
            bias: args.flag('use_bias'),
            activation: named(args.value('activation')),
            names: ['kernel', 'bias'],
            outputFirst: false,
          }),
      ],
      [`${module}.Input`, inputSignature, input],
      [at('Input'), inputSignature, input],
      [at('InputLayer'), inputSignature, input],
      ...[1, 2, 3].flatMap((rank): Entries => {
        const pool =
          (operation: 'max' | 'average'): Read =>
          (args) =>
            global(args, rank, operation, { layout: layoutOf(args), keep: args.flag('keepdims') });
        const signature = 'data_format=None, keepdims=False, **kwargs';
        return [
          [at(`GlobalAveragePooling${rank}D`), signature, pool('average')],
          [at(`GlobalAvgPool${rank}D`), signature, pool('average')],
          [at(`GlobalMaxPooling${rank}D`), signature, pool('max')],
          [at(`GlobalMaxPool${rank}D`), signature, pool('max')],
          [
            at(`UpSampling${rank}D`),
            `size=2, ${rank === 2 ? 'data_format=None, interpolation="nearest", ' : 'data_format=None, '}**kwargs`,
            (args) => {
              if (rank === 2 && args.value('interpolation') !== 'nearest')
                throw refusal(args.who, 'padwise reads interpolation="nearest" only');
              return upsampled(args, args.integers('size', rank, 1), layoutOf(args));
            },
          ],
        ];
      }),
    ];
  });
}

/** TensorFlow.js' layers say their names in small letters and take an object. */
export const tfjs: Entries = (() => {
  const at = (name: string) => `tfjs.layers.${name}`;
  return [
    ...alike(
      'tfjs.layers',
      'activation reLU leakyReLU elu softmax dropout spatialDropout1d gaussianNoise gaussianDropout alphaDropout',
    ),
    ...alike('tfjs', 'relu relu6 sigmoid tanh softmax elu selu leakyRelu dropout'),
    [
      at('batchNormalization'),
      '*, center=True, scale=True, **kwargs',
      (args) =>
        still(args, {
          kind: 'pointwise',
          arrays: (features) => [
            ...(args.flag('scale') ? perChannel({ gamma: 'scale' }, features) : []),
            ...(args.flag('center') ? perChannel({ beta: 'bias' }, features) : []),
            ...perChannel({ moving_mean: 'statistic', moving_variance: 'statistic' }, features),
          ],
        }),
    ],
    [at('flatten'), '**kwargs', (args) => flattened(args)],
    [
      at('dense'),
      '*, units, activation=None, useBias=True, **kwargs',
      (args) =>
        dense(args, args.integer('units', 1), {
          bias: args.flag('useBias'),
          activation: named(args.value('activation')),
          names: ['kernel', 'bias'],
          outputFirst: false,
        }),
    ],
    ...[1, 2].flatMap(
      (rank): Entries => [
        [
          at(`globalAveragePooling${rank}d`),
          '**kwargs',
          (args) => global(args, rank, 'average', { layout: 'last', keep: false }),
        ],
        [
          at(`globalMaxPooling${rank}d`),
          '**kwargs',
          (args) => global(args, rank, 'max', { layout: 'last', keep: false }),
        ],
      ],
    ),
  ];
})();
