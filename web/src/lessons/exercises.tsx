// The exercises as a lesson: each with its questions, and behind a disclosure the figure that shows the answer.

import { type Figure, figure } from 'padwise/draw';
import { multiplyAdds, outputShape } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { ComponentChildren, JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Stepper } from '../controls/stepper.tsx';
import { useSpeech } from '../language.tsx';
import { judge } from './answers.ts';
import { Ask } from './exercise.tsx';
import { useExperiment } from './lesson.tsx';
import { useAnswers } from './progress.ts';
import { EXERCISES, type Exercise, ROW, SOUND, saving } from './questions.ts';
import { Choice, Controls, Further, LessonFigure, Para, Section } from './section.tsx';

const QUESTIONS = EXERCISES.flatMap(({ questions }) => questions);

/** The lesson. */
export function Exercises(): JSX.Element {
  const { t } = useSpeech();
  const [answers, answer, forget] = useAnswers(QUESTIONS.map(({ name }) => name));
  const right = (name: string, expected: () => readonly number[]) =>
    judge(answers[name] ?? '', expected()).state === 'right';
  const solved = QUESTIONS.filter(({ name, expected }) => right(name, expected)).length;
  return (
    <>
      <Para
        text={say`Six exercises of the textbook. An answer is checked while you type, by computing it; your browser remembers it, and nobody else does.`}
      />
      <div class="lesson-progress">
        <progress max={QUESTIONS.length} value={solved} aria-label={t(say`Solved`)} />
        <span role="status">{t(say`${solved} of ${QUESTIONS.length} answered`)}</span>
        {Object.keys(answers).length > 0 && (
          <button type="button" class="plain" onClick={forget}>
            {t(say`Begin again`)}
          </button>
        )}
      </div>
      {EXERCISES.map((exercise) => (
        <Section key={exercise.name} name={exercise.name} title={exercise.title}>
          <Para text={exercise.story} />
          {exercise.questions.map((question) => (
            <Ask
              key={question.name}
              question={question}
              answer={answers[question.name] ?? ''}
              onAnswer={(text) => answer(question.name, text)}
            />
          ))}
          <Worked exercise={exercise} />
        </Section>
      ))}
      <Further
        links={[
          [say`Back to the lesson`, 'lessons', []],
          [say`The same questions about your own layer`, 'lab', []],
        ]}
      />
    </>
  );
}

const FIGURES: Readonly<Record<string, () => JSX.Element>> = {
  shape: () => <Drawn name="shape" line="window 1x1x8x8 k3x5 s3x4 p0x1 -> 1" />,
  sound: Sound,
  mirror: Mirror,
  saving: Saving,
  statistics: Statistics,
  half: () => <Drawn name="half" line="scatter 1x1x3 k3 i2 p2 flip -> 1 with input=1,2,3 kernel=1,10,100" />,
};

/** The figure behind a disclosure; drawn when it is first opened, and open where the address shows it. */
function Worked({ exercise }: { readonly exercise: Exercise }): JSX.Element {
  const { t } = useSpeech();
  const { step } = useExperiment(exercise.name, {});
  const [open, setOpen] = useState(step !== null);
  const Shown = FIGURES[exercise.name];
  return (
    <details class="worked" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(say`Show how it works out`)}</summary>
      {open && (
        <>
          {Shown !== undefined && <Shown />}
          <Para kind="finding" text={exercise.worked} />
        </>
      )}
    </details>
  );
}

function Drawn({
  name,
  line,
  children,
}: {
  readonly name: string;
  readonly line: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const place = useExperiment(name, {});
  const drawn: Figure = useMemo(() => figure(line), [line]);
  return (
    <>
      {children}
      <LessonFigure figure={drawn} of={place} />
    </>
  );
}

function Sound(): JSX.Element {
  const sound = useExperiment('sound', { kernel: ['one', 'mean'] as const });
  const { kernel } = sound.values;
  const line = `window 1x1x8 k${kernel === 'one' ? 1 : 2} s2 -> 1 with input=${SOUND.join()} kernel=${kernel === 'one' ? '1' : '0.5,0.5'}`;
  const drawn = useMemo(() => figure(line), [line]);
  return (
    <>
      <Choice
        label={say`Kernel`}
        chosen={kernel}
        onChoose={(kernel) => sound.set({ kernel })}
        options={[
          ['one', say`a single 1`],
          ['mean', say`½ and ½`],
        ]}
      />
      <LessonFigure figure={drawn} of={sound} />
    </>
  );
}

function Mirror(): JSX.Element {
  const fills = ['reflect', 'symmetric', 'replicate', 'wrap'] as const;
  const mirror = useExperiment('mirror', { fill: fills });
  const { fill } = mirror.values;
  const drawn = useMemo(
    () => figure(`window 1x1x4 k1 p2 fill=${fill} -> 1 with input=${ROW.join()} kernel=1`),
    [fill],
  );
  return (
    <>
      <Choice
        label={say`The padding holds`}
        chosen={fill}
        onChoose={(fill) => mirror.set({ fill })}
        options={fills.map((one) => [one, one] as const)}
      />
      <LessonFigure figure={drawn} of={mirror} />
    </>
  );
}

function Saving(): JSX.Element {
  const { t } = useSpeech();
  const rows = [1, 2, 3, 4].map((stride) => {
    const layer = saving(stride);
    return { stride, shape: outputShape(layer).slice(2).join('×'), work: multiplyAdds(layer) };
  });
  const most = rows[0]?.work ?? 1;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t(say`stride`)}</th>
            <th scope="col">{t(say`output`)}</th>
            <th scope="col">{t(say`multiplications`)}</th>
            <th scope="col">{t(say`share`)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ stride, shape, work }) => (
            <tr key={stride}>
              <th scope="row">{stride}</th>
              <td>{shape}</td>
              <td>{work.toLocaleString('en')}</td>
              <td>
                <progress max={1} value={work / most} aria-hidden="true" />{' '}
                {(work / most).toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Statistics(): JSX.Element {
  const place = useExperiment('statistics', { s: { least: 1, most: 5, usual: 2 } });
  const { s } = place.values;
  const drawn = useMemo(() => figure(`strip 1x1x15 k3 s${s} -> 1`), [s]);
  return (
    <>
      <Controls>
        <Stepper
          label={say`Stride`}
          tone="stride"
          value={s}
          min={1}
          max={5}
          onChange={(s, how) => place.set({ s }, how)}
        />
      </Controls>
      <LessonFigure figure={drawn} of={place} />
    </>
  );
}
