// The figures of the pages, each one line of padwise draw: npm run picture writes them, light and dark, in both languages, and
// a test fails while a file is anything else.

import { dark, figure, light, svg } from '../src/draw/index.ts';
import { chinese } from '../src/words/chinese/index.ts';

const UTILISED = [1, 2, 3].map((kernel) => `1x1x8x8 k${kernel} -> 1`).join(' vs ');
const PADDED = ['', ' p1', ' p2'].map((pads) => `1x1x8x8 k3${pads} -> 1`).join(' vs ');
const DEPTHS = ['p1', 'p0,1'].map((pads) =>
  [32, 16, 8, 4].map((size) => `1x1x${size} k3 s2 ${pads} -> 1`).join(' then '),
);
const FRAMEWORKS = "names=torch%20padding%3D1,keras%20'same'";

/** What each figure is, and which frame of it is printed. */
const DRAWN: Readonly<Record<string, readonly [line: string, frame: number]>> = {
  utilisation: [`heat ${UTILISED} with names=1x1,2x2,3x3`, 0],
  pads: [`heat ${PADDED} with names=valid,same,full`, 0],
  padded: ['window 1x1x3x3 k2 p1 -> 1', 1],
  strided: ['window 1x1x3x3 k2 s3x2 p1 -> 1 with at=0,0/0,1/1,0/1,1', 0],
  why: ['strip 1x1x64 k4 s2 p1 -> 1 with unpadded', 31],
  dilated: ['window 1x1x7x7 k3 d2 p2 s2 -> 1', 5],
  causal: ['window 1x1x8 k3 d2 p4,0 -> 1', 5],
  ceil: ['window 1x1x5x5 max k2 s2 o1', 8],
  scatter: ['scatter 1x1x3x3 k3 i2 p1 flip -> 1', 4],
  slices: ['window 1x1x4x4x4 k2 s2 -> 1', 0],
  channels: ['channels 1x8x8x8 k3 p1 g4 -> 8', 2],
  reach: ['reach 1x1x32 k3 s2 p1 -> 1 then 1x1x16 k3 s2 p1 -> 1 then 1x1x8 k3 p1 -> 1', 2],
  shift: [`shift 1x1x8 k3 s2 p1 -> 1 vs 1x1x8 k3 s2 p0,1 -> 1 with ${FRAMEWORKS}`, 0],
  drift: [`drift ${DEPTHS.join(' vs ')} with ${FRAMEWORKS}`, 0],
};

/** Every file by its name. */
export function figures(): Readonly<Record<string, string>> {
  const files = Object.entries(DRAWN).flatMap(([name, [line, frame]]) => {
    const drawn = figure(line);
    const picture = drawn.frame(Math.min(frame, drawn.frames - 1));
    const zh = { catalogue: chinese, language: 'zh-CN' };
    return [
      [`${name}.svg`, svg(picture, drawn.source, { theme: light })],
      [`${name}.dark.svg`, svg(picture, drawn.source, { theme: dark, ground: false })],
      [`${name}.zh.svg`, svg(picture, drawn.source, { theme: light, ...zh })],
      [`${name}.zh.dark.svg`, svg(picture, drawn.source, { theme: dark, ground: false, ...zh })],
    ];
  });
  return Object.fromEntries(files);
}
