// What the commands say of figures as pixels, in Chinese.

import type { Catalogue } from '../../src/words/index.ts';

/** Failures of PNG and GIF. */
export const figures: Catalogue = {
  'a scale is a number above 0, received {0}': '缩放倍数应大于 0，实际为 {0}',
  'the picture is too large: {0} pixels, at most {1} are drawn': '图太大：{0} 像素，至多绘制 {1} 像素',
  'A smaller scale gives fewer pixels.': '缩放倍数小一些，像素就少一些。',
  'the SVG cannot be drawn: {0}': '无法绘制该 SVG：{0}',
  'Chinese words in pixels need a Chinese font, and none of these is installed: {0}':
    '把中文画成像素需要中文字体，而以下字体都没有安装：{0}',
  'Install one of them, or write SVG, which needs none.': '请安装其中一种，或改为输出 SVG，SVG 不需要字体。',
  'a GIF has 1 to {0} frames, received {1}': 'GIF 应有 1 到 {0} 帧，实际为 {1} 帧',
  'a frame of a GIF stays 20 to {0} milliseconds, received {1}':
    'GIF 的每一帧停留 20 到 {0} 毫秒，实际为 {1} 毫秒',
  'a side of a GIF has at most {0} pixels, received {1}': 'GIF 的每边至多 {0} 像素，实际为 {1}',
  'the frames of a GIF have one size: frame {0} has {1} pixels, the first one {2}':
    'GIF 的各帧尺寸应当相同：第 {0} 帧为 {1} 像素，第一帧为 {2} 像素',
};
