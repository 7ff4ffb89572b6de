// What the Layer lab says, in Chinese.

import type { Catalogue } from 'padwise/words';

const answer: Catalogue = {
  'A layer, in any framework’s words': '一层的代码，任意框架均可',
  'Reading …': '正在读取……',
  '{0} becomes {1}': '{0} 变成 {1}',
  'Step of the layer': '该层的步骤',
  'step {0}: {1} → {2}': '第 {0} 步：{1} → {2}',
  Axis: '轴',
  '{0}: {1} → {2}': '{0}：{1} → {2}',
  'Why {0}?': '为什么是 {0}？',
  'Why {0} and not {1}?': '为什么是 {0} 而不是 {1}？',
  'Padding alone: {0} elements, {1} before them and {2} after.':
    '只有填充：{0} 个元素，前面 {1} 个，后面 {2} 个。',
  'The window has {0} taps, {1} apart, so it covers {2} elements; it moves {3} at a time.':
    '窗口读 {0} 个元素，间隔为 {1}，因此跨越 {2} 个位置；每次移动 {3}。',
  'The window covers {0} elements and moves {1} at a time.': '窗口覆盖 {0} 个元素，每次移动 {1}。',
  'It does not fit into {0} elements.': '{0} 个元素放不下它。',
  'On {0} elements it starts at {1} and reads up to {2}: that is **{3}**.':
    '在 {0} 个元素上，它从 {1} 处开始，最远读到 {2}：共 **{3}**。',
  'On the {0} elements alone it would start at {1}: only **{2}**.':
    '若只有这 {0} 个元素，它从 {1} 处开始：只有 **{2}**。',
  'On the {0} elements alone it would start at {1}: **{2}**.':
    '若只有这 {0} 个元素，它从 {1} 处开始：共 **{2}**。',
  once: '1 次',
  '{0} times': '{0} 次',
  'The window covers a single element and moves {0} at a time.': '窗口只覆盖一个元素，每次移动 {0}。',
  'SAME asks for {0} / {1}, rounded up: {2}. They fit as it is, so nothing is added.':
    'SAME 要求 {0} / {1} 向上取整，即 {2} 次。本来就放得下，所以什么都不加。',
  '{0} before, {1} after.': '前面 {0} 个，后面 {1} 个。',
  'Even the {0} positions there are then have no room for it.': '即使这样共有 {0} 个位置，也放不下它。',
  'From the first to the last of these {0} positions the window fits **{1}**.':
    '这样共有 {0} 个位置，窗口从头到尾可以放 **{1}**。',
  'Ceil mode lets the last window hang {0} over the end.':
    '向上取整模式允许最后一个窗口超出末端 {0} 个位置。',
  'SAME asks for {0} / {1}, rounded up: **{2}**. So many windows reach over {3} positions, {4} more than there are. Padding makes up for them:':
    'SAME 要求 {0} / {1} 向上取整，即 **{2}** 次。这么多窗口要跨过 {3} 个位置，比现有的多 {4} 个，由填充补上：',
  'Causal padding puts all {0} before, so that no output sees what comes after it.':
    '因果填充把 {0} 个全部放在前面，因此任何输出都看不到它之后的元素。',
  'Full padding adds {0} on each side: every place where the window touches the input at all counts.':
    '完全填充在每一侧加 {0} 个：只要窗口碰到输入，就算一次。',
  'This rule adds one less than the window covers, {0} in all, whatever the stride is:':
    '这条规则无论步幅多少，总共填充窗口宽度减一，即 {0} 个：',
  'Cutting {0} before and {1} after leaves less.': '前面裁去 {0} 个，后面裁去 {1} 个，余下的就少了。',
  'Padding adds {0} before and {1} after.': '填充在前面加 {0} 个，在后面加 {1} 个。',
  'That is not enough for one more window, so it is **{0}** all the same.':
    '这还不够多放一个窗口，所以仍是 **{0}**。',
  'The last element is read by no window.': '最后一个元素不被任何窗口读取。',
  'The last {0} elements are read by no window.': '最后 {0} 个元素不被任何窗口读取。',
  '{0} of the {1} elements are read by no window.': '{1} 个元素中有 {0} 个不被任何窗口读取。',
  'Each of the {0} elements writes {1} outputs, and the next one writes {2} further on.':
    '{0} 个元素各写 {1} 个输出，下一个元素后移 {2} 个位置再写。',
  'Together they write ({0} − 1) × {1} + {2} = {3} outputs.':
    '合起来共写 ({0} − 1) × {1} + {2} = {3} 个输出。',
  'Of these {0} are cut off before and {1} after: **{2}** remain.':
    '其中前面裁去 {0} 个，后面裁去 {1} 个，剩下 **{2}** 个。',
  '{0} are cut off before and {1} after, and {2} zeros are added: **{3}**.':
    '前面裁去 {0} 个，后面裁去 {1} 个，再补 {2} 个零：共 **{3}** 个。',
  'The figure shows': '图中显示',
  'All windows at once': '全部窗口',
  'Window by window': '逐个窗口',
  'As it writes': '按写入方式',
  'This layer has no figure of this kind.': '该层没有这种图。',
  size: '尺寸',
  stride: '步幅',
  kernel: '核',
  cut: '裁剪',
  overhang: '超出',
  window: '窗口',
};

