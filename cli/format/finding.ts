// What a command found wrong, and where: the same for every form that reports findings.

import type { Verdict } from '../../src/explain/index.ts';

/** What can be wrong; the last part of a rule's id, padwise/shifted. */
export type Rule = Exclude<Verdict, 'same'> | 'impossible';

/** Every rule with the sentence that explains it. */
export const RULES: Readonly<Record<Rule, string>> = {
  shifted: 'Two layers give the same shape, but every window of one lies some pixels beside the other.',
  pixels: 'Two layers give the same shape, but read other pixels or other padding.',
  shape: 'Two layers give different shapes.',
  mirrored: 'Two layers read the same pixels, but one mirrors its kernel.',
  numbers: 'Two layers read the same pixels, but compute other numbers from them.',
  impossible: 'A framework has no words for a layer.',
};

/** Where some code stands. Lines and columns count from 1. */
export interface Place {
  /** The path as given; null for code from the command line or standard input. */
  readonly file: string | null;
  readonly code: string;
  readonly from: { readonly line: number; readonly column: number };
  readonly to: { readonly line: number; readonly column: number };
  /** The layer: torch nn.Conv2d. */
  readonly name: string;
}

/** One thing that is wrong. */
export interface Finding {
  readonly rule: Rule;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly place: Place;
  /** What it was compared with. */
  readonly other?: Place;
}

/** The place of a piece of a text: `length` characters from `offset` on. */
export function placeOf(
  file: string | null,
  name: string,
  text: string,
  offset: number,
  length: number,
): Place {
  const at = (index: number) => {
    const lines = text.slice(0, index).split(/\r\n|\r|\n/);
    return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
  };
  const code = text.slice(offset, offset + length);
  return { file, name, code, from: at(offset), to: at(offset + length) };
}
