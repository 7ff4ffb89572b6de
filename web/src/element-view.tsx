// What stands in the element's shadow root: the picture, the bar that plays it, and what is read aloud.

import { dark, type Figure, figure, light, paper, type Theme } from 'padwise/draw';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Language, speaker } from './element-words.ts';
import { askedBy } from './figure/asked.ts';
import { Marks } from './figure/marks.tsx';

/** What an {@link ElementView} takes: the element's attributes. */
export interface ElementViewProps {
  /** The drawing line. */
  readonly line: string;
  readonly step: number;
  /** Whether it plays by itself, unless the reader asks for less motion. */
  readonly play: boolean;
  /** auto, light, dark or print; anything else counts as auto. */
  readonly theme: string;
  readonly language: Language;
  readonly onStep: (step: number) => void;
}

const MARGIN = 12;
const SMALLEST = 0.62;
const PACE = 1000;

/** The figure, or a sentence that says why there is none. */
export function ElementView(props: ElementViewProps): JSX.Element {
  const { line, language } = props;
  const t = useMemo(() => speaker(language), [language]);
  const theme = useTheme(props.theme);
  const drawn = useMemo(() => drawnFrom(line), [line]);
  const tag = language === 'zh' ? 'zh-CN' : 'en';
  const colours = {
    '--ground': theme.ground,
    '--ink': theme.ink,
    '--soft': theme.soft,
    '--faint': theme.faint,
  };
  return (
    <div
      class="whole"
      lang={tag}
      style={{
        ...colours,
        '--accent': theme.roles.window.line,
        colorScheme: theme === dark ? 'dark' : 'light',
      }}
    >
      {'frames' in drawn ? (
        <Steps {...props} of={drawn} theme={theme} t={t} />
      ) : (
        <p role="alert">{t(drawn.wrong)}</p>
      )}
    </div>
  );
}

function Steps({
  of,
  theme,
  t,
  step,
  play,
  onStep,
}: Omit<ElementViewProps, 'theme'> & {
  readonly of: Figure;
  readonly theme: Theme;
  readonly t: (text: Text) => string;
}): JSX.Element {
  const calm = useMedia('(prefers-reduced-motion: reduce)');
  const [frame, setFrame] = useState(() => Math.min(of.frames - 1, step));
  const [playing, setPlaying] = useState(false);
  useEffect(() => setFrame(Math.min(of.frames - 1, step)), [of, step]);
  useEffect(() => setPlaying(play && !calm && of.frames > 1), [of, play, calm]);
  const now = Math.min(frame, of.frames - 1);
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => show((now + 1) % of.frames), PACE);
    return () => clearTimeout(timer);
  }, [playing, now, of]);
  const show = (to: number) => {
    setFrame(to);
    onStep(to);
  };
  const choose = (to: number) => {
    setPlaying(false);
    show(to);
  };
  const picture = useMemo(() => of.frame(now), [of, now]);
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const asked = askedBy(event.key, now, of.shape ?? [of.frames]);
    if (asked === null) return;
    event.preventDefault();
    if (asked === 'play') setPlaying(!playing && of.frames > 1);
    else choose(asked.frame);
  };
  const clicked = (event: MouseEvent) => {
    const at = (event.target as Element).closest('[data-frame]')?.getAttribute('data-frame');
    if (at != null) choose(Number(at));
  };
  const [width, height] = [picture.width + 2 * MARGIN, picture.height + 2 * MARGIN];
  const button = (label: Text, path: string, does: () => void, disabled = false) => (
    <button type="button" aria-label={t(label)} disabled={disabled} onClick={does}>
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
  const keys = say`Space plays, comma and full stop step, arrows move the window.`;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a figure's drawing that takes keys is a group, not a fieldset */}
      <div
        class="box"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move the window
        tabIndex={0}
        aria-label={t(picture.title)}
        aria-describedby="keys"
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
          onClick={clicked}
        >
          <Marks marks={picture.marks} theme={theme} t={t} />
          <Marks marks={picture.moving} theme={theme} t={t} />
        </svg>
      </div>
      <p class="unseen" id="keys">
        {of.frames > 1 ? t(keys) : ''}
      </p>
      <p class="unseen" aria-live="polite">
        {playing ? '' : t(picture.description)}
      </p>
      {of.frames > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a toolbar has no element of its own
        <div class="bar" role="group" aria-label={t(say`Steps`)}>
          {button(say`a step back`, 'M6 5v14M19 5 9 12l10 7z', () => choose(now - 1), now === 0)}
          {playing
            ? button(say`pause`, 'M8 5v14M16 5v14', () => setPlaying(false))
            : button(say`play`, 'M7 4.5 19.5 12 7 19.5z', () => setPlaying(true))}
          {button(
            say`a step forward`,
            'M18 5v14M5 5l10 7-10 7z',
            () => choose(now + 1),
            now === of.frames - 1,
          )}
          <span aria-hidden="true">
            {now + 1} / {of.frames}
          </span>
          <span class="unseen">{t(say`step ${now + 1} of ${of.frames}`)}</span>
        </div>
      )}
    </>
  );
}

/** The figure of a line, its first frame drawn once; a sentence where that fails. */
function drawnFrom(line: string): Figure | { readonly wrong: Text } {
  if (line.trim() === '')
    return { wrong: say`This element needs a figure, such as figure="window 1x1x8x8 k3 -> 1".` };
  try {
    const drawn = figure(line);
    drawn.frame(0);
    return drawn;
  } catch (error) {
    const { sentence } = error as { readonly sentence?: Text };
    return {
      wrong:
        sentence === undefined
          ? say`This figure could not be drawn.`
          : say`This figure was not understood: ${sentence}`,
    };
  }
}

function useTheme(name: string): Theme {
  const night = useMedia('(prefers-color-scheme: dark)');
  if (name === 'light') return light;
  if (name === 'print') return paper;
  return name === 'dark' || night ? dark : light;
}

function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query]);
  const [holds, setHolds] = useState(list.matches);
  useEffect(() => {
    const changed = () => setHolds(list.matches);
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [list]);
  return holds;
}
