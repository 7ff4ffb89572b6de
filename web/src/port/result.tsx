// The answer of the Port screen: the code and its verdict, the weights, and what people usually write instead.

import { dialects } from 'padwise/dialects';
import { driftFigure, shiftFigure } from 'padwise/draw';
import { type Words as Explained, english } from 'padwise/explain';
import { outputShape } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { printAddress } from '../address.ts';
import { Copyable } from '../controls/copyable.tsx';
import { CopyMenu } from '../figure/copy-menu.tsx';
import { FigureView } from '../figure/figure-view.tsx';
import { useSpeech, Words } from '../language.tsx';
import type { Answer, Usual } from './porting.ts';
import { printState } from './state.ts';
import { arrayName, weightAxes, weightFigure } from './weights.ts';

/** A framework's name as its makers write it. */
export function titleOf(id: string): string {
  return dialects.find((dialect) => dialect.id === id)?.title ?? id;
}

/** 64 × 48, which stays on one line. */
function times(sizes: readonly number[]): string {
  return sizes.join('\u00a0×\u00a0');
}

/** Code, verdict, weights and habits. */
export function Result({ answer }: { readonly answer: Answer }): JSX.Element {
  return (
    <>
      {answer.lines === null ? <Impossible answer={answer} /> : <Exact answer={answer} />}
      {answer.usual !== null && <Habit answer={answer} usual={answer.usual} />}
      {answer.lines !== null && <Weights answer={answer} />}
    </>
  );
}

function Exact({ answer }: { readonly answer: Answer }): JSX.Element {
  const { t } = useSpeech();
  const { lines, every, question, notes, from, tensors } = answer;
  const { title } = question.target;
  const sizes = times(question.sizes);
  const code = lines?.join('\n') ?? '';
  const back =
    every === null && question.layers.length === 1 && Object.keys(tensors).length === 0
      ? printAddress({
          screen: 'port',
          parts: printState({ sizes: question.sizes, every: false, target: from, code }),
          step: null,
        })
      : null;
  return (
    <section>
      <h1>
        {every === null ? (
          <Words text={say`${title}, exact for ${sizes}`} tones={[null, 'size']} />
        ) : (
          <Words text={say`${title}, exact for every size`} />
        )}
      </h1>
      <Copyable code={code} label={title} />
      <p class="port-verdict">
        <Words text={verdictOf(answer)} />
      </p>
      {notes.length > 0 && (
        <ul class="port-notes">
          {notes.map((note, i) => (
            <li key={i}>{t(note)}</li>
          ))}
        </ul>
      )}
      <p class="port-links">
        {back !== null && from !== question.target.id && titleOf(from) !== from && (
          <a href={back}>{t(say`Port it back to ${titleOf(from)}`)}</a>
        )}
      </p>
      <details>
        <summary>{t(say`Check it where ${title} runs`)}</summary>
        <p class="quiet">
          {t(
            say`The command line writes a Python script that runs this code on small integers and compares; with your layer in layer.py:`,
          )}
        </p>
        <Copyable code={checkLine(answer)} />
      </details>
    </section>
  );
}

function verdictOf({ readBack, every, question }: Answer): Text {
  const { title } = question.target;
  if (every !== null) {
    const proved =
      every.period === 1
        ? say`**Proved for every size**: ${title}’s own rules, reading this code, give the same windows.`
        : say`**Proved for every size**: ${title}’s own rules, reading this code, give the same windows over the whole period of ${every.period} sizes.`;
    return every.first <= 1 ? proved : say`${proved} Sizes below ${every.first} give nothing.`;
  }
  if (readBack === 'mirrored')
    return say`**Read back and exact**: ${title} mirrors the kernel, and so do the weights below.`;
  return say`**Read back and exact**: by ${title}’s own rules this code reads the same pixels.`;
}

/** What a shell is told, the pasted code in a file. */
function checkLine({ question, input }: Answer): string {
  const size = question.every ? 'n' : input.join('x');
  return `padwise port layer.py --to ${question.target.id} --input ${size} --check > check.py\npython check.py`;
}

function Impossible({ answer }: { readonly answer: Answer }): JSX.Element {
  const { t } = useSpeech();
  const { impossible, question, some, period, usual } = answer;
  const { title } = question.target;
  return (
    <section>
      <h1>
        <Words text={question.every ? say`Not for every size in ${title}` : say`${title} cannot say this`} />
      </h1>
      <p class="port-reason">{t(say`The reason: ${impossible ?? ''}.`)}</p>
      {some.length > 0 && <h2>{t(say`What holds for some sizes`)}</h2>}
      {some.slice(0, 6).map(({ lines, remainders }, i) => (
        <div key={i}>
          <p>{t(remainderWords(period, remainders))}</p>
          <Copyable code={lines.join('\n')} />
        </div>
      ))}
      {some.length === 0 && usual !== null && (
        <p class="quiet">
          {t(say`What comes nearest is what people usually write; how far it is off stands below.`)}
        </p>
      )}
    </section>
  );
}

