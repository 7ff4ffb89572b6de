// JAX and Flax in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of JAX and Flax. */
export const jax: Catalogue = {
  'a multiple of feature_group_count={0}': 'feature_group_count={0} 的倍数',
  "padding='{0}' pads kernel_size - 1 in all whatever the stride; 'SAME' pads less.":
    "无论步幅如何，padding='{0}' 总共填充 kernel_size - 1；'SAME' 填充得更少。",
  "padding='{0}' copies from the input, which is empty on axis {1}":
    "padding='{0}' 要从输入中复制，而输入在第 {1} 轴上为空",
  'Flax mirrors the kernel only with transpose_kernel=True; PyTorch and Keras always do.':
    'Flax 只在 transpose_kernel=True 时镜像核；PyTorch 和 Keras 总是镜像。',
  "padding pads the dilated input: PyTorch's padding=p is dilation * (kernel_size - 1) - p here.":
    'padding 填充的是插入空洞后的输入：PyTorch 的 padding=p 在这里是 dilation * (kernel_size - 1) - p。',
  "padding='CIRCULAR' wraps around the input, which is empty on axis {0}":
    "padding='CIRCULAR' 要绕输入循环，而输入在第 {0} 轴上为空",
  'an integer or 1 to 3 of them': '一个整数，或 1 到 3 个整数',
  'mask multiplies the kernel; padwise leaves that to you.': 'mask 会与核相乘；padwise 不代为计算。',
  'padwise does not know this {0} and starts from the default.':
    'padwise 不认识这个 {0}，改用默认的初始化方法。',
  'a word or {0}': '字符串，或{0}',
  'JAX 0.10.2 aborts the process on a pool of windows and strides 1 with negative padding.':
    '窗口与步幅均为 1 且填充为负的池化会让 JAX 0.10.2 的进程中止。',
  'strides default to 1, not to window_shape as in PyTorch and Keras.':
    'strides 默认为 1，而不像 PyTorch 和 Keras 那样默认等于 window_shape。',
  'avg_pool counts pads unless count_include_pad=False; Keras never does.':
    '除非 count_include_pad=False，avg_pool 会把填充计入平均；Keras 从不计入。',
  'a tuple of 1 to 3 integers >= 1': '1 到 3 个 >= 1 的整数的元组',
  'a tuple of an integer >= 1': '一个 >= 1 的整数的元组',
  'a word, an integer or {0}': '字符串、一个整数，或{0}',
  'a word, an integer, {0} of them or {1}': '字符串、一个整数、{0} 个整数，或{1}',
  'another word: causal padding is for one axis, not {0}': '其他字符串：因果填充只用于一个轴，而不是 {0} 个',
  'Flax mirrors the kernel in ConvTranspose only, which has neither groups nor a stride over its output; mirror the weights to use Conv with input_dilation':
    'Flax 只在 ConvTranspose 中镜像核，而它既没有分组，也没有对输出的步幅；要用带 input_dilation 的 Conv，请把权重翻转',
  'Flax pools have no dilation': 'Flax 的池化没有膨胀',
  'Flax pools an input without holes': 'Flax 只对没有空洞的输入做池化',
  'nn.avg_pool divides by its whole window or by the real elements in it, by nothing else':
    'nn.avg_pool 只除以整个窗口，或除以其中真实元素的个数',
  '1, which is all padwise computes': '1，padwise 只计算这种情形',
  'JAX mirrors the kernel only with transpose_kernel=True; PyTorch and Keras always do.':
    'JAX 只在 transpose_kernel=True 时镜像核；PyTorch 和 Keras 总是镜像。',
  'use_consistent_padding came to JAX in October 2025; older versions have no such argument.':
    'use_consistent_padding 于 2025 年 10 月加入 JAX；更早的版本没有这个参数。',
  "three words of {0} letters, such as ('NHWC', 'HWIO', 'NHWC')":
    "三个各有 {0} 个字母的字符串，例如 ('NHWC', 'HWIO', 'NHWC')",
  'N first and C second or last, alike in input and output, and the spatial letters together in one order':
    'N 在最前，C 在第二或最后，输入与输出相同，空间维的字母相连且顺序一致',
  '3 to 5 dimensions, not {0}': '3 到 5 维，而不是 {0}',
  'at least one tap on each axis, not {0}': '每个轴至少一个权重的形状，而不是 {0}',
  'output channels that are a multiple of feature_group_count={0}, not {1}':
    'feature_group_count={0} 的倍数个输出通道，而不是 {1} 个',
  'lax.max, the only reduction padwise reads': 'lax.max，padwise 只读这一种归约',
  'one integer for each of 3 to 5 dimensions': '3 到 5 个维度各一个整数',
  'ones, which is all padwise computes': '全 1，padwise 只计算这种情形',
  'windows of 1, without pads, for batch and channels': '批量和通道处窗口为 1、没有填充',
  'jnp.pad copies both sides of an axis alike': 'jnp.pad 对一个轴的两侧用同一种方式复制',
  'jnp.pad cannot copy from an empty input': 'jnp.pad 无法从空的输入中复制',
  'jnp.pad wraps an input without the holes after its last element':
    'jnp.pad 循环填充时，输入末尾元素之后没有空洞',
  "none with mode='{0}'": "空（mode='{0}' 时不给出）",
  '(low, high, interior) for each dimension, interior >= 0':
    '每个维度一组 (low, high, interior)，interior >= 0',
  '0.0 where interior > 0, which is all padwise computes': '0.0（interior > 0 时），padwise 只计算这种情形',
  'a pair (low, high) for each of 3 to 5 dimensions': '3 到 5 个维度各一对 (low, high)',
  'a number or a pair for each dimension': '每个维度一个数或一对数',
  '3 to 5 dimensions, batch and channels among them': '3 到 5 个维度，包括批量和通道',
  'batch and channels left as they are': '批量和通道保持不变的填充',
  'padding ({0}, {1}) crops more than the {2} positions of axis {3}':
    '填充 ({0}, {1}) 裁去的比第 {3} 轴的 {2} 个位置还多',
  'it copies from the input, which is empty on axis {0}': '它要从输入中复制，而输入在第 {0} 轴上为空',
  "'SAME', 'VALID' or 'SAME_LOWER'": "'SAME'、'VALID' 或 'SAME_LOWER'",
  'one pair ((low, high),)': '一对 ((low, high),)',
  '{0} pairs (low, high)': '{0} 对 (low, high)',
  "padding='{0}' needs an input without holes, received {1}; give the pads as pairs (low, high)":
    "padding='{0}' 要求输入没有空洞，实际为 {1}；请用成对的 (low, high) 给出填充",
  "'SAME', 'VALID' or a sequence of {0}, each a tuple": "'SAME'、'VALID'，或由{0}组成的序列，每对为一个元组",
  'its kernel reads {0} channels, received {1} in {2}': '它的核读取 {0} 个通道，实际为 {1} 个（{2}）',
  'its kernel reads {0} channels in {1} groups, received {2} in {3}':
    '它的核分 {1} 组读取 {0} 个通道，实际为 {2} 个（{3}）',
  '{0} input channels do not divide by feature_group_count={1}':
    '{0} 个输入通道不能被 feature_group_count={1} 整除',
  'jax.lax has no average pooling in one call; flax.linen.avg_pool is one':
    'jax.lax 没有一次调用即可完成的平均池化；可用 flax.linen.avg_pool',
  'lax mirrors the kernel in conv_transpose only, which has neither groups nor a stride over its output; mirror the weights to use conv_general_dilated with lhs_dilation':
    'lax 只在 conv_transpose 中镜像核，而它既没有分组，也没有对输出的步幅；要用带 lhs_dilation 的 conv_general_dilated，请把权重翻转',
  'padwise writes lax.reduce_window for an input without holes only':
    'padwise 只为没有空洞的输入写 lax.reduce_window',
  // NumPy's pad, which several frameworks have.
  "none unless mode='constant'": "空（只有 mode='constant' 时才给出）",
  'one value, a pair (before, after), or a pair for each dimension':
    '一个值、一对 (before, after)，或每个维度一对',
  "'SAME', 'VALID', 'SAME_LOWER' or {0}": "'SAME'、'VALID'、'SAME_LOWER'，或{0}",
};
