// The exercises in Chinese.

import type { Catalogue } from 'padwise/words';

const page: Catalogue = {
  'Six exercises of the textbook. An answer is checked while you type, by computing it; your browser remembers it, and nobody else does.':
    '教材中的六道练习。输入时即时计算并批改；答案只保存在你的浏览器里。',
  Solved: '已答对',
  '{0} of {1} answered': '已答对 {0} 题，共 {1} 题',
  'Begin again': '重新开始',
  'Back to the lesson': '回到课文',
  'The same questions about your own layer': '用自己的层来回答这些问题',
  'Show how it works out': '看解答',
  'A hint': '提示',
  'A number is needed here.': '这里需要一个数。',
  '{0} numbers are needed here.': '这里需要 {0} 个数。',
  'That is {0} numbers; {1} are needed.': '写了 {0} 个数，需要 {1} 个。',
  'Not yet.': '还不对。',
  'Not yet: look at number {0} again.': '还不对：再看看第 {0} 个数。',
  'Right so far: {0} of {1}.': '目前都对：已写 {0} 个，共 {1} 个。',
  'Right.': '正确。',
  'a single 1': '单个 1',
  '½ and ½': '½ 和 ½',
  multiplications: '乘法次数',
  share: '占比',
};

const asked: Catalogue = {
  'Check the last shape': '验证最后一个形状',
  'An 8×8 picture, a kernel of 3×5, a padding of 0 above and below and 1 left and right, a stride of 3 down and 4 across.':
    '8×8 的图像，3×5 的卷积核，上下填充 0、左右填充 1，向下步幅 3、向右步幅 4。',
  'Height and width of the output?': '输出的高和宽各是多少？',
  '⌊(size + before + after − kernel) / stride⌋ + 1, once for each axis. Height: (8 + 0 + 0 − 3) / 3. Width: (8 + 1 + 1 − 5) / 4.':
    '⌊(大小 + 前 + 后 − 核) / 步幅⌋ + 1，每条轴各算一次。高：(8 + 0 + 0 − 3) / 3；宽：(8 + 1 + 1 − 5) / 4。',
  'The window fits twice down and twice across. The last two rows lie in no window, nor does the last column of the padding.':
    '窗口在竖直和水平方向各放得下两次。最后两行不在任何窗口之内，填充的最后一列也是。',
  'What does a stride of 2 mean for sound?': '对声音来说，步幅 2 意味着什么？',
  'Sound is a row of samples, 44100 a second. A layer with a kernel of 1 and a stride of 2 reads it.':
    '声音是一串采样，每秒 44100 个。用核为 1、步幅为 2 的一层来读取它。',
  'How many samples a second are left?': '每秒还剩多少个采样？',
  'A window at every second sample: half of them.': '每隔一个采样有一个窗口：剩下一半。',
  'The fastest sound there is goes 1, −1, 1, −1, 1, −1, 1, −1. Which four numbers come out?':
    '振动最快的声音是 1, −1, 1, −1, 1, −1, 1, −1。输出是哪四个数？',
  'The windows stand at 0, 2, 4 and 6. Which samples are there?':
    '窗口位于 0、2、4、6。这些位置的采样是什么？',
  'And if the layer averages two neighbours, with a kernel of ½ and ½?':
    '如果先对相邻两个采样取平均，即核为 ½ 和 ½ 呢？',
  'The window at 0 now reads 1 and −1.': '位于 0 的窗口现在读到 1 和 −1。',
  'Half the sampling rate. What vibrates faster than it can hold comes back as something slower: here as a constant. That is called aliasing. An average before the stride makes it silence, as it should be.':
    '采样率减半。振动太快、新采样率装不下的成分，会以更慢的样子重新出现，这里成了常数，这叫混叠。先取平均再跨步，它就如所应当地变成静音。',
  'Mirror padding': '镜像填充',
  'The row 1 2 3 4 is to be padded by two on either side, not with zeros but with its own mirror image.':
    '在 1 2 3 4 这一行的两侧各填充两个数，填的不是零，而是它自己的镜像。',
  '`reflect`: the mirror stands on the last element, which is not repeated. Write all eight numbers.':
    '`reflect`：镜面就在最后一个元素上，该元素不重复。写出全部八个数。',
  'To the right of 4 come 3 and 2. To the left of 1 it is the same the other way round.':
    '4 的右边依次是 3 和 2；1 的左边同理，方向相反。',
  '`symmetric`: the mirror stands behind the last element, which is repeated.':
    '`symmetric`：镜面在最后一个元素之后，该元素会重复。',
  'To the right of 4 comes 4 again, then 3.': '4 的右边先是 4，再是 3。',
  'The padded cells show what they hold. No zero, so no hint at where the border is.':
    '填充的格子里写着它们的值。没有零，也就看不出边界在哪里。',
  'What does a stride larger than 1 save?': '大于 1 的步幅节省了什么？',
  'A layer from 64 channels to 64 on 224×224 pixels, with a 3×3 kernel and a padding of 1.':
    '一层卷积，输入 224×224，64 个通道到 64 个通道，核为 3×3，填充为 1。',
  'By how many times do the multiplications shrink with a stride of 2 instead of 1?':
    '步幅由 1 改为 2，原来的乘法次数是现在的多少倍？',
  'Every output costs the same. Count the outputs: 224×224 become 112×112.':
    '每个输出的计算量相同。数一数输出：224×224 变成了 112×112。',
  'And with a stride of 4?': '步幅为 4 呢？',
  '224 / 4 = 56 on both axes.': '两条轴上都是 224 / 4 = 56。',
  'Work and memory shrink by the stride on every axis: by its square in a picture.':
    '计算量和内存在每条轴上都按步幅减少；对图像来说，就是按步幅的平方减少。',
  'And what is its statistical benefit?': '它在统计上有什么好处？',
  'Neighbouring windows read partly the same, so their outputs repeat each other. Take a kernel of 3.':
    '相邻窗口读取的内容有一部分相同，输出也就互相重复。设核为 3。',
  'What part of a window does its neighbour read too, at a stride of 2?':
    '步幅为 2 时，一个窗口有多大一部分也被相邻窗口读取？',
  'Window 0 reads 0, 1, 2; window 1 reads 2, 3, 4.': '窗口 0 读取 0、1、2，窗口 1 读取 2、3、4。',
  'From which stride on do they share nothing?': '步幅从多大起，相邻窗口不再有共同的元素？',
  'Move the second window until it begins where the first one ends.':
    '移动第二个窗口，直到它从第一个窗口的末尾之后开始。',
  'White noise under an averaging kernel of 3: neighbouring outputs correlate by just the part that their windows share, 2/3 at stride 1, 1/3 at stride 2, not at all at stride 3. A stride throws away mostly what was said twice.':
    '用宽为 3 的平均核作用于白噪声，相邻输出的相关系数正好等于窗口共有的比例：步幅 1 时为 2/3，步幅 2 时为 1/3，步幅 3 时不相关。步幅丢掉的，多半是重复的内容。',
  'What is a stride of 1/2?': '步幅 1/2 是什么？',
  'A transposed convolution with a stride of 2: every input element writes the whole kernel, two positions after the one before it. Three elements 1 2 3, a kernel 1 10 100.':
    '就是步幅为 2 的转置卷积：每个输入元素都写出整个卷积核，彼此相隔两个位置。输入是 1 2 3 三个元素，核为 1 10 100。',
  'How many positions are written?': '共写到多少个位置？',
  'The last element begins at (3 − 1) × 2 and writes 3.': '最后一个元素从 (3 − 1) × 2 开始，写 3 个位置。',
  'What stands at position 2, where two of them write?': '位置 2 有两个元素写入，它的值是多少？',
  'The first writes its last tap there, the second its first: 1 × 100 + 2 × 1.':
    '第一个元素在那里写入核的最后一个数，第二个元素写入第一个数：1 × 100 + 2 × 1。',
  'Write all of them.': '写出全部的数。',
  '1, 10, then the sum you have; the second element goes on with 20, and so on.':
    '先是 1、10，然后是刚才的和；第二个元素接着写 20，依此类推。',
  'It doubles the size, as the decoder of a segmentation network needs it. Some positions are written twice, others once, because 2 does not divide 3: that is the checkerboard in generated pictures.':
    '它使大小加倍，分割网络的解码器正需要这样。由于 2 不整除 3，有的位置写两次，有的只写一次：生成图像中的棋盘格就是这样来的。',
};

/** What the exercises say. */
export const exercises: Catalogue = { ...page, ...asked };
