// The sentences of an explanation in Chinese, line for line those of words.ts. A Chinese character is two columns wide, so
// that a label of two with five spaces ends where English ones do.

import type { Words } from './words.ts';

/** Chinese, simplified. */
export const chinese: Words = {
  axes: { 1: ['长度'], 2: ['高度', '宽度'], 3: ['深度', '高度', '宽度'] },
  and: '和',
  rows: { out: '输出', in: '输入', natural: '自然' },
  extent: (kernel, dilation, extent) =>
    `窗口     (${kernel} - 1) * ${dilation} + 1 = ${extent}，即覆盖 ${extent} 个位置`,
  samePads: (size, stride, extent, windows, total) =>
    total > 0
      ? `SAME     (ceil(${size} / ${stride}) - 1) * ${stride} + ${extent} - ${size} = (${windows} - 1) * ${stride} + ${extent} - ${size} = ${total}`
      : `SAME     max(0, (ceil(${size} / ${stride}) - 1) * ${stride} + ${extent} - ${size}) = 0`,
  windowPads: (extent, total) => `合计     ${extent} - 1 = ${total}，步幅为 1 时正好保持尺寸不变`,
  causalPads: (extent) => `因果     ${extent} - 1 = ${extent - 1}，全部在前`,
  noPads: '填充     无',
  pads: (before, after) => `填充     前 ${side(before)}，后 ${side(after)}`,
  fills: (before, after) => `填入     ${before === after ? before : `前 ${before}，后 ${after}`}`,
  overhang: (count) => `ceil     最后一个窗口超出填充 ${count} 个位置，这些位置不计入结果`,
  out: (terms, extent, stride, windows) =>
    `输出     floor((${sum(terms)} - ${extent}) / ${stride}) + 1 = ${windows}`,
  unpadded: (size, extent, stride, windows) =>
    size < extent
      ? `若不填充，输出为空：${size} 个位置放不下宽 ${extent} 的窗口`
      : `若不填充，则为 floor((${size} - ${extent}) / ${stride}) + 1 = ${windows}`,
  natural: (size, stride, extent, natural) =>
    `自然     (${size} - 1) * ${stride} + ${extent} = ${natural}，即写入 ${natural} 个位置`,
  cut: (low, high, kept) => `裁剪     前 ${cutSide(low)}，后 ${cutSide(high)}：保留 ${kept} 个`,
  empty: (room, extent) => `输出     0：${room} 个位置放不下宽 ${extent} 的窗口`,
  unread: (indices, count, size) => `未读     ${indices}：${size} 个元素中有 ${count} 个从未被读取`,
  remainder: (count) => `剩余     最后 ${count} 个位置不在任何窗口之内`,
  padded: (terms, windows) => `输出     ${sum(terms)} = ${windows}`,
  verdicts: {
    same: '像素相同',
    mirrored: '形状相同，但核是镜像的：请把权重沿每个轴翻转',
    shifted: '形状相同，像素不同',
    pixels: '形状相同，像素不同',
    numbers: '像素相同，数值不同：规则不同或分组不同',
    shape: '形状不同',
  },
  shift: (by, axes) => steps(by, axes),
  agreeing: (period, equal) => {
    if (equal.length === period) return '对任何尺寸都相同。';
    if (equal.length === 0) return '对任何尺寸都不相同。';
    if (period === 2) return `仅当尺寸为${equal[0] === 1 ? '奇' : '偶'}数时相同。`;
    return `仅当尺寸 mod ${period} = ${equal.join(' 或 ')} 时相同。`;
  },
};

/** 向下和向右错位 1 个像素；向下错位 1 个像素，向左错位 2 个像素。 */
function steps(by: readonly number[], axes: readonly string[]): string {
  const moved = by
    .map((n, i) => ({ size: Math.abs(n), way: direction(n, axes[i] ?? '') }))
    .filter(({ size }) => size > 0);
  const alike = moved.every(({ size }) => size === moved[0]?.size);
  if (alike) return `${moved.map(({ way }) => way).join('和')}错位 ${moved[0]?.size ?? 0} 个像素`;
  return moved.map(({ size, way }) => `${way}错位 ${size} 个像素`).join('，');
}

function side(count: number): string {
  return count < 0 ? `裁去 ${-count}` : String(count);
}

function cutSide(count: number): string {
  return count < 0 ? `补 ${-count} 个零` : String(count);
}

/** 8 + 3 - 1. */
function sum(terms: readonly number[]): string {
  return terms.map((term, i) => (i === 0 ? `${term}` : term < 0 ? ` - ${-term}` : ` + ${term}`)).join('');
}

function direction(by: number, axis: string): string {
  if (axis === '高度') return by > 0 ? '向下' : '向上';
  if (axis === '宽度') return by > 0 ? '向右' : '向左';
  return by > 0 ? '向后' : '向前';
}
