// The lessons, in the order they are read. Their names are those of the pages in docs/ that tell the same at length.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { CeilMode } from './ceil-mode.tsx';
import { Exercises } from './exercises.tsx';
import { OutputPadding } from './output-padding.tsx';
import { SameUpperLower } from './same-upper-lower.tsx';
import { StableDiffusion } from './stable-diffusion.tsx';
import { Textbook } from './textbook.tsx';
import { TorchSameStride } from './torch-same-stride.tsx';
import { Why32 } from './why-32.tsx';

/** One lesson. */
export interface Lesson {
  /** As the address names it. */
  readonly name: string;
  readonly title: Text;
  readonly component: () => JSX.Element;
}

/** The textbook first, then its exercises, then single questions. */
export const LESSONS: readonly [Lesson, ...Lesson[]] = [
  { name: 'padding-and-stride', title: say`Padding and stride`, component: Textbook },
  { name: 'exercises', title: say`Exercises`, component: Exercises },
  { name: 'why-32', title: say`Why 32 and not 31?`, component: Why32 },
  {
    name: 'stable-diffusion',
    title: say`Why does Stable Diffusion pad (0, 1, 0, 1)?`,
    component: StableDiffusion,
  },
  {
    name: 'torch-same-stride',
    title: say`Why does PyTorch refuse 'same' with a stride?`,
    component: TorchSameStride,
  },
  { name: 'same-upper-lower', title: say`SAME_UPPER or SAME_LOWER?`, component: SameUpperLower },
  { name: 'ceil-mode', title: say`The hidden rule of ceil_mode`, component: CeilMode },
  { name: 'output-padding', title: say`What is output_padding?`, component: OutputPadding },
];
