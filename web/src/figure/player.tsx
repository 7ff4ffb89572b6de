// The bar that plays a figure: back, play, forward, a slider over the steps, the speed. Nothing plays unless it is asked to.

import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';

/** A figure's clock. */
export interface Playing {
  readonly playing: boolean;
  /** Steps a second. */
  readonly speed: number;
  readonly setSpeed: (speed: number) => void;
  readonly toggle: () => void;
  readonly pause: () => void;
}

const SPEEDS = [0.5, 1, 2, 4, 8] as const;

/** A clock that shows one frame after the other; after the last it begins again. */
export function usePlayer(
  frames: number,
  frame: number,
  onFrame: (frame: number, how: How) => void,
): Playing {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const latest = useRef({ frame, onFrame });
  latest.current = { frame, onFrame };
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const { frame: now, onFrame: show } = latest.current;
      show((now + 1) % frames, 'replace');
    }, 1000 / speed);
    return () => clearInterval(timer);
  }, [playing, speed, frames]);
  return {
    playing: playing && frames > 1,
    speed,
    setSpeed,
    toggle: () => {
      setPlaying(!playing);
      // Where it stops is a place to come back to.
      if (playing) onFrame(frame, 'merge');
    },
    pause: () => setPlaying(false),
  };
}

/** The buttons, the slider and the speed. */
export function Player({
  player,
  frames,
  frame,
  onFrame,
}: {
  readonly player: Playing;
  readonly frames: number;
  readonly frame: number;
  readonly onFrame: (frame: number, how: How) => void;
}): JSX.Element {
  const { t } = useSpeech();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar has no element of its own
    <div class="player" role="group" aria-label={t(say`Steps`)}>
      <button
        type="button"
        class="icon"
        disabled={frame === 0}
        onClick={() => onFrame(frame - 1, 'merge')}
        aria-label={t(say`a step back`)}
      >
        <Icon path="M6 5v14M19 5 9 12l10 7z" />
      </button>
      <button
        type="button"
        class="icon play"
        onClick={player.toggle}
        aria-label={t(player.playing ? say`pause` : say`play`)}
      >
        <Icon path={player.playing ? 'M8 5v14M16 5v14' : 'M7 4.5 19.5 12 7 19.5z'} />
      </button>
      <button
        type="button"
        class="icon"
        disabled={frame === frames - 1}
        onClick={() => onFrame(frame + 1, 'merge')}
        aria-label={t(say`a step forward`)}
      >
        <Icon path="M18 5v14M5 5l10 7-10 7z" />
      </button>
      <input
        type="range"
        min={0}
        max={frames - 1}
        value={frame}
        aria-label={t(say`Step`)}
        aria-valuetext={t(say`step ${frame + 1} of ${frames}`)}
        onInput={(event) => onFrame(Number(event.currentTarget.value), 'merge')}
      />
      <span class="count" aria-hidden="true">
        {frame + 1} / {frames}
      </span>
      <select
        class="plain"
        aria-label={t(say`Speed`)}
        value={String(player.speed)}
        onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={String(speed)}>
            {speed}×
          </option>
        ))}
      </select>
    </div>
  );
}

function Icon({ path }: { readonly path: string }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path
        d={path}
        fill="currentColor"
        stroke="currentColor"
        stroke-width="2"
        stroke-linejoin="round"
        stroke-linecap="round"
      />
    </svg>
  );
}
