// The Stack screen: layers in turn. What each gives, sees and costs; which pixels decide one output, and the way there; which
// sizes fit; and whether another stack of the same shapes looks at the same places.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { CodeProblem } from '../controls/code-field.tsx';
import { useSpeech, Words } from '../language.tsx';
import { type Pasted, problemOf, usePasted } from '../layer.ts';
import type { How, ScreenProps } from '../screens.tsx';
import { Drift } from '../stack/drift.tsx';
import { Editor } from '../stack/editor.tsx';
import { Reach } from '../stack/reach.tsx';
import { type Reading, readStack, subject } from '../stack/reading.ts';
import { Sizes } from '../stack/sizes.tsx';
import { examples, printState, readState, type State } from '../stack/state.ts';
import { LayerTable } from '../stack/table.tsx';
import { countWords, numberWords, perAxis, shapeWords, times } from '../stack/words.ts';
import '../style/stack.css';

/** The screen. */
export function screen({ parts, step, go }: ScreenProps): JSX.Element {
  const { t } = useSpeech();
  const { state, wrong } = useMemo(() => readState(parts), [parts]);
  const pasted = usePasted(state.code);
  const { reading, problem, refusing, sizeProblem } = useReading(pasted, state.sizes);
  const other = usePasted(state.other);
  const { reading: second, problem: otherProblem } = useReading(other, state.sizes);
  const put = (next: Partial<State>, how: How = 'push', at: number | null = null) =>
    go(printState({ ...state, ...next }), how, at);
  const putCode = (code: string, how: How) => put({ code }, how);
  const to = reading === null ? null : subject(reading.rows, state.to);
  const axis = reading === null ? 0 : Math.min(state.axis ?? reading.rank - 1, reading.rank - 1);
  return (
    <div class="stack-screen">
      {wrong !== null && (
        <p class="notice" role="alert">
          {t(wrong)}
        </p>
      )}
      <p class="lead">
        {t(
          say`How much of the input does one output of a whole network see? Paste its layers, then press on an output to see what it reads.`,
        )}
      </p>
      <div class="stack-top">
        <section class="stack-said">
          {reading === null ? (
            <Nothing empty={state.code.trim() === ''} waiting={problem === null && sizeProblem === null} />
          ) : (
            <Answer reading={reading} to={to} chosen={state.to !== null && state.to === to} />
          )}
          <Sizes
            sizes={state.sizes}
            layers={pasted.layers}
            onSizes={(sizes, how) => put({ sizes }, how)}
            problem={sizeProblem}
          />
        </section>
        <section class="stack-code">
          <ExampleChoice onChoose={(chosen) => go(printState(chosen), 'push')} state={state} />
          <Editor
            code={state.code}
            onCode={putCode}
            problem={problem}
            refusing={refusing}
            rows={reading?.rows ?? []}
            rank={reading?.rank ?? 2}
          />
        </section>
      </div>
      {reading !== null && (
        <>
          <LayerTable reading={reading} chosen={to} onChoose={(index) => put({ to: index })} />
          {to !== null && (
            <section class="stack-reach">
              <h2>
                {t(
                  state.to !== to
                    ? say`What one output reads`
                    : say`What one output of layer ${to + 1} reads`,
                )}
              </h2>
              <Reach
                reading={reading}
                to={to}
                output={step}
                axis={axis}
                onOutput={(output, how) => put({}, how, output)}
                onAxis={(next) => put({ axis: next }, 'push', step)}
              />
            </section>
          )}
          <Drift
            reading={reading}
            axis={axis}
            code={state.other}
            second={second}
            problem={otherProblem}
            onCode={(code, how) => put({ other: code }, how, step)}
          />
        </>
      )}
    </div>
  );
}

/** What stands in place of an answer until there is one. */
function Nothing({ empty, waiting }: { readonly empty: boolean; readonly waiting: boolean }): JSX.Element {
  const { t } = useSpeech();
  if (empty) return <h1>{t(say`Paste the layers of a stack`)}</h1>;
  if (waiting)
    return (
      <p class="quiet" role="status">
        {t(say`Reading …`)}
      </p>
    );
  return (
    <>
      <h1>{t(say`This stack does not work yet`)}</h1>
      <p>{t(say`What is wrong stands beside its code.`)}</p>
    </>
  );
}