function remainderWords(period: number, remainders: readonly number[]): Text {
  if (period === 2 && remainders.length === 1)
    return remainders[0] === 0 ? say`Exact for even sizes:` : say`Exact for odd sizes:`;
  return say`Exact for sizes with size mod ${period} = ${remainders.join(', ')}:`;
}

/** Explain's words in the page's language. */
function useExplained(): Explained {
  const { language } = useSpeech();
  const [words, setWords] = useState(english);
  useEffect(() => {
    let current = true;
    if (language === 'en') setWords(english);
    else
      import('padwise/explain/chinese').then(({ chinese }) => {
        if (current) setWords(chinese);
      });
    return () => {
      current = false;
    };
  }, [language]);
  return words;
}

function Habit({ answer, usual }: { readonly answer: Answer; readonly usual: Usual }): JSX.Element {
  const { t, language } = useSpeech();
  const words = useExplained();
  const { code, comparison, agreement } = usual;
  const { target } = answer.question;
  const { verdict, shift, first, second } = comparison;
  const same = verdict === 'same';
  const isHere = answer.lines?.join('\n') === code;
  const names = useMemo(() => namesOf(answer), [answer]);
  const figure = useMemo(() => {
    const [one, other] = [first[0], second[0]];
    if (same || verdict === 'numbers' || verdict === 'mirrored') return null;
    if (first.length === 1 && second.length === 1 && one && other) return shiftFigure(one, other, { names });
    return driftFigure([first, second], { names });
  }, [first, second, same, verdict, names]);
  const axes = words.axes[answer.layer.rank] ?? [];
  return (
    <section class={same ? 'port-habit' : 'port-habit off'}>
      <h2>
        {t(same ? say`As people usually write it: exact too` : say`As people usually write it: not the same`)}
      </h2>
      {!isHere && <Copyable code={code} label={say`the usual way in ${target.title}`} />}
      <p>
        {answer.question.every && !same && (
          <>
            {t(say`On an input of ${times(answer.question.sizes)}:`)}
            {language === 'zh' ? '' : ' '}
          </>
        )}
        {same ? (
          isHere ? (
            t(say`It is the very line above.`)
          ) : (
            t(say`It reads the same pixels.`)
          )
        ) : verdict === 'shifted' ? (
          <Words
            text={
              first.some((step) => step.axes.some(({ inputDilation }) => inputDilation > 1))
                ? say`The shape is the same, but the windows are **${words.shift(shift, axes)}**, in pixels of the output.`
                : say`The shape is the same, but the windows are **${words.shift(shift, axes)}**.`
            }
          />
        ) : verdict === 'shape' ? (
          <Words text={say`It gives another shape: ${sizesOf(second)} instead of ${sizesOf(first)}.`} />
        ) : verdict === 'mirrored' ? (
          t(say`The shape is the same, but its kernel is mirrored.`)
        ) : verdict === 'numbers' ? (
          t(say`It reads the same pixels, but computes other numbers from them.`)
        ) : (
          t(say`The shape is the same, but the windows read other pixels.`)
        )}
        {language === 'zh' ? '' : ' '}
        {agreement !== null && words.agreeing(agreement.period, agreement.equal)}
      </p>
      {figure !== null && (
        <FigureView
          figure={figure}
          frame={0}
          onFrame={() => {}}
          tools={<CopyMenu figure={figure} frame={0} name="shift" />}
        />
      )}
    </section>
  );
}

function sizesOf(steps: Usual['comparison']['first']): string {
  const last = steps.at(-1);
  return last === undefined ? '' : times(outputShape(last).slice(1));
}

function namesOf({ from, question }: Answer): readonly [Text, Text] {
  const [one, other] = [titleOf(from), question.target.title];
  return one === other ? [say`yours`, say`the usual`] : [one, other];
}

function Weights({ answer }: { readonly answer: Answer }): JSX.Element | null {
  const { t } = useSpeech();
  const { weights, layer, input, question, from } = answer;
  const channels = (layer.layout === 'first' ? input[1] : input.at(-1)) ?? 1;
  if (weights.length === 0) return null;
  const kernels = weights.filter(({ role, code }) => role === 'kernel' && code !== 'w').slice(0, 4);
  const moved = weights.filter(({ code }) => code !== 'w');
  const text = moved
    .map((move) => {
      const source = arrayName(move.name, move.step, weights, 'name');
      return `${arrayName(move.target, move.step, weights, 'target')} = ${source}${move.code.slice(1)}`;
    })
    .join('\n');
  const names = [titleOf(from), question.target.title] as const;
  return (
    <section class="port-weights">
      <h2>{t(say`The weights`)}</h2>
      {moved.length === 0 ? (
        <p>{t(say`They stay as they are: both keep the axes in the same order.`)}</p>
      ) : (
        <>
          <p class="quiet">{t(say`In NumPy; arrays that stay as they are are left out.`)}</p>
          <Copyable code={text} label={say`moving the weights`} />
        </>
      )}
      {kernels.map((move) => (
        <FigureView
          key={`${move.step} ${move.name}`}
          figure={weightFigure(move, weightAxes(move, layer, channels), layer.rank, names)}
          frame={0}
          onFrame={() => {}}
        />
      ))}
    </section>
  );
}
