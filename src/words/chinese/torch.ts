// PyTorch, and PaddlePaddle, Chainer, tinygrad and MLX, which speak alike, in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of PyTorch and the frameworks that took its words. */
export const torch: Catalogue = {
  'bias has the shape {0}, but weight {1} makes {2} filters':
    'bias 的形状为 {0}，而形状为 {1} 的 weight 有 {2} 个滤波器',
  "padding='same' needs stride 1, received stride={0}; its pads would depend on the input size":
    "padding='same' 要求步幅为 1，实际为 stride={0}；否则填充会随输入尺寸而变",
  'PyTorch <= 1.4 split circular padding over both sides: padding=1 added one pixel in all.':
    'PyTorch 1.4 及更早版本把循环填充分摊到两侧：padding=1 总共只补一个像素。',
  'output_padding {0} must be smaller than stride {1} or dilation {2}':
    'output_padding {0} 必须小于步幅 {1} 或膨胀 {2}',
  'the output would be {0} wide: padding {1} cuts more than the natural output {2}':
    '输出宽度会是 {0}：padding {1} 裁去的比自然输出 {2} 还多',
  'padding {0} is more than half of kernel_size {1}': 'padding {0} 超过了 kernel_size {1} 的一半',
  'the input is {0} wide on axis {1}, smaller than kernel_size {2}; avg_pool3d does not let padding help':
    '输入在第 {1} 轴上宽 {0}，小于 kernel_size {2}；avg_pool3d 不允许靠填充补足',
  'the output is empty on axis {0}: the window spans {1} of {2}':
    '第 {0} 轴的输出为空：窗口宽 {1}，而输入只有 {2}',
  'reflection by {0} needs more than {1} elements, but axis {2} has {3}':
    '反射填充 {0} 个元素，需要多于 {1} 个元素，而第 {2} 轴只有 {3} 个',
  'circular padding by {0} wraps around more than once: axis {1} has {2}':
    '循环填充 {0} 个元素会绕不止一圈：第 {1} 轴只有 {2} 个',
  'PyTorch has no symmetric padding': 'PyTorch 没有对称填充',
  'PyTorch pads a transposed convolution with zeros only': 'PyTorch 的转置卷积只能用零填充',
  'PyTorch reflects and wraps an input once at most, and copies both sides of an axis alike where it crops neither':
    'PyTorch 至多反射或循环一次；一个轴的两侧都不裁剪时，两侧必须用同一种方式复制',
  // PaddlePaddle.
  "one integer with padding_mode='{0}'": "padding_mode='{0}' 时为一个整数",
  "a window reads zeros beyond padding_mode='{0}', which padwise does not compute":
    "有窗口读到 padding_mode='{0}' 之外的零，padwise 不作此计算",
  "PaddlePaddle sets the dilation to 1 where padding='SAME'.":
    "padding='SAME' 时 PaddlePaddle 把膨胀设为 1。",
  'output_padding and output_size exclude each other': 'output_padding 与 output_size 不能同时给出',
  'the output would be {0} wide: padding cuts {1} of {2}': '输出宽度会是 {0}：填充在 {2} 个中裁去 {1} 个',
  'output_size must be {0} to {1}, received {2}': 'output_size 必须在 {0} 到 {1} 之间，实际为 {2}',
  "PaddlePaddle's transposed 'SAME' crops what a convolution's SAME pads, so its output is not size * stride.":
    "PaddlePaddle 转置卷积的 'SAME' 裁去的是卷积的 SAME 所填充的数目，因此输出不等于 尺寸 * 步幅。",
  'one to five pairs of integers': '1 到 5 对整数',
  'one of {0} dimensions': '{0} 个维度之一',
  'integers >= 0 for all dimensions': '每个维度一个 >= 0 的整数',
  "integers, 'SAME' or 'VALID'": "整数、'SAME' 或 'VALID'",
  'a pair of integers for every dimension': '每个维度一对整数',
  "padding='VALID' needs ceil_mode=False": "padding='VALID' 要求 ceil_mode=False",
  'return_mask=True needs as much padding before as after': 'return_mask=True 要求前后填充相等',
  'divisor_override={0} multiplies an average of fewer than {1} numbers on axis {2}, which padwise does not compute':
    'divisor_override={0} 会作用于第 {2} 轴上不足 {1} 个数的平均值，padwise 不作此计算',
  'PaddlePaddle keeps a last window that starts beyond the input; PyTorch and ONNX drop it.':
    'PaddlePaddle 保留起点在输入之外的最后一个窗口；PyTorch 和 ONNX 会舍去它。',
  "With return_mask=True PaddlePaddle 3.3 pads nothing where padding='SAME'.":
    "return_mask=True 且 padding='SAME' 时，PaddlePaddle 3.3 完全不填充。",
  'PaddlePaddle has no symmetric padding': 'PaddlePaddle 没有对称填充',
  'PaddlePaddle pads a transposed convolution with zeros only': 'PaddlePaddle 的转置卷积只能用零填充',
  // Chainer.
  '{0} dimensions, not {1}': '{0} 维，而不是 {1}',
  'at least one element on each dimension': '每个维度至少一个元素',
  'one number for each of {0} filters': '每个滤波器一个数，共 {0} 个',
  'the output would be {0} wide: pad {1} cuts more than the natural output {2}':
    '输出宽度会是 {0}：pad {1} 裁去的比自然输出 {2} 还多',
  'a convolution of outsize {0} gives {1} to {2} elements, but the input has {3} on axis {4}':
    '对 outsize {0} 做卷积会得到 {1} 到 {2} 个元素，而输入在第 {4} 轴上有 {3} 个',
  'a tuple or None': '元组或 None',
  '0 or None': '0 或 None',
  'cover_all=True is the default of max_pooling: a last window may reach beyond the input.':
    'max_pooling 默认 cover_all=True：最后一个窗口可以超出输入。',
  'one to three axes': '1 到 3 个轴',
  'Chainer crops by slicing, x[:, :, 1:], which is no call that padwise writes':
    'Chainer 用切片 x[:, :, 1:] 裁剪，这不是 padwise 会写的调用',
  // tinygrad.
  'one to three axes after two others': '前两维之后的 1 到 3 个轴',
  'the output would be {0} wide: padding {1} and {2} cuts more than the natural output {3}':
    '输出宽度会是 {0}：padding {1} 和 {2} 裁去的比自然输出 {3} 还多',
  'an integer, {0} of them or {1}': '一个整数、{0} 个整数或 {1} 个整数',
  "integers or 'same'": "整数或 'same'",
  "padding='same' needs stride=1, as a number; its pads would depend on the input size":
    "padding='same' 要求 stride=1（写成数）；否则填充会随输入尺寸而变",
  'a pair of integers or None for each dimension': '每个维度一对整数或 None',
  'reflection by {0} needs more elements than axis {1} has: {2}':
    '反射填充 {0} 个元素，需要的元素多于第 {1} 轴所有的 {2} 个',
  'circular padding by {0} wraps axis {1} more than once: it has {2}':
    '循环填充 {0} 个元素会绕第 {1} 轴不止一圈：它只有 {2} 个元素',
  'pads {0} and {1} crop more than the {2} elements of axis {3}':
    '填充 {0} 和 {1} 裁去的比第 {3} 轴的 {2} 个元素还多',
  'pads {0} and {1} crop more than the {2} positions of axis {3}':
    '填充 {0} 和 {1} 裁去的比第 {3} 轴的 {2} 个位置还多',
  "tinygrad pairs the dilations of padding='same' with the axes in reverse, so that the output size is not the input's.":
    "padding='same' 时 tinygrad 把各轴的膨胀配反了顺序，因此输出尺寸与输入不同。",
  'tinygrad has no symmetric padding': 'tinygrad 没有对称填充',
  // MLX.
  'two lists of {0} integers': '两个各含 {0} 个整数的列表',
  'Where padding reaches the extent of the kernel, MLX drops elements of the input, a stride of the output each, not single outputs.':
    '填充达到核的跨度时，MLX 丢掉的是输入元素（每个相当于输出上的一个步幅），而不是单个输出。',
  'the window lacks {0} positions on axis {1}, more than the stride {2}':
    '窗口在第 {1} 轴上缺少 {0} 个位置，多于步幅 {2}',
  'the window spans {0} on axis {1}, but the padded input is {2} wide':
    '窗口在第 {1} 轴上宽 {0}，而填充后的输入只有 {2}',
  '{0}; MLX runs it all the same and reads memory beyond its input':
    '{0}；MLX 仍会运行，并读取输入之外的内存',
  'MLX has no circular padding': 'MLX 没有循环填充',
  'MLX crops by slicing, x[:, 1:], which is no call that padwise writes':
    'MLX 用切片 x[:, 1:] 裁剪，这不是 padwise 会写的调用',
  'MLX counts every pad in its average; pool a tensor of ones alike and divide by it':
    'MLX 把所有填充计入平均；请对全 1 的张量做同样的池化，再除以其结果',
  'With exclusive=False PaddlePaddle counts as many pads after the input as before it, whatever is padded.':
    'exclusive=False 时，无论实际填充多少，PaddlePaddle 都把输入之后的填充数当作与之前相同。',
  'PaddlePaddle has no dilation in a pooling': 'PaddlePaddle 的池化没有膨胀',
  'Chainer divides an average by what its window counts': 'Chainer 的平均除以窗口所计的个数',
  'tinygrad divides an average by what its window counts': 'tinygrad 的平均除以窗口所计的个数',
  'MLX crops the input of a transposed convolution by whole elements, not its output':
    'MLX 裁剪的是转置卷积的输入（按整个元素），而不是它的输出',
  'MLX divides an average by the whole window': 'MLX 的平均除以整个窗口',
  // Burn.
  '{0} input and {1} output channels do not divide by {2} groups':
    '{0} 个输入通道和 {1} 个输出通道不能平分为 {2} 组',
  'Same in three dimensions needs an even number of pads, but axis {0} takes {1} and {2}':
    '三维的 Same 要求填充总数为偶数，而第 {0} 轴需要 {1} 和 {2}',
  'Same in three dimensions needs an odd kernel on every axis': '三维的 Same 要求每个轴的核大小为奇数',
  'Same counts a dilation as 1 in Burn, so that a dilated kernel shrinks the output.':
    'Burn 的 Same 把膨胀当作 1，因此带膨胀的核会使输出变小。',
  'PaddingConfig{0}d::Same, Valid or Explicit(..)': 'PaddingConfig{0}d::Same、Valid 或 Explicit(..)',
  '{0} numbers in Explicit(..)': 'Explicit(..) 中的 {0} 个数',
  'an array of {0} integers': '{0} 个整数的数组',
  'Up to Burn 0.20 Same kept the size at every stride, padded both sides alike and refused even kernels.':
    'Burn 0.20 及之前的 Same 在任何步幅下都保持尺寸，两侧填充相等，且不接受大小为偶数的核。',
  'One number per axis in Explicit(..) is Burn up to 0.20; since 0.21 it takes both sides of each axis.':
    'Explicit(..) 中每个轴一个数是 Burn 0.20 及之前的写法；从 0.21 起每个轴写两侧。',
  'PadMode::Constant(0.0), Reflect or Edge': 'PadMode::Constant(0.0)、Reflect 或 Edge',
  'a pair (before, after) for each of the last axes': '最后几个轴各一对 (before, after)',
  'Burn has no pooling in three dimensions': 'Burn 没有三维池化',
  'Burn pads with a constant, by reflection or with the edge': 'Burn 只能用常数、反射或边缘元素填充',
  'Burn divides an average by what its window counts': 'Burn 的平均除以窗口所计的个数',
  'Burn crops by slicing, x.slice([..]), which padwise does not write':
    'Burn 用切片 x.slice([..]) 裁剪，padwise 不写这种代码',
};
