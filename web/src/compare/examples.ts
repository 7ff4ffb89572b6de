// Comparisons worth seeing: ports that people make, and what they do to the pixels.

import { say, type Text } from 'padwise/words';
import { type CompareState, FIRST } from './state.ts';

/** One of them. */
export interface Example {
  readonly title: Text;
  readonly state: CompareState;
}

const of = (size: number, ...codes: string[]): CompareState => ({ ...FIRST, sizes: [size], codes });

/** In the order shown. */
export const examples: readonly Example[] = [
  { title: say`ResNet’s first layer`, state: FIRST },
  {
    title: say`An even kernel: equal`,
    state: of(
      64,
      'keras.layers.Conv2D(6, 4, strides=2, padding="same")',
      'nn.Conv2d(3, 6, 4, stride=2, padding=1)',
    ),
  },
  {
    title: say`Max pooling`,
    state: of(
      112,
      'nn.MaxPool2d(3, stride=2, padding=1)',
      'keras.layers.MaxPooling2D(3, strides=2, padding="same")',
    ),
  },
  {
    title: say`Transposed`,
    state: of(
      16,
      'keras.layers.Conv2DTranspose(8, 3, strides=2, padding="same")',
      'nn.ConvTranspose2d(3, 8, 3, stride=2, padding=1, output_padding=1)',
    ),
  },
  {
    title: say`Four frameworks`,
    state: of(
      64,
      'nn.Conv2d(3, 8, 3, stride=2, padding=1)',
      'keras.layers.Conv2D(8, 3, strides=2, padding="same")',
      'flax.linen.Conv(8, (3, 3), strides=(2, 2))',
      'mxnet.gluon.nn.Conv2D(8, 3, strides=2, padding=1)',
    ),
  },
];
