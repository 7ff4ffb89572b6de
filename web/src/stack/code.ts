// A paste as its layers' own pieces of code, so that one can be edited, moved or taken out and the rest stays as it was:
//
//   nn.Sequential(  nn.Conv2d(3, 8, 3),  nn.ReLU()  )          head, pieces, tail
//   nn.Conv2d(3, 8, 3)                                         one a line, no head and no tail
//   nn.ReLU()
//
// Brackets and quotes are counted; comments and line breaks inside a piece are dropped. Programs are not taken apart.

/** Code in pieces. */
export interface Pieces {
  readonly head: string;
  readonly pieces: readonly string[];
  readonly tail: string;
}

const CONTAINER = /^(?:[A-Za-z_]\w*\s*=\s*)?(?:[A-Za-z_]\w*\.)*Sequential\s*\(\s*\[?/;
/** A program, a class: to be edited as the whole it is. */
const PROGRAM = /^\s*(class|def|for|if|import|from|with|return|@)\b/m;

/** The pieces of code; null where it is no list of layers. */
export function piecesOf(code: string): Pieces | null {
  const text = code.trim();
  const [opening] = CONTAINER.exec(text) ?? [];
  if (opening === undefined) {
    if (text === '' || PROGRAM.test(text)) return null;
    const found = split(text, 0, '\n;');
    return found === null || found.end < text.length ? null : { head: '', pieces: found.pieces, tail: '' };
  }
  const found = split(text, opening.length, ',');
  if (found === null) return null;
  const tail = text.slice(found.end);
  return /^\]?\s*\)$/.test(tail) ? { head: opening.trim(), pieces: found.pieces, tail } : null;
}

/** The code of pieces. */
export function codeOf({ head, pieces, tail }: Pieces): string {
  if (head === '') return pieces.join('\n');
  return `${head}\n${pieces.map((piece) => `    ${piece},\n`).join('')}${tail}`;
}

/** What stands between separators outside of brackets and quotes, from `start` to the bracket that closes it. */
function split(
  text: string,
  start: number,
  separators: string,
): { readonly pieces: string[]; readonly end: number } | null {
  const pieces: string[] = [];
  let [piece, depth, at] = ['', 0, start];
  const take = () => {
    const whole = piece
      .replace(/\s+/g, ' ')
      .replace(/([([]) | (?=[)\]])/g, '$1')
      .trim();
    if (whole !== '') pieces.push(whole);
    piece = '';
  };
  for (; at < text.length; at++) {
    const letter = text[at] as string;
    if (letter === '#') {
      const end = text.indexOf('\n', at);
      at = (end < 0 ? text.length : end) - 1;
      continue;
    }
    if (letter === '"' || letter === "'") {
      const end = closing(text, at);
      if (end === null) return null;
      piece += text.slice(at, end + 1);
      at = end;
      continue;
    }
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth--;
    if (depth < 0) break;
    if (depth === 0 && separators.includes(letter)) take();
    else piece += letter;
  }
  take();
  return depth > 0 || pieces.length === 0 ? null : { pieces, end: at };
}

/** Where a quoted word ends; null where it does not. */
function closing(text: string, from: number): number | null {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[from]) return at;
    else if (text[at] === '\n') return null;
  }
  return null;
}

/** The pieces with one put elsewhere. */
export function movedPiece(of: Pieces, from: number, to: number): Pieces {
  const pieces = [...of.pieces];
  const [piece] = pieces.splice(from, 1);
  if (piece !== undefined) pieces.splice(to, 0, piece);
  return { ...of, pieces };
}

/** The pieces with one replaced, or taken out (null), or another put after it. */
export function changedPiece(of: Pieces, at: number, piece: string | null, after = false): Pieces {
  const put = piece === null ? [] : [piece];
  return { ...of, pieces: of.pieces.toSpliced(at + (after ? 1 : 0), after ? 0 : 1, ...put) };
}

/** A layer that fits after one of so many channels, in its framework's words; the layer again where they are not known. */
export function another(framework: string, piece: string, channels: number, rank: number): string {
  if (framework === 'torch') return `nn.Conv${rank}d(${channels}, ${channels}, 3, padding=1)`;
  if (framework === 'keras') return `keras.layers.Conv${rank}D(${channels}, 3, padding="same")`;
  return piece;
}
