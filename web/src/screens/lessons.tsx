// The lessons: a list to choose from and the one that is open.
//
//   #v1/lessons/<lesson>/<what its figures show>        see lessons/places.ts

import '../style/lessons.css';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { printAddress } from '../address.ts';
import { useSpeech } from '../language.tsx';
import { LESSONS } from '../lessons/contents.ts';
import { Opened } from '../lessons/lesson.tsx';
import { parsePlaces, printPlaces } from '../lessons/places.ts';
import type { ScreenProps } from '../screens.tsx';

/** The screen. */
export function screen({ parts, step, go }: ScreenProps): JSX.Element {
  const { t } = useSpeech();
  const [name = LESSONS[0].name, ...rest] = parts;
  const found = LESSONS.find((one) => one.name === name);
  const lesson = found ?? LESSONS[0];
  const text = rest.join('/');
  const { places, wrong } = useMemo(() => parsePlaces(text === '' ? [] : text.split('/')), [text]);
  const open = useMemo(
    () => ({
      places,
      show: (next: typeof places, how: Parameters<typeof go>[1]) =>
        go([lesson.name, ...printPlaces(next)], how),
    }),
    [places, lesson, go],
  );
  const list = useRef<HTMLOListElement>(null);
  const last = places.at(-1)?.name;
  useEffect(() => {
    const section = last === undefined ? null : document.getElementById(`lesson-${last}`);
    if (section !== null) section.scrollIntoView({ behavior: 'instant', block: 'start' });
    else scrollTo({ top: 0, behavior: 'instant' });
    const chosen = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current !== null && chosen != null)
      list.current.scrollLeft = chosen.offsetLeft - list.current.offsetLeft - 24;
    // Only the link that opened it scrolls, not each step of a figure.
  }, [lesson]);
  return (
    <div class="lesson-page">
      <nav class="contents" aria-label={t(say`Lessons`)}>
        <ol ref={list}>
          {LESSONS.map((one) => (
            <li key={one.name}>
              <a
                href={printAddress({
                  screen: 'lessons',
                  parts: one === LESSONS[0] ? [] : [one.name],
                  step: null,
                })}
                aria-current={one === lesson ? 'page' : undefined}
              >
                {t(one.title)}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <article class="lesson" key={lesson.name} data-lesson={lesson.name}>
        {found === undefined && (
          <p class="notice" role="alert">
            {t(say`There is no lesson called ${name.slice(0, 40)}; this is the first one.`)}
          </p>
        )}
        {found !== undefined && (wrong !== null || step !== null) && (
          <p class="notice" role="alert">
            {t(wrong ?? say`${`@${step}`} in this link was not understood.`)}
          </p>
        )}
        <h1>{t(lesson.title)}</h1>
        <Opened open={open}>
          <lesson.component />
        </Opened>
      </article>
    </div>
  );
}
