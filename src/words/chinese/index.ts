// padwise/words/chinese: what the library says, in Chinese. One file an area, each keyed by the English templates; a test
// (test/words.test.ts) finds what is missing. The terms are those of a textbook: 卷积 核 步幅 填充 膨胀 感受野 转置卷积
// 池化 逐通道卷积. Between Chinese and a value a space is put or taken by itself (sentence.ts).

import type { Catalogue } from '../sentence.ts';
import { caffe } from './caffe.ts';
import { draw } from './draw.ts';
import { drawHeat } from './draw-heat.ts';
import { drawWriters } from './draw-writers.ts';
import { drawing } from './drawing.ts';
import { geometry } from './geometry.ts';
import { jax } from './jax.ts';
import { keras } from './keras.ts';
import { machine } from './machine.ts';
import { model } from './model.ts';
import { mxnet } from './mxnet.ts';
import { onnx } from './onnx.ts';
import { plan } from './plan.ts';
import { reading } from './reading.ts';
import { torch } from './torch.ts';

/** The areas one by one, so that no sentence stands in two of them. */
export const areas: readonly Catalogue[] = [
  geometry,
  reading,
  torch,
  keras,
  mxnet,
  jax,
  onnx,
  caffe,
  model,
  machine,
  plan,
  draw,
  drawHeat,
  drawWriters,
  drawing,
];

/** The sentences of the library in Chinese, by their English templates. */
export const chinese: Catalogue = Object.assign({}, ...areas);
