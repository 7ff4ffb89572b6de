// What the Port screen says, in Chinese.

import type { Catalogue } from 'padwise/words';

/** Sentences of the Port screen. */
export const port: Catalogue = {
  group: '组',
  out: '输出',
  in: '输入',
  'How the axes of {0} move': '{0} 的各轴如何移动',
  '{0}: {1}. {2}: {3}.': '{0}：{1}。{2}：{3}。',
  '{0}, exact for {1}': '{0}，对 {1} 精确',
  '{0}, exact for every size': '{0}，对任何尺寸都精确',
  'Port it back to {0}': '移植回 {0}',
  'Check it where {0} runs': '在能运行 {0} 的地方检验',
  'The command line writes a Python script that runs this code on small integers and compares; with your layer in layer.py:':
    '命令行可生成一段 Python 脚本，用小整数运行这段代码并比较；把你的层放进 layer.py：',
  '**Proved for every size**: {0}’s own rules, reading this code, give the same windows.':
    '**已证明对任何尺寸成立**：按 {0} 自己的规则读这段代码，得到相同的窗口。',
  '**Proved for every size**: {0}’s own rules, reading this code, give the same windows over the whole period of {1} sizes.':
    '**已证明对任何尺寸成立**：按 {0} 自己的规则读这段代码，在 {1} 个尺寸的整个周期内都得到相同的窗口。',
  '{0} Sizes below {1} give nothing.': '{0} 小于 {1} 的尺寸没有输出。',
  '**Read back and exact**: {0} mirrors the kernel, and so do the weights below.':
    '**已读回，精确**：{0} 会把核镜像，下面的权重也随之镜像。',
  '**Read back and exact**: by {0}’s own rules this code reads the same pixels.':
    '**已读回，精确**：按 {0} 自己的规则，这段代码读取相同的像素。',
  'Not for every size in {0}': '{0} 无法兼顾所有尺寸',
  '{0} cannot say this': '{0} 无法表达这一层',
  'The reason: {0}.': '原因：{0}。',
  'What holds for some sizes': '对部分尺寸成立的写法',
  'What comes nearest is what people usually write; how far it is off stands below.':
    '最接近的是人们通常的写法；相差多少见下文。',
  'Exact for even sizes:': '对偶数尺寸精确：',
  'Exact for odd sizes:': '对奇数尺寸精确：',
  'Exact for sizes with size mod {0} = {1}:': '对满足 尺寸 mod {0} = {1} 的尺寸精确：',
  'As people usually write it: exact too': '人们通常的写法：同样精确',
  'As people usually write it: not the same': '人们通常的写法：并不相同',
  'the usual way in {0}': '{0} 中的通常写法',
  'It is the very line above.': '就是上面这一行。',
  'On an input of {0}:': '输入为 {0} 时：',
  'It reads the same pixels.': '它读取相同的像素。',
  'The shape is the same, but the windows are **{0}**.': '形状相同，但窗口{0}。',
  'The shape is the same, but the windows are **{0}**, in pixels of the output.':
    '形状相同，但窗口{0}（以输出的像素计）。',
  'Paste a layer to port': '请粘贴要移植的层',
  'This layer cannot be ported yet': '这一层还不能移植',
  'What is wrong stands beside its field.': '问题写在输入框旁边。',
  'It gives another shape: {0} instead of {1}.': '它给出另一种形状：{0}，而非 {1}。',
  'The shape is the same, but its kernel is mirrored.': '形状相同，但它的核是镜像的。',
  'It reads the same pixels, but computes other numbers from them.': '它读取相同的像素，但算出的数值不同。',
  'The shape is the same, but the windows read other pixels.': '形状相同，但窗口读取的像素不同。',
  yours: '你的写法',
  'the usual': '通常写法',
  'The weights': '权重',
  'They stay as they are: both keep the axes in the same order.': '权重不变：两者的轴顺序相同。',
  'In NumPy; arrays that stay as they are are left out.': '用 NumPy 写出；保持不变的数组从略。',
  'moving the weights': '转换权重',
  '{0} (layer {1})': '{0}（第 {1} 层）',
  '{0} slides no window and is left out; add it in {1}': '{0} 不滑动窗口，已略去；请在 {1} 中自行添加',
  'The layer, in any framework’s words': '一层的代码，任意框架均可',
  'Read as {0}.': '识别为 {0}。',
  'Port it to': '移植到',
  Familiar: '常用',
  'All others': '其他',
  'Working …': '计算中……',
  'It must be exact for': '须对以下尺寸精确',
  'an input of': '输入尺寸',
  'every size': '任何尺寸',
  'The layer has another number of axes than {0}.': '该层的轴数与 {0} 不符。',
  'The same layer in another framework’s words, exact to the pixel, with its weights. Paste it and choose where it goes:':
    '把一层改写成另一个框架的代码，连同权重，逐像素精确。粘贴代码，再选择目标框架：',
};
