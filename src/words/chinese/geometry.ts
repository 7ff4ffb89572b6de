// Geometry, arrays and runs in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of geometry, tensor, engine and layers. */
export const geometry: Catalogue = {
  '{0}: expected {1}, received {2}': '{0} 应为{1}，实际为 {2}',
  '{0} on axis {1}: expected {2}, received {3}': '第 {1} 轴的 {0} 应为{2}，实际为 {3}',
  '{0}: {1}': '{0}：{1}',
  '{0} or {1}': '{0} 或 {1}',
  'a conv': '卷积',
  'zero padding': '零填充',
  'at most 2^53 positions': '至多 2^53 个位置',
  'at most 2^24 reads': '至多 2^24 次读取',
  'at most 2^24 positions': '至多 2^24 个位置',
  'receptive field': '感受野',
  'a range within [0, {0})': '[0, {0}) 之内的区间',
  '{0} to {1}': '{0} 到 {1}',
  '1, 2 or 3': '1、2 或 3',
  '{0}, as many as channels': '{0}，与通道数相同',
  'a multiple of groups {0}': '组数 {0} 的倍数',
  'at most {0} characters': '至多 {0} 个字符',
  'a shape such as 1x3x64x64': '形状，例如 1x3x64x64',
  'a word such as k3, s2 or p1': 'k3、s2、p1 这样的词',
  '{0} once': '只出现一次的 {0}',
  'a kernel such as k3': '核，例如 k3',
  'one ->': '一个 ->',
  '-> filters at the end': '末尾的 -> 滤波器数',
  'no -> for a pooling or a pad': '池化或填充不带 ->',
  'a fill: a number, reflect, symmetric, replicate or wrap':
    '填入的值：一个数，或 reflect、symmetric、replicate、wrap 之一',
  'one value or {0} joined by x': '一个值，或用 x 连接的 {0} 个值',
  'problem string': '问题串',
  'the output {0} needs {1} bytes for {2} numbers and the workspace, at most {3} bytes and {4} numbers are allowed. [{5}]':
    '输出 {0} 共 {2} 个数，连同工作区需要 {1} 字节；至多允许 {3} 字节和 {4} 个数。[{5}]',
  'the gradients {0} need {1} bytes for {2} numbers and the workspace, at most {3} bytes and {4} numbers each are allowed. [{5}]':
    '梯度 {0} 共 {2} 个数，连同工作区需要 {1} 字节；至多允许 {3} 字节，每个梯度至多 {4} 个数。[{5}]',
  'a {0} has no gradient of its {1}. [{2}]': '{0} 没有 {1} 的梯度。[{2}]',
  'the {0} has no input. [{1}]': '{0} 缺少输入。[{1}]',
  'this machine has no {0} bytes for the output. [{1}]': '这台机器腾不出输出所需的 {0} 字节内存。[{1}]',
  'the conv has no weight. [{0}]': '卷积缺少权重。[{0}]',
  '{0}: expected an offset and {1} steps >= 0, received {2} and {3}. [{4}]':
    '{0} 应有一个 >= 0 的偏移和 {1} 个 >= 0 的步长，实际为 {2} 和 {3}。[{4}]',
  '{0}: expected {1} numbers, received {2}. [{3}]': '{0} 应有 {1} 个数，实际为 {2} 个。[{3}]',
  '{0}: expected at most {1} numbers, received {2}. [{3}]': '{0} 至多 {1} 个数，实际为 {2} 个。[{3}]',
  '{0}: expected numbers in a Float32Array or Float64Array, received {1}. [{2}]':
    '{0} 应为 Float32Array 或 Float64Array 中的数，实际为 {1}。[{2}]',
  '{0}: expected a tensor of {1}, received {2}. [{3}]': '{0} 应为 {1} 的张量，实际为 {2}。[{3}]',
  'resident: expected a tensor, received {0}': 'resident：应为张量，实际为 {0}',
  'this machine has no {0} bytes for the numbers.': '这台机器腾不出存放这些数所需的 {0} 字节内存。',
  'tensor: shape {0} with steps {1} from {2} leads outside of its {3} numbers':
    'tensor：形状 {0}、步长 {1}、起点 {2} 超出了它的 {3} 个数',
  'a tensor, made by tensor(data, shape)': '由 tensor(data, shape) 得到的张量',
  "layout: expected 'first' or 'last', received {0}. [{1}]":
    "layout 应为 'first' 或 'last'，实际为 {0}。[{1}]",
  "precision: expected 'default' or 'strict', received {0}. [{1}]":
    "precision 应为 'default' 或 'strict'，实际为 {0}。[{1}]",
  'activation: expected { name } with its numbers, one of {0}, received {1}. [{2}]':
    'activation 应为 { name } 及其数值，即 {0} 之一，实际为 {1}。[{2}]',
  'a number, pads per axis or {0}': '一个数、每个轴的填充，或 {0} 之一',
  "a number, pads per axis, 'valid' or 'same'": "一个数、每个轴的填充、'valid' 或 'same'",
  'a number, or {0} of number or [before, after]': '一个数，或 {0} 个数或 [before, after]',
  'a number or {0} of them': '一个数或 {0} 个数',
  "{0} dimensions, as many as the input's": '{0} 维，与输入的维数相同',
  'batch, channels and 1 to 3 sizes': '批量、通道和 1 到 3 个尺寸',
  '{0} channels': '{0} 个通道',
  'bias: expected {0} numbers, received {1}': 'bias 应有 {0} 个数，实际为 {1}',
  "{0}: activation '{1}' is none padwise computes: {2}":
    "{0}：padwise 不计算激活函数 '{1}'，它会计算的有：{2}",
  '{0}: {1}: expected a number, a word, true, false, null, an array of them or a tensor, received {2}':
    '{0}：{1} 应为数、字符串、true、false、null、由它们组成的数组，或张量，实际为 {2}',
  'arrays nested too deep': '嵌套过深的数组',
  'an object': '一个对象',
  'an array': '一个数组',
  '{0}: expected a tensor as its input, made by tensor(data, shape), received {1}':
    '{0}：输入应为用 tensor(data, shape) 创建的张量，实际为 {1}',
  '{0}: {1}: expected a tensor of {2} ({3}), received {4}': '{0}：{1} 应为形状 {2}（{3}）的张量，实际为 {4}',
  '{0}: its parameters are made for {1} input channels, received {2}':
    '{0}：它的参数是为 {1} 个输入通道创建的，实际为 {2} 个',
  '{0}: {1} has no shape before the layer has seen an input; call it once, or set {2}':
    '{0}：在该层见到输入之前，{1} 还没有形状；请先调用一次，或者直接设定 {2}',
  '{0}: this layer has no {1}; it has {2}': '{0}：该层没有 {1}，它有 {2}',
  '{0}: {1}: expected a tensor, received {2}': '{0}：{1} 应为张量，实际为 {2}',
  '{0}: params has no {1}': '{0}：params 中没有 {1}',
  'npy: expected {0}': 'npy：应为{0}',
  'npy: expected an array of {0}, received {1}': 'npy：应为形状 {0} 的数组，实际为 {1}',
  'weight: expected {0} dimensions ({1}), received {2}': 'weight 应为 {0} 维（{1}），实际为 {2} 维',
  'weight: expected a multiple of groups {0}, received {1}': 'weight 应为组数 {0} 的倍数，实际为 {1}',
  '{0} bytes for the shape {1}, received {2}': '形状 {1} 所需的 {0} 字节，实际为 {2} 字节',
  'elements of 1 to 32 bytes, received {0}': '每个 1 到 32 字节的元素，实际为 {0}',
  'a file that begins with \\x93NUMPY': '以 \\x93NUMPY 开头的文件',
  'a header, received {0} bytes in all': '一个文件头，实际总共只有 {0} 字节',
  'version 1, 2 or 3, received {0}': '版本 1、2 或 3，实际为 {0}',
  'a header of at most {0} bytes, received {1}': '至多 {0} 字节的文件头，实际为 {1}',
  'a header of {0} bytes, received {1}': '{0} 字节的文件头，实际为 {1}',
  'a header with descr, fortran_order and shape, received {0}':
    '含有 descr、fortran_order 和 shape 的文件头，实际为 {0}',
  'integers in the shape, received {0}': '由整数组成的形状，实际为 {0}',
  'numbers of type {0}, received {1}': '类型为 {0} 的数，实际为 {1}',
  'a shape padwise can hold: {0}': 'padwise 容得下的形状：{0}',
  'integers within 2^53, received {0}': '绝对值不超过 2^53 的整数，实际为 {0}',
  'tensor: expected an array of numbers, received {0}': 'tensor：应为由数组成的数组，实际为 {0}',
  'tensor: shape {0} holds {1} numbers, received {2}': 'tensor：形状 {0} 含 {1} 个数，实际为 {2} 个',
  'tensor: expected at most 32 dimensions, received {0}': 'tensor：至多 32 维，实际为 {0} 维',
  'tensor: expected sizes of integers >= 0, received {0}': 'tensor：尺寸应为 >= 0 的整数，实际为 {0}',
  'tensor: shape {0} holds {1} numbers, at most {2} fit': 'tensor：形状 {0} 含 {1} 个数，至多容得下 {2} 个',
  'permuted: expected each of {0} dimensions once, received {1}':
    'permuted：{0} 个维度应各出现一次，实际为 {1}',
  'tensor: expected nested arrays of the same length, {0} on level {1}, received {2}':
    'tensor：嵌套数组的长度应一致，第 {1} 层应为 {0}，实际为 {2}',
  'tensor: expected {0} on level {1}, received {2}': 'tensor：第 {1} 层应为{0}，实际为 {2}',
};
