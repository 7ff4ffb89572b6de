// A picture as the numbers of a layer and back: three channels after each other, 0 to 1.

import { say, type Text } from 'padwise/words';

/** The largest side of a picture. */
export const LARGEST_SIDE = 4096;

/** A picture, its red, green and blue each on their own. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 3 x height x width. */
  readonly data: Float32Array<ArrayBuffer>;
}

/** A file's picture as the browser decodes it; a sentence where it is none, or too large. */
export async function decoded(file: Blob): Promise<Pixels | Text> {
  if (file.size > 64_000_000) return say`This file is too large: at most ${64} MB are read.`;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return say`The browser could not read this file as a picture. PNG and JPEG work everywhere.`;
  }
  const { width, height } = bitmap;
  if (width > LARGEST_SIDE || height > LARGEST_SIDE) {
    bitmap.close();
    return say`This picture is ${width}×${height}; at most ${LARGEST_SIDE} a side are computed here.`;
  }
  const context = surface(width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return pixelsOf(context.getImageData(0, 0, width, height));
}

/** A picture made of shapes, for who has none at hand. */
export function sample(): Pixels {
  const [width, height] = [320, 240];
  const context = surface(width, height);
  const sky = context.createLinearGradient(0, 0, 0, height);
  for (const [at, colour] of [
    [0, '#16335c'],
    [0.55, '#e8875a'],
    [0.75, '#f7d08a'],
  ] as const)
    sky.addColorStop(at, colour);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  const shape = (colour: string, points: readonly (readonly [number, number])[]) => {
    context.fillStyle = colour;
    context.beginPath();
    for (const [x, y] of points) context.lineTo(x, y);
    context.fill();
  };
  context.fillStyle = '#fff4d6';
  context.beginPath();
  context.arc(222, 112, 30, 0, 2 * Math.PI);
  context.fill();
  shape('#4a4a73', [
    [0, 190],
    [70, 96],
    [128, 168],
    [180, 120],
    [262, 190],
    [320, 150],
    [320, 240],
    [0, 240],
  ]);
  shape('#2a2f52', [
    [0, 214],
    [96, 158],
    [176, 214],
    [248, 176],
    [320, 216],
    [320, 240],
    [0, 240],
  ]);
  for (let i = 0; i < 9; i++) {
    const [x, y] = [14 + i * 36, 226 - ((i * 29) % 17)];
    shape('#101a2c', [
      [x, y - 44],
      [x + 11, y],
      [x - 11, y],
    ]);
  }
  for (let y = 0; y < 6; y++)
    for (let x = 0; x < 6; x++) {
      context.fillStyle = (x + y) % 2 === 0 ? '#ffffff' : '#101a2c';
      context.fillRect(16 + x * 8, 16 + y * 8, 8, 8);
    }
  return pixelsOf(context.getImageData(0, 0, width, height));
}

/** Shows numbers on a canvas; `differences` by their size, everything cut to 0 to 1. */
export function show(canvas: HTMLCanvasElement, pixels: Pixels, differences: boolean): void {
  const { width, height, data } = pixels;
  canvas.width = width;
  canvas.height = height;
  if (width === 0 || height === 0) return;
  const image = new ImageData(width, height);
  const count = width * height;
  for (let at = 0; at < count; at++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = data[channel * count + at] as number;
      image.data[at * 4 + channel] = 255 * (differences ? Math.abs(value) * 2 : value);
    }
    image.data[at * 4 + 3] = 255;
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

function surface(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
}

function pixelsOf({ width, height, data }: ImageData): Pixels {
  const count = width * height;
  const numbers = new Float32Array(3 * count);
  for (let at = 0; at < count; at++)
    for (let channel = 0; channel < 3; channel++)
      numbers[channel * count + at] = (data[at * 4 + channel] as number) / 255;
  return { width, height, data: numbers };
}
