// What the Heat screen says, in Chinese.

import type { Catalogue } from 'padwise/words';

/** Sentences of the Heat screen; those it shares with Compare stand there. */
export const heat: Catalogue = {
  'How often does a layer use each pixel of its input? Count the windows that read it. Try one of these, or choose your own below:':
    '一个层使用输入中每个像素多少次？数一数读取它的窗口即可。试试这些例子，或在下方自行选择：',
  'Kernels of 1, 2 and 3': '大小为 1、2、3 的核',
  'Padding: none, same, full': '填充：无、same、full',
  'Stride 2, two paddings': '步幅 2，两种填充',
  'Dilation and stride': '膨胀与步幅',
  'A stack of layers': '多层堆叠',
  'A whole photo': '整张照片',
  'How often is each pixel used?': '每个像素被使用多少次？',
  'Padding does not make all pixels equally used': '填充并不能让各像素的使用次数相同',
  'Some pixels are never read': '有些像素从未被读取',
  'Not all pixels are used equally often': '各像素被使用的次数并不相同',
  'Here every pixel is used equally often': '这里各像素被使用的次数相同',
  '**{0}**: too many elements to count.': '**{0}**：元素太多，无法计数。',
  '**{0}**: no window reads a pixel.': '**{0}**：没有窗口读到像素。',
  '**{0}**: each pixel reaches {1} outputs.': '**{0}**：每个像素影响 {1} 个输出。',
  '**{0}**: a corner pixel reaches {1} outputs, the most used one {2}.':
    '**{0}**：角上的像素影响 {1} 个输出，使用最多的像素影响 {2} 个。',
  '**{0}**: each pixel is read once.': '**{0}**：每个像素被读取 1 次。',
  '**{0}**: each pixel is read {1} times.': '**{0}**：每个像素被读取 {1} 次。',
  '**{0}**: full padding, so every tap meets every pixel: each is read {1} times.':
    '**{0}**：full 填充，核的每个位置都会遇到每个像素，每个像素被读取 {1} 次。',
  '**{0}**: a corner pixel is read once, the most used one {1}.':
    '**{0}**：角上的像素只被读取 1 次，使用最多的像素被读取 {1}。',
  '**{0}**: a corner pixel is read {1}, the most used one {2}.':
    '**{0}**：角上的像素被读取 {1}，使用最多的像素被读取 {2}。',
  '{0} of {1} pixels is never read.': '{1} 个像素中有 {0} 个从未被读取。',
  '{0} of {1} pixels are never read.': '{1} 个像素中有 {0} 个从未被读取。',
  'Only full padding makes them equal, and then the output is larger than the input.':
    '只有 full 填充能使次数相同，而这时输出比输入更大。',
  'Only full padding, the kernel’s width less one on every side, would make them equal.':
    '只有 full 填充（每侧填充核宽减一）才能使次数相同。',
  'With a stride beyond 1, windows meet some pixels more often than others whatever the padding.':
    '步幅大于 1 时，无论怎样填充，总有一些像素比其他像素更常被窗口读到。',
  'Choose the input and the layers': '选择输入与层',
  'Input size': '输入尺寸',
  'Input width': '输入宽度',
  'Input height': '输入高度',
  'Input depth': '输入深度',
  'One size for all sides': '各边同一尺寸',
  'Sides apart': '各边分别设置',
  'Map {0}: {1}': '图 {0}：{1}',
  'Remove map {0}': '删除图 {0}',
  Remove: '删除',
  'Add a map': '添加一幅图',
  'At most {0} maps are shown.': '最多显示 {0} 幅图。',
  'Paste code': '粘贴代码',
  'Choose by numbers': '用数字选择',
  'One layer or a stack, in any framework’s words': '任意框架的一层或多层代码',
  'It is a {0}-D layer, but the input has {1} sizes.': '它是 {0} 维层，而输入有 {1} 个尺寸。',
  'This part of the link was not understood: {0}.': '无法识别链接中的这一部分：{0}。',
  code: '代码',
  '{0} layers in turn': '依次 {0} 层',
  'padding {0}': '填充 {0}',
  'Pad before': '前填充',
  'Pad after': '后填充',
  'Padding:': '填充：',
  same: 'same',
  'Rows and columns apart': '行列分别设置',
  'Rows and columns alike': '行列相同',
  'Point at a pixel, or move over them with the arrow keys.': '指向一个像素，或用方向键在像素间移动。',
  'Row {0}, column {1}: never read.': '第 {0} 行，第 {1} 列：从未被读取。',
  'Row {0}, column {1}: read {2} times ({3} × {4}).': '第 {0} 行，第 {1} 列：读取 {2} 次（{3} × {4}）。',
  'Row {0}, column {1}: reaches {2} outputs ({3} × {4}).':
    '第 {0} 行，第 {1} 列：影响 {2} 个输出（{3} × {4}）。',
  'Maps of other than two axes are drawn up to {0} a side; their counts are in the table.':
    '不是两个轴的图只画到每边 {0} 个元素；其次数见表格。',
  never: '从未',
  'times used': '使用次数',
};
