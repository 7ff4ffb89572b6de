// Compare: two to six lines of any framework on one input. Do they read the same pixels, and if not, how far apart, for which
// sizes, and what would repair it?

import type { Layer } from 'padwise/dialects';
import { arrange, type Comparison, compareSteps, english, type Words as Said } from 'padwise/explain';
import { type Geometry, outputShape } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { examples } from '../compare/examples.ts';
import { factsOf } from '../compare/facts.ts';
import { Lines } from '../compare/lines.tsx';
import { PairFigure } from '../compare/pair.tsx';
import { useLines } from '../compare/pastes.ts';
import { Repair } from '../compare/repair.tsx';
import { type Column, SideBySide } from '../compare/side-by-side.tsx';
import { type CompareState, printState, readState } from '../compare/state.ts';
import { channelsOf, inputFor, kindsOf, nearestOf } from '../compare/sweep.ts';
import { SweepChart } from '../compare/sweep-chart.tsx';
import { sweepSentence } from '../compare/sweep-words.ts';
import { useSweep } from '../compare/use-sweep.ts';
import { outputOf, timesWords, verdictOf } from '../compare/verdict.ts';
import type { CodeProblem } from '../controls/code-field.tsx';
import { Examples } from '../controls/examples.tsx';
import { useSpeech, Words } from '../language.tsx';
import { loadReader, problemOf } from '../layer.ts';
import type { How, ScreenProps } from '../screens.tsx';
import '../style/compare.css';

/** What the lines come to on their input. */
interface Result {
  readonly columns: readonly Column[];
  readonly steps: readonly (readonly Geometry[] | null)[];
  readonly against: number;
  readonly names: readonly [Text, Text];
  readonly pair: readonly [readonly Geometry[], readonly Geometry[]];
  readonly layers: readonly [Layer, Layer];
  readonly comparison: Comparison;
  readonly input: readonly number[];
}

/** The screen. */
export function screen({ parts, step, go }: ScreenProps): JSX.Element {
  const { t } = useSpeech();
  const { state, wrong } = useMemo(() => readState(parts), [parts.join('\u0000')]);
  const setState = useCallback((next: CompareState, how: How) => go(printState(next), how), [go]);
  const lines = useLines(state.codes);
  const titles = useTitles();
  const layers = lines.map(({ layer }) => layer);
  const key = [...layers, titles, state];
  const { resolved, refused } = useMemo(() => resolvedOf(layers, state.sizes), key);
  const names = useMemo(() => namesOf(layers, titles), key);
  const now = useMemo(() => resultOf(layers, resolved, names, state), key);
  const [kept, keep] = useState<Result | null>(null);
  useEffect(() => {
    if (now !== null) keep(now);
  }, [now]);
  const shown = now ?? kept;
  const waiting = lines.some((line) => line.waiting);
  return (
    <div class="compare-screen">
      {wrong !== null && (
        <p class="notice" role="alert">
          {t(wrong)}
        </p>
      )}
      <p class="lead">
        {t(
          say`Do these layers read the same pixels? Equal shapes do not tell. Paste lines of any framework, or try one of these:`,
        )}
      </p>
      <Examples
        examples={examples}
        state={state}
        print={printState}
        onChoose={(example) => setState(example, 'push')}
      />
      <Lines
        state={state}
        onState={setState}
        lines={lines}
        names={lines.map(({ problem, waiting: busy }, i) =>
          problem === null && !busy ? (layers[i] == null ? null : titleOf(layers[i], titles)) : null,
        )}
        refused={refused}
        rank={layers.find((layer) => layer !== null)?.rank ?? 2}
      />
      {shown === null ? (
        <p class="compare-empty quiet">
          {waiting
            ? t(say`Reading …`)
            : t(say`Two lines that can be read and take this input are needed for an answer.`)}
        </p>
      ) : (
        <Answer
          shown={shown}
          stale={now === null && !waiting}
          state={state}
          onState={setState}
          frame={step ?? 0}
          onFrame={(frame, how) => go(parts, how, frame)}
        />
      )}
    </div>
  );
}

