// The textbook's helper side by side: what the four frameworks make of an 8x8 picture, as a table to choose from; the figure
// of the chosen one; and where equal shapes hide different pixels.

import { figure } from 'padwise/draw';
import { parse, unread } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { printAddress } from '../address.ts';
import { Copyable } from '../controls/copyable.tsx';
import { useSpeech, Words } from '../language.tsx';
import { comesOut, EXAMPLES, type Example, FRAMEWORKS, type Framework, TITLES } from './comp-conv2d.ts';
import { useExperiment } from './lesson.tsx';
import { LessonFigure, Para, Section } from './section.tsx';

/** The section, and the one on what it hides. */
export function Frameworks(): JSX.Element {
  const { t } = useSpeech();
  const chosen = useExperiment('helper', {
    layer: ['odd', 'halves', 'oblong', 'keeps'] as const,
    framework: ['keras', 'torch', 'mxnet', 'flax'] as const,
  });
  const { layer, framework } = chosen.values;
  const example = EXAMPLES.find(({ name }) => name === layer) as Example;
  const written = example.layers[framework];
  const drawn = useMemo(() => figure(`window ${written.line}`), [written.line]);
  const columns = unread(parse(written.line).axes[1] as Parameters<typeof unread>[0]);
  const cell = (one: Example, by: Framework) => (
    <td key={by}>
      <button
        type="button"
        class="plain"
        aria-pressed={one.name === layer && by === framework}
        onClick={() => chosen.set({ layer: one.name as typeof layer, framework: by })}
      >
        {comesOut(one.layers[by])}
      </button>
    </td>
  );
  return (
    <>
      <Section name="helper" title={say`One helper, four frameworks`}>
        <Para
          text={say`The helper \`comp_conv2d(conv2d, X)\` gives an 8×8 picture to a layer and tells the size that comes out. Choose a cell to see the layer:`}
        />
        <div class="scroll">
          <table class="helper">
            <thead>
              <tr>
                <th scope="col">{t(say`kernel and stride`)}</th>
                {FRAMEWORKS.map((one) => (
                  <th key={one} scope="col">
                    {TITLES[one]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {EXAMPLES.map((one) => (
                <tr key={one.name}>
                  <th scope="row">{t(say`${one.kernel}, stride ${one.stride}`)}</th>
                  {FRAMEWORKS.map((by) => cell(one, by))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Copyable code={written.code} label={TITLES[framework]} />
        <LessonFigure figure={drawn} of={chosen} />
        <Para
          kind="finding"
          text={
            columns.length > 0
              ? say`${TITLES[framework]} has no \`padding=(0, 1)\`; its 'valid' gives one column less, and ${columns.length} of the ${8} columns are never read.`
              : say`${TITLES[framework]}: 8×8 becomes ${comesOut(written)}.`
          }
        />
        <p>
          <a href={printAddress({ screen: 'lab', parts: ['8x8', `=${written.code}`], step: null })}>
            {t(say`Open this layer in the lab`)}
          </a>
        </p>
      </Section>
      <Shifted />
    </>
  );
}

function Shifted(): JSX.Element {
  const { t } = useSpeech();
  const shifted = useExperiment('shifted', {});
  const drawn = useMemo(
    () => figure('shift 1x1x8 k3 s2 p1 -> 1 vs 1x1x8 k3 s2 p0,1 -> 1 with names=PyTorch,TensorFlow'),
    [],
  );
  const [one, other] = [EXAMPLES[2]?.layers.torch.code, EXAMPLES[2]?.layers.keras.code];
  return (
    <Section name="shifted" title={say`The same shape, other pixels`}>
      <Para
        text={say`In the third row all four say 4×4. They do not compute the same numbers: \`padding=1\` begins one pixel before the picture, TensorFlow's 'same' begins with it and adds its pad at the end.`}
      />
      <LessonFigure figure={drawn} of={shifted} />
      <p class="point">
        <Words text={say`**A check of the shape never sees this. A check of the geometry always does.**`} />
      </p>
      <p>
        <a href={printAddress({ screen: 'compare', parts: ['8x8', `=${one}`, `=${other}`], step: null })}>
          {t(say`Compare the two`)}
        </a>
      </p>
    </Section>
  );
}
