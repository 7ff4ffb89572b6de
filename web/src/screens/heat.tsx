// Heat: how often each pixel is used, by one layer or through a stack, for several of them side by side.

import { type HeatMap, heatFigures } from 'padwise/draw';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import { useLines } from '../compare/pastes.ts';
import { Examples } from '../controls/examples.tsx';
import { Stepper } from '../controls/stepper.tsx';
import { CopyMenu } from '../figure/copy-menu.tsx';
import { FigureView } from '../figure/figure-view.tsx';
import { FigureTables } from '../figure/tables.tsx';
import { CanvasMap } from '../heat/canvas-map.tsx';
import { MapEditor } from '../heat/editor.tsx';
import { examples } from '../heat/examples.ts';
import { HeatLegend } from '../heat/legend.tsx';
import { type ResolvedMap, resolved } from '../heat/maps.ts';
import { headline, mapSentence, remedy } from '../heat/sentences.ts';
import {
  type HeatState,
  LARGEST_SIZE,
  type MapSpec,
  MOST_MAPS,
  printState,
  readState,
  square,
} from '../heat/state.ts';
import { useSpeech, Words } from '../language.tsx';
import type { How, ScreenProps } from '../screens.tsx';
import '../style/compare.css';
import '../style/heat.css';

/** Up to so many elements a side are drawn with their numbers. */
const NUMBERED = 24;

/** The screen. */
export function screen({ parts, step, go }: ScreenProps): JSX.Element {
  const { t } = useSpeech();
  const { state, wrong } = useMemo(() => readState(parts), [parts.join('\u0000')]);
  const { sizes, maps } = state;
  const setState = useCallback((next: HeatState, how: How) => go(printState(next), how), [go]);
  const lines = useLines(maps.map((map) => (map.kind === 'code' ? map.code : '')));
  const layers = lines.map(({ layer }) => layer);
  const all = useMemo(
    () => maps.map((map, i) => resolved(map, layers[i] ?? null, sizes)),
    [state, ...layers],
  );
  const shown = all.filter(({ steps }) => steps !== null);
  const setMap = (index: number) => (map: MapSpec, how: How) =>
    setState({ ...state, maps: maps.map((one, i) => (i === index ? map : one)) }, how);
  const lead = remedy(shown);
  return (
    <div class="heat-screen">
      {wrong !== null && (
        <p class="notice" role="alert">
          {t(wrong)}
        </p>
      )}
      <p class="lead">
        {t(
          say`How often does a layer use each pixel of its input? Count the windows that read it. Try one of these, or choose your own below:`,
        )}
      </p>
      <Examples
        examples={examples}
        state={state}
        print={printState}
        onChoose={(example) => setState(example, 'push')}
      />
      <section class="heat-answer" aria-live="polite">
        <h1>{t(headline(shown))}</h1>
        <div class="why">
          {shown.map((map, i) => {
            const sentence = mapSentence(map);
            return sentence === null ? null : (
              <p key={i}>
                <Words text={sentence} />
              </p>
            );
          })}
          {lead !== null && <p>{t(lead)}</p>}
        </div>
      </section>
      {shown.length > 0 ? (
        <Maps maps={shown} frame={step ?? 0} onFrame={(frame, how) => go(parts, how, frame)} />
      ) : (
        <p class="quiet">{lines.some(({ waiting }) => waiting) ? t(say`Reading …`) : ''}</p>
      )}
      <section class="part">
        <h2>{t(say`Choose the input and the layers`)}</h2>
        <div class="heat-fields">
          {sizes.map((size, i) => (
            <Stepper
              key={i}
              label={
                sizes.length === 1
                  ? say`Input size`
                  : i === sizes.length - 1
                    ? say`Input width`
                    : i === sizes.length - 2
                      ? say`Input height`
                      : say`Input depth`
              }
              value={size}
              min={1}
              max={LARGEST_SIZE}
              tone="size"
              onChange={(value, how) =>
                setState({ ...state, sizes: sizes.map((one, at) => (at === i ? value : one)) }, how)
              }
            />
          ))}
          <button
            type="button"
            class="plain"
            onClick={() =>
              setState(
                {
                  ...state,
                  sizes: sizes.length > 1 ? [sizes[0] as number] : [sizes[0] as number, sizes[0] as number],
                },
                'push',
              )
            }
          >
            {sizes.length > 1 ? t(say`One size for all sides`) : t(say`Sides apart`)}
          </button>
        </div>
        <div class="map-editors">
          {maps.map((map, i) => (
            <MapEditor
              key={i}
              map={map}
              index={i}
              name={all[i]?.name ?? ''}
              sizes={sizes}
              problem={lines[i]?.problem ?? all[i]?.problem ?? null}
              onMap={setMap(i)}
              onRemove={
                maps.length === 1
                  ? null
                  : () => setState({ ...state, maps: maps.filter((_, at) => at !== i) }, 'push')
              }
            />
          ))}
        </div>
        <button
          type="button"
          disabled={maps.length >= MOST_MAPS}
          onClick={() => setState({ ...state, maps: [...maps, square(3, 1, 1)] }, 'push')}
        >
          {t(say`Add a map`)}
        </button>
      </section>
    </div>
  );
}

/** The maps: one figure with numbers, or canvases where a side is long. */
function Maps({
  maps,
  frame,
  onFrame,
}: {
  readonly maps: readonly ResolvedMap[];
  readonly frame: number;
  readonly onFrame: (frame: number, how: How) => void;
}): JSX.Element {
  const { t } = useSpeech();
  const figure = useMemo(
    () => heatFigures(maps.map(({ name, steps }) => ({ name, steps }) as HeatMap)),
    [maps],
  );
  const large = maps.some(
    ({ counts }) =>
      counts !== null && counts.lines.length === 2 && counts.lines.some((line) => line.length > NUMBERED),
  );
  const most = Math.max(3, ...maps.map(({ counts }) => counts?.most ?? 0));
  const tools = <CopyMenu figure={figure} frame={0} name="heat" />;
  if (!large) return <FigureView figure={figure} frame={frame} onFrame={onFrame} tools={tools} />;
  const picture = figure.frame(0);
  const flat = maps.filter(({ counts }) => counts?.lines.length === 2);
  return (
    <div class="heat-large">
      <div class="canvas-maps">
        {flat.map(({ name, counts, steps }, i) => (
          <CanvasMap
            key={i}
            name={name}
            description={captionOf(mapSentence({ name, counts, steps, problem: null }))}
            rows={counts?.lines[0] ?? []}
            columns={counts?.lines[1] ?? []}
            most={most}
            reaches={(steps?.length ?? 1) > 1}
          />
        ))}
      </div>
      {flat.length < maps.length && (
        <p class="quiet">
          {t(
            say`Maps of other than two axes are drawn up to ${NUMBERED} a side; their counts are in the table.`,
          )}
        </p>
      )}
      <HeatLegend most={most} never={maps.some(({ counts }) => (counts?.never ?? 0) > 0)} />
      <div class="figure-bar">
        <span class="figure-tools">{tools}</span>
      </div>
      <FigureTables tables={picture.tables} />
    </div>
  );
}

function captionOf(sentence: Text | null): Text {
  return sentence ?? '';
}