function Answer({
  shown,
  stale,
  state,
  onState,
  frame,
  onFrame,
}: {
  readonly shown: Result;
  readonly stale: boolean;
  readonly state: CompareState;
  readonly onState: (state: CompareState, how: How) => void;
  readonly frame: number;
  readonly onFrame: (frame: number, how: How) => void;
}): JSX.Element {
  const { t } = useSpeech();
  const { comparison, names, pair, layers, columns, steps, input } = shown;
  const words = useLibraryWords();
  const sweep = useSweep(layers[0], layers[1]);
  const kinds = useMemo(() => kindsOf(sweep.outcomes), [sweep]);
  const facts = useMemo(() => factsOf(steps), [steps]);
  const [, , ...sizes] = input;
  const square = sizes.every((size) => size === sizes[0]) ? (sizes[0] ?? null) : null;
  const sentence = sweepSentence(sweep, kinds, words);
  const equal = kinds.find(({ kind }) => kind === 'same');
  const next =
    comparison.verdict === 'same' || equal === undefined || square === null
      ? null
      : nearestOf(equal.sizes, square);
  const setSize = (size: number, how: How) => onState({ ...state, sizes: [size] }, how);
  const same = comparison.verdict === 'same';
  return (
    <>
      <div class="compare-answer">
        <section aria-live="polite">
          <h1 data-same={String(same)}>{t(verdictOf(comparison))}</h1>
          <p class="why">
            <Words {...leadOf(comparison, names, sizes)} />
          </p>
          {comparison.verdict !== 'shape' && (
            <p class="why">
              {sweep.done ? <strong>{t(sentence)}</strong> : <span class="quiet">{t(sentence)}</span>}
            </p>
          )}
          {stale && <p class="quiet">{t(say`This is the last comparison that could be made.`)}</p>}
        </section>
        {!same && <Repair framework={layers[0].framework} names={names} layer={layers[1]} input={input} />}
      </div>
      <div class="compare-figure">
        <PairFigure
          pair={pair}
          names={names}
          view={state.view}
          onView={(view) => onState({ ...state, view }, 'push')}
          frame={frame}
          onFrame={onFrame}
        />
      </div>
      <section class="part">
        <h2>{t(say`Side by side`)}</h2>
        <SideBySide
          columns={columns}
          facts={facts}
          against={shown.against}
          onAgainst={(against) => onState({ ...state, against, view: null }, 'push')}
        />
      </section>
      <section class="part">
        <h2>{t(say`For which sizes do they agree?`)}</h2>
        <div class="sweep-answer">
          <p class="why">{t(sentence)}</p>
          {next !== null && (
            <button type="button" onClick={() => setSize(next, 'push')}>
              {t(say`Show ${next}, the nearest size where they agree`)}
            </button>
          )}
        </div>
        <SweepChart kinds={kinds} size={square} onSize={setSize} />
      </section>
    </>
  );
}

/** What the shapes say, and what they hide. */
function leadOf(
  { verdict, first, second }: Comparison,
  names: readonly [Text, Text],
  sizes: readonly number[],
): Parameters<typeof Words>[0] {
  const input = timesWords(sizes);
  const [one, other] = [outputOf(first), outputOf(second)];
  if (verdict === 'shape')
    return {
      text: say`${names[0]} makes ${one.sizes} of ${input}, ${names[1]} makes ${other.sizes}.`,
      tones: [null, 'output', 'size', null, 'output'],
    };
  if (verdict === 'same' || verdict === 'mirrored' || verdict === 'numbers')
    return {
      text: say`${names[0]} and ${names[1]} both make ${one.sizes} of ${input}, and every output reads the same pixels in both.`,
      tones: [null, null, 'output', 'size'],
    };
  return {
    text: say`${names[0]} and ${names[1]} both make ${one.sizes} of ${input}, so no check of shapes can tell them apart.`,
    tones: [null, null, 'output', 'size'],
  };
}

