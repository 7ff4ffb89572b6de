// Layers that move no pixel, such as activations, in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of whole models. */
export const model: Catalogue = {
  'expected {0} channels, received {1} in {2}': '应有 {0} 个通道，实际为 {1} 个（{2}）',
  'expected {0} features, received {1} in {2}': '应有 {0} 个特征，实际为 {1} 个（{2}）',
  'the windows of {0} outputs from a size of {1} are not equally wide; padwise reads sizes that the output divides':
    '尺寸 {1} 分成 {0} 个输出时窗口宽度不等；padwise 只读能被输出整除的尺寸',
  'padwise reads mode="nearest" by a whole scale_factor only':
    'padwise 只读 mode="nearest" 且 scale_factor 为整数的情形',
  'padwise reads axis=-1 only': 'padwise 只读 axis=-1 的情形',
  'padwise reads it with shared_axes=[1, 2], one number a channel':
    'padwise 只读 shared_axes=[1, 2] 的情形，即每个通道一个数',
  'padwise reads interpolation="nearest" only': 'padwise 只读 interpolation="nearest" 的情形',
  '{0} slides no window': '{0} 没有滑动的窗口',
  'A convolution, a pooling or a padding does, such as nn.Conv2d(3, 6, 4).':
    '卷积、池化或填充才有，例如 nn.Conv2d(3, 6, 4)。',
  '{0} and {1} cannot follow each other': '{0} 与 {1} 不能前后相接',
  'Layers of one paste are applied in turn: give them the same rank and layout.':
    '一起粘贴的各层会依次应用：它们的空间维数和布局应当一致。',
  'layer {0} of {1}, {2} {3}: nothing is left': '共 {1} 层中的第 {0} 层 {2} {3}：已没有任何剩余',
  'layer {0} of {1}, {2}': '共 {1} 层中的第 {0} 层 {2}',
};
