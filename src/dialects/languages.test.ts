// JavaScript and Rust calls, and attributes set after the call, read as calls with keywords.

import { describe, expect, it } from 'vitest';
import { type Dialect, refusal } from './dialect.ts';
import { parseCalls, readLayer } from './python.ts';

const calls = (code: string) =>
  parseCalls(code).map(({ path, args, keywords }) => ({ path, args, keywords }));

describe('JavaScript', () => {
  it('has objects, constants in small letters, declarations and comments', () => {
    const code = `// the first layer
      const conv = tf.layers.conv2d({filters: 6, 'kernelSize': [4, 4], useBias: false, name: null}); // rest`;
    const fields = { filters: 6, kernelSize: [4, 4], useBias: false, name: null };
    expect(calls(code)).toEqual([{ path: 'tf.layers.conv2d', args: [{ fields }], keywords: {} }]);
  });

  it('turns an object that stands last into keywords where the dialect has them', () => {
    const read: Dialect = {
      ...{ id: 'tfjs', title: 'TensorFlow.js', aliases: { tf: 'tfjs' }, objects: true },
      readers: {
        'tfjs.layers.conv2d': {
          signature: '*, filters, strides=1',
          read: (args) => {
            throw refusal(args.who, `${args.integer('filters')} ${args.integer('strides')}`);
          },
        },
      },
    };
    expect(() => readLayer('tf.layers.conv2d({filters: 6})', { dialects: [read] })).toThrow(
      'tfjs tf.layers.conv2d: 6 1.',
    );
    expect(() => readLayer('tf.layers.conv2d({sides: 6})', { dialects: [read] })).toThrow(
      'tfjs tf.layers.conv2d: has no argument sides',
    );
  });
});

describe('Rust', () => {
  it('has paths, borrowed values, declarations and builders over several lines', () => {
    const code = `let mut conv = Conv2dConfig::new([3, 6], [4, 4])
        .with_stride([2, 2])
        .with_padding(PaddingConfig2d::Explicit(1, 1))
        .init(&device);`;
    expect(calls(code)).toEqual([
      {
        path: 'Conv2dConfig.new',
        args: [
          [3, 6],
          [4, 4],
        ],
        keywords: { with_stride: [2, 2], with_padding: { tensor: 'PaddingConfig2d::Explicit(1, 1)' } },
      },
    ]);
  });
});

describe('Python', () => {
  it('sets attributes of a layer after its call', () => {
    const code = `conv = network.add_convolution_nd(input=x, num_output_maps=6, kernel_shape=(4, 4), kernel=w)
conv.stride_nd = (2, 2)
conv.padding_mode = trt.PaddingMode.SAME_UPPER`;
    expect(calls(code)).toMatchObject([
      {
        path: 'network.add_convolution_nd',
        keywords: {
          num_output_maps: 6,
          stride_nd: [2, 2],
          padding_mode: { tensor: 'trt.PaddingMode.SAME_UPPER' },
        },
      },
    ]);
  });

  it('has dictionaries as values, written either way', () => {
    const [one, other] = calls('f(param=dict(pad=1, stride=2)); f(param={"pad": 1, "stride": 2})');
    expect(one?.keywords).toEqual({ param: { fields: { pad: 1, stride: 2 } } });
    expect(other?.keywords).toEqual(one?.keywords);
  });

  it('divides nothing away', () => {
    expect(() => calls('f(3) // 2')).toThrow('arithmetic is not read');
  });
});
