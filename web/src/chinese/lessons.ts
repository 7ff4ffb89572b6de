// The lessons in Chinese: what stands on every lesson, the textbook's page, its exercises, and the single questions.

import type { Catalogue } from 'padwise/words';
import { exercises } from './exercises.ts';
import { questions } from './questions.ts';

const around: Catalogue = {
  'There is no lesson called {0}; this is the first one.': '没有名为 {0} 的课程；这里显示第一课。',
  '{0} in this link was not understood.': '无法识别链接中的 {0}。',
  'Go on': '继续',
  Window: '窗口',
  Rule: '规则',
  Before: '前',
  After: '后',
  upper: 'upper',
  lower: 'lower',
  'Padding and stride': '填充和步幅',
  Exercises: '练习',
  'Why 32 and not 31?': '为什么是 32 而不是 31？',
  'Why does Stable Diffusion pad (0, 1, 0, 1)?': 'Stable Diffusion 为什么填充 (0,\u00a01,\u00a00,\u00a01)？',
  "Why does PyTorch refuse 'same' with a stride?": "PyTorch 为什么不允许带步幅的 'same'？",
  'SAME_UPPER or SAME_LOWER?': 'SAME_UPPER 还是 SAME_LOWER？',
  'The hidden rule of ceil_mode': 'ceil_mode 的隐藏规则',
  'What is output_padding?': 'output_padding 是什么？',
};

const counting: Catalogue = {
  'the input, element by element': '输入的各个元素',
  'windows that read it': '读取它的窗口数',
  'windows that have read it so far': '目前为止读取它的窗口数',
  'How often {0} elements are read by a window of {1}': '宽为 {1} 的窗口读取 {0} 个元素的次数',
  'No window fits.': '放不下任何窗口。',
  'Window {0} of {1}: read so far {2}.': '窗口 {0}，共 {1} 个：目前读取的次数为 {2}。',
};

