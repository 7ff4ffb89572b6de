// Caffe and Darknet, cuDNN, TensorRT and Core ML in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of the frameworks of text files, and of those that run what others trained. */
export const caffe: Catalogue = {
  'Caffe was read in its source (BVLC), not run.': 'Caffe 依据其源代码（BVLC）得出，没有实际运行。',
  'integers >= {0}': '>= {0} 的整数',
  '{0} and {1}_h or {2}_w are both given': '{0} 与 {1}_h 或 {2}_w 同时给出',
  '{0}_h and {1}_w are needed together': '{0}_h 与 {1}_w 必须一起给出',
  '{0}_h and {1}_w need two axes, received {2}': '{0}_h 与 {1}_w 需要两个轴，实际为 {2} 个',
  '{0} is missing': '缺少 {0}',
  '{0} has {1} numbers for {2} axes': '{0} 有 {1} 个数，而轴有 {2} 个',
  'What follows moves no pixel and is left out here: {0}.': '其后的层不移动任何像素，此处略去：{0}。',
  'num_output is missing': '缺少 num_output',
  'num_output {0} is no multiple of group {1}': 'num_output {0} 不是 group {1} 的倍数',
  '1, the channels': '1，即通道轴',
  'pad {0} on both sides leaves nothing of the natural output {1}':
    '两侧各裁去 pad {0} 之后，自然输出 {1} 一个不剩',
  'kernel_size spans {0} on axis {1}, a stride or more beyond the padded input of {2}':
    'kernel_size 在第 {1} 轴上宽 {0}，超出填充后的输入 {2} 一个步幅或更多',
  'global_pooling takes no kernel_size': 'global_pooling 不接受 kernel_size',
  'global_pooling needs stride 1 and pad 0': 'global_pooling 要求 stride 为 1、pad 为 0',
  'pad {0} must be smaller than kernel_size {1}': 'pad {0} 必须小于 kernel_size {1}',
  'Without padding Caffe keeps a last window that starts beyond the input; its maximum is -3.4028235e38.':
    '没有填充时，Caffe 保留起点在输入之外的最后一个窗口；它的最大值为 -3.4028235e38。',
  'Without padding Caffe keeps a last window that starts beyond the input; its average is 0 / 0.':
    '没有填充时，Caffe 保留起点在输入之外的最后一个窗口；它的平均为 0 / 0。',
  'expected a layer of type Convolution, Deconvolution or Pooling':
    '此处应为类型为 Convolution、Deconvolution 或 Pooling 的层',
  'expected a type in this layer': '这个层应写明 type',
  'padwise does not read LRN within a channel, which looks at neighbours':
    'padwise 不读通道内的 LRN，它会用到相邻的元素',
  '{0} is no layer padwise reads in Caffe: it reads Convolution, Deconvolution and Pooling in turn':
    'padwise 不读 Caffe 的 {0} 层：它只读依次排列的 Convolution、Deconvolution 和 Pooling',
  '{0} follows {1}, which leaves no positions to slide over': '{0} 接在 {1} 之后，已没有可供窗口滑动的位置',
  '{0} joins {1} arrays; padwise reads layers in turn': '{0} 合并 {1} 个数组；padwise 只读依次排列的层',
  '{0} takes {1}, not {2} of the layer before it; padwise reads layers in turn':
    '{0} 的输入是 {1}，而不是前一层的 {2}；padwise 只读依次排列的层',
  'expected a field such as stride: 2': '此处应为字段，例如 stride: 2',
  'expected braces at most {0} deep': '花括号至多嵌套 {0} 层',
  'expected {0} before the end': '结尾之前应有 {0}',
  'expected a field such as stride: 2, received {0}': '此处应为字段，例如 stride: 2，实际为 {0}',
  'expected at most {0} fields': '至多 {0} 个字段',
  'expected a colon and a value, or fields in braces': '此处应为冒号和值，或花括号中的字段',
  // Darknet.
  "stride_x and stride_y are AlexeyAB's; the original Darknet passes over them.":
    'stride_x 和 stride_y 是 AlexeyAB 分支的；原版 Darknet 会忽略它们。',
  "padwise does not read dilation, which only AlexeyAB's fork has":
    'padwise 不读 dilation，只有 AlexeyAB 的分支才有它',
  'with size=1 Darknet leaves out padding={0} and reads beyond the input instead':
    'size=1 时 Darknet 忽略 padding={0}，反而读到输入之外',
  'filters={0} is no multiple of groups={1}': 'filters={0} 不是 groups={1} 的倍数',
  'padding {0} on both sides leaves nothing of the natural output {1}':
    '两侧各裁去 {0} 之后，自然输出 {1} 一个不剩',
  'activation={0} is left out here.': '此处略去 activation={0}。',
  'batch_normalize=1 normalises each filter after the convolution; padwise leaves that out.':
    'batch_normalize=1 在卷积之后对每个滤波器做归一化；padwise 略去这一步。',
  'size {0} on axis {1} is a stride or more beyond the padded input of {2}':
    '第 {1} 轴的 size {0} 超出填充后的输入 {2} 一个步幅或更多',
  '[{0}] is not read; padwise reads [convolutional], [deconvolutional], [maxpool] and [avgpool] in turn':
    'padwise 不读 [{0}]；它只读依次排列的 [convolutional]、[deconvolutional]、[maxpool] 和 [avgpool]',
  '[{0}] follows [{1}], which leaves no positions to slide over':
    '[{0}] 接在 [{1}] 之后，已没有可供窗口滑动的位置',
  'expected a section such as [convolutional] or [maxpool]':
    '此处应为小节，例如 [convolutional] 或 [maxpool]',
  'expected a line such as size=3': '此处应为一行选项，例如 size=3',
  'expected a section such as [convolutional] before the first option':
    '第一个选项之前应有小节，例如 [convolutional]',
  // cuDNN.
  'cuDNN 9.28 was asked for output sizes; which elements its windows read is as documented, not run.':
    '输出尺寸由 cuDNN 9.28 实际给出；窗口读取哪些元素依据文档，没有实际运行。',
  'expected 2 or 3 axes, received {0}': '应有 2 或 3 个轴，实际为 {0} 个',
  'an array of integers': '整数数组',
  '{0}: the shape of the filter is not in the code': '{0}：代码中没有滤波器的形状',
  'Add cudnnSetFilter4dDescriptor(w, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW, 64, 3, 7, 7); padwise --tensor filter=64x3x7x7 says it too.':
    '请加上 cudnnSetFilter4dDescriptor(w, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW, 64, 3, 7, 7)；命令行也可用 padwise --tensor filter=64x3x7x7 给出。',
  'expected a filter of 4 or 5 dimensions, received {0}': '滤波器应为 4 或 5 维，实际为 {0}',
  'a filter with {0} axes does not suit {1} of them': '有 {0} 个轴的滤波器不适用于 {1} 个轴',
  '{0} filters do not divide by {1} groups': '{0} 个滤波器不能平分为 {1} 组',
  'CONVOLUTION or CROSS_CORRELATION': 'CONVOLUTION 或 CROSS_CORRELATION',
  '{0} input channels and {1} filters make no groups of {2} channels':
    '{0} 个输入通道和 {1} 个滤波器分不成每组 {2} 个通道',
  '{0} input channels and {1} output channels make no groups of {2}':
    '{0} 个输入通道和 {1} 个输出通道分不成每组 {2} 个',
  'an output of {0} on axis {1} is none that the convolution makes {2} of':
    '第 {1} 轴的输出 {0} 不是能由该卷积变成 {2} 的尺寸',
  'Without out_dims the output is the smallest that the convolution makes the input of.':
    '没有 out_dims 时，输出取能由该卷积变成此输入的最小尺寸。',
  'CUDNN_POOLING_MAX or one of the averages': 'CUDNN_POOLING_MAX 或某种平均',
  'padding {0} reaches a window of {1}: a window would hold no element, and what cuDNN computes of that is not established':
    'padding {0} 达到了窗口宽度 {1}：会有窗口不含元素，而 cuDNN 此时算出什么尚无定论',
  '{0} is no convolution set before': '{0} 不是之前设定过的卷积',
  'expected cudnnSetConvolution2dDescriptor or cudnnSetPooling2dDescriptor':
    '此处应为 cudnnSetConvolution2dDescriptor 或 cudnnSetPooling2dDescriptor',
  'expected ) and a semicolon after the arguments': '参数之后应为 ) 和分号',
  // TensorRT.
  'TensorRT was read in its header and documentation, not run.':
    'TensorRT 依据其头文件和文档得出，没有实际运行。',
  'the last window would hold no element, and what TensorRT computes of that is not established':
    '最后一个窗口不含元素，而 TensorRT 此时算出什么尚无定论',
  '{0} comes to a total padding of {1} on axis {2}, and what TensorRT does then is not established':
    '{0} 使第 {2} 轴的总填充为 {1}，而 TensorRT 此时如何处理尚无定论',
  '{0} output maps do not divide by num_groups={1}': '{0} 个输出图不能被 num_groups={1} 整除',
  'padwise does not read a blend of maximum and average': 'padwise 不读最大与平均的混合',
  'add_padding_nd is deprecated since TensorRT 8.2; add_slice pads and trims in its place.':
    'add_padding_nd 自 TensorRT 8.2 起弃用；填充和裁剪改用 add_slice。',
  'pads {0} and {1} leave nothing of {2}': '填充 {0} 和 {1} 之后，{2} 个元素一个不剩',
  'a tuple of 3 to 5 integers, batch and channels first': '3 到 5 个整数的元组，批量和通道在前',
  '0 for batch and channels': '批量和通道处为 0 的数',
  'padwise does not read a slice with a stride': 'padwise 不读带步幅的切片',
  '{0} elements from {1} on reach beyond {2}; give a mode to fill them':
    '从 {1} 起的 {0} 个元素超出了 {2}；请给出 mode 来填充它们',
  // Core ML.
  "Core ML was read in coremltools' source and asked for output shapes; its runtime was not run.":
    'Core ML 依据 coremltools 的源代码得出，输出形状由它实际给出；运行时没有实际运行。',
  'x is another operation; give it a name in a line of its own first':
    'x 是另一个运算；请先在单独一行里给它命名',
  'whether a pad of {0} crops is not established for Core ML': 'Core ML 是否把填充 {0} 当作裁剪尚无定论',
  "pad is read with pad_type='custom' only, not with '{0}'.":
    "只有 pad_type='custom' 时才读 pad，'{0}' 时不读。",
  "pad_type='same_lower' needs iOS 16 or macOS 13.": "pad_type='same_lower' 需要 iOS 16 或 macOS 13。",
  "The table in mb.conv's documentation splits pad_type='same' regardless of the stride; padwise follows its shape rule, which is TensorFlow's.":
    "mb.conv 文档中的表格在分配 pad_type='same' 的填充时不考虑步幅；padwise 依从它的形状规则，即 TensorFlow 的规则。",
  'expected a weight of 3 to 5 dimensions, received {0}': '权重应为 3 到 5 维，实际为 {0}',
  'expected a bias of {0}, received {1}': '偏置应为 {0}，实际为 {1}',
  '{0} output channels do not divide by groups={1}': '{0} 个输出通道不能被 groups={1} 整除',
  'pads {0} and {1} leave nothing of the natural output {2}': '填充 {0} 和 {1} 之后，自然输出 {2} 一个不剩',
  'output_shape {0} on axis {1} is not the {2} of its own; where Core ML cuts or adds then is not established':
    '第 {1} 轴的 output_shape {0} 不是它自身的 {2}；此时 Core ML 在哪一侧裁去或补上尚无定论',
  "Where pad_type='same' cuts is what coremltools converts TensorFlow's SAME to.":
    "pad_type='same' 在哪里裁剪，依据 coremltools 对 TensorFlow 的 SAME 的转换。",
  'output_shape has {0} channels, expected {1}': 'output_shape 有 {0} 个通道，应为 {1} 个',
  'a list of 1 to 3 integers': '1 到 3 个整数的列表',
  'the last window would hold nothing, and what Core ML computes of that is not established':
    '最后一个窗口不含元素，而 Core ML 此时算出什么尚无定论',
  "'valid', 'same', 'same_lower' or 'custom'": "'valid'、'same'、'same_lower' 或 'custom'",
  'ceil_mode is for one or two axes': 'ceil_mode 只用于一个或两个轴',
  "ceil_mode does not go with pad_type='{0}'": "ceil_mode 不能与 pad_type='{0}' 同用",
  'ceil_mode needs the same pad before and after': 'ceil_mode 要求前后填充相等',
  'pads of one to three sizes, none of batch or channels': '1 到 3 个尺寸的填充，不含批量和通道',
  "mode='{0}' by {1} needs {2} elements, but axis {3} has {4}":
    "mode='{0}' 填充 {1} 个元素需要 {2} 个元素，而第 {3} 轴有 {4} 个",
  'cutting {0} and {1} leaves nothing of {2}': '裁去 {0} 和 {1} 之后，{2} 个元素一个不剩',
  '{0} elements from {1} on do not lie within {2}': '从 {1} 起的 {0} 个元素不全在 {2} 之内',
  'a list of 3 to 5 integers, batch and channels first': '3 到 5 个整数的列表，批量和通道在前',
  '-1 for batch and channels': '批量和通道处为 -1 的数',
  'Caffe has no layer that only pads or crops': 'Caffe 没有只填充或只裁剪的层',
  'Caffe pads both sides of an axis alike and with nothing but zeros':
    'Caffe 在一个轴的两侧填充一样多，而且只填零',
  'CUDNN_CONVOLUTION or CUDNN_CROSS_CORRELATION': 'CUDNN_CONVOLUTION 或 CUDNN_CROSS_CORRELATION',
  'cuDNN has no layer that only pads or crops': 'cuDNN 没有只填充或只裁剪的层',
  'cuDNN has layers of two or three axes only': 'cuDNN 只有两个或三个轴的层',
  'a pool of cuDNN rounds its size down, pads both sides alike and has no dilation':
    'cuDNN 的池化向下取整，两侧填充相等，且没有膨胀',
  'Darknet has no layer that only pads or crops': 'Darknet 没有只填充或只裁剪的层',
  'Darknet has layers of two axes only': 'Darknet 只有两个轴的层',
  'Darknet has no dilation': 'Darknet 没有膨胀',
  'Darknet averages over all positions only': 'Darknet 只对所有位置求平均',
  'Darknet has square kernels and equal strides only': 'Darknet 只有正方形的核和相等的步幅',
  'Darknet pads both axes alike, a convolution on both sides': 'Darknet 对两个轴的填充相等，卷积则两侧都填充',
  'a trt.PaddingMode: EXPLICIT_ROUND_DOWN, EXPLICIT_ROUND_UP, SAME_UPPER or SAME_LOWER':
    'trt.PaddingMode 之一：EXPLICIT_ROUND_DOWN、EXPLICIT_ROUND_UP、SAME_UPPER 或 SAME_LOWER',
  'trt.PoolingType.MAX or trt.PoolingType.AVERAGE': 'trt.PoolingType.MAX 或 trt.PoolingType.AVERAGE',
  'TensorRT has layers of two or three axes only': 'TensorRT 只有两个或三个轴的层',
  'padwise writes padding with zeros, and cropping, of two axes in TensorRT':
    'padwise 在 TensorRT 中只写两个轴的零填充和裁剪',
  'padwise writes Caffe layers of two or three axes': 'padwise 只写两个或三个轴的 Caffe 层',
  'padwise writes cuDNN pools of two axes': 'padwise 只写两个轴的 cuDNN 池化',
  'CUDNN_CONVOLUTION mirrors the filter, as no other framework does in a convolution that is not transposed.':
    'CUDNN_CONVOLUTION 会把滤波器镜像；除它以外，没有框架在非转置卷积中这样做。',
};
