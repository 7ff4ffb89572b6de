// Heat maps worth seeing.

import { say, type Text } from 'padwise/words';
import { FIRST, type HeatState, square } from './state.ts';

/** One of them. */
export interface Example {
  readonly title: Text;
  readonly state: HeatState;
}

const STACK = `nn.Sequential(
    nn.Conv2d(3, 8, 3, padding=1),
    nn.Conv2d(8, 8, 3, padding=1),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1),
)`;

/** In the order shown. */
export const examples: readonly Example[] = [
  { title: say`Kernels of 1, 2 and 3`, state: FIRST },
  {
    title: say`Padding: none, same, full`,
    state: { sizes: [8], maps: [square(3), square(3, 1, 1), square(3, 1, 2)] },
  },
  {
    title: say`Stride 2, two paddings`,
    state: { sizes: [8], maps: [square(3, 2), square(3, 2, 0, 1), square(3, 2, 1)] },
  },
  {
    title: say`Dilation and stride`,
    state: { sizes: [15], maps: [square(3, 1, 0, 0, 2), square(3, 2, 0, 0, 2)] },
  },
  { title: say`A stack of layers`, state: { sizes: [16], maps: [{ kind: 'code', code: STACK }] } },
  {
    title: say`A whole photo`,
    state: {
      sizes: [224],
      maps: [
        { kind: 'code', code: 'nn.Conv2d(3, 64, 7, stride=2, padding=3)' },
        { kind: 'code', code: 'nn.Conv2d(3, 96, 11, stride=4)' },
      ],
    },
  },
];