function resolvedOf(
  layers: readonly (Layer | null)[],
  sizes: readonly number[],
): { resolved: readonly (readonly Geometry[] | null)[]; refused: readonly (CodeProblem | null)[] } {
  const first = layers.find((layer) => layer !== null);
  const others = layers.filter((layer) => layer !== null);
  const channels =
    first === undefined ? 3 : (others.map((one) => channelsOf(one, one)).find((n) => n !== 3) ?? 3);
  const each = layers.map((layer) => {
    if (layer === null || first === undefined) return { steps: null, problem: null };
    if (layer.rank !== first.rank)
      return {
        steps: null,
        problem: {
          sentence: say`The first line is a ${first.rank}-D layer and this one a ${layer.rank}-D layer: they cannot be compared.`,
        },
      };
    const input = inputFor(layer, channels, sizes);
    if (input === null)
      return {
        steps: null,
        problem: {
          sentence: say`It is a ${layer.rank}-D layer, but the input has ${sizes.length} sizes.`,
        },
      };
    try {
      return { steps: layer.resolve(arrange(layer, input)).steps, problem: null };
    } catch (error) {
      // Where in the code it stands is not said: the size is what is refused.
      const { sentence, hint } = problemOf(error);
      return { steps: null, problem: { sentence, hint } };
    }
  });
  return { resolved: each.map(({ steps }) => steps), refused: each.map(({ problem }) => problem) };
}

function resultOf(
  layers: readonly (Layer | null)[],
  steps: readonly (readonly Geometry[] | null)[],
  names: readonly Text[],
  { against, sizes }: CompareState,
): Result | null {
  const pair = [steps[0], steps[against]];
  const both = [layers[0], layers[against]];
  if (pair[0] == null || pair[1] == null || both[0] == null || both[1] == null) return null;
  if (pair[0].length === 0 || pair[1].length === 0) return null;
  const channels = outputChannels(pair[0]);
  const input = inputFor(both[0], channels, sizes);
  if (input === null) return null;
  const first = pair[0];
  const comparisons = steps.map((one) => (one == null || one.length === 0 ? null : compareSteps(first, one)));
  return {
    columns: layers.map((layer, i): Column => {
      const found = comparisons[i] ?? null;
      return {
        name: names[i] ?? say`Line ${i + 1}`,
        layer: layer?.name ?? '',
        verdict:
          i === 0
            ? say`what the others are held against`
            : found === null
              ? say`cannot be compared`
              : verdictOf(found),
        same: i === 0 || found === null ? null : found.verdict === 'same',
      };
    }),
    steps,
    against,
    names: [names[0] as Text, names[against] as Text],
    pair: [pair[0], pair[1]],
    layers: [both[0], both[1]],
    comparison: comparisons[against] as Comparison,
    input,
  };
}

/** The channels that the first step was given. */
function outputChannels(steps: readonly Geometry[]): number {
  const [first] = steps;
  return first === undefined || outputShape(first).length === 0 ? 3 : first.channels;
}

/** Frameworks' names by their ids, once the dialects are here. */
function useTitles(): ReadonlyMap<string, string> {
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    loadReader().then(
      ({ dialects }) => setTitles(new Map(dialects.map(({ id, title }) => [id, title]))),
      () => {},
    );
  }, []);
  return titles;
}

function titleOf({ framework }: Layer, titles: ReadonlyMap<string, string>): string {
  return framework
    .split(' and ')
    .map((id) => titles.get(id) ?? id)
    .join(' + ');
}

/** Frameworks' names, the line's number with those that occur twice. */
function namesOf(layers: readonly (Layer | null)[], titles: ReadonlyMap<string, string>): readonly Text[] {
  const all = layers.map((layer) => (layer === null ? '' : titleOf(layer, titles)));
  return all.map((name, i) =>
    name === ''
      ? say`Line ${i + 1}`
      : all.filter((other) => other === name).length > 1
        ? say`${name}, line ${i + 1}`
        : name,
  );
}

/** The library's sentences in the page's language. */
function useLibraryWords(): Said {
  const { language } = useSpeech();
  const [words, setWords] = useState<Said>(english);
  useEffect(() => {
    if (language === 'en') setWords(english);
    else import('padwise/explain/chinese').then(({ chinese }) => setWords(chinese));
  }, [language]);
  return words;
}
