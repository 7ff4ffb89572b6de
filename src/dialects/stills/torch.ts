// Layers of torch.nn that slide no window, and those of paddle.nn, which has most of the same names.
// Sources: torch.nn 2.13 and paddle.nn 3, reference pages and signatures.

import { say } from '../../words/index.ts';
import { type Layer, refusal, type Value } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { adaptive, dense, fixedChannels, flattened, perChannel, still, upsampled } from '../still.ts';
import { ANY, alike, type Entries, FUNCTIONS, pointwise, type Read } from './entry.ts';

const SCALED = { weight: 'scale', bias: 'bias' } as const;

/** The layers of a module with PyTorch's names; `dims` is how it writes a rank. */
export function torchLike(module: string, dims: (rank: number) => string): Entries {
  const at = (name: string) => `${module}.${name}`;
  const paddle = module === 'paddle.nn';
  const batchNorm = (args: Arguments) => {
    const affine = paddle ? args.value('weight_attr') !== false : args.flag('affine');
    const counted = paddle || args.flag('track_running_stats');
    const names = paddle
      ? { _mean: 'statistic', _variance: 'statistic' }
      : { running_mean: 'statistic', running_var: 'statistic' };
    return still(args, {
      kind: 'pointwise',
      ...fixedChannels(args, args.integer('num_features', 1)),
      arrays: (features) => [
        ...(affine ? perChannel(SCALED, features) : []),
        ...(counted ? perChannel(names as Record<string, 'statistic'>, features) : []),
      ],
    });
  };
  const normSignature = paddle
    ? 'num_features, momentum=0.9, epsilon=1e-05, weight_attr=None, bias_attr=None, **kwargs'
    : 'num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, **kwargs';
  const linear = (args: Arguments, features?: number) =>
    dense(args, args.integer('out_features', 1), {
      ...(features === undefined ? {} : { features }),
      bias: paddle ? args.value('bias_attr') !== false : args.flag('bias'),
      names: ['weight', 'bias'],
      outputFirst: !paddle,
    });
  const ranked = [1, 2, 3].flatMap((rank): Entries => {
    const d = dims(rank);
    const sizes = (args: Arguments) => {
      const value = args.value('output_size');
      const list = Array.isArray(value)
        ? (value as readonly Value[])
        : Array.from({ length: rank }, () => value);
      const fits = list.length === rank && list.every((one) => one === null || Number.isInteger(one));
      return fits
        ? (list as readonly (number | null)[])
        : args.refuse('output_size', rank === 1 ? 'an integer' : say`an integer or ${rank} of them`);
    };
    return [
      [at(`BatchNorm${d}`), normSignature, batchNorm],
      [
        at(`InstanceNorm${d}`),
        'num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, **kwargs',
        paddle ? pointwise : batchNorm,
      ],
      [
        at(`AdaptiveAvgPool${d}`),
        'output_size, **kwargs',
        (args) => adaptive(args, rank, 'average', sizes(args)),
      ],
      [
        at(`AdaptiveMaxPool${d}`),
        'output_size, return_indices=False, **kwargs',
        (args) => adaptive(args, rank, 'max', sizes(args)),
      ],
      [
        `${module}.functional.adaptive_avg_pool${rank}d`,
        'x, output_size',
        (args) => adaptive(args, rank, 'average', sizes(args)),
      ],
      [at(`Dropout${d}`), ANY, pointwise],
      ...(paddle
        ? []
        : ([
            [at(`LazyBatchNorm${d}`), normSignature.replace('num_features, ', ''), lazyNorm],
          ] satisfies Entries)),
    ];
  });
  return [
    ...alike(
      module,
      'ReLU ReLU6 LeakyReLU ELU SELU CELU GELU SiLU Mish Sigmoid LogSigmoid Hardsigmoid Hardswish Hardtanh Hardshrink Tanh Tanhshrink Softplus Softshrink Softsign Softmax Softmax2d LogSoftmax Threshold Identity Dropout AlphaDropout FeatureAlphaDropout LocalResponseNorm Swish',
    ),
    ...alike(`${module}.functional`, `${FUNCTIONS} hardtanh hardswish hardsigmoid dropout`),
    ...alike(module.split('.')[0] as string, 'relu sigmoid tanh softmax'),
    ...ranked,
    [at('SyncBatchNorm'), normSignature, batchNorm],
    [
      at('GroupNorm'),
      paddle
        ? 'num_groups, num_channels, epsilon=1e-05, **kwargs'
        : 'num_groups, num_channels, eps=1e-05, affine=True, **kwargs',
      (args) =>
        still(args, {
          kind: 'pointwise',
          ...fixedChannels(args, args.integer('num_channels', 1)),
          arrays: (features) => (paddle || args.flag('affine') ? perChannel(SCALED, features) : []),
        }),
    ],
    [
      at('LayerNorm'),
      paddle
        ? 'normalized_shape, epsilon=1e-05, **kwargs'
        : 'normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, **kwargs',
      (args) => {
        const value = args.value('normalized_shape');
        const shape = (Array.isArray(value) ? value : [value]) as number[];
        const affine = paddle || args.flag('elementwise_affine');
        const names =
          paddle || args.flag('bias') ? Object.entries(SCALED) : Object.entries(SCALED).slice(0, 1);
        return still(args, {
          kind: 'pointwise',
          arrays: () => (affine ? names.map(([name, role]) => ({ name, role, shape })) : []),
        });
      },
    ],
    [
      at('PReLU'),
      'num_parameters=1, init=0.25, **kwargs',
      (args) =>
        still(args, {
          kind: 'pointwise',
          arrays: () => perChannel({ weight: 'scale' }, args.integer('num_parameters', 1)),
        }),
    ],
    [
      at('Flatten'),
      paddle ? 'start_axis=1, stop_axis=-1' : 'start_dim=1, end_dim=-1',
      (args) =>
        paddle
          ? flattened(args, args.integer('start_axis'), args.integer('stop_axis'))
          : flattened(args, args.integer('start_dim'), args.integer('end_dim')),
    ],
    [
      `${module.split('.')[0]}.flatten`,
      paddle ? 'x, start_axis=0, stop_axis=-1' : 'input, start_dim=0, end_dim=-1',
      (args) =>
        paddle
          ? flattened(args, args.integer('start_axis'), args.integer('stop_axis'))
          : flattened(args, args.integer('start_dim'), args.integer('end_dim')),
    ],
    [
      at('Linear'),
      paddle
        ? 'in_features, out_features, weight_attr=None, bias_attr=None, **kwargs'
        : 'in_features, out_features, bias=True, **kwargs',
      (args) => linear(args, args.integer('in_features', 1)),
    ],
    ...(paddle
      ? []
      : ([
          [at('LazyLinear'), 'out_features, bias=True, **kwargs', (args) => linear(args)],
          [
            at('Upsample'),
            'size=None, scale_factor=None, mode="nearest", **kwargs',
            (args) => upsample(args),
          ],
          [at('UpsamplingNearest2d'), 'size=None, scale_factor=None, **kwargs', (args) => upsample(args)],
        ] satisfies Entries)),
  ];
}

const lazyNorm: Read = (args) =>
  still(args, {
    kind: 'pointwise',
    arrays: (features) => [
      ...(args.flag('affine') ? perChannel(SCALED, features) : []),
      ...(args.flag('track_running_stats')
        ? perChannel({ running_mean: 'statistic', running_var: 'statistic' }, features)
        : []),
    ],
  });

/** PyTorch's Upsample of pictures. */
function upsample(args: Arguments): Layer {
  const scale = args.value('scale_factor');
  const by = typeof scale === 'object' && scale !== null && 'float' in scale ? scale.float : scale;
  const mode = args.value('mode') ?? 'nearest';
  if (!Number.isInteger(by) || (by as number) < 1 || mode !== 'nearest' || args.value('size') !== null)
    throw refusal(args.who, 'padwise reads mode="nearest" by a whole scale_factor only');
  return upsampled(args, [by as number, by as number], 'first');
}
