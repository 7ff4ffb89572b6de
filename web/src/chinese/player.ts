// What the bar that plays a figure says, in Chinese: on the page and in <padwise-figure>.

import type { Catalogue } from 'padwise/words';

/** Sentences of the bar. */
export const player: Catalogue = {
  Steps: '步骤',
  play: '播放',
  pause: '暂停',
  'a step back': '后退一步',
  'a step forward': '前进一步',
  'step {0} of {1}': '第 {0} 步，共 {1} 步',
};
