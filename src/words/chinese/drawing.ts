// The line that opens a figure (src/draw/drawing.ts), in Chinese.

import type { Catalogue } from '../sentence.ts';

/** What a drawing's line expects. */
export const drawing: Catalogue = {
  output: '输出',
  drawing: '图',
  layers: '层数',
  '{0} of {1}': '{1} 的 {0} 个',
  '{0} to {1} of {2}': '{2} 的 {0} 到 {1} 个',
  'one of {0}': '以下之一：{0}',
  'one with': '只有一个 with',
  'names, input, kernel, at, axis, limit or unpadded': 'names、input、kernel、at、axis、limit 或 unpadded',
  '{0} names': '{0} 个名称',
  '{0} steps for {1}, at most': '{1} 最多 {0} 步',
  '{0}, what the step before gives': '{0}，即上一步的输出',
  '{0} numbers': '{0} 个数',
  '{0} numbers at most': '最多 {0} 个数',
  '{0} indices': '{0} 个下标',
  '{0} outputs at most': '最多 {0} 个输出',
  'an axis of 0 to {0}': '0 到 {0} 的轴',
  'a limit of {0} to {1}': '{0} 到 {1} 的上限',
};
