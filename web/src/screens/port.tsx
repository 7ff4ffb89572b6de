// The Port screen: a layer of one framework in another's words, exact to the pixel for one size or for every size, with its
// weights, and with how far off what people usually write is.

import { dialects } from 'padwise/dialects';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { CodeField, type CodeProblem } from '../controls/code-field.tsx';
import { useSpeech } from '../language.tsx';
import { problemOf, readSizes, usePasted } from '../layer.ts';
import { type Answer, ported, type Question } from '../port/porting.ts';
import { Result, titleOf } from '../port/result.tsx';
import { FAMILIAR, printState, readState, type State } from '../port/state.ts';
import type { How, ScreenProps } from '../screens.tsx';
import '../style/port.css';

const KNOWN = dialects.map(({ id }) => id);
const familiar = FAMILIAR.flatMap((id) => dialects.find((dialect) => dialect.id === id) ?? []);
const rest = dialects
  .filter(({ id }) => !FAMILIAR.includes(id))
  .sort((one, other) => one.title.localeCompare(other.title, 'en'));

/** The screen. */
export function screen({ parts, go }: ScreenProps): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  const { state, wrong } = useMemo(() => readState(parts, KNOWN), [parts]);
  const pasted = usePasted(state.code);
  const { answer, problem, sizeProblem, working } = useAnswer(pasted.layers, state);
  const put = (next: Partial<State>, how: How = 'push') => go(printState({ ...state, ...next }), how);
  const frameworks = new Set(pasted.layers?.map(({ framework }) => framework) ?? []);
  return (
    <div class="port-screen">
      {wrong !== null && (
        <p class="notice" role="alert">
          {t(wrong)}
        </p>
      )}
      <p class="lead">
        {t(
          say`The same layer in another framework’s words, exact to the pixel, with its weights. Paste it and choose where it goes:`,
        )}
      </p>
      <section class="port-question">
        <div class="port-code">
          <CodeField
            label={say`The layer, in any framework’s words`}
            code={state.code}
            onCode={(code) => put({ code }, 'merge')}
            problem={pasted.problem ?? problem}
            example={'keras.layers.Conv2D(64, 3, strides=2, padding="same")'}
          />
          <p class="port-from" role="status">
            {frameworks.size > 0
              ? t(say`Read as ${[...frameworks].map(titleOf).join(', ')}.`)
              : pasted.problem === null && state.code.trim() !== '' && t(say`Reading …`)}
          </p>
        </div>
        <div class="port-wanted">
          <div class="port-to">
            <label for={`${id}-to`}>{t(say`Port it to`)}</label>
            <select
              id={`${id}-to`}
              value={state.target}
              onChange={(event) => put({ target: event.currentTarget.value })}
            >
              {[
                { title: say`Familiar`, list: familiar },
                { title: say`All others`, list: rest },
              ].map(({ title, list }, i) => (
                <optgroup key={i} label={t(title)}>
                  {list.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.title}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </div>
          <SizeChoice state={state} put={put} problem={sizeProblem} />
        </div>
      </section>
      <div class="port-answer" aria-busy={working}>
        {answer !== null ? (
          <Result answer={answer} />
        ) : state.code.trim() === '' ? (
          <h1>{t(say`Paste a layer to port`)}</h1>
        ) : pasted.problem === null && problem === null && sizeProblem === null ? (
          <p class="quiet" role="status">
            {t(say`Working …`)}
          </p>
        ) : (
          <>
            <h1>{t(say`This layer cannot be ported yet`)}</h1>
            <p>{t(say`What is wrong stands beside its field.`)}</p>
          </>
        )}
      </div>
    </div>
  );
}

function SizeChoice({
  state: { sizes, every },
  put,
  problem,
}: {
  readonly state: State;
  readonly put: (next: Partial<State>, how?: How) => void;
  readonly problem: Text | null;
}): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? sizes : readSizes(typed);
  const wrong = Array.isArray(read) ? problem : (read as Text);
  return (
    <fieldset class="port-sizes">
      <legend>{t(say`It must be exact for`)}</legend>
      <label class="port-one">
        <input type="radio" name={id} checked={!every} onChange={() => put({ every: false })} />
        <span>{t(say`an input of`)}</span>
      </label>
      <input
        type="text"
        autoComplete="off"
        aria-label={t(say`Size of the input`)}
        value={typed ?? (sizes.every((size) => size === sizes[0]) ? String(sizes[0]) : sizes.join('x'))}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const next = readSizes(text);
          if (Array.isArray(next)) put({ sizes: next }, 'merge');
        }}
        onBlur={() => setTyped(null)}
      />
      <label class="port-one">
        <input type="radio" name={id} checked={every} onChange={() => put({ every: true })} />
        <span>{t(say`every size`)}</span>
      </label>
      {wrong !== null && (
        <p class="wrong" id={`${id}-wrong`} role="status">
          {t(wrong)}
        </p>
      )}
    </fieldset>
  );
}

/** The last good answer, and what is wrong with what is asked now. */
interface Asked {
  readonly answer: Answer | null;
  readonly problem: CodeProblem | null;
  readonly sizeProblem: Text | null;
  readonly working: boolean;
}

/** Answers once the page stands: a port for every size may take a while. */
function useAnswer(layers: Question['layers'] | null, { sizes, every, target }: State): Asked {
  const [asked, setAsked] = useState<Asked>({
    answer: null,
    problem: null,
    sizeProblem: null,
    working: true,
  });
  const first = useRef(true);
  const key = sizes.join();
  useEffect(() => {
    const dialect = dialects.find((one) => one.id === target);
    if (layers === null || dialect === undefined) return;
    setAsked((last) => ({ ...last, working: true }));
    const timer = setTimeout(
      () => {
        first.current = false;
        try {
          const answer = ported({ layers, sizes, every, target: dialect });
          const sizeProblem =
            answer === null ? say`The layer has another number of axes than ${sizes.join('x')}.` : null;
          setAsked((last) => ({ answer: answer ?? last.answer, problem: null, sizeProblem, working: false }));
        } catch (error) {
          setAsked((last) => ({
            answer: last.answer,
            problem: problemOf(error),
            sizeProblem: null,
            working: false,
          }));
        }
      },
      first.current ? 0 : 30,
    );
    return () => clearTimeout(timer);
  }, [layers, key, every, target]);
  return asked;
}
