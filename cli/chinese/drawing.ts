// What draw and heat say, in Chinese.

import type { Catalogue } from '../../src/words/index.ts';

/** Answers, failures and help of the figures. */
export const drawing: Catalogue = {
  'Draw a layer: SVG, PNG, GIF, TikZ, or on the terminal':
    '画出一个层：SVG、PNG、GIF、TikZ，或直接画在终端上',
  'Draw how often each pixel is used': '画出每个像素被使用的次数',
  'Draw a layer: its padded input, its window and the arithmetic, on the terminal or as a file':
    '画出一个层：填充后的输入、窗口和算式，画在终端上或写成文件',
  'Draw how often each pixel is used, by a layer or through a stack of them':
    '画出每个像素被使用的次数，可以是一个层，也可以是一叠层',
  // Help.
  "the layer: code, a .py file, - for standard input, a problem such as '1x1x8x8 k3 s2 p1 -> 1', or a figure written before; a second layer shows the shift":
    "层：代码、.py 文件、用 - 表示标准输入、'1x1x8x8 k3 s2 p1 -> 1' 这样的问题串，或以前写出的图；再给一个层则画出两者的错位",
  "the layer or layers in turn: code, a .py file, - for standard input, a problem such as '1x1x8x8 k3 -> 1', or a figure written before; several are drawn beside each other":
    "层，或依次相接的多个层：代码、.py 文件、用 - 表示标准输入、'1x1x8x8 k3 -> 1' 这样的问题串，或以前写出的图；给出多个则并排画出",
  '{0} (what suits the layer)': '{0}（默认选适合该层的）',
  'outputs shown at once, each in its colour: 0,0/2,2': '同时显示的输出，各用一种颜色：0,0/2,2',
  'numbers of the input, row by row: "0 1 2; 3 4 5" (0, 1, 2, ...)':
    '输入的数值，逐行给出："0 1 2; 3 4 5"（默认 0, 1, 2, ...）',
  'numbers of the kernel, row by row: "0 1; 2 3" (0, 1, 2, ...)':
    '核的数值，逐行给出："0 1; 2 3"（默认 0, 1, 2, ...）',
  'which layer of several in turn, from 1 on': '依次相接的层中的第几个，从 1 数起',
  'the axis drawn where only one is, from 0 on': '只画一个轴时画哪个轴，从 0 数起',
  'most positions of an axis that are drawn (14)': '每个轴最多画出多少个位置（14）',
  'what several layers are called: torch,keras': '各层的名称：torch,keras',
  'where to write: .svg, .png, .gif, .tex or .txt, - for standard output; without it, drawn here':
    '写到哪里：.svg、.png、.gif、.tex 或 .txt，- 表示标准输出；不写则画在终端上',
  'svg, png, gif, tex or txt, whatever the name ends in': 'svg、png、gif、tex 或 txt，不论文件名以什么结尾',
  'light, dark or print (light)': 'light（浅色）、dark（深色）或 print（印刷）（默认 light）',
  'pixels of a PNG or GIF for one of the figure ({0})': '图中一个单位在 PNG 或 GIF 里占几个像素（{0}）',
  "columns of a text drawing (the terminal's, or {0})": '字符图的列数（默认随终端，否则为 {0}）',
  'TikZ as a document of its own': '把 TikZ 写成可单独编译的文档',
  'the step shown: its number from 0, the output such as 1,2, or all (0)':
    '显示第几步：从 0 数起的编号、1,2 这样的输出，或 all（0）',
  'all steps side by side, so many a row': '所有步骤并排成连环画，每行这么多幅',
  'an SVG that plays its steps by itself': '自动播放各步的 SVG',
  'milliseconds of a step of what plays ({0})': '播放时每步停留的毫秒数（{0}）',
  // What is drawn.
  'only one of several layers comes from standard input': '多个层中只有一个可以来自标准输入',
  'SVG, PNG, GIF and TikZ files that padwise draw or heat wrote hold the line that opens them.':
    '由 padwise draw 或 heat 写出的 SVG、PNG、GIF 和 TikZ 文件才带有能重新打开它的那一行。',
  '{0} holds no figure of padwise': '{0} 中没有 padwise 的图',
  'cannot open the figure in {0}: {1}': '无法打开 {0} 中的图：{1}',
  'these layers slide no window, so there is nothing to draw': '这些层都没有滑动的窗口，因此没有可画的',
  '{0} draws one layer, these are {1}': '{0} 只画一个层，这里有 {1} 个',
  'Choose one with --layer 1 to {0}, or draw them all with --view reach or padwise heat.':
    '用 --layer 1 到 {0} 选一个，或用 --view reach 或 padwise heat 画出全部。',
  '--layer: expected 1 to {0}, received {1}': '--layer：应为 1 到 {0}，实际为 {1}',
  '{0}: expected {1} numbers for {2}, received {3}': '{0}：{2} 应有 {1} 个数，实际为 {3} 个',
  '--names: expected one for each layer, {0}, received {1}':
    '--names：应为每个层一个，共 {0} 个，实际为 {1} 个',
  '{0} compares two layers, received {1}': '{0} 比较两个层，实际为 {1} 个',
  '{0} draws one layer, received {1} beside each other': '{0} 只画一个层，实际并列给出 {1} 个',
  '{0} draws at most {1} layers beside each other, received {2}': '{0} 至多并排画 {1} 个层，实际为 {2} 个',
  '{0}: expected numbers, received nothing': '{0}：应为数，实际什么也没有',
  '{0}: expected a whole number, received {1}': '{0}：应为整数，实际为 {1}',
  '{0}: expected a number of {1} to {2}, received {3}': '{0}：应为 {1} 到 {2} 的数，实际为 {3}',
  '--at: expected outputs such as {0}, received {1}': '--at：应为 {0} 这样的输出，实际为 {1}',
  '--at: expected outputs up to {0}, received {1}': '--at：应为不超过 {0} 的输出，实际为 {1}',
  'Rows with semicolons between them, such as {0}.': '各行以分号隔开，例如 {0}。',
  '{0}: expected numbers, received {1}': '{0}：应为数，实际为 {1}',
  '{0}: row {1} is {2} long, the first one {3}': '{0}：第 {1} 行长 {2}，第一行长 {3}',
  '--input {0} is for code: this has its own input, {1}': '--input {0} 用于代码：这里的输入已经确定，为 {1}',
  'Change it in the line, {0}.': '请直接改问题串 {0}。',
  'no view {0}': '没有视图 {0}',
  // What is written.
  'no format {0}': '没有格式 {0}',
  'no theme {0}': '没有主题 {0}',
  '{0} is written into a file or a pipe, not onto a terminal': '{0} 只能写入文件或管道，不能直接显示在终端上',
  'Add -o figure.{0}.': '请加上 -o figure.{0}。',
  'cannot write {0}: expected a name that ends in .svg, .png, .gif, .tex or .txt':
    '无法写入 {0}：文件名应以 .svg、.png、.gif、.tex 或 .txt 结尾',
  '--format names the format of a file whose name does not.': '文件名看不出格式时，用 --format 指定。',
  'LaTeX makes a PDF of what -o figure.tex --standalone writes.':
    '用 -o figure.tex --standalone 写出的文档，LaTeX 可编译成 PDF。',
  'A .png holds pixels, a .svg lines; both open in any browser.':
    '.png 是位图，.svg 是矢量图，浏览器都能打开。',
  '{0} is for {1}, and this is {2}': '{0} 用于 {1}，而这里是 {2}',
  '--film and --animate exclude each other': '--film 与 --animate 不能同时使用',
  '--delay is for what plays: a GIF, or an SVG with --animate':
    '--delay 用于会播放的图：GIF，或带 --animate 的 SVG',
  'wrote {0}, {1}': '已写入 {0}，{1}',
  'this figure has {0} steps, at most {1} go into one file': '此图有 {0} 步，一个文件至多容纳 {1} 步',
  'Choose one with --step, or a smaller input.': '请用 --step 选一步，或换小一些的输入。',
  '--step: expected 0 to {0}, an output up to {1}, or all, received {2}':
    '--step：应为 0 到 {0}、不超过 {1} 的输出，或 all，实际为 {2}',
  '--step: this figure has only step 0, received {0}': '--step：此图只有第 0 步，实际为 {0}',
  '--step: expected 0 to {0}, or all, received {1}': '--step：应为 0 到 {0}，或 all，实际为 {1}',
  'a document of its own holds one step: leave out --standalone or --step all':
    '单独的文档只含一步：请去掉 --standalone 或 --step all',
  'drawing {0} of {1}': '正在绘制 {0} / {1}',
};
