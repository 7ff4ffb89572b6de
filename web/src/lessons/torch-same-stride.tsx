// Why does PyTorch refuse padding='same' with a stride? Facts: docs/torch-same-stride.md.

import { figure } from 'padwise/draw';
import { samePads } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Copyable } from '../controls/copyable.tsx';
import { Stepper } from '../controls/stepper.tsx';
import { useSpeech } from '../language.tsx';
import { useExperiment } from './lesson.tsx';
import { Controls, Further, LessonFigure, Para } from './section.tsx';

/** The lesson. */
export function TorchSameStride(): JSX.Element {
  const { t } = useSpeech();
  const pads = useExperiment('pads', {
    n: { least: 4, most: 20, usual: 8 },
    k: { least: 1, most: 9, usual: 3 },
    s: { least: 1, most: 6, usual: 2 },
  });
  const { n, k, s } = pads.values;
  const of = (size: number) => samePads({ size, kernel: k, stride: s, dilation: 1 });
  const [before, after] = of(n);
  const drawn = useMemo(
    () => figure(`strip 1x1x${n} k${k} s${s} p${before},${after} -> 1`),
    [n, k, s, before, after],
  );
  const sizes = Array.from({ length: 6 }, (_, i) => n + i);
  const steady = sizes.every((size) => of(size).join() === of(n).join());
  return (
    <>
      <Copyable
        label={say`the layer that is refused`}
        code={
          "nn.Conv2d(3, 64, 3, stride=2, padding='same')\nValueError: padding='same' is not supported for strided convolutions"
        }
      />
      <Controls>
        <Stepper
          label={say`Size`}
          tone="size"
          value={n}
          min={4}
          max={20}
          onChange={(n, how) => pads.set({ n }, how)}
        />
        <Stepper
          label={say`Kernel`}
          tone="kernel"
          value={k}
          min={1}
          max={9}
          onChange={(k, how) => pads.set({ k }, how)}
        />
        <Stepper
          label={say`Stride`}
          tone="stride"
          value={s}
          min={1}
          max={6}
          onChange={(s, how) => pads.set({ s }, how)}
        />
      </Controls>
      <LessonFigure figure={drawn} of={pads} />
      <div class="scroll">
        <table>
          <caption>{t(say`What SAME pads, by the size of the input`)}</caption>
          <thead>
            <tr>
              <th scope="row">{t(say`size`)}</th>
              {sizes.map((size) => (
                <th key={size} scope="col">
                  {size}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {([say`before`, say`after`] as const).map((side, i) => (
              <tr key={i}>
                <th scope="row">{t(side)}</th>
                {sizes.map((size) => (
                  <td key={size}>
                    <b class="tone pad">{of(size)[i]}</b>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Para
        kind="finding"
        text={
          steady
            ? say`Here the pads are the same for each of these sizes.`
            : say`The pads are others for other sizes.`
        }
      />
      <Para
        kind="point"
        text={say`**With a stride the padding would depend on the size of the input, and PyTorch's layers fix their padding when they are made.**`}
      />
      <Para
        text={say`At stride 1 it is kernel − 1 in all, whatever the size: there PyTorch takes 'same'. TensorFlow, Keras, JAX and Flax compute it anew for every input. In PyTorch you say it yourself:`}
      />
      <Copyable
        label={say`SAME for every size`}
        code={
          'h, w = x.shape[-2:]\nx = F.pad(x, (w % 2, 1, h % 2, 1))    # kernel 3, stride 2\nx = nn.Conv2d(3, 64, 3, stride=2)(x)'
        }
      />
      <Further
        links={[
          [
            say`Let padwise write it`,
            'port',
            [`${n}x${n} every`, 'torch', `=layers.Conv2D(64, ${k}, strides=${s}, padding="same")`],
          ],
          [say`Open this layer in the lab`, 'lab', [`${n}x${n} k${k} s${s}`, 'keras.same']],
          [say`What people write instead, and why it is shifted`, 'lessons', ['stable-diffusion']],
        ]}
      />
    </>
  );
}