/** What the stack comes to, in a headline and two sentences. */
function Answer({
  reading,
  to,
  chosen,
}: {
  readonly reading: Reading;
  readonly to: number | null;
  /** Whether the layer looked from was chosen. */
  readonly chosen: boolean;
}): JSX.Element {
  const { t, language } = useSpeech();
  const { rows, sizes, input, parameters, multiplyAdds } = reading;
  const { seen = [] } = (to === null ? undefined : rows[to]) ?? {};
  const last = rows.at(-1)?.output ?? [];
  const fields = times(seen.map(({ field }) => field));
  const jumps = perAxis(seen.map(({ jump }) => numberWords(jump)));
  const centres = perAxis(seen.map(({ centre }) => numberWords(centre)));
  const [from, gives] = [shapeWords(input), shapeWords(last)];
  return (
    <>
      <h1>
        {seen.length === 0 ? (
          <Words text={say`${from} becomes ${gives}`} tones={['size', 'output']} />
        ) : (
          <Words
            text={
              chosen
                ? say`Each output of layer ${(to ?? 0) + 1} sees ${fields} of ${times(sizes)}`
                : say`Each output sees ${fields} of ${times(sizes)}`
            }
            tones={chosen ? [null, 'kernel', 'size'] : ['kernel', 'size']}
          />
        )}
      </h1>
      <p>
        <Words
          text={
            rows.length === 1
              ? say`One layer turns ${from} into ${gives}, with ${countWords(parameters)} parameters and ${countWords(multiplyAdds)} multiply-adds.`
              : say`${rows.length} layers turn ${from} into ${gives}, with ${countWords(parameters)} parameters and ${countWords(multiplyAdds)} multiply-adds.`
          }
          tones={rows.length === 1 ? ['size', 'output'] : [null, 'size', 'output']}
        />
        {language === 'zh' ? '' : ' '}
        {seen.length > 0 && (
          <Words
            text={
              reading.rank === 1
                ? say`Neighbouring outputs look ${jumps} apart, the first at ${centres}.`
                : jumps === '1'
                  ? say`Neighbouring outputs look ${jumps} pixel apart, the first at ${centres}.`
                  : say`Neighbouring outputs look ${jumps} pixels apart, the first at ${centres}.`
            }
            tones={['stride', null]}
          />
        )}
      </p>
      <p class="unseen" role="status">
        {t(say`${from} becomes ${gives}`)}
      </p>
    </>
  );
}

function ExampleChoice({
  state,
  onChoose,
}: {
  readonly state: State;
  readonly onChoose: (state: State) => void;
}): JSX.Element {
  const { t } = useSpeech();
  const chosen = examples.findIndex((one) => one.state.code === state.code);
  return (
    <label class="stack-example">
      <span>{t(say`Begin with`)}</span>
      <select
        value={chosen}
        onChange={(event) => {
          const example = examples[Number(event.currentTarget.value)];
          if (example !== undefined) onChoose(example.state);
        }}
      >
        {chosen < 0 && <option value={-1}>{t(say`your own layers`)}</option>}
        {examples.map(({ name }, i) => (
          <option key={i} value={i}>
            {t(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A stack on an input, the last good one while something is wrong, and what that is. */
interface Read {
  readonly reading: Reading | null;
  readonly problem: CodeProblem | null;
  /** The layer that refuses what it is given. */
  readonly refusing: number | null;
  readonly sizeProblem: Text | null;
}

function useReading({ layers, problem }: Pasted, sizes: readonly number[]): Read {
  const good = useRef<Reading | null>(null);
  const key = sizes.join();
  return useMemo((): Read => {
    const kept = (more: Partial<Read>): Read => ({
      reading: good.current,
      problem,
      refusing: null,
      sizeProblem: null,
      ...more,
    });
    if (layers === null) return kept({});
    try {
      const reading = readStack(layers, sizes);
      if (reading === null)
        return kept({ sizeProblem: say`The layers have another number of axes than ${sizes.join('x')}.` });
      good.current = reading;
      return kept({ reading });
    } catch (error) {
      const found = problemOf(error);
      return kept({ problem: problem ?? found, refusing: refusingLayer(found.sentence) });
    }
  }, [layers, problem, key]);
}

/** Which layer a sentence is about. */
function refusingLayer(sentence: Text): number | null {
  if (typeof sentence === 'string' || sentence.template !== 'layer {0} of {1}, {2}') return null;
  const [index] = sentence.values;
  return typeof index === 'number' ? index - 1 : null;
}
