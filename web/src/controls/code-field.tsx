// A field for pasted code. What is wrong with it stands below, with the line in question and a mark under its column.

import type { Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useSpeech } from '../language.tsx';

/** What is wrong with code: a sentence, what to do, and where. */
export interface CodeProblem {
  readonly sentence: Text;
  readonly hint?: Text | undefined;
  /** 0-based offset into the code. */
  readonly offset?: number | undefined;
}

/** What a {@link CodeField} takes. */
export interface CodeFieldProps {
  readonly label: Text;
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly problem: CodeProblem | null;
  /** Shown while it is empty. */
  readonly example?: string;
}

/** Code to type or paste; as high as its lines, at most 14. */
export function CodeField({ label, code, onCode, problem, example }: CodeFieldProps): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div class="code-field" data-wrong={problem === null ? undefined : ''}>
      <label for={id}>{t(label)}</label>
      <textarea
        id={id}
        rows={Math.min(14, Math.max(1, code.split('\n').length))}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        placeholder={example}
        value={code}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-wrong`}
        onInput={(event) => onCode(event.currentTarget.value)}
      />
      {problem !== null && (
        <div class="wrong" id={`${id}-wrong`} role="status">
          <p>{t(problem.sentence)}</p>
          {problem.offset !== undefined && <Pointed code={code} offset={problem.offset} />}
          {problem.hint !== undefined && <p>{t(problem.hint)}</p>}
        </div>
      )}
    </div>
  );
}

/** The line of an offset, the column marked. */
function Pointed({ code, offset }: { readonly code: string; readonly offset: number }): JSX.Element {
  const at = Math.min(offset, code.length);
  const start = code.lastIndexOf('\n', at - 1) + 1;
  const end = code.indexOf('\n', at);
  const from = Math.max(start, at - 40);
  const line = code.slice(from, end < 0 ? undefined : end).slice(0, 80);
  const column = at - from;
  return (
    <pre class="pointed" aria-hidden="true">
      {line.slice(0, column)}
      <mark>{line.slice(column, column + 1) || ' '}</mark>
      {line.slice(column + 1)}
    </pre>
  );
}
