// padwise/dialects: every framework padwise speaks. The order decides whose a bare name is: Conv2D is Keras'.

import { burn } from './burn.ts';
import { caffe } from './caffe.ts';
import { chainer } from './chainer.ts';
import { coreml } from './coreml.ts';
import { cudnn } from './cudnn.ts';
import { darknet } from './darknet.ts';
import type { Dialect } from './dialect.ts';
import { flax } from './flax.ts';
import { jax } from './jax.ts';
import { keras } from './keras.ts';
import { mlx } from './mlx.ts';
import { mxnet } from './mxnet.ts';
import { onnx } from './onnx.ts';
import { onnxruntime } from './onnxruntime.ts';
import { openvino } from './openvino.ts';
import { paddle } from './paddle.ts';
import { withStills } from './stills.ts';
import { tensorflow } from './tensorflow.ts';
import { tensorrt } from './tensorrt.ts';
import { tfjs } from './tfjs.ts';
import { tflite } from './tflite.ts';
import { tinygrad } from './tinygrad.ts';
import { torch } from './torch.ts';
import { webnn } from './webnn.ts';

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
export { type Dynamic, type DynamicLine, type OnlySome, portDynamic } from './dynamic.ts';
export { DialectError, type DialectErrorCode } from './error.ts';
export { padOrders, readPads, writePads } from './pads.ts';
export {
  type Ported,
  type PortedStep,
  port,
  type ReadAll,
  type Unportable,
  type WeightMove,
} from './port.ts';
export { statement } from './printer.ts';
export { type Found, find, readCall, shortName } from './resolve.ts';
export { shrunk, slimmed } from './slim.ts';
export { usual, write } from './writers.ts';
export {
  burn,
  caffe,
  chainer,
  coreml,
  cudnn,
  darknet,
  flax,
  jax,
  keras,
  mlx,
  mxnet,
  onnx,
  onnxruntime,
  openvino,
  paddle,
  tensorflow,
  tensorrt,
  tfjs,
  tinygrad,
  torch,
};

/** Keras, PyTorch, Flax, TensorFlow, MXNet and JAX. */
export const dialects: readonly Dialect[] = [
  keras,
  torch,
  flax,
  tensorflow,
  mxnet,
  jax,
  onnx,
  paddle,
  tfjs,
  openvino,
  webnn,
  coreml,
  tensorrt,
  tflite,
  caffe,
  darknet,
  cudnn,
  chainer,
  tinygrad,
  mlx,
  burn,
  onnxruntime,
].map(withStills);
