// What <padwise-figure> says besides what the playground's figures say, in Chinese.

import type { Catalogue } from 'padwise/words';

/** The element's own sentences. */
export const element: Catalogue = {
  'Space plays, comma and full stop step, arrows move the window.':
    '空格键播放，逗号和句号逐步移动，方向键移动窗口。',
  'This figure was not understood: {0}': '无法识别此图：{0}',
  'This element needs a figure, such as figure="window 1x1x8x8 k3 -> 1".':
    '此元素需要 figure 属性，例如 figure="window 1x1x8x8 k3 -> 1"。',
  'This figure could not be drawn.': '无法绘制此图。',
};
