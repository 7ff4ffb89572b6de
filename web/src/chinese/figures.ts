// What stands around every figure of the page, in Chinese.

import type { Catalogue } from 'padwise/words';

/** Sentences of a figure's keys, its table and its menu. */
export const figures: Catalogue = {
  'Space plays, comma and full stop step, arrows move the window, Enter keeps a step, question mark lists the keys.':
    '空格键播放，逗号和句号逐步移动，方向键移动窗口，回车键固定一步，问号列出快捷键。',
  kept: '已固定',
  Step: '步',
  Speed: '速度',
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
