// Words on a terminal: how many columns they take, a Chinese character two; lines of at most so many columns; and nothing in
// them that a terminal would obey.
//
// Source: Unicode Standard Annex 11, East Asian Width, the classes W and F.

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NONE = /\p{Mark}/u;

/** Columns of one character: 0 for a combining mark, 2 for a Chinese one. */
export function columnsOf(sign: string): number {
  return NONE.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
}

/** Columns of a text. */
export function columns(text: string): number {
  return [...text].reduce((sum, sign) => sum + columnsOf(sign), 0);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal obeys
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text without what moves a cursor, colours or turns the writing direction. */
export function plain(text: string): string {
  return text.replace(OBEYED, ' ');
}

/** What no line may tear apart: a Chinese character with its punctuation, or a run of anything else. */
const UNIT =
  /[（“‘]*\p{Script=Han}[，。：；、？！）”’]*|[^\p{Script=Han}（“‘]+[，。：；、？！）”’]*|[（“‘]+[^\p{Script=Han}]*/gu;

/** A text in lines of at most `most` columns; a word longer than a line is cut. */
export function lines(text: string, most: number): string[] {
  const done: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    for (const [i, whole] of (word.match(UNIT) ?? ['']).entries()) {
      const gap = i === 0 && line !== '' ? ' ' : '';
      if (line !== '' && columns(line + gap + whole) > most) {
        done.push(line);
        line = whole;
      } else line += gap + whole;
      while (columns(line) > most) {
        const first = cut(line, most);
        if (first === '') break;
        done.push(first);
        line = line.slice(first.length);
      }
    }
  }
  return [...done, line];
}

/** The beginning of a text that takes at most `most` columns. */
export function cut(text: string, most: number): string {
  let taken = '';
  let room = most;
  for (const sign of text) {
    room -= columnsOf(sign);
    if (room < 0) break;
    taken += sign;
  }
  return taken;
}
