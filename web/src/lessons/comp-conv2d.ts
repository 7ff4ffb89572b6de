// One helper in four frameworks: comp_conv2d adds batch and channel to an 8x8 picture, applies the layer and says the size
// that comes out. The layers of the textbook, each as people write it and as the figure's line; comp-conv2d.test.ts reads the code
// and finds the same geometry.

import { outputShape, parse } from 'padwise/geometry';

/** The frameworks, as padwise calls them. */
export const FRAMEWORKS = ['torch', 'mxnet', 'flax', 'keras'] as const;

/** One of {@link FRAMEWORKS}. */
export type Framework = (typeof FRAMEWORKS)[number];

/** What people call them. */
export const TITLES: Readonly<Record<Framework, string>> = {
  torch: 'PyTorch',
  mxnet: 'MXNet',
  flax: 'JAX',
  keras: 'TensorFlow',
};

/** A layer as code, and as a problem string on the 8x8 picture. */
export interface Written {
  readonly code: string;
  readonly line: string;
}

/** One of the textbook's layers in the four frameworks. */
export interface Example {
  readonly name: string;
  /** Its kernel and its stride, as people write them. */
  readonly kernel: string;
  readonly stride: string;
  readonly layers: Readonly<Record<Framework, Written>>;
}

const example = (
  name: string,
  [kernel, stride]: readonly [string, string],
  lines: Readonly<Record<Framework, string>>,
  codes: Readonly<Record<Framework, string>>,
): Example => ({
  name,
  kernel,
  stride,
  layers: Object.fromEntries(
    FRAMEWORKS.map((one) => [one, { code: codes[one], line: lines[one] }]),
  ) as Example['layers'],
});
const all = (line: string, keras = line, flax = line) => ({ torch: line, mxnet: line, flax, keras });

/** The examples. */
export const EXAMPLES: readonly Example[] = [
  example('keeps', ['3×3', '1'], all('1x1x8x8 k3 p1 -> 1'), {
    torch: 'nn.LazyConv2d(1, 3, padding=1)',
    mxnet: 'gluon.nn.Conv2D(1, 3, padding=1)',
    flax: "linen.Conv(1, (3, 3), padding='SAME')",
    keras: "layers.Conv2D(1, 3, padding='same')",
  }),
  example('oblong', ['5×3', '1'], all('1x1x8x8 k5x3 p2x1 -> 1'), {
    torch: 'nn.LazyConv2d(1, (5, 3), padding=(2, 1))',
    mxnet: 'gluon.nn.Conv2D(1, (5, 3), padding=(2, 1))',
    flax: 'linen.Conv(1, (5, 3), padding=(2, 1))',
    keras: "layers.Conv2D(1, (5, 3), padding='same')",
  }),
  example('halves', ['3×3', '2'], all('1x1x8x8 k3 s2 p1 -> 1', '1x1x8x8 k3 s2 p0,1 -> 1'), {
    torch: 'nn.LazyConv2d(1, 3, padding=1, stride=2)',
    mxnet: 'gluon.nn.Conv2D(1, 3, padding=1, strides=2)',
    flax: 'linen.Conv(1, (3, 3), padding=1, strides=2)',
    keras: "layers.Conv2D(1, 3, padding='same', strides=2)",
  }),
  example('odd', ['3×5', '3×4'], all('1x1x8x8 k3x5 s3x4 p0x1 -> 1', '1x1x8x8 k3x5 s3x4 -> 1'), {
    torch: 'nn.LazyConv2d(1, (3, 5), padding=(0, 1), stride=(3, 4))',
    mxnet: 'gluon.nn.Conv2D(1, (3, 5), padding=(0, 1), strides=(3, 4))',
    flax: 'linen.Conv(1, (3, 5), padding=(0, 1), strides=(3, 4))',
    keras: "layers.Conv2D(1, (3, 5), padding='valid', strides=(3, 4))",
  }),
];

/** The size that comes out, as 8×8. */
export function comesOut({ line }: Written): string {
  return outputShape(parse(line)).slice(2).join('×');
}
