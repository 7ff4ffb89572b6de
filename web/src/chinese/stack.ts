// What the Stack screen says, in Chinese.

import type { Catalogue } from 'padwise/words';

/** Sentences of the Stack screen. */
export const stack: Catalogue = {
  'Size of the input': '输入尺寸',
  'The nearest sizes that work': '最近的可用尺寸',
  'The nearest that drop nothing': '最近的、不丢弃元素的尺寸',
  '{0} works, and no layer drops anything of it.': '{0} 可用，且没有任何层丢弃元素。',
  '{0} works, but a layer drops some of it at the end.': '{0} 可用，但有一层在末尾丢弃了元素。',
  '{0} does not work: a layer refuses it, or nothing is left.':
    '{0} 不可用：有一层拒绝它，或者最后什么也不剩。',
  'Do two stacks look at the same places?': '两个多层网络看的是同一处吗？',
  'A port can give every shape right and still look elsewhere: each stride multiplies a shift. Put the other stack beside it.':
    '移植后形状可以处处正确，看的位置却不同：每个步幅都会放大错位。请在旁边放上另一个网络。',
  'The same layers as usually written in {0}': '同样的层在 {0} 中的通常写法',
  'The other stack': '另一个网络',
  'The two have other numbers of axes: {0} and {1}.': '两者的轴数不同：{0} 和 {1}。',
  'Both look at **the same places**.': '两者看的是**同一处**。',
  'They look **1 pixel apart**, {0} of the distance between two outputs.':
    '两者**相差 1 个像素**，是相邻输出间隔的 {0}。',
  'They look **{0} pixels apart**; two neighbouring outputs are {1} apart.':
    '两者**相差 {0} 个像素**；相邻两个输出的间隔是 {1}。',
  'The shapes are the same, so no shape check sees it.': '形状完全相同，所以检查形状发现不了。',
  'The shapes differ as well.': '形状也不同。',
  'the first': '第一个',
  'the second': '第二个',
  'As one paste': '整段代码',
  'Layer by layer': '逐层编辑',
  'The code of the stack': '多层网络的代码',
  'Layers of any framework: a Sequential, a class, or a layer a line':
    '任何框架的层：Sequential、类，或一行一层',
  'This code is a program, not a list; edit it as one paste.': '这段代码是程序而非列表，请整段编辑。',
  'layer {0}': '第 {0} 层',
  'layer {0}: up': '第 {0} 层：上移',
  'layer {0}: down': '第 {0} 层：下移',
  'add a layer after layer {0}': '在第 {0} 层之后添加一层',
  'remove layer {0}': '删除第 {0} 层',
  'No window fits, so there is no output to look from.': '放不下任何窗口，因此没有输出可看。',
  'output, row': '输出所在行',
  column: '列',
  'The way there, layer by layer': '逐层回溯',
  'Press on the output, or on the input; arrow keys move.': '点按输出或输入上的任意一处，也可用方向键移动。',
  layer: '层',
  pads: '填充',
  jump: '间隔',
  'first centre': '首个中心',
  parameters: '参数',
  'multiply-adds': '乘加',
  'The layers': '各层',
  'What each layer gives, sees and costs': '每一层的输出、感受野与开销',
  'in all': '合计',
  'Besides, {0} statistics are counted, not trained.': '另有 {0} 个统计量，由计数得到，不参与训练。',
  'What the columns mean': '各列的含义',
  'how many input elements lie between the first and the last that one output reads':
    '一个输出所读的第一个到最后一个输入元素之间共有多少个元素',
  'how far apart two neighbouring outputs look, in input elements':
    '相邻两个输出所看位置之间的距离，以输入元素计',
  'where the middle of output 0 lies on the input; two ports with other centres are shifted':
    '输出 0 的中心在输入上的位置；中心不同的两个移植彼此错位',
  'before and after; where the axes differ, height / width': '前、后各填充多少；各轴不同时为高 / 宽',
  'drops the last element: no window fits there': '丢弃最后 1 个元素：那里放不下窗口',
  'drops the last {0} elements: no window fits there': '丢弃最后 {0} 个元素：那里放不下窗口',
  'The first layers of ResNet': 'ResNet 的前几层',
  'Two blocks of VGG': 'VGG 的两个块',
  'The stem of Inception, without padding': 'Inception 的起始部分，不填充',
  'WaveNet: dilated and causal': 'WaveNet：膨胀且因果',
  'A decoder, upwards by transposed convolutions': '解码器：用转置卷积逐级放大',
  'Five strided layers, PyTorch against Keras': '五个带步幅的层，PyTorch 对 Keras',
  'This link was not understood: {0}': '无法识别此链接：{0}',
  'What one output reads': '一个输出读取什么',
  'What one output of layer {0} reads': '第 {0} 层的一个输出读取什么',
  'Each output sees {0} of {1}': '输入 {1}，每个输出看到 {0}',
  'Each output of layer {0} sees {1} of {2}': '输入 {2}，第 {0} 层的每个输出看到 {1}',
  'One layer turns {0} into {1}, with {2} parameters and {3} multiply-adds.':
    '一层把 {0} 变为 {1}，共 {2} 个参数、{3} 次乘加。',
  '{0} layers turn {1} into {2}, with {3} parameters and {4} multiply-adds.':
    '{0} 层把 {1} 变为 {2}，共 {3} 个参数、{4} 次乘加。',
  'Neighbouring outputs look {0} pixel apart, the first at {1}.':
    '相邻输出所看的位置相距 {0} 个像素，第一个在 {1}。',
  'Neighbouring outputs look {0} pixels apart, the first at {1}.':
    '相邻输出所看的位置相距 {0} 个像素，第一个在 {1}。',
  'Neighbouring outputs look {0} apart, the first at {1}.': '相邻输出所看的位置相距 {0}，第一个在 {1}。',
  'This stack does not work yet': '这个网络还不能用',
  'What is wrong stands beside its code.': '问题写在代码旁边。',
  'Paste the layers of a stack': '请粘贴一个多层网络',
  'Begin with': '从这里开始',
  'your own layers': '你自己的层',
  'The layers have another number of axes than {0}.': '这些层的轴数与 {0} 不符。',
  'How much of the input does one output of a whole network see? Paste its layers, then press on an output to see what it reads.':
    '整个网络的一个输出能看到多大一块输入？粘贴各层代码，再点按一个输出，看它读取了什么。',
  'layer {0} of {1}, {2}': '第 {0} 层（共 {1} 层），{2}',
};
