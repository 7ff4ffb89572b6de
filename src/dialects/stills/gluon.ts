// Layers of mxnet.gluon.nn and of flax.linen that slide no window.
// Sources: mxnet.gluon.nn 1.9 and flax.linen 0.12, reference pages and signatures.

import type { Arguments } from '../signature.ts';
import { dense, flattened, global, perChannel, still } from '../still.ts';
import { alike, type Entries, FUNCTIONS, named, type Read } from './entry.ts';

/** Gluon's. */
export const gluon: Entries = (() => {
  const at = (name: string) => `mxnet.gluon.nn.${name}`;
  const affine = (args: Arguments, statistics: boolean) =>
    still(args, {
      kind: 'pointwise',
      arrays: (features) =>
        perChannel(
          statistics
            ? { gamma: 'scale', beta: 'bias', running_mean: 'statistic', running_var: 'statistic' }
            : { gamma: 'scale', beta: 'bias' },
          features,
        ),
    });
  const norm: Read = (args) => affine(args, true);
  return [
    ...alike('mxnet.gluon.nn', 'Activation LeakyReLU ELU SELU GELU Swish SiLU Dropout Identity'),
    ...alike('mxnet.nd', 'relu sigmoid tanh softmax Activation Dropout'),
    [at('BatchNorm'), 'axis=1, momentum=0.9, epsilon=1e-05, center=True, scale=True, **kwargs', norm],
    [at('SyncBatchNorm'), '*args, **kwargs', norm],
    [at('InstanceNorm'), '*args, **kwargs', (args) => affine(args, false)],
    [at('GroupNorm'), '*args, **kwargs', (args) => affine(args, false)],
    [at('LayerNorm'), 'axis=-1, **kwargs', (args) => affine(args, false)],
    [
      at('PReLU'),
      '*args, **kwargs',
      (args) => still(args, { kind: 'pointwise', arrays: () => perChannel({ alpha: 'scale' }, 1) }),
    ],
    [at('Flatten'), '**kwargs', (args) => flattened(args)],
    [
      at('Dense'),
      'units, activation=None, use_bias=True, flatten=True, dtype="float32", weight_initializer=None, bias_initializer="zeros", in_units=0, **kwargs',
      (args) => {
        const features = args.integer('in_units', 0);
        return dense(args, args.integer('units', 1), {
          ...(features === 0 ? {} : { features }),
          bias: args.flag('use_bias'),
          whole: args.flag('flatten'),
          activation: named(args.value('activation')),
          names: ['weight', 'bias'],
          outputFirst: true,
        });
      },
    ],
    ...[1, 2, 3].flatMap((rank): Entries => {
      const signature = 'layout=None, **kwargs';
      const pool =
        (operation: 'max' | 'average'): Read =>
        (args) =>
          global(args, rank, operation, {
            layout: String(args.value('layout') ?? 'NC').startsWith('NC') ? 'first' : 'last',
            keep: true,
          });
      return [
        [at(`GlobalAvgPool${rank}D`), signature, pool('average')],
        [at(`GlobalMaxPool${rank}D`), signature, pool('max')],
      ];
    }),
  ];
})();

/** Flax'. */
export const linen: Entries = (() => {
  const norm =
    (statistics: boolean): Read =>
    (args) =>
      still(args, {
        kind: 'pointwise',
        arrays: (features) => [
          ...(args.flag('use_scale') ? perChannel({ scale: 'scale' }, features) : []),
          ...(args.flag('use_bias') ? perChannel({ bias: 'bias' }, features) : []),
          ...(statistics ? perChannel({ mean: 'statistic', var: 'statistic' }, features) : []),
        ],
      });
  const NORM =
    'epsilon=1e-06, dtype=None, param_dtype=None, use_bias=True, use_scale=True, bias_init=None, scale_init=None, axis_name=None, axis_index_groups=None, use_fast_variance=True, force_float32_reductions=True, promote_dtype=None, name=None, parent=None';
  return [
    ...alike('flax.linen', `${FUNCTIONS} Dropout`),
    [
      'flax.linen.BatchNorm',
      'use_running_average=None, axis=-1, momentum=0.99, epsilon=1e-05, dtype=None, param_dtype=None, use_bias=True, use_scale=True, bias_init=None, scale_init=None, axis_name=None, axis_index_groups=None, use_fast_variance=True, force_float32_reductions=True, promote_dtype=None, name=None, parent=None',
      norm(true),
    ],
    ['flax.linen.LayerNorm', NORM, norm(false)],
    ['flax.linen.GroupNorm', `num_groups=32, group_size=None, ${NORM}`, norm(false)],
    [
      'flax.linen.Dense',
      'features, use_bias=True, dtype=None, param_dtype=None, precision=None, kernel_init=None, bias_init=None, promote_dtype=None, dot_general=None, dot_general_cls=None, name=None, parent=None',
      (args) =>
        dense(args, args.integer('features', 1), {
          bias: args.flag('use_bias'),
          names: ['kernel', 'bias'],
          outputFirst: false,
        }),
    ],
  ];
})();
