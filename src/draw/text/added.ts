// What a description says that a drawing does not show already: its sentences without those that stand there as words.
//
//   shown   Same shape, shifted by 1 input px.     description   Same shape, shifted by 1 input px. Output 0 ...
//   added   Output 0 ...

import { Sentence, say, type Text } from '../../words/index.ts';
import type { Label } from '../picture.ts';

/** Sentences that only put together what others say. */
const JOINED: ReadonlySet<string> = new Set(['{0} {1}', '{0} {1}.']);
const AROUND: ReadonlySet<string> = new Set(['{0}.', '{0}. Without padding: {1}.']);
/** A sentence with the name of what it is about. */
const NAMED = '{0}: {1}';

/** The description without its sentences that are among the labels; empty where all are. */
export function added(description: Text, labels: readonly Label[], said: (text: Text) => string): string {
  const key = (text: string) => text.replace(/[.\u3002]$/, '');
  const shown = new Set(labels.map(({ text }) => key(said(text))));
  for (const run of runs(labels.filter(({ mono, size }) => mono === true && size === undefined)))
    shown.add(run.map(({ text }) => said(text).trim()).join(' '));
  const isShown = (text: Text | number): boolean =>
    typeof text !== 'number' &&
    (shown.has(key(said(text))) ||
      (text instanceof Sentence &&
        (text.template === NAMED
          ? isShown(text.values[1] ?? '')
          : (AROUND.has(text.template) || JOINED.has(text.template)) && text.values.every(isShown))));
  const kept = parts(description).filter(({ text }) => !isShown(text));
  return kept
    .map(({ text, ended }) => (ended ? said(say`${''} ${text}.`).trim() : said(text)))
    .reduce((all, one) => (all === '' ? one : said(say`${all} ${one}`)), '');
}

/** A sentence, and whether a full stop has to be put behind it. */
interface Part {
  readonly text: Text;
  readonly ended: boolean;
}

function parts(text: Text | number): Part[] {
  if (typeof text === 'number') return [{ text: String(text), ended: false }];
  if (typeof text === 'string' || !JOINED.has(text.template)) return [{ text, ended: false }];
  const [first = '', second = ''] = text.values;
  const rest = parts(second);
  if (text.template === '{0} {1}') return [...parts(first), ...rest];
  return [...parts(first), ...rest.map((part, i) => ({ ...part, ended: i === rest.length - 1 }))];
}

/** All runs of a list: arithmetic of several lines is one sentence of a description. */
function runs<Any>(of: readonly Any[]): Any[][] {
  return of.flatMap((_, from) => of.slice(from, from + 12).map((_one, i) => of.slice(from, from + i + 1)));
}
