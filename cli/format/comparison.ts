// A comparison of two pieces of code as findings and as Markdown.

import type { Verdict } from '../../src/explain/index.ts';
import type { Io } from '../io.ts';
import { paragraph } from '../text.ts';
import type { Finding, Place } from './finding.ts';
import { document, fenced, heading, inline, plain, table } from './markdown.ts';

/** A comparison, said. */
export interface Said {
  readonly verdict: Verdict;
  /** The verdict in words, and for which sizes the two agree. */
  readonly sentences: readonly string[];
  readonly first: Place;
  readonly second: Place;
  /** Cells line by line, their heads first. */
  readonly rows: readonly (readonly string[])[];
  /** The first layer's framework saying exactly what the second does. */
  readonly repaired: { readonly title: string; readonly lines: readonly string[] } | null;
}

/** What is wrong with the second layer: nothing where both are the same. */
export function comparisonFindings(io: Io, { verdict, sentences, first, second, repaired }: Said): Finding[] {
  if (verdict === 'same') return [];
  const exact = repaired === null ? [] : [io.say`${repaired.title}: ${repaired.lines.join('; ')}`];
  const message = paragraph([...sentences, ...exact]);
  return [{ rule: verdict, level: 'error', message, place: second, other: first }];
}

/** A section for a pull request. */
export function comparisonMarkdown(
  io: Io,
  { verdict, sentences, first, second, rows, repaired }: Said,
): string {
  const [head = '', ...more] = sentences;
  return document([
    heading(`${first.name} ↔ ${second.name}`),
    ...[first, second].flatMap((place) => [where(io, place), fenced(place.code.split('\n'))]),
    verdict === 'same' ? plain(head) : `**${plain(head)}**`,
    ...more.map(plain),
    rows.length > 1 ? table(rows.map((row) => (rows[0] ?? []).map((_, i) => plain(row[i] ?? '')))) : null,
    ...(repaired === null ? [] : [io.say`${plain(repaired.title)}:`, fenced(repaired.lines)]),
  ]);
}

/** In which file and line some code stands; null where it was given as it is. */
export function where(io: Io, { file, from }: Place): string | null {
  return file === null ? null : `${inline(file)}, ${io.say`line ${from.line}`}`;
}
