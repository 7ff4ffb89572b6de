// Plans and their reasons, and what the engine says of what it is given, in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of plans, settings and prepared layers. */
export const plan: Catalogue = {
  'numbers of 64 bits': '64 位的数',
  'a pad only copies': '填充只是复制',
  '{0} operations, compiling pays from {1}': '只有 {0} 次运算，从 {1} 次起才值得编译',
  '{0} taps, code is generated for at most {1}': '有 {0} 个抽头，至多为 {1} 个生成代码',
  'input and output of {0} bytes, generated code takes {1}':
    '输入和输出共 {0} 字节，生成的代码至多处理 {1} 字节',
  'a pool of padding that is not its own': '池化的填充值不是它自己的',
  'windows without weights': '没有权重的窗口',
  'constant padding other than zero': '填充的常数不是零',
  'holes in the input and padding that copies it': '输入中有空洞，填充又是复制来的',
  'a group for each channel': '每个通道一组',
  'windows times filters': '窗口乘以滤波器',
  'a small convolution for each phase of its holes': '空洞的每个相位各是一个小卷积',
  'strict sums, so no Winograd': '求和是严格的，因此不用 Winograd',
  'Winograd pays from {0} channels': '从 {0} 个通道起才值得用 Winograd',
  'kernels of 3 and stride 1, half the multiply-adds along each axis':
    '核为 3、步幅为 1：沿每个轴只需一半的乘加',
  '{0}: {1} ({2}){3}, {4} multiply-adds, output {5} bytes, workspace {6} bytes':
    '{0}：{1}（{2}）{3}，{4} 次乘加，输出 {5} 字节，工作区 {6} 字节',
  '{0}, packed weights {1} bytes, transposed {2} bytes': '{0}，打包的权重 {1} 字节，转置 {2} 字节',
  "configure: expected precision 'default' or 'strict', wide 'auto', 'on' or 'off', threads, compileFrom and parallelFrom from 0, received {0} {1}":
    "configure：precision 应为 'default' 或 'strict'，wide 应为 'auto'、'on' 或 'off'，threads、compileFrom 和 parallelFrom 应 >= 0，实际为 {0} {1}",
  'this tensor was given up: its numbers are gone': '这个张量已经释放：其中的数已经没有了',
};
