// Why does Stable Diffusion pad (0, 1, 0, 1)? Facts: docs/stable-diffusion.md.

import { figure } from 'padwise/draw';
import { samePads } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Copyable } from '../controls/copyable.tsx';
import { Stepper } from '../controls/stepper.tsx';
import { useExperiment } from './lesson.tsx';
import { Choice, Controls, Further, LessonFigure, Para } from './section.tsx';

const OURS = 'F.pad(x, (0, 1, 0, 1)); nn.Conv2d(128, 128, 3, stride=2)';
const USUAL = 'nn.Conv2d(128, 128, 3, stride=2, padding=1)';
const KERAS = 'layers.Conv2D(128, 3, strides=2, padding="same")';

/** The lesson. */
export function StableDiffusion(): JSX.Element {
  const pads = useExperiment('pads', {
    n: { least: 3, most: 24, usual: 8 },
    other: ['usual', 'theirs'] as const,
  });
  const { n, other } = pads.values;
  const [before, after] = samePads({ size: n, kernel: 3, stride: 2, dilation: 1 });
  const isUsual = other === 'usual';
  const drawn = useMemo(
    () =>
      figure(
        `shift 1x1x${n} k3 s2 p${isUsual ? '1' : '0,1'} -> 1 vs 1x1x${n} k3 s2 p${before},${after} -> 1 with names=${encodeURIComponent(isUsual ? 'padding=1' : 'F.pad')},SAME`,
      ),
    [n, isUsual, before, after],
  );
  const isAlike = isUsual ? before === 1 : before === 0;
  return (
    <>
      <Para
        text={say`The encoder of its autoencoder, written in PyTorch, halves the picture with these two lines. Why not simply \`padding=1\`?`}
      />
      <Copyable
        label={say`the encoder's two lines`}
        code={'x = F.pad(x, (0, 1, 0, 1))\nx = nn.Conv2d(128, 128, 3, stride=2, padding=0)(x)'}
      />
      <Controls>
        <Choice
          label={say`Against TensorFlow's SAME`}
          chosen={other}
          onChoose={(other) => pads.set({ other })}
          options={[
            ['usual', 'padding=1'],
            ['theirs', 'F.pad(x, (0, 1, 0, 1))'],
          ]}
        />
        <Stepper
          label={say`Size`}
          tone="size"
          value={n}
          min={3}
          max={24}
          onChange={(n, how) => pads.set({ n }, how)}
        />
      </Controls>
      <LessonFigure figure={drawn} of={pads} />
      <Para
        kind="finding"
        text={
          isAlike
            ? say`${n} pixels: SAME pads ${before} before and ${after} after. Both read the same pixels.`
            : say`${n} pixels: SAME pads ${before} before and ${after} after. The shape is the same, every pixel is another.`
        }
        tones={['size', 'pad', 'pad']}
      />
      <Para
        kind="point"
        text={say`**The two lines are TensorFlow's SAME in PyTorch's words: for an even size one pad is needed in all, and it goes after, at the bottom and at the right.**`}
      />
      <Para
        text={say`A port that tidies them up to \`padding=1\` loads the weights, gives the right shapes, and paints grey borders. Only for odd sizes is it the same.`}
      />
      <Further
        links={[
          [say`Compare padding=1 with SAME`, 'compare', [`${n}x${n}`, `=${USUAL}`, `=${KERAS}`]],
          [say`Open the two lines in the lab`, 'lab', [`${n}x${n}`, `=${OURS}`]],
          [say`Why PyTorch has no 'same' for this`, 'lessons', ['torch-same-stride']],
        ]}
      />
    </>
  );
}
