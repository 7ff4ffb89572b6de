// ONNX, ONNX Runtime and OpenVINO in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of ONNX and OpenVINO. */
export const onnx: Catalogue = {
  'the name of an operator': '算子名',
  '{0}: padwise does not read this operator': '{0}：padwise 不读这个算子',
  'It reads {0}.': '它能读的有：{0}。',
  'and activations': '以及激活函数',
  'Its windows are those of {0} with the same attributes.': '它的窗口与属性相同的 {0} 一样。',
  "pads and auto_pad='{0}' cannot be given together": "pads 与 auto_pad='{0}' 不能同时给出",
  'State kernel_shape; padwise --tensor {0}=64x3x7x7 says it too.':
    '请写明 kernel_shape；命令行也可用 padwise --tensor {0}=64x3x7x7 给出。',
  '{0} has the shape {1}; expected 3 to 5 dimensions': '{0} 的形状为 {1}；应为 3 到 5 维',
  'kernel_shape is {0}, but {1} has the shape {2}': 'kernel_shape 为 {0}，而 {1} 的形状为 {2}',
  'the first dimension of {0}, {1}, does not divide by group={2}': '{0} 的第一维 {1} 不能被 group={2} 整除',
  '{0} has the shape {1}, but there are {2} filters': '{0} 的形状为 {1}，而滤波器有 {2} 个',
  'auto_pad takes SAME_UPPER and SAME_LOWER without dilations only, received {0}':
    'auto_pad 只在没有 dilations 时接受 SAME_UPPER 和 SAME_LOWER，实际为 {0}',
  "ONNX Runtime refuses auto_pad='SAME_UPPER' and 'SAME_LOWER' with dilations.":
    "有 dilations 时，ONNX Runtime 不接受 auto_pad='SAME_UPPER' 和 'SAME_LOWER'。",
  'the output would be {0} wide: pads {1} and {2} cut more than {3}':
    '输出宽度会是 {0}：pads {1} 和 {2} 裁去的比 {3} 还多',
  'output_shape {0} is more than {1}, the natural output and less than a stride':
    'output_shape {0} 大于 {1}，即自然输出再加不足一个步幅',
  'Until opset 10 the text cut the odd one off the other side, and ONNX Runtime before 1.13 swapped SAME_UPPER and SAME_LOWER here.':
    'opset 10 及之前的规范把多出的一个从另一侧裁去；ONNX Runtime 1.13 之前在此处把 SAME_UPPER 与 SAME_LOWER 弄反了。',
  'The text says size * stride outputs, so zeros are added; shape inference and ONNX Runtime stop at the natural output.':
    '规范规定输出数为 尺寸 * 步幅，因此要补零；形状推断和 ONNX Runtime 则止于自然输出。',
  'With output_shape the odd one is cut off at the beginning unless auto_pad is SAME_UPPER.':
    '给出 output_shape 时，除非 auto_pad 为 SAME_UPPER，多出的一个从开头裁去。',
  'ONNX forbids negative pads; ONNX Runtime takes them where the model does not state the sizes of its input, and crops.':
    'ONNX 禁止负的填充；当模型没有写明输入尺寸时，ONNX Runtime 接受它们并裁剪。',
  '{0}: expected {1} inputs, received {2}': '{0}：应有 {1} 个输入，实际为 {2} 个',
  '{0}: expected {1} to {2} inputs, received {3}': '{0}：应有 {1} 到 {2} 个输入，实际为 {3} 个',
  'a list of names': '名字的列表',
  '{0}: the numbers of {1}, its {2}, are not in the code': '{0}：代码中没有 {1}（它的 {2}）的数值',
  "Write them as a node: helper.make_node('Constant', [], ['{0}'], value_ints=[...]).":
    "请把它们写成一个节点：helper.make_node('Constant', [], ['{0}'], value_ints=[...])。",
  'pads are an attribute or an input, not both': 'pads 要么是属性，要么是输入，不能兼是',
  'pads are a begin and an end each, received {0} numbers': 'pads 每个轴一头一尾两个数，实际为 {0} 个数',
  '{0} axes need {1} pads, received {2}': '{0} 个轴需要 {1} 个填充，实际为 {2} 个',
  'there is nothing to copy on axis {0}': '第 {0} 轴上没有可复制的元素',
  'the constant it pads with is not in the code': '代码中没有用来填充的常数',
  'pads are an attribute until opset 10, an input since opset 11.':
    'pads 在 opset 10 及之前是属性，从 opset 11 起是输入。',
  'axes stand since opset 18.': 'axes 从 opset 18 起才有。',
  "mode='wrap' stands since opset 19.": "mode='wrap' 从 opset 19 起才有。",
  'The text does not say whether copies are of the whole input; ONNX Runtime crops first.':
    '规范没有说明是否从整个输入复制；ONNX Runtime 先裁剪。',
  'starts, ends, axes and steps must be equally many, received {0}, {1}, {2} and {3}':
    'starts、ends、axes 和 steps 的个数必须相等，实际为 {0}、{1}、{2} 和 {3}',
  'padwise reads steps of 1 and more, received {0}': 'padwise 只读 >= 1 的 steps，实际为 {0}',
  'starts and ends are attributes until opset 9, inputs since opset 10.':
    'starts 和 ends 在 opset 9 及之前是属性，从 opset 10 起是输入。',
  'padwise reads axes counted all from the start or all from the end':
    'padwise 只读全部从头数或全部从尾数的 axes',
  'an axis is named twice': '同一个轴写了两次',
  'padwise reads padding and cropping of spatial axes, not of dimension {0}':
    'padwise 只读对空间轴的填充和裁剪，不读第 {0} 维的',
  'padwise reads one to three spatial axes, received {0}': 'padwise 读 1 到 3 个空间轴，实际为 {0} 个',
  'a list of one to three integers': '1 到 3 个整数的列表',
  'pads must be smaller than kernel_shape {0}, received {1} and {2}':
    'pads 必须小于 kernel_shape {0}，实际为 {1} 和 {2}',
  'auto_pad would crop {0} and {1} elements, and MaxPool does not crop':
    'auto_pad 会裁去 {0} 和 {1} 个元素，而 MaxPool 不裁剪',
  'the input is empty': '输入为空',
  'ceil_mode stands since opset 10.': 'ceil_mode 从 opset 10 起才有。',
  'Until opset 21 the text did not say that a window beyond the input and the begin pad is dropped.':
    'opset 21 及之前的规范没有说明：起点超出输入与前侧填充的窗口会被舍去。',
  'count_include_pad stands since opset 7.': 'count_include_pad 从 opset 7 起才有。',
  'Older versions of ONNX Runtime divided by the whole window where ceil_mode reaches beyond the pads.':
    'ceil_mode 的窗口超出填充时，旧版 ONNX Runtime 除以整个窗口。',
  'dilations of MaxPool stand since opset 10.': 'MaxPool 的 dilations 从 opset 10 起才有。',
  'dilations of AveragePool stand since opset 19.': 'AveragePool 的 dilations 从 opset 19 起才有。',
  'ONNX Runtime leaves the dilation out of the pads of SAME_UPPER and SAME_LOWER in pools.':
    '池化中，ONNX Runtime 计算 SAME_UPPER 和 SAME_LOWER 的填充时不考虑膨胀。',
  'padwise reads Gemm without transA': 'padwise 只读不带 transA 的 Gemm',
  'the shape of {0} is not in the code': '代码中没有 {0} 的形状',
  // OpenVINO.
  'a list of {0} integers, one for each spatial axis': '{0} 个整数的列表，每个空间轴一个',
  'four to six dimensions, groups first': '4 到 6 维、组数在前',
  'three to five dimensions': '3 到 5 维',
  'the output would be {0} wide: pads cut {1} of {2}': '输出宽度会是 {0}：填充在 {2} 个中裁去 {1} 个',
  'OpenVINO cuts nothing for auto_pad unless output_shape is given.':
    '除非给出 output_shape，OpenVINO 不会因 auto_pad 而裁去任何元素。',
  'as many integers as pads_begin, {0}': '与 pads_begin 一样多的整数，即 {0} 个',
  'three to five integers, one for every dimension': '3 到 5 个整数，每个维度一个',
  'no padding of batch and channels': '不填充批量和通道的数',
  "pad_mode='{0}' takes pads of at most {1} on axis {2}, received {3}":
    "pad_mode='{0}' 在第 {2} 轴上至多填充 {1}，实际为 {3}",
  "a number of the data's type, such as np.float32(3)": '与数据类型相同的数，例如 np.float32(3)',
  'a bias of shape 1 x channels x 1 ..., one 1 for each spatial axis':
    '形状为 1 x 通道 x 1 ... 的偏置，每个空间轴一个 1',
  'expected {0} channels, received {1}': '应有 {0} 个通道，实际为 {1} 个',
  "rounding_type='ceil' keeps a last window that starts beyond the input; 'ceil_torch' drops it as PyTorch does.":
    "rounding_type='ceil' 保留起点在输入之外的最后一个窗口；'ceil_torch' 像 PyTorch 一样舍去它。",
  'OpenVINO divides an average by the window or its elements, not by {0}':
    'OpenVINO 的平均除以窗口大小或其中的元素数，而不是 {0}',
  'OpenVINO has no circular padding': 'OpenVINO 没有循环填充',
  'The shape of {0} is not in the code, so the number of filters is taken as {1}; padwise --tensor {2}=64x3x7x7 says it.':
    '代码中没有 {0} 的形状，因此滤波器数取 {1}；命令行可用 padwise --tensor {2}=64x3x7x7 给出。',
  'ONNX Runtime crops where SAME has a kernel at least two below the stride; the specification does not.':
    '核比步幅至少小 2 时，ONNX Runtime 的 SAME 会裁剪；规范则不会。',
  'no axis is named': '没有写明任何轴',
  'ONNX Runtime crops, or refuses, where SAME of a pool has a kernel below the stride.':
    '池化的核小于步幅时，ONNX Runtime 的 SAME 会裁剪或不接受。',
  "OpenVINO's transposed 'same_upper' cuts the odd element before, 'same_lower' after; TensorFlow's SAME cuts it after.":
    "OpenVINO 转置卷积的 'same_upper' 在前面裁去多出的元素，'same_lower' 在后面；TensorFlow 的 SAME 在后面裁去。",
  'pads {0} and {1} on axis {2} can hold a whole window, whose average with exclude_pad=True is of nothing':
    '第 {2} 轴的填充 {0} 和 {1} 容得下整个窗口，exclude_pad=True 时它没有可平均的元素',
};
