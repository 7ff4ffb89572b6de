// A figure as an animated GIF: each frame painted by the browser, its colours counted, its pixels packed by gifenc.

import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import { type Figure, type SvgOptions, svg } from 'padwise/draw';
import { painted } from './copy-menu.tsx';

/** The most frames of a GIF; of more, as many are taken at even distances. */
const MOST = 200;

/** The figure, a second a frame. */
export async function gif(figure: Figure, options: SvgOptions): Promise<Blob> {
  const encoder = GIFEncoder();
  const count = Math.min(MOST, figure.frames);
  for (let i = 0; i < count; i++) {
    const index = Math.floor((i * figure.frames) / count);
    const canvas = await painted(svg(figure.frame(index), figure.source, options), 1);
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
    if (pixels === undefined) throw new Error('no canvas');
    const palette = quantize(pixels, 256);
    encoder.writeFrame(applyPalette(pixels, palette), width, height, { palette, delay: 1000 });
  }
  encoder.finish();
  return new Blob([encoder.bytes() as BlobPart], { type: 'image/gif' });
}
