// The parts below the lab's figure: the arithmetic line by line, the code in every framework, the layer on a picture. What is
// large is loaded when its part comes into view.

import { arithmetic, english, type Words as Lines } from 'padwise/explain';
import { say, type Text } from 'padwise/words';
import { type ComponentChildren, Fragment, type JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSpeech } from '../language.tsx';
import { Missing } from '../missing.tsx';
import type { LaterProps } from './later.tsx';

/** All of them. */
export function Below(props: LaterProps): JSX.Element {
  return (
    <>
      <Part title={say`The arithmetic, line by line`}>
        <Arithmetic {...props} />
      </Part>
      <Part title={say`The same layer elsewhere`}>
        <WhenSeen
          load={() => import('./frameworks.tsx').then(({ Frameworks }) => Frameworks)}
          props={props}
        />
      </Part>
      <Part title={say`On a picture`}>
        <WhenSeen load={() => import('./picture.tsx').then(({ PictureLab }) => PictureLab)} props={props} />
      </Part>
    </>
  );
}

function Part({
  title,
  children,
}: {
  readonly title: Text;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { t } = useSpeech();
  return (
    <section class="part">
      <h2>{t(title)}</h2>
      {children}
    </section>
  );
}

function Arithmetic({ of, axis }: LaterProps): JSX.Element {
  const { language } = useSpeech();
  const [words, setWords] = useState<Lines>(english);
  useEffect(() => {
    if (language === 'en') setWords(english);
    else import('padwise/explain/chinese').then(({ chinese }) => setWords(chinese));
  }, [language]);
  return (
    <pre class="lines">
      {arithmetic(of, axis, words).map((line, i) => {
        // A line begins with the name of what it works out.
        const [, name, rest] = /^(\S+?)(?:，|\s+)(.*)$/.exec(line) ?? [line, '', line];
        return (
          <Fragment key={i}>
            <span class="line-name">{name}</span> <span>{rest}</span>
            {'\n'}
          </Fragment>
        );
      })}
    </pre>
  );
}

type Component = (props: LaterProps) => JSX.Element;

function WhenSeen({
  load,
  props,
}: {
  readonly load: () => Promise<Component>;
  readonly props: LaterProps;
}): JSX.Element {
  const { t } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  const [Seen, setSeen] = useState<{ component: Component } | 'failed' | null>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        load().then(
          (component) => setSeen({ component }),
          () => setSeen('failed'),
        );
      },
      { rootMargin: '200px' },
    );
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} class="when-seen">
      {Seen === null ? (
        <p class="quiet">{t(say`Loading …`)}</p>
      ) : Seen === 'failed' ? (
        <Missing text={say`This part could not be loaded.`} />
      ) : (
        <Seen.component {...props} />
      )}
    </div>
  );
}
