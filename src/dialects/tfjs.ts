// TensorFlow.js: functions with JavaScript's positional arguments, and layers with one object of options.
//
//   tf.conv2d(x, filter, 2, 'same')                                         tfjs/conv.ts, tfjs/pool.ts
//   tf.layers.conv2d({filters: 6, kernelSize: 4, strides: 2})               tfjs/layers.ts
//
// Words are in small letters. An option that TensorFlow.js would silently leave out, such as stride for strides, is
// refused. Sources: tfjs-core/src/ops, tfjs-layers/src/exports_layers.ts (4.22); run on the CPU backend.

import type { Dialect, Layer, Reader } from './dialect.ts';
import type { Arguments } from './signature.ts';
import { arrayPad, pairsOf, slice } from './tensorflow/pad.ts';
import { conv1d, convOf, depthwise, separable, transposed } from './tfjs/conv.ts';
import * as layers from './tfjs/layers.ts';
import { anyPool, pool } from './tfjs/pool.ts';

/** Options that every layer has, and those of a kernel. */
const LAYER =
  'inputShape=None, batchInputShape=None, batchSize=None, dtype=None, name=None, trainable=None, weights=None, inputDType=None';
const KERNEL =
  'strides=None, padding=None, dataFormat=None, dilationRate=None, activation=None, useBias=None, biasInitializer=None, biasConstraint=None, biasRegularizer=None, activityRegularizer=None';
const OWN = 'kernelInitializer=None, kernelConstraint=None, kernelRegularizer=None';
const DEPTH =
  'depthMultiplier=None, depthwiseInitializer=None, depthwiseConstraint=None, depthwiseRegularizer=None';
const POINT = 'pointwiseInitializer=None, pointwiseConstraint=None, pointwiseRegularizer=None';

const PLANE = 'pad, dataFormat="NHWC", dilations=1, dimRoundingMode=None';

function functions(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  const core = (name: string, signature: string, read: (args: Arguments) => Layer) => {
    all[`tfjs.${name}`] = { signature, read };
  };
  core('conv1d', 'x, filter, stride, pad, dataFormat="NWC", dilation=1, dimRoundingMode=None', conv1d);
  core('conv2d', `x, filter, strides, ${PLANE}`, (args) => convOf(args, 2));
  core('conv3d', 'x, filter, strides, pad, dataFormat="NDHWC", dilations=1', (args) => convOf(args, 3));
  core('depthwiseConv2d', `x, filter, strides, ${PLANE}`, depthwise);
  core(
    'separableConv2d',
    'x, depthwiseFilter, pointwiseFilter, strides, pad, dilation=1, dataFormat="NHWC"',
    separable,
  );
  core('conv2dTranspose', 'x, filter, outputShape, strides, pad, dimRoundingMode=None', (args) =>
    transposed(args, 2),
  );
  core('conv3dTranspose', 'x, filter, outputShape, strides, pad', (args) => transposed(args, 3));
  for (const [name, operation] of [
    ['max', 'max'],
    ['avg', 'average'],
  ] as const) {
    core(`${name}Pool`, 'x, filterSize, strides, pad, dimRoundingMode=None', (args) =>
      pool(args, 2, operation),
    );
    core(`${name}Pool3d`, 'x, filterSize, strides, pad, dimRoundingMode=None, dataFormat="NDHWC"', (args) =>
      pool(args, 3, operation),
    );
  }
  core(
    'pool',
    'input, windowShape, poolingType, pad, dilations=None, strides=None, dimRoundingMode=None',
    anyPool,
  );
  for (const name of ['pad', 'pad2d', 'pad3d', 'pad4d'])
    core(name, 'x, paddings, constantValue=0', (args) =>
      arrayPad(args, 'tfjs', pairsOf(args, 'paddings'), args.number('constantValue')),
    );
  core('mirrorPad', 'x, paddings, mode', (args) =>
    arrayPad(
      args,
      'tfjs',
      pairsOf(args, 'paddings'),
      args.word<'reflect' | 'symmetric'>('mode', ['reflect', 'symmetric']),
    ),
  );
  for (const name of ['slice', 'slice2d', 'slice3d', 'slice4d'])
    core(name, 'x, begin, size', (args) => slice(args, 'tfjs'));
  return all;
}

function layered(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  const layer = (names: string, options: string, read: (args: Arguments) => Layer) => {
    for (const name of names.split(' '))
      all[`tfjs.layers.${name}`] = { signature: `*, ${options}, ${LAYER}`, read };
  };
  for (const rank of [1, 2, 3]) {
    layer(`conv${rank}d`, `filters, kernelSize, ${KERNEL}, ${OWN}`, (args) => layers.conv(args, rank));
    const pools = `poolSize=None, strides=None, padding=None${rank === 1 ? '' : ', dataFormat=None'}`;
    layer(`maxPooling${rank}d${rank < 3 ? ` maxPool${rank}d` : ''}`, pools, (args) =>
      layers.pooling(args, rank, 'max'),
    );
    layer(`averagePooling${rank}d avgPool${rank}d avgPooling${rank}d`, pools, (args) =>
      layers.pooling(args, rank, 'average'),
    );
    if (rank > 1)
      layer(`conv${rank}dTranspose`, `filters, kernelSize, ${KERNEL}, ${OWN}`, (args) =>
        layers.transposed(args, rank),
      );
  }
  layer('depthwiseConv2d', `kernelSize, ${KERNEL}, ${DEPTH}`, layers.depthwise);
  layer('separableConv2d', `filters, kernelSize, ${KERNEL}, ${DEPTH}, ${POINT}`, layers.separable);
  layer('zeroPadding2d', 'padding=None, dataFormat=None', layers.zeroPadding);
  layer('cropping2D', 'cropping, dataFormat=None', layers.cropping);
  return all;
}

/** TensorFlow.js. */
export const tfjs: Dialect = {
  id: 'tfjs',
  title: 'TensorFlow.js',
  aliases: { tf: 'tfjs' },
  objects: true,
  readers: { ...functions(), ...layered() },
};
