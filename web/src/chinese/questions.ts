// The lessons of one question each, in Chinese.

import type { Catalogue } from 'padwise/words';

const why: Catalogue = {
  "`Conv2D(6, 4, strides=2, padding='same')` turns (1, 64, 64, 3) into (1, 32, 32, 6). I expected 31.":
    "`Conv2D(6, 4, strides=2, padding='same')` 作用于 (1, 64, 64, 3)，得到 (1, 32, 32, 6)。我以为应该是 31。",
  "**'same' fixes the number of outputs first: {0} / {1}, rounded up, is {2}. Then it pads just enough for that many windows.**":
    "**'same' 先定输出个数：{0} / {1} 向上取整，得 {2}；再填充到刚好放得下这么多窗口。**",
  'So many windows reach over ({0} − 1) × {1} + {2} = {3} positions, {4} more than there are: {5} before, {6} after.':
    '这么多窗口要占 ({0} − 1) × {1} + {2} = {3} 个位置，比输入多 {4} 个：前 {5}，后 {6}。',
  'So many windows reach over ({0} − 1) × {1} + {2} = {3} positions. There are {4}, so nothing is added.':
    '这么多窗口要占 ({0} − 1) × {1} + {2} = {3} 个位置。输入有 {4} 个，无需填充。',
  'Without padding it is {0} too.': '不填充，也是 {0}。',
  '{0} is the answer to another question: how many windows fit without padding?':
    '{0} 是另一个问题的答案：不填充时，放得下多少个窗口？',
  'Open this layer in the lab': '在“层”页面打开',
  'Where ports go wrong: the odd pad': '移植错在哪里：多出的那一个填充',
};

const diffusion: Catalogue = {
  'The encoder of its autoencoder, written in PyTorch, halves the picture with these two lines. Why not simply `padding=1`?':
    '它的自编码器用 PyTorch 写成，编码器用这两行把图像缩小一半。为什么不直接写 `padding=1`？',
  "the encoder's two lines": '编码器的两行代码',
  "Against TensorFlow's SAME": '与 TensorFlow 的 SAME 相比',
  '{0} pixels: SAME pads {1} before and {2} after. Both read the same pixels.':
    '{0} 个像素：SAME 在前面填 {1} 个，后面填 {2} 个。两者读取的像素相同。',
  '{0} pixels: SAME pads {1} before and {2} after. The shape is the same, every pixel is another.':
    '{0} 个像素：SAME 在前面填 {1} 个，后面填 {2} 个。形状相同，每个像素都不同。',
  "**The two lines are TensorFlow's SAME in PyTorch's words: for an even size one pad is needed in all, and it goes after, at the bottom and at the right.**":
    '**这两行就是用 PyTorch 写出的 TensorFlow SAME：大小为偶数时，总共只需一个填充，放在后面，也就是下边和右边。**',
  'A port that tidies them up to `padding=1` loads the weights, gives the right shapes, and paints grey borders. Only for odd sizes is it the same.':
    '把它们“整理”成 `padding=1` 的移植，权重能载入，形状全对，画出来的边缘却是灰的。只有大小为奇数时，两者才相同。',
  'Compare padding=1 with SAME': '对比 padding=1 与 SAME',
  'Open the two lines in the lab': '在“层”页面打开这两行',
  "Why PyTorch has no 'same' for this": "PyTorch 为什么没有这样的 'same'",
};

const refusal: Catalogue = {
  'the layer that is refused': '被拒绝的层',
  'What SAME pads, by the size of the input': '输入大小不同时 SAME 的填充',
  'Here the pads are the same for each of these sizes.': '这里，表中各个大小的填充都相同。',
  'The pads are others for other sizes.': '大小不同，填充就不同。',
  "**With a stride the padding would depend on the size of the input, and PyTorch's layers fix their padding when they are made.**":
    '**有了步幅，填充就取决于输入的大小，而 PyTorch 的层在创建时就定下了填充。**',
  "At stride 1 it is kernel − 1 in all, whatever the size: there PyTorch takes 'same'. TensorFlow, Keras, JAX and Flax compute it anew for every input. In PyTorch you say it yourself:":
    "步幅为 1 时，无论大小，总共填充“核 − 1”个，所以 PyTorch 接受 'same'。TensorFlow、Keras、JAX 和 Flax 对每个输入重新计算填充；在 PyTorch 里，要自己写出来：",
  'SAME for every size': '适用于任意大小的 SAME',
  'Let padwise write it': '让 padwise 来写',
  'What people write instead, and why it is shifted': '人们通常怎么写，为什么会错位',
};

