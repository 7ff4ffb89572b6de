// A geometry in a framework's words, apart from the reading: who only reads layers does not load this.

import type { Geometry } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import * as burn from './burn/spelling.ts';
import * as caffe from './caffe/spelling.ts';
import * as chainer from './chainer/spelling.ts';
import * as coreml from './coreml/spelling.ts';
import * as cudnn from './cudnn/spelling.ts';
import * as darknet from './darknet/spelling.ts';
import type { Dialect, Spelling } from './dialect.ts';
import { DialectError } from './error.ts';
import * as flax from './flax/spelling.ts';
import * as jax from './jax/spelling.ts';
import * as keras from './keras/spelling.ts';
import * as mlx from './mlx/spelling.ts';
import * as mxnet from './mxnet/spelling.ts';
import * as onnx from './onnx/spelling.ts';
import * as onnxruntime from './onnxruntime/spelling.ts';
import * as openvino from './openvino/spelling.ts';
import * as paddle from './paddle/spelling.ts';
import * as tensorflow from './tensorflow/spelling.ts';
import * as tensorrt from './tensorrt/spelling.ts';
import * as tfjs from './tfjs/spelling.ts';
import * as tflite from './tflite/spelling.ts';
import * as tinygrad from './tinygrad/spelling.ts';
import * as torch from './torch/spelling.ts';
import * as webnn from './webnn/spelling.ts';

interface Writer {
  write(of: Geometry, bias: boolean): Spelling;
  usual(of: Geometry): string | null;
}

const WRITERS: Readonly<Record<string, Writer>> = {
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
  tflite,
  tinygrad,
  torch,
  webnn,
};

/**
 * Code of a framework that computes exactly this geometry, or why it has no words for it; `bias` says whether the conv
 * has one.
 * @throws DialectError for a dialect without a writer
 */
export function write(dialect: Pick<Dialect, 'id' | 'title'>, of: Geometry, bias: boolean): Spelling {
  return writer(dialect).write(of, bias);
}

/** What people usually write for such a layer, exact or not; null where nothing is usual. @throws as {@link write} */
export function usual(dialect: Pick<Dialect, 'id' | 'title'>, of: Geometry): string | null {
  return writer(dialect).usual(of);
}

function writer({ id, title }: Pick<Dialect, 'id' | 'title'>): Writer {
  const found = Object.hasOwn(WRITERS, id) ? WRITERS[id] : undefined;
  if (found === undefined) throw new DialectError('unsayable', say`padwise does not write ${title} yet`);
  return found;
}
