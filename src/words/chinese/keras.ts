// Keras, TensorFlow and TensorFlow.js in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of Keras, TensorFlow and TensorFlow.js. */
export const keras: Catalogue = {
  'Keras on torch repeats the border instead.': 'torch 后端的 Keras 则重复边缘元素。',
  'TensorFlow without oneDNN refuses depthwise strides that differ between the axes.':
    '没有 oneDNN 的 TensorFlow 不接受各轴步幅不同的逐通道卷积。',
  'Before Keras 3.15, TensorFlow computed strides with dilation_rate wrongly (tensorflow#57128).':
    'Keras 3.15 之前，TensorFlow 在 strides 与 dilation_rate 同时使用时计算有误（tensorflow#57128）。',
  'dilation_rate {0} makes kernel_size {1} span {2}': 'dilation_rate {0} 使大小为 {1} 的核宽达 {2}',
  'output_padding {0} must be smaller than strides {1} on axis {2}':
    '第 {2} 轴上 output_padding {0} 必须小于 strides {1}',
  'Before May 2026 the torch backend shifted this by one pixel (keras#22876).':
    '2026 年 5 月之前，torch 后端在此处会错开一个像素（keras#22876）。',
  'TensorFlow has no CPU kernel for a transposed convolution with dilation_rate.':
    'TensorFlow 没有带 dilation_rate 的转置卷积的 CPU 实现。',
  'With an even kernel and output_padding 0, TensorFlow refuses same; JAX and PyTorch compute it.':
    '核大小为偶数且 output_padding 为 0 时，TensorFlow 不接受 same；JAX 和 PyTorch 可以计算。',
  'strides {0} and dilation_rate {1} cannot both exceed 1; keras.ops.conv computes that on JAX and PyTorch':
    'strides {0} 与 dilation_rate {1} 不能都大于 1；在 JAX 和 PyTorch 上可用 keras.ops.conv 计算',
  'strides {0} and dilation_rate {1} cannot both exceed 1': 'strides {0} 与 dilation_rate {1} 不能都大于 1',
  "an initialiser such as 'glorot_uniform'": "初始化方法，例如 'glorot_uniform'",
  'padwise fills {0} as {1} does by default.': 'padwise 按 {1} 的默认方式初始化 {0}。',
  "In a functional model Keras accepts only the lower-case '{0}' from a pool.":
    "在函数式模型中，Keras 的池化层只接受小写的 '{0}'。",
  'Keras 3.15.1 on torch repeats the border where the padding of same is uneven, others leave it out.':
    'same 的填充两侧不等时，torch 后端的 Keras 3.15.1 重复边缘元素，其他后端则不计入。',
  'pool_size {0} reaches {1} beyond the input of {2}, and TensorFlow refuses 2 * strides = {3} or more':
    'pool_size {0} 超出宽 {2} 的输入 {1} 个元素，而 TensorFlow 不接受 2 * strides = {3} 或更多',
  'an integer >= 0, {0} of them or {1} pairs of them': '一个 >= 0 的整数、{0} 个整数或 {1} 对整数',
  'cropping ({0}, {1}) leaves nothing of the {2} elements on axis {3}':
    '裁剪 ({0}, {1}) 之后，第 {3} 轴的 {2} 个元素一个不剩',
  'Keras refuses an empty output': 'Keras 不接受空的输出',
  'Keras refuses strides with dilation_rate in a transposed convolution':
    'Keras 的转置卷积不接受 strides 与 dilation_rate 同时使用',
  'Keras has no dilation in a pool': 'Keras 的池化没有膨胀',
  'Keras divides an average by what same leaves in the window, or by the whole window; here it is neither':
    'Keras 的平均或除以 same 在窗口中留下的元素数，或除以整个窗口；这里两者都不是',
  'Keras has no layer that puts holes into its input': 'Keras 没有能在输入中插入空洞的层',
  'TensorFlow on the CPU crops here instead of starting at the first element.':
    'CPU 上的 TensorFlow 在此处会裁剪，而不是从第一个元素开始。',
  "a Keras activation such as 'relu'": "Keras 的激活函数，例如 'relu'",
  // TensorFlow.
  '{0} has the shape {1}, not {2} dimensions of 1 or more': '{0} 的形状为 {1}，应为 {2} 维、每维至少为 1',
  'TensorFlow on the CPU takes no dilations in conv3d.': 'CPU 上的 TensorFlow 不接受 conv3d 的 dilations。',
  'the input has {0} channels, but {1} {2} is for {3}': '输入有 {0} 个通道，而 {1} {2} 适用于 {3} 个',
  '{0} outputs do not divide by the {1} groups of {2} channels':
    '{0} 个输出不能平分给 {1} 个各有 {2} 个通道的组',
  'a list of 2 integers >= 1': '两个 >= 1 的整数的列表',
  'strides must be equal on both axes, received {0} and {1}': '两个轴的 strides 必须相等，实际为 {0} 和 {1}',
  'with dilations {0} all strides must be 1, received {1}; TensorFlow warns and computes something else (tensorflow#57128)':
    'dilations 为 {0} 时所有 strides 必须为 1，实际为 {1}；TensorFlow 只给出警告，计算的却是别的结果（tensorflow#57128）',
  'strides {0} and dilations {1} cannot both exceed 1; tf.nn.conv{2}d computes that':
    'strides {0} 与 dilations {1} 不能都大于 1；可用 tf.nn.conv{2}d 计算',
  'TensorFlow on the CPU takes no dilations in a transposed convolution.':
    'CPU 上的 TensorFlow 不接受转置卷积的 dilations。',
  'the input has {0} channels, but filters {1} is for {2}': '输入有 {0} 个通道，而 filters {1} 适用于 {2} 个',
  'output_shape has a batch of {0}, the input one of {1}': 'output_shape 的批量为 {0}，输入的批量为 {1}',
  'output_shape {0} on axis {1} would come from {2} elements, but the input has {3}':
    '第 {1} 轴的 output_shape {0} 应来自 {2} 个元素，而输入有 {3} 个',
  '{0} integers >= 0, batch and channels among them': '{0} 个 >= 0 的整数，包括批量和通道',
  'output_shape has {0} channels, but filters makes {1}':
    'output_shape 有 {0} 个通道，而 filters 产生 {1} 个',
  'a pair of integers >= 0 for each dimension of the input': '输入的每个维度一对 >= 0 的整数',
  'padwise pads up to three axes': 'padwise 至多填充三个轴',
  '{0} padding by {1} needs more than the {2} elements of dimension {3}':
    '{0} 填充 {1} 个元素，第 {3} 维的 {2} 个元素不够',
  'the input {0} has {1} dimensions, the pads are for {2}': '输入 {0} 有 {1} 维，而填充是为 {2} 维给出的',
  'padwise slices up to three axes': 'padwise 至多切取三个轴',
  'begin {0} and size {1} leave the {2} elements of dimension {3}':
    'begin {0} 与 size {1} 超出了第 {3} 维的 {2} 个元素',
  'strides {0} and dilations {1} cannot both exceed 1': 'strides {0} 与 dilations {1} 不能都大于 1',
  "padding='SAME' needs dilations 1, received {0}": "padding='SAME' 要求 dilations 为 1，实际为 {0}",
  'padding {0} must be smaller than the window of {1} on axis {2}':
    '第 {2} 轴上 padding {0} 必须小于窗口宽度 {1}',
  'TensorFlow has no words for an empty output': 'TensorFlow 无法表达空的输出',
  'TensorFlow divides an average by what SAME leaves in the window, or by the whole window; here it is neither':
    'TensorFlow 的平均或除以 SAME 在窗口中留下的元素数，或除以整个窗口；这里两者都不是',
  'TensorFlow has no function that puts holes into its input': 'TensorFlow 没有能在输入中插入空洞的函数',
  '{0} integers >= 1, 1 for batch and channels': '{0} 个 >= 1 的整数，批量和通道处为 1',
  'an integer >= 1 or {0} of them, 1 for batch and channels': '一个或 {0} 个 >= 1 的整数，批量和通道处为 1',
  '{0} pairs of integers >= 0, zeros for batch and channels': '{0} 对 >= 0 的整数，批量和通道处为零',
  'dilations {0} makes a {1} of {2} span {3}': 'dilations {0} 使宽 {2} 的 {1} 跨度达 {3}',
  'the {0} is {1} wide': '{0} 宽 {1}',
  'TensorFlow on the CPU without oneDNN takes {0} only.': '没有 oneDNN 时，CPU 上的 TensorFlow 只接受 {0}。',
  'TensorFlow on the CPU crops here instead of starting at the first element: its 3-D SAME is not clamped at 0.':
    'CPU 上的 TensorFlow 在此处会裁剪，而不是从第一个元素开始：它的三维 SAME 没有以 0 为下限。',
  "'CONSTANT' or 'REFLECT' or 'SYMMETRIC'": "'CONSTANT'、'REFLECT' 或 'SYMMETRIC'",
  // TensorFlow.js.
  'the window spans {0} on axis {1}, but the padded input is {2} wide, which leaves {3} outputs':
    '窗口在第 {1} 轴上宽 {0}，而填充后的输入只有 {2}，输出数会是 {3}',
  "pad must be a number where dimRoundingMode is '{0}', received '{1}'":
    "dimRoundingMode 为 '{0}' 时 pad 必须是数，实际为 '{1}'",
  "'same' or 'valid' or an integer": "'same'、'valid' 或一个整数",
  "'same' or 'valid' or an integer or 4 pairs of integers": "'same'、'valid'、一个整数或 4 对整数",
  '4 pairs of integers of which the third alone is not zero': '4 对整数，其中只有第三对不为零',
  'TensorFlow.js counts the outputs of all axes with the window and stride of the first when pad is a number, here {0}.':
    'pad 为数时，TensorFlow.js 用第一个轴的窗口和步幅计算所有轴的输出数，此处为 {0}。',
  "TensorFlow.js does not clamp the padding of 'same' at 0 in three dimensions and may crop here.":
    "三维时 TensorFlow.js 的 'same' 填充没有以 0 为下限，在此处可能裁剪。",
  'either strides {0} or dilations {1} must be 1': 'strides {0} 与 dilations {1} 之一必须为 1',
  "pad {0} adds rows to the plane of one row that conv1d makes, so only 'same', 'valid' or pairs work":
    "conv1d 会造出只有一行的平面，pad {0} 会给它加行，因此只能用 'same'、'valid' 或成对的数",
  "TensorFlow.js counts windows as if kernel and stride were 1 when conv1d's pad is 0; 'valid' has none beyond the input.":
    "conv1d 的 pad 为 0 时，TensorFlow.js 按核与步幅为 1 计算窗口数；'valid' 的窗口不会超出输入。",
  'dataFormat NCHW is taken, but the channels are still read as the last dimension':
    'dataFormat NCHW 虽被接受，通道却仍按最后一维读取',
  'pointwiseFilter has the shape {0}, not 1x1x{1} and the filters':
    'pointwiseFilter 的形状为 {0}，应为 1x1x{1} 加滤波器数',
  'outputShape has {0} channels, but filter makes {1}': 'outputShape 有 {0} 个通道，而 filter 产生 {1} 个',
  'outputShape {0} on axis {1} would come from {2} elements, but the input has {3}; TensorFlow.js does not check that and answers NaN or leaves elements out':
    '第 {1} 轴的 outputShape {0} 应来自 {2} 个元素，而输入有 {3} 个；TensorFlow.js 不作检查，会给出 NaN 或漏掉元素',
  'outputShape has a batch of {0}, the input one of {1}': 'outputShape 的批量为 {0}，输入的批量为 {1}',
  "padding 'causal' is not implemented in TensorFlow.js": "TensorFlow.js 没有实现 padding 'causal'",
  'dataFormat channelsFirst is read here as channels first and answered channels last, which padwise does not follow':
    'dataFormat channelsFirst 在这里按通道在前读入，却按通道在后输出，padwise 不照此行事',
  'TensorFlow.js leaves dilationRate out here.': 'TensorFlow.js 在此处忽略 dilationRate。',
  "TensorFlow.js takes 'causal' here and computes 'valid'.":
    "TensorFlow.js 在此处接受 'causal'，计算的却是 'valid'。",
  "'valid' or 'same'": "'valid' 或 'same'",
  'with dataFormat channelsFirst, TensorFlow.js adds the bias to rows; it needs useBias: false':
    'dataFormat 为 channelsFirst 时，TensorFlow.js 把偏置加到了行上；需要 useBias: false',
  'cropping {0} and {1} takes more than the {2} elements on axis {3}':
    '裁剪 {0} 和 {1} 超过了第 {3} 轴的 {2} 个元素',
  'an integer >= 0, 2 of them or 2 pairs of them': '一个 >= 0 的整数、2 个整数或 2 对整数',
  'TensorFlow.js hands the input back where a window of 1 makes an output as large as the input.':
    '窗口为 1 且输出与输入一样大时，TensorFlow.js 原样返回输入。',
  'nothing where dilations are above 1': '膨胀大于 1 时不给出',
  'TensorFlow.js leaves pad out where dilations are above 1.': '膨胀大于 1 时，TensorFlow.js 忽略 pad。',
  'TensorFlow.js has no groups but those of a depthwise convolution in two dimensions':
    'TensorFlow.js 除二维的逐通道卷积外没有分组',
  'TensorFlow.js refuses strides and dilations that both exceed 1':
    'TensorFlow.js 不接受 strides 与 dilations 都大于 1',
  'the depthwise layer of TensorFlow.js leaves its dilation out, and its function has no bias':
    'TensorFlow.js 的逐通道卷积层忽略膨胀，而相应的函数没有偏置',
  'TensorFlow.js has no transposed convolution in one dimension': 'TensorFlow.js 没有一维的转置卷积',
  'TensorFlow.js has no dilation in a transposed convolution': 'TensorFlow.js 的转置卷积没有膨胀',
  'TensorFlow.js has no circular padding': 'TensorFlow.js 没有循环填充',
  'TensorFlow.js has no padding that repeats the border': 'TensorFlow.js 没有重复边缘元素的填充',
  "'channels_last' or 'channels_first'": "'channels_last' 或 'channels_first'",
  // TensorFlow Lite.
  '{0} has the shape {1}, not 4 dimensions of 1 or more': '{0} 的形状为 {1}，应为 4 维、每维至少为 1',
  'the {0} channels of the input and the {1} of filter do not make groups of {2}':
    '输入的 {0} 个通道和 filter 的 {1} 个分不成每组 {2} 个',
  'the first dimension of filter must be 1, received {0}': 'filter 的第一维必须为 1，实际为 {0}',
  "filter makes {0} channels, no multiple of the input's {1}":
    'filter 产生 {0} 个通道，不是输入的 {1} 个的倍数',
  'output_shape has {0} channels, but weights makes {1}':
    'output_shape 有 {0} 个通道，而 weights 产生 {1} 个',
  'output_shape {0} on axis {1} would come from {2} elements, but the input has {3}; TFLite does not check that':
    '第 {1} 轴的 output_shape {0} 应来自 {2} 个元素，而输入有 {3} 个；TFLite 不作检查',
  '4 integers >= 0, batch and channels among them': '4 个 >= 0 的整数，包括批量和通道',
  'TFLite has no groups in a transposed convolution': 'TFLite 的转置卷积没有分组',
  'TFLite has no dilation in a transposed convolution': 'TFLite 的转置卷积没有膨胀',
  'TFLite has no circular padding': 'TFLite 没有循环填充',
  'padwise writes the operators of TFLite for two dimensions only': 'padwise 只写二维的 TFLite 算子',
  'TFLite has no padding that repeats the border': 'TFLite 没有重复边缘元素的填充',
  // WebNN.
  '{0} integers >= {1}': '{0} 个 >= {1} 的整数',
  'filter has the shape {0}, not 4 dimensions of 1 or more': 'filter 的形状为 {0}，应为 4 维、每维至少为 1',
  'the {0} channels that filter makes do not divide by groups {1}':
    'filter 产生的 {0} 个通道不能被 groups {1} 整除',
  'outputPadding {0} must be smaller than strides {1} on axis {2}':
    '第 {2} 轴上 outputPadding {0} 必须小于 strides {1}',
  'outputSizes {0} on axis {1} must lie from {2} to {3}':
    '第 {1} 轴的 outputSizes {0} 必须在 {2} 到 {3} 之间',
  '{0} outputs are left on axis {1}': '第 {1} 轴剩下 {0} 个输出',
  'outputSizes {0} on axis {1} must be {2} or {3}': '第 {1} 轴的 outputSizes {0} 必须为 {2} 或 {3}',
  'starts {0} and sizes {1} leave the {2} elements on axis {3}':
    'starts {0} 与 sizes {1} 超出了第 {3} 轴的 {2} 个元素',
  '3 to 5 integers >= 0': '3 到 5 个 >= 0 的整数',
  'WebNN was read in its specification, not run.': 'WebNN 依据其规范得出，没有实际运行。',
  'WebNN convolves and pools in two dimensions only': 'WebNN 只有二维的卷积和池化',
  'WebNN has no circular padding': 'WebNN 没有循环填充',
  'WebNN has no symmetric padding': 'WebNN 没有对称填充',
  'padwise has no pooling by the root of squares': 'padwise 没有 L2 池化（平方和再开方）',
  'padwise reads a slice without strides only': 'padwise 只读不带步幅的切片',
  'padwise reads a slice of the axes after batch and channels only': 'padwise 只读批量和通道之后各轴的切片',
};
