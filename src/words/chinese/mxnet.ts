// MXNet Gluon in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of MXNet. */
export const mxnet: Catalogue = {
  '{0}, but the padded input is {1}': '{0}，而填充后的输入{1}',
  '{0} wide ({1} + {2} + {3})': '只有 {0}（{1} + {2} + {3}）',
  'output_padding {0} must be smaller than strides {1}': 'output_padding {0} 必须小于 strides {1}',
  'a transposed convolution in three dimensions has no dilation, received {0}':
    '三维的转置卷积没有膨胀，实际为 {0}',
  'groups={0} needs in_channels: until MXNet knows them it counts {1}, no multiple of {2}':
    'groups={0} 需要给出 in_channels：在知道它之前 MXNet 按 {1} 计算，而这不是 {2} 的倍数',
  'the output would be {0} wide: padding {1} on both sides cuts more than the natural output {2}':
    '输出宽度会是 {0}：两侧各 {1} 的填充裁去的比自然输出 {2} 还多',
  'MXNet runs a convolution with the channels last on GPUs only.': 'MXNet 只在 GPU 上运行通道在后的卷积。',
  'expected in_channels={0}, received {1} in {2}': '应为 in_channels={0}，实际为 {1} 个（{2}）',
  'MXNet keeps a last window that starts beyond the input; PyTorch and ONNX drop it.':
    'MXNet 保留起点在输入之外的最后一个窗口；PyTorch 和 ONNX 会舍去它。',
  'In three dimensions MXNet 1.9 has NaN for some windows that hold nothing, where padwise has 0.':
    '三维时，MXNet 1.9 对某些不含元素的窗口给出 NaN，padwise 给出 0。',
  'padding {0} must be smaller than pool_size {1} and not negative':
    'padding {0} 必须小于 pool_size {1}，且不为负',
  'pool_size is {0}, but the padded input is {1}': 'pool_size 为 {0}，而填充后的输入{1}',
  'MXNet takes a size of 0 for one it does not know yet, received {0}':
    'MXNet 把尺寸 0 当作尚不知道的尺寸，实际为 {0}',
  'None or one of {0}': 'None 或 {0} 之一',
  '{0} integers, before and after of each dimension': '{0} 个整数，即每个维度的前后填充',
  'four zeros first, for batch and channels': '前四个为零，对应批量和通道',
  'pads for {0} dimensions do not fit an input of {1}': '{0} 维的填充不适用于 {1} 维的输入',
  'pads {0} and {1} take more than the {2} elements of axis {3}':
    '填充 {0} 和 {1} 裁去的比第 {3} 轴的 {2} 个元素还多',
  'as many numbers as begin, {0}': '与 begin 一样多的数，即 {0} 个',
  'None or 1, which is all padwise reads': 'None 或 1，padwise 只读这两种',
  'one to five integers or None': '1 到 5 个整数或 None',
  'integers or None': '整数或 None',
  'axis {0} is none of {1} dimensions': '{1} 个维度中没有第 {0} 轴',
  'begin={0} and end={1} are no range within the {2} elements of axis {3}':
    'begin={0} 与 end={1} 不是第 {3} 轴 {2} 个元素之内的区间',
  'padwise reads a slice of the sizes, not of batch or channels':
    'padwise 只读对各尺寸的切片，不读对批量或通道的切片',
  'axis {0} of {1} is not one element wide': '{1} 的第 {0} 轴不是恰好一个元素',
  'one of the sizes, 2 or more': '某个尺寸所在的维度，即 2 或更大',
  'MXNet runs no layer whose input or output is empty': 'MXNet 不运行输入或输出为空的层',
  'a Gluon pooling has no dilation': 'Gluon 的池化没有膨胀',
  'a window that holds no element is the smallest float32 in MXNet':
    '不含元素的窗口在 MXNet 中取最小的 float32',
  'a window that holds no element is 0 in MXNet': '不含元素的窗口在 MXNet 中取 0',
  'MXNet divides by the window or its elements, not by {0}': 'MXNet 除以窗口大小或其中的元素数，而不是 {0}',
  'MXNet has no dilation in a transposed convolution of three dimensions': 'MXNet 的三维转置卷积没有膨胀',
  'MXNet pads a transposed convolution with zeros only': 'MXNet 的转置卷积只能用零填充',
  'MXNet has no padding between elements': 'MXNet 不能在元素之间填充',
  'MXNet pads with a constant, the edge or a reflection only': 'MXNet 只能用常数、边缘元素或反射填充',
  'MXNet reflects an input once at most': 'MXNet 至多反射一次',
};
