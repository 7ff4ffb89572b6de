// The Layer lab: paste a layer or set its numbers; see its window move, and read why its output has the size it has.

import { type Axis, type Geometry, out } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { useMedia } from '../appearance.tsx';
import { CodeField } from '../controls/code-field.tsx';
import { Tabs } from '../controls/tabs.tsx';
import { axisNames, Fields } from '../lab/fields.tsx';
import { ravelled, unravelled, VIEW_NAMES, type View, viewOf, viewsOf } from '../lab/figures.ts';
import { Formula } from '../lab/formula.tsx';
import { Later } from '../lab/later.tsx';
import { Overview } from '../lab/overview.tsx';
import { Pick } from '../lab/pick.tsx';
import { alikeAxes, printSpec, type Spec } from '../lab/spec.ts';
import { useSpelling } from '../lab/spelling.ts';
import { FIRST, useLab } from '../lab/state.ts';
import { whyOf } from '../lab/why.ts';
import { useSpeech, Words } from '../language.tsx';
import { Missing } from '../missing.tsx';
import type { How, ScreenProps } from '../screens.tsx';

type Drawing = typeof import('../lab/drawing.tsx');

/** What draws, once it is here. */
let drawer: Drawing | null = null;

/** The screen. */
export function screen({ parts: all, step, go: move }: ScreenProps): JSX.Element {
  const { t, language } = useSpeech();
  const { parts, view: named } = viewOf(all.length === 0 ? FIRST : all);
  const { shown, code, problem, wrong, waiting } = useLab(parts);
  const { spec, steps, rule, read } = shown;
  const narrow = useMedia('(max-width: 40rem)');
  const limit = narrow ? 7 : 12;
  const [chosenStep, chooseStep] = useState(0);
  const [chosenAxis, chooseAxis] = useState(0);
  const of = steps[Math.min(chosenStep, steps.length - 1)] as Geometry;
  const index = Math.min(chosenAxis, of.axes.length - 1);
  const one = of.axes[index] as Axis;
  const alike = of.axes.every((axis) => alikeAxes(axis, of.axes[0] as Axis));
  const why = whyOf(of, index, rule);
  const { views, first } = viewsOf(of, limit);
  const view = named !== null && views.includes(named) ? named : first;
  const drawing = useDrawing();
  const { figure, lens } = useMemo(
    () =>
      drawing === null || drawing === 'missing'
        ? { figure: null, lens: false }
        : drawing.figureOf(of, view, index, limit),
    [drawing, of, view, index, limit],
  );
  const frames = figure?.frames ?? 1;
  const shape = figure?.shape ?? [frames];
  const frame = Math.min(step ?? 0, frames - 1);
  const spelled = useSpelling(code === null ? spec : null);
  const kept = named === null ? [] : [named];
  const go = (next: readonly string[], how: How, frame: number | null = null) =>
    move([...next, ...kept], how, frame);
  const setSpec = useCallback(
    (next: Spec, how: How, only?: 'size' | 'channels') => {
      // Another size or number of channels leaves pasted code as it is.
      if (code === null || only === undefined) return go(printSpec(next), how);
      const channels = only === 'channels' ? ` c${next.channels}` : (/ c\d+/.exec(parts[0] ?? '')?.[0] ?? '');
      go([next.axes.map(({ size }) => size).join('x') + channels, `=${code}`], how);
    },
    [move, all, code],
  );
  const sizes = spec.axes.map(({ size }) => size).join('x');
  const setCode = (text: string) => {
    const channels = code === null && spec.channels !== 3 ? ` c${spec.channels}` : '';
    go([code === null ? sizes + channels : (parts[0] ?? sizes), `=${text}`], 'merge');
  };
  const [from, to] = alike ? [String(one.size), String(out(one))] : [sizesOf(of), outsOf(of)];
  return (
    <div class="lab-grid">
      <div class="lab-code">
        <CodeField
          label={say`A layer, in any framework’s words`}
          code={code ?? spelled}
          onCode={setCode}
          problem={problem}
          example="nn.Conv2d(3, 6, 4, stride=2, padding=1)"
        />
        {waiting && <p class="quiet">{t(say`Reading …`)}</p>}
        {wrong !== null && (
          <p class="wrong" role="alert">
            {t(wrong)}
          </p>
        )}
      </div>
      <section class="answer">
        <div class="answer-words" aria-live="polite">
          <h1>
            <Words text={say`${from} becomes ${to}`} tones={['size', 'output']} />
          </h1>
          {steps.length > 1 && (
            <Pick
              label={say`Step of the layer`}
              names={steps.map((each, i) => say`step ${i + 1}: ${sizesOf(each)} → ${outsOf(each)}`)}
              chosen={Math.min(chosenStep, steps.length - 1)}
              onChoose={chooseStep}
            />
          )}
          {!alike && (
            <Pick
              label={say`Axis`}
              names={axisNames(of.axes.length).map(
                (name, i) => say`${name}: ${of.axes[i]?.size ?? 0} → ${out(of.axes[i] as Axis)}`,
              )}
              chosen={index}
              onChoose={chooseAxis}
            />
          )}
          <h2>
            <Words {...why.question} />
          </h2>
          <p class="why">
            {why.sentences.map((said, i) => (
              <span key={i}>
                <Words {...said} />
                {language === 'en' ? ' ' : ''}
              </span>
            ))}
          </p>
          <Formula of={of} axis={one} />
        </div>
        {lens && of.axes.length <= 2 && (
          <Overview
            of={of}
            output={unravelled(frame, shape)}
            onOutput={(output, how) => move(all.length === 0 ? FIRST : all, how, ravelled(output, shape))}
          />
        )}
      </section>
      <Fields spec={spec} onSpec={setSpec} />
      <div class="lab-figure">
        <Tabs
          label={say`The figure shows`}
          tabs={views.map((name) => ({ name, title: VIEW_NAMES[name] }))}
          chosen={view}
          onChoose={(name) => move([...parts, name as View], 'push')}
        >
          {drawing === null ? (
            <div class="figure" aria-busy="true" />
          ) : drawing === 'missing' ? (
            <Missing text={say`This part could not be loaded.`} />
          ) : figure === null ? (
            <p class="notice">{t(say`This layer has no figure of this kind.`)}</p>
          ) : (
            <drawing.FigureView
              figure={figure}
              frame={frame}
              onFrame={(next, how) => move(all.length === 0 ? FIRST : all, how, next)}
              pointing={!lens}
              tools={<drawing.CopyMenu figure={figure} frame={frame} />}
            />
          )}
        </Tabs>
      </div>
      <div class="lab-more">
        <Later of={of} axis={index} spec={spec} read={read} steps={steps} />
      </div>
    </div>
  );
}

/** What draws the figure, after answer and fields have been drawn; its file is on its way since the page began (index.html). */
function useDrawing(): Drawing | 'missing' | null {
  const [drawing, setDrawing] = useState<Drawing | 'missing' | null>(drawer);
  useEffect(() => {
    if (drawer === null)
      import('../lab/drawing.tsx').then(
        (loaded) => {
          drawer = loaded;
          whenIdle(() => setDrawing(loaded));
        },
        () => setDrawing('missing'),
      );
  }, []);
  return drawing;
}

/** Lets what was pressed meanwhile be answered first. */
function whenIdle(does: () => void): void {
  // Safari has no idle time to ask for.
  if ('requestIdleCallback' in window) requestIdleCallback(does, { timeout: 300 });
  else setTimeout(does);
}

function sizesOf(of: Geometry): string {
  return of.axes.map(({ size }) => size).join(' × ');
}

function outsOf(of: Geometry): string {
  return of.axes.map(out).join(' × ');
}
