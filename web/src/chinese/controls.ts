// What fields and buttons say on every screen, in Chinese.

import type { Catalogue } from 'padwise/words';

/** Sentences of the controls. */
export const controls: Catalogue = {
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
