// What the page says, in Chinese, by the English templates; one catalogue for the page's frame and one a screen.

import type { Catalogue } from 'padwise/words';
import { compare } from './chinese-compare.ts';
import { element } from './chinese-element.ts';
import { heat } from './chinese-heat.ts';
import { lab } from './chinese-lab.ts';
import { lessons } from './chinese-lessons.ts';
import { port } from './chinese-port.ts';
import { stack } from './chinese-stack.ts';

const shell: Catalogue = {
  Layer: '层',
  Compare: '对比',
  Heat: '热图',
  Stack: '多层',
  Port: '移植',
  Lessons: '课程',
  Screens: '页面',
  Theme: '主题',
  'As the system': '跟随系统',
  Light: '浅色',
  Dark: '深色',
  Keys: '快捷键',
  Close: '关闭',
  'Skip to the content': '跳到正文',
  'Loading …': '加载中……',
  'Figures are yours to use: CC0.': '图可任意使用：CC0。',
  'This screen could not be loaded. Reload the page to try again.': '此页面未能加载，请刷新后重试。',
  'Choose a figure with Tab or a click, then:': '用 Tab 键或单击选中一幅图，然后：',
  Space: '空格',
  'plays and pauses': '播放、暂停',
  'a step back, a step forward': '后退一步、前进一步',
  'move the window': '移动窗口',
  'the first step, the last step': '第一步、最后一步',
  'keeps the step while you point elsewhere': '固定当前步，指向别处也不变',
  'opens this list': '打开本列表',
  'This link is too long: {0} characters, at most {1} are read.':
    '链接过长：共 {0} 个字符，至多读取 {1} 个。',
  'This link was not understood; it does not begin with {0}.': '无法识别此链接：它不以 {0} 开头。',
  'This link was not understood; there is no screen {0}.': '无法识别此链接：没有名为 {0} 的页面。',
  'This link was not understood; it has more than {0} parts.': '无法识别此链接：它的部分超过 {0} 个。',
  'Something went wrong with what this link asks for.': '按此链接显示时出了问题。',
  'Begin anew': '重新开始',
  'At most {0} characters are read.': '至多读取 {0} 个字符。',
  'The reader could not be loaded; check the network.': '读取器未能加载，请检查网络。',
  'This was not understood: {0}': '无法识别：{0}',
  'Sizes are numbers such as 64 or 64x48.': '尺寸应为 64 或 64x48 这样的数。',
  'This link is damaged; its part {0} was not understood.': '链接已损坏：无法识别其中的 {0}。',
};

const controls: Catalogue = {
  '{0}: one less': '{0}：减一',
  '{0}: one more': '{0}：加一',
  'A whole number is needed here.': '这里需要一个整数。',
  'From {0} to {1}.': '应在 {0} 到 {1} 之间。',
  Copy: '复制',
  'Copy: {0}': '复制：{0}',
  'Copied.': '已复制。',
  'Saved.': '已保存。',
  'The browser did not allow it.': '浏览器不允许此操作。',
};

const figures: Catalogue = {
  'Space plays, comma and full stop step, arrows move the window, Enter keeps a step, question mark lists the keys.':
    '空格键播放，逗号和句号逐步移动，方向键移动窗口，回车键固定一步，问号列出快捷键。',
  kept: '已固定',
  Steps: '步骤',
  Step: '步',
  Speed: '速度',
  play: '播放',
  pause: '暂停',
  'a step back': '后退一步',
  'a step forward': '前进一步',
  'step {0} of {1}': '第 {0} 步，共 {1} 步',
  'Show as table': '以表格显示',
  'Copy or save': '复制或保存',
  'Copy the link': '复制链接',
  'Copy as SVG': '复制为 SVG',
  'Copy as PNG': '复制为 PNG',
  'Copy as Markdown': '复制为 Markdown',
  'Copy as iframe': '复制为 iframe',
  'Save as SVG': '保存为 SVG',
  'Save as PNG': '保存为 PNG',
  'Save as moving SVG': '保存为动态 SVG',
  'Save as GIF': '保存为 GIF',
};

/** The areas one by one, so that no sentence stands in two of them. */
export const areas: readonly Catalogue[] = [
  port,
  stack,
  shell,
  controls,
  figures,
  compare,
  heat,
  lab,
  lessons,
  element,
];

/** The page's sentences in Chinese. */
export const chinese: Catalogue = Object.assign({}, ...areas);
