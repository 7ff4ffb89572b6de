// The code of a stack: as one paste, or layer by layer, where one can be edited, moved, taken out or put in.

import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { CodeField, type CodeProblem } from '../controls/code-field.tsx';
import { Tabs } from '../controls/tabs.tsx';
import { useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';
import { another, changedPiece, codeOf, movedPiece, type Pieces, piecesOf } from './code.ts';
import type { Row } from './reading.ts';

/** What an {@link Editor} takes. */
export interface EditorProps {
  readonly code: string;
  readonly onCode: (code: string, how: How) => void;
  readonly problem: CodeProblem | null;
  /** The layer that refuses its input, 0 the first. */
  readonly refusing: number | null;
  readonly rows: readonly Row[];
  readonly rank: number;
}

/** Code to paste or to edit. */
export function Editor(props: EditorProps): JSX.Element {
  const { code, onCode, problem } = props;
  const { t } = useSpeech();
  const [tab, choose] = useState('paste');
  const pieces = piecesOf(code);
  const tabs = [
    { name: 'paste', title: say`As one paste` },
    { name: 'layers', title: say`Layer by layer` },
  ];
  return (
    <Tabs label={say`The code of the stack`} tabs={tabs} chosen={tab} onChoose={choose}>
      {tab === 'paste' ? (
        <CodeField
          label={say`Layers of any framework: a Sequential, a class, or a layer a line`}
          code={code}
          onCode={(text) => onCode(text, 'merge')}
          problem={problem}
          example="nn.Sequential(nn.Conv2d(3, 64, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, 1))"
        />
      ) : pieces === null ? (
        <p class="quiet">{t(say`This code is a program, not a list; edit it as one paste.`)}</p>
      ) : (
        <PieceList {...props} pieces={pieces} />
      )}
    </Tabs>
  );
}

function PieceList({
  pieces: of,
  onCode,
  problem,
  refusing,
  rows,
  rank,
}: EditorProps & { readonly pieces: Pieces }): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  const { pieces } = of;
  const even = rows.length === pieces.length;
  const wrong = problem === null ? null : (refusing ?? pieceAt(of, problem.offset));
  const sentence = problem !== null && (
    <div class="wrong" id={`${id}-wrong`} role="status">
      <p>{t(problem.sentence)}</p>
      {problem.hint !== undefined && <p>{t(problem.hint)}</p>}
    </div>
  );
  const add = (after: number) => {
    const row = even ? rows[after] : undefined;
    const channels = row === undefined ? 0 : row.layer.layout === 'first' ? row.output[1] : row.output.at(-1);
    const piece = pieces[after] as string;
    const made = channels ? another(row?.layer.framework ?? '', piece, channels, rank) : piece;
    onCode(codeOf(changedPiece(of, after, made, true)), 'push');
  };
  return (
    <ol class="stack-pieces">
      {pieces.map((piece, i) => (
        <li key={i}>
          <div class="stack-piece">
            <label class="unseen" for={`${id}-${i}`}>
              {t(say`layer ${i + 1}`)}
            </label>
            <input
              id={`${id}-${i}`}
              type="text"
              class="code"
              spellcheck={false}
              autoComplete="off"
              autoCapitalize="off"
              value={piece}
              aria-invalid={wrong === i}
              aria-describedby={wrong === i ? `${id}-wrong` : undefined}
              onInput={(event) => {
                const text = event.currentTarget.value;
                if (text.trim() !== '') onCode(codeOf(changedPiece(of, i, text)), 'merge');
              }}
            />
            <button
              type="button"
              class="icon"
              disabled={i === 0}
              aria-label={t(say`layer ${i + 1}: up`)}
              onClick={() => onCode(codeOf(movedPiece(of, i, i - 1)), 'push')}
            >
              ↑
            </button>
            <button
              type="button"
              class="icon"
              disabled={i === pieces.length - 1}
              aria-label={t(say`layer ${i + 1}: down`)}
              onClick={() => onCode(codeOf(movedPiece(of, i, i + 1)), 'push')}
            >
              ↓
            </button>
            <button
              type="button"
              class="icon"
              aria-label={t(say`add a layer after layer ${i + 1}`)}
              onClick={() => add(i)}
            >
              +
            </button>
            <button
              type="button"
              class="icon"
              disabled={pieces.length === 1}
              aria-label={t(say`remove layer ${i + 1}`)}
              onClick={() => onCode(codeOf(changedPiece(of, i, null)), 'push')}
            >
              ×
            </button>
          </div>
          {wrong === i && sentence}
        </li>
      ))}
      {wrong === null && problem !== null && <li>{sentence}</li>}
    </ol>
  );
}

/** The piece that an offset of the whole code lies in; null where it lies in none. */
function pieceAt(of: Pieces, offset: number | undefined): number | null {
  if (offset === undefined) return null;
  const between = of.head === '' ? 1 : 6;
  let at = of.head === '' ? 0 : of.head.length + 5;
  for (const [i, piece] of of.pieces.entries()) {
    if (offset >= at && offset <= at + piece.length) return i;
    at += piece.length + between;
  }
  return null;
}