const textbook: Catalogue = {
  'Two numbers decide how large the output of a convolution is and which pixels it looks at. The figures on this page move: play them, step through them, or point at an output.':
    '卷积的输出有多大、它看到哪些像素，由两个数决定。本页的图都会动：可以播放，可以逐步移动，也可以指向任意一个输出。',
  'Now try it yourself: the exercises': '自己动手：练习',
  'Change everything in the lab': '在“层”页面改变所有参数',
  'Pixels at the border count for less': '边缘的像素用得少',
  'Slide a 3×3 kernel over an 8×8 picture. A pixel in the corner lies under {0} of its windows, one in the middle under {1}. The larger the kernel, the less the border has to say:':
    '让 3×3 的卷积核滑过 8×8 的图像。角上的像素只被 {0} 个窗口覆盖，中间的像素被 {1} 个窗口覆盖。核越大，边缘的作用就越小：',
  'And every layer takes kernel − 1 rows and columns away. Ten layers of 5×5 leave {0}×{1} of {2}×{3}: {4} % of the picture is gone.':
    '而且每一层都会去掉“核 − 1”行和列。经过十层 5×5 的卷积，{2}×{3} 的图像只剩 {0}×{1}，少了 {4}%。',
  'Padding puts extra positions around the input, mostly zeros. Here a border of one zero surrounds a 3×3 input. The window multiplies what it covers by the kernel, number by number, and adds up:':
    '填充是在输入四周添加位置，通常填零。这里在 3×3 的输入四周填一圈零。窗口把覆盖的数与卷积核的数逐个相乘，再求和：',
  'With {0} before and {1} after, {2} elements and a kernel of {3} give':
    '前面填 {0} 个、后面填 {1} 个时，{2} 个元素与宽为 {3} 的核得到',
  "So before + after = kernel − 1 keeps the size. An odd kernel splits that evenly. For an even one somebody has to decide where the odd pad goes; TensorFlow, Keras, JAX and the 'same' of PyTorch put it after.":
    "所以“前 + 后 = 核 − 1”时，大小保持不变。核为奇数时，两侧平分；核为偶数时，总要有人决定多出的一个放在哪边：TensorFlow、Keras、JAX 以及 PyTorch 的 'same' 都放在后面。",
  'The window is longer than everything it could lie on: there is no output.':
    '窗口比输入连同填充还长，没有输出。',
  'The output is as large as the input.': '输出与输入一样大。',
  'The output is {0} smaller; a total padding of {1} would keep the size.':
    '输出小了 {0}；总共填充 {1} 个，大小才不变。',
  'The output is {0} larger; a total padding of {1} would keep the size.':
    '输出大了 {0}；总共填充 {1} 个，大小才不变。',
  'Does padding make all pixels count the same?': '填充让所有像素用得一样多吗？',
  'Many a textbook says so: with padding, all pixels are used equally often. Count it:':
    '不少教材这样写：填充之后，所有像素被使用的次数相同。数一数便知：',
  'same: keeps the size': 'same：大小不变',
  'full: kernel − 1 on both sides': '完全填充：两侧各填“核 − 1”',
  '**Padding that keeps the size helps the border, but does not make all pixels equal. Only full padding does.**':
    '**保持大小的填充对边缘有帮助，却不能让所有像素用得一样多；只有完全填充才可以。**',
  'All elements are read {0} times: they count the same.': '每个元素都被读取 {0} 次：用得一样多。',
  'A kernel of 1 reads every element once; it needs no padding.':
    '宽为 1 的核恰好读取每个元素一次，无需填充。',
  'The outermost element lies under {0} of the windows, one in the middle under {1}: they do not count the same.':
    '最外面的元素被 {0} 个窗口覆盖，中间的元素被 {1} 个窗口覆盖：用得并不一样多。',
  'Zeros show where the border is': '零会泄露边界的位置',
  'Zeros are no part of the picture, and the numbers beside them show it. A picture of ones under a kernel of ones gives 9 inside, 6 at an edge and 4 in a corner: a network can read its position off the padding. Mirrored padding does not give it away.':
    '零不是图像的一部分，从它旁边的输出就看得出来。全 1 的图像与全 1 的卷积核，内部得 9，边上得 6，角上得 4，于是网络能从填充读出自己的位置。镜像填充则不会泄露。',
  'The padding holds': '填充的内容',
  'the picture, mirrored': '镜像的图像',
  'The stride is how far the window moves. The same padded input, {0} rows and {1} columns at a time:':
    '步幅是窗口每次移动的距离。仍用刚才填充过的输入，每次向下移动 {0} 行、向右移动 {1} 列：',
  'Stride down': '向下的步幅',
  'Stride across': '向右的步幅',
  'With before + after = kernel − 1 the output is size / stride, rounded up; and exactly size / stride where the stride divides the size.':
    '当“前 + 后 = 核 − 1”时，输出等于“大小 / 步幅”向上取整；步幅整除大小时，正好是“大小 / 步幅”。',
  'What lies between two windows is never read, and a window that no longer fits at the end is not computed.':
    '相邻窗口之间的位置从未被读取，末尾放不下的窗口也不计算。',
  'The stride is larger than the kernel: what lies between two windows is never read.':
    '步幅比核大：相邻窗口之间的位置从未被读取。',
  'A window that no longer fits at the end is not computed: the hatched positions are never read.':
    '末尾放不下的窗口不计算：画斜线的位置从未被读取。',
  'The last window ends exactly where the padding ends.': '最后一个窗口正好到填充的末尾为止。',
};

const helper: Catalogue = {
  'One helper, four frameworks': '一个辅助函数，四个框架',
  'The helper `comp_conv2d(conv2d, X)` gives an 8×8 picture to a layer and tells the size that comes out. Choose a cell to see the layer:':
    '辅助函数 `comp_conv2d(conv2d, X)` 把 8×8 的图像交给一层，返回输出的大小。选择一格，看看对应的层：',
  'kernel and stride': '核与步幅',
  '{0}, stride {1}': '{0}，步幅 {1}',
  "{0} has no `padding=(0, 1)`; its 'valid' gives one column less, and {1} of the {2} columns are never read.":
    "{0} 没有 `padding=(0, 1)` 这种写法；用 'valid' 会少一列，{2} 列中有 {1} 列从未被读取。",
  '{0}: 8×8 becomes {1}.': '{0}：8×8 变成 {1}。',
  'The same shape, other pixels': '形状相同，像素不同',
  "In the third row all four say 4×4. They do not compute the same numbers: `padding=1` begins one pixel before the picture, TensorFlow's 'same' begins with it and adds its pad at the end.":
    "表中第三行，四个框架都得到 4×4，算出的数却不相同：`padding=1` 从图像之前一个像素开始，TensorFlow 的 'same' 从图像的开头开始，把填充放在末尾。",
  '**A check of the shape never sees this. A check of the geometry always does.**':
    '**检查形状，永远看不出来；检查几何，一看便知。**',
  'Compare the two': '对比两者',
};

/** What the lessons say. */
export const lessons: Catalogue = {
  ...around,
  ...counting,
  ...textbook,
  ...helper,
  ...exercises,
  ...questions,
};
