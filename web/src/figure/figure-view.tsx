// A figure on the page: its picture, the bar that plays it, its twin as tables, and a live region that reads each step. It is
// one stop of the Tab key; the keys on it are those of keys.tsx. Pointing at a cell shows its step until one is kept.

import type { Figure } from 'padwise/draw';
import { say } from 'padwise/words';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { useAppearance } from '../appearance.tsx';
import { useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';
import { askedBy } from './asked.ts';
import { Marks } from './marks.tsx';
import { Player, usePlayer } from './player.tsx';
import { FigureTables } from './tables.tsx';

/** What a {@link FigureView} takes. */
export interface FigureViewProps {
  readonly figure: Figure;
  /** The step shown, 0 to figure.frames - 1; another number counts as the nearest. */
  readonly frame: number;
  readonly onFrame: (frame: number, how: How) => void;
  /** More buttons in its bar: a copy menu. */
  readonly tools?: ComponentChildren;
  /** Whether a pointer over a cell shows its step; true unless said. */
  readonly pointing?: boolean;
}

const MARGIN = 12;
/** A figure is not made smaller than this part of its size; then it scrolls in its box. */
const SMALLEST = 0.62;

/** A figure with everything a reader needs to step through it. */
export function FigureView({
  figure,
  frame: wanted,
  onFrame,
  tools,
  pointing = true,
}: FigureViewProps): JSX.Element {
  const { t } = useSpeech();
  const { theme } = useAppearance();
  const id = useId();
  const chosen = Math.min(figure.frames - 1, Math.max(0, Math.trunc(wanted) || 0));
  const [pointed, setPointed] = useState<number | null>(null);
  const [kept, keep] = useState(false);
  useEffect(() => setPointed(null), [figure]);
  const player = usePlayer(figure.frames, chosen, onFrame);
  const frame = pointed !== null && pointed < figure.frames && !player.playing ? pointed : chosen;
  const picture = useMemo(() => figure.frame(frame), [figure, frame]);
  const [width, height] = [picture.width + 2 * MARGIN, picture.height + 2 * MARGIN];

  const show = (to: number, how: How = 'merge') => {
    setPointed(null);
    player.pause();
    onFrame(Math.min(figure.frames - 1, Math.max(0, to)), how);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const asked = askedBy(event.key, frame, figure.shape ?? [figure.frames]);
    if (asked === 'play') player.toggle();
    else if (asked !== null) show(asked.frame);
    else if (event.key === 'Enter') {
      if (!kept) show(frame);
      keep(!kept);
    } else return;
    event.preventDefault();
  };
  const over = (event: PointerEvent) => {
    if (!pointing || kept || player.playing || event.pointerType === 'touch') return;
    const at = frameAt(event);
    if (at !== null && at !== pointed) setPointed(at);
  };
  return (
    <figure class="figure">
      {/* biome-ignore lint/a11y/useSemanticElements: a figure's drawing that takes keys is a group, not a fieldset */}
      <div
        class="figure-box"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move the window
        tabIndex={0}
        aria-label={t(picture.title)}
        aria-describedby={figure.frames > 1 ? `${id}-keys` : undefined}
        onKeyDown={pressed}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the group around it */}
        <svg
          viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
          width={width}
          height={height}
          style={{ minWidth: `${Math.round(width * SMALLEST)}px` }}
          role="img"
          aria-label={t(picture.description)}
          onPointerOver={over}
          onPointerLeave={() => setPointed(null)}
          onClick={(event) => {
            // What is pointed at has this frame's own marks painted over it, which lead nowhere.
            const at = frameAt(event) ?? pointed;
            if (at !== null) show(at, 'push');
          }}
        >
          <Marks marks={picture.marks} theme={theme} t={t} />
          <Marks marks={picture.moving} theme={theme} t={t} />
        </svg>
      </div>
      {figure.frames > 1 && (
        <p class="unseen" id={`${id}-keys`}>
          {t(
            say`Space plays, comma and full stop step, arrows move the window, Enter keeps a step, question mark lists the keys.`,
          )}
        </p>
      )}
      <p class="unseen" aria-live="polite">
        {player.playing ? '' : t(picture.description)}
      </p>
      <div class="figure-bar">
        {figure.frames > 1 && <Player player={player} frames={figure.frames} frame={frame} onFrame={show} />}
        {kept && (
          <span class="kept" role="status">
            {t(say`kept`)}
          </span>
        )}
        <span class="figure-tools">{tools}</span>
      </div>
      <FigureTables tables={picture.tables} />
    </figure>
  );
}

/** The frame of what an event is on; null where it leads to none. */
function frameAt(event: Event): number | null {
  const text = (event.target as Element).closest('[data-frame]')?.getAttribute('data-frame');
  return text == null ? null : Number(text);
}