const fields: Catalogue = {
  'Numbers of the layer': '该层的参数',
  Convolution: '卷积',
  'Transposed convolution': '转置卷积',
  'Max pooling': '最大池化',
  'Average pooling': '平均池化',
  'same (Keras, TensorFlow)': 'same（Keras、TensorFlow）',
  'same, odd one first (ONNX SAME_LOWER)': 'same，多出的在前（ONNX SAME_LOWER）',
  'same (PyTorch)': 'same（PyTorch）',
  'valid: none': 'valid：不填充',
  full: '完全填充（full）',
  causal: '因果填充（causal）',
  height: '高度',
  width: '宽度',
  depth: '深度',
  '{0}, {1}': '{0}，{1}',
  'crop before': '前面裁去',
  before: '前',
  'crop after': '后面裁去',
  after: '后',
  Size: '尺寸',
  Kernel: '核',
  Stride: '步幅',
  Dilation: '膨胀',
  Crop: '裁剪',
  Padding: '填充',
  'my own': '自定义',
  More: '更多',
  Axes: '轴数',
  'Each axis on its own': '每个轴分别设定',
  '1, a sequence': '1：序列',
  '2, a picture': '2：图像',
  '3, a volume': '3：体数据',
  'Padding holds': '填入的值',
  zeros: '零',
  'nothing a maximum could choose': '最大值不会选中的值',
  Channels: '通道',
  Filters: '滤波器',
  'the mirrored input, its edge once (reflect)': '镜像的输入，边缘出现一次（reflect）',
  'the mirrored input, its edge twice (symmetric)': '镜像的输入，边缘出现两次（symmetric）',
  'the edge again and again (replicate)': '重复边缘（replicate）',
  'the other end (wrap)': '另一端（wrap）',
  '{0} was not understood; a layer reads like {1}.': '无法识别 {0}；一层写作 {1} 这样。',
  'Sizes are from {0} to {1} here.': '这里的尺寸应在 {0} 到 {1} 之间。',
  'Kernels, strides, dilations and pads are at most {0} here.': '这里的核、步幅、膨胀和填充至多为 {0}。',
  'Channels are from {0} to {1} here.': '这里的通道数应在 {0} 到 {1} 之间。',
  'all {0}': '整个 {0}',
  'the whole input, and where the window is': '整个输入，以及窗口所在的位置',
  'the whole output, and which one is shown': '整个输出，以及所示的是哪一个',
};

const below: Catalogue = {
  'The arithmetic, line by line': '逐行计算',
  'The same layer elsewhere': '同一层在其他框架中',
  'On a picture': '用在图片上',
  Framework: '框架',
  'Exactly this layer on {0}.': '在 {0} 上与本层完全一致。',
  '{0} cannot say it: {1}': '{0} 无法表达：{1}',
  'Port it with its weights, for every size': '连同权重一起移植，适用于任何尺寸',
  'Drop a picture here or choose one; it stays in your browser. Each colour goes through the layer on its own.':
    '把图片拖到这里，或选择一张；图片不会离开浏览器。每种颜色分别经过该层。',
  'Choose a picture': '选择图片',
  'Take the sample': '使用示例图片',
  'Its weights': '权重',
  'WebAssembly is refused here ({0}), so the slower reference kernels compute.':
    '此处不允许使用 WebAssembly（{0}），改由较慢的参考实现计算。',
  'the picture': '原图',
  'what the layer makes of it': '经过该层之后',
  '{0} ms, by {1}': '{0} 毫秒，算法 {1}',
  blur: '模糊',
  'average of the window': '窗口内取平均',
  sharpen: '锐化',
  'edges, left to right': '从左到右的边缘',
  'edges, top to bottom': '从上到下的边缘',
  outline: '轮廓',
  'nothing: the middle tap': '不变：只取中间的元素',
  'A picture has two axes, this layer has {0}.': '图片有两个轴，该层有 {0} 个。',
  'The window does not fit into a picture of {0}×{1}.': '{0}×{1} 的图片放不下这个窗口。',
  'The output would be {0}×{1}; at most {2} a side are computed here.':
    '输出将是 {0}×{1}；这里每边至多计算 {2}。',
  'That is too much for the reference kernels; try a smaller picture.':
    '参考实现算不动这么大的图片，请换一张小些的。',
  'This file is too large: at most {0} MB are read.': '文件太大：至多读取 {0} MB。',
  'The browser could not read this file as a picture. PNG and JPEG work everywhere.':
    '浏览器无法把此文件读成图片。PNG 和 JPEG 在任何浏览器中都可用。',
  'This picture is {0}×{1}; at most {2} a side are computed here.':
    '此图片为 {0}×{1}；这里每边至多计算 {2}。',
};

/** Sentences of the lab. */
export const lab: Catalogue = { ...answer, ...fields, ...below };
