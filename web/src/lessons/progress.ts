// What a reader answered, kept in the browser under one name; judged anew whenever it is read. A browser may refuse to keep
// anything; then the answers last as long as the page.

import { useState } from 'preact/hooks';

const NAME = 'padwise.exercises';
const LONGEST = 200;

/** Answers by the questions' names. */
export type Answers = Readonly<Record<string, string>>;

/** What was kept, of these questions; nothing where it cannot be read. */
export function keptAnswers(text: string | null, known: readonly string[]): Answers {
  try {
    const kept = JSON.parse(text ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(
      known.flatMap((name) => {
        const answer = Object.hasOwn(kept, name) ? kept[name] : undefined;
        return typeof answer === 'string' && answer.length <= LONGEST ? [[name, answer]] : [];
      }),
    );
  } catch {
    return {};
  }
}

/** The answers, and a way to change one; an empty one is forgotten. */
export function useAnswers(
  known: readonly string[],
): readonly [Answers, (name: string, answer: string) => void, () => void] {
  const [answers, setAnswers] = useState<Answers>(() => keptAnswers(load(), known));
  const change = (next: Answers) => {
    setAnswers(next);
    keep(Object.keys(next).length === 0 ? null : JSON.stringify(next));
  };
  const answer = (name: string, text: string) => {
    const { [name]: _, ...others } = answers;
    change(text === '' ? others : { ...others, [name]: text.slice(0, LONGEST) });
  };
  return [answers, answer, () => change({})];
}

function load(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

function keep(text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, text);
  } catch {
    // Private windows and sandboxed frames refuse; the page works without.
  }
}