const sides: Catalogue = {
  'Both keep size / stride outputs, rounded up, and both add the same number of pads in all. So what is the difference?':
    '两者的输出个数都是“大小 / 步幅”向上取整，填充的总数也相同。那么区别在哪里？',
  both: '两者',
  'The total to pad is {0}, an even number: half on each side, and the two rules agree.':
    '总共填充 {0} 个，是偶数：两侧各一半，两条规则一致。',
  'The total to pad is {0}, an odd number: UPPER splits it into {1} and {2}, LOWER into {3} and {4}.':
    '总共填充 {0} 个，是奇数：UPPER 分为前 {1} 后 {2}，LOWER 分为前 {3} 后 {4}。',
  "**They differ only in where an odd total's last pad goes: UPPER puts it after, LOWER before.**":
    '**区别只在于总数为奇数时，多出的一个放在哪里：UPPER 放在后面，LOWER 放在前面。**',
  who: '写法',
  which: '规则',
  'The last row is why a model exported from PyTorch is sometimes labelled SAME_LOWER, and why relabelling it SAME_UPPER moves every pixel.':
    '最后一行说明了为什么从 PyTorch 导出的模型有时被标成 SAME_LOWER，也说明了为什么改标成 SAME_UPPER 会让每个像素错位。',
  'Compare the two ONNX nodes': '对比这两个 ONNX 节点',
  'Open SAME_LOWER in the lab': '在“层”页面打开 SAME_LOWER',
  "TensorFlow, Keras, Flax, TensorFlow.js, TFLite, JAX 'SAME', Core ML same":
    "TensorFlow、Keras、Flax、TensorFlow.js、TFLite、JAX 'SAME'、Core ML same",
  'ONNX SAME_UPPER, OpenVINO same_upper, TensorRT SAME_UPPER':
    'ONNX SAME_UPPER、OpenVINO same_upper、TensorRT SAME_UPPER',
  "PyTorch padding='same', stride 1 only": "PyTorch padding='same'，仅限步幅 1",
  'ONNX, TensorRT and JAX SAME_LOWER, OpenVINO and Core ML same_lower':
    'ONNX、TensorRT、JAX 的 SAME_LOWER，OpenVINO 和 Core ML 的 same_lower',
  'PyTorch padding=1 with kernel 3 and stride 2': 'PyTorch padding=1，核 3，步幅 2',
  'reads what lower reads': '读到的与 lower 相同',
};

const ceiling: Catalogue = {
  '`nn.MaxPool2d(2, stride=2, padding=1, ceil_mode=True)` on a size of 5: the formula with the ceiling says 4. PyTorch says 3. Where is the fourth window?':
    '`nn.MaxPool2d(2, stride=2, padding=1, ceil_mode=True)` 作用于大小 5：按向上取整的公式应是 4，PyTorch 却说是 3。第四个窗口去哪儿了？',
  'PyTorch, ONNX': 'PyTorch、ONNX',
  'MXNet: the plain formula': 'MXNet：只按公式',
  'The last of these {0} windows would start at {1}, behind the {2} elements: it would read no input at all. PyTorch drops it: the output has {3}.':
    '这 {0} 个窗口中，最后一个要从 {1} 开始，已在 {2} 个元素之后，读不到任何输入。PyTorch 把它丢掉，输出有 {3} 个。',
  'The last window starts at {0}, on the input, and reaches {1} beyond the padding. It stays, and the output has {2}.':
    '最后一个窗口从 {0} 开始，起点在输入之内，伸出填充之外 {1} 个位置。它被保留，输出有 {2} 个。',
  'The windows fit exactly, so there is nothing to round: the output has {0}.':
    '窗口正好放满，无需取整：输出有 {0} 个。',
  '**A last window that would start beyond the input and the padding before it is dropped. It would read padding only, and a maximum of nothing is no number.**':
    '**最后一个窗口的起点如果超出了输入和它前面的填充，这个窗口就被丢掉。它读到的全是填充，而空集没有最大值。**',
  'For an average the rule has a second half: what lies beyond the padding counts neither as a zero nor in the divisor.':
    '对平均池化，这条规则还有后半句：填充之外的位置既不算作零，也不计入除数。',
  'Compare PyTorch and MXNet': '对比 PyTorch 与 MXNet',
};

const transposed: Catalogue = {
  'A convolution with a stride of 2 makes one size of two: 5 and 6 both become 3. The transposed convolution goes back. To which of them?':
    '步幅为 2 的卷积会把两种大小变成同一种：5 和 6 都变成 3。转置卷积反过来走，该回到哪一个？',
  "Keras 'same'": "Keras 'same'",
  '({0} − 1) × {1} + {2} = {3} positions are written; less {4} before and {5} after, that is {6}.':
    '写到 ({0} − 1) × {1} + {2} = {3} 个位置。前面裁掉 {4} 个，后面裁掉 {5} 个，剩下 {6} 个。',
  '({0} − 1) × {1} + {2} = {3} positions are written; less {4} before, and {5} more at the end that nothing is written to, that is {6}.':
    '写到 ({0} − 1) × {1} + {2} = {3} 个位置。前面裁掉 {4} 个，后面补上 {5} 个没有写到的位置，共 {6} 个。',
  '**`output_padding` cuts less off the end: it chooses the larger of the sizes that would have become this one. What comes back at the end is no padding: the kernel has written there.**':
    '**`output_padding` 让末尾少裁一些：几种大小都会变成眼前这一个，它选其中较大的。末尾多留下的不是填充，卷积核已经写到那里。**',
  "Keras' 'same' cuts the odd one off the end and PyTorch off the beginning. So both can double the size, and are shifted against each other by one. No arguments of PyTorch's layer say what Keras computes here; a crop after it does.":
    "多出的一个，Keras 的 'same' 从末尾裁掉，PyTorch 从开头裁掉。两者都能使大小加倍，彼此却错开一个位置。PyTorch 的层没有哪组参数能算出 Keras 的结果；在它之后再裁剪就可以。",
  'What a transposed convolution is': '什么是转置卷积',
};

/** What these lessons say. */
export const questions: Catalogue = {
  ...why,
  ...diffusion,
  ...refusal,
  ...sides,
  ...ceiling,
  ...transposed,
};
