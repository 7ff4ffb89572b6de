// The lines that are compared, each in a field of its own with the framework it was read as; and the size of their input.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { printAddress } from '../address.ts';
import { CodeField, type CodeProblem } from '../controls/code-field.tsx';
import { Stepper } from '../controls/stepper.tsx';
import { useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';
import { axisName } from './facts.ts';
import type { Line } from './pastes.ts';
import { type CompareState, LARGEST_SIZE, MOST_LINES, without } from './state.ts';

/** What {@link Lines} takes. */
export interface LinesProps {
  readonly state: CompareState;
  readonly onState: (state: CompareState, how: How) => void;
  readonly lines: readonly Line[];
  readonly names: readonly (Text | null)[];
  /** What a line's own framework says against its input. */
  readonly refused: readonly (CodeProblem | null)[];
  readonly rank: number;
}

/** All fields. */
export function Lines({ state, onState, lines, names, refused, rank }: LinesProps): JSX.Element {
  const { t } = useSpeech();
  const { codes, against } = state;
  return (
    <div class="compare-fields">
      <div class="compare-lines">
        {codes.map((code, i) => (
          <div key={i} class={`compare-line ${i === 0 ? 'first' : i === against ? 'second' : ''}`}>
            <CodeField
              label={labelOf(i, names[i] ?? null)}
              code={code}
              onCode={(text) =>
                onState({ ...state, codes: codes.map((one, at) => (at === i ? text : one)) }, 'merge')
              }
              problem={lines[i]?.problem ?? refused[i] ?? null}
              example="nn.Conv2d(3, 64, 7, stride=2, padding=3)"
            />
            <div class="compare-line-tools">
              {code.trim() !== '' && (
                <a
                  href={printAddress({
                    screen: 'lab',
                    parts: [state.sizes.join('x'), `=${code}`],
                    step: null,
                  })}
                  aria-label={t(say`Open in the lab: line ${i + 1}`)}
                >
                  {t(say`Open in the lab`)}
                </a>
              )}
              {codes.length > 2 && (
                <button
                  type="button"
                  class="plain"
                  onClick={() => onState(without(state, i), 'push')}
                  aria-label={t(say`Remove line ${i + 1}`)}
                >
                  {t(say`Remove`)}
                </button>
              )}
            </div>
          </div>
        ))}
      </div>
      <div class="compare-sizes">
        <Sizes state={state} onState={onState} rank={rank} />
        <button
          type="button"
          disabled={codes.length >= MOST_LINES}
          onClick={() =>
            onState({ ...state, codes: [...codes, ''], against: codes.length, view: null }, 'push')
          }
        >
          {t(say`Add a line`)}
        </button>
      </div>
    </div>
  );
}

function labelOf(index: number, name: Text | null): Text {
  return name === null ? say`Line ${index + 1}` : say`Line ${index + 1}, read as ${name}`;
}

/** One size for all sides, or one a side. */
function Sizes({ state, onState, rank }: Pick<LinesProps, 'state' | 'onState' | 'rank'>): JSX.Element {
  const { t } = useSpeech();
  const { sizes } = state;
  const set = (i: number) => (value: number, how: How) =>
    onState({ ...state, sizes: sizes.map((size, at) => (at === i ? value : size)) }, how);
  const apart = sizes.length > 1;
  return (
    <>
      {sizes.map((size, i) => (
        <Stepper
          key={i}
          label={apart ? say`Input ${axisName(i, sizes.length)}` : say`Input size`}
          value={size}
          min={1}
          max={LARGEST_SIZE}
          tone="size"
          onChange={set(i)}
        />
      ))}
      {(rank > 1 || apart) && (
        <button
          type="button"
          class="plain"
          onClick={() =>
            onState(
              {
                ...state,
                sizes: apart ? [sizes[0] as number] : Array.from({ length: rank }, () => sizes[0] as number),
              },
              'push',
            )
          }
        >
          {apart ? t(say`One size for all sides`) : t(say`Sides apart`)}
        </button>
      )}
    </>
  );
}
