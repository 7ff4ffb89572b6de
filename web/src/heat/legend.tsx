// The colours of the large maps: from one use to the most, and the hatching of what is never used.

import { painted } from 'padwise/draw';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useAppearance } from '../appearance.tsx';
import { useSpeech } from '../language.tsx';

const STEPS = 24;

/** The legend; `most` is the count of the deepest colour. */
export function HeatLegend({ most, never }: { readonly most: number; readonly never: boolean }): JSX.Element {
  const { t } = useSpeech();
  const { theme } = useAppearance();
  const { unread } = theme.roles;
  return (
    <p class="heat-legend">
      {never && (
        <>
          <svg class="keeps-colours" width="26" height="18" aria-hidden="true">
            <rect x="0.5" y="0.5" width="25" height="17" fill={unread.fill} stroke={unread.line} />
            <path d="M4 18L22 0M-5 18L13 0M13 18L26 5M-5 9L4 0" stroke={unread.line} />
          </svg>
          <span>{t(say`never`)}</span>
        </>
      )}
      <span class="figures">1</span>
      <svg
        class="keeps-colours bar"
        viewBox={`0 0 ${STEPS * 8} 18`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {Array.from({ length: STEPS }, (_, i) => (
          <rect
            key={i}
            x={i * 8}
            width="8.5"
            height="18"
            fill={painted(theme, { heat: (i + 1) / STEPS }).fill}
          />
        ))}
      </svg>
      <span class="figures">{most}</span>
      <span>{t(say`times used`)}</span>
    </p>
  );
}
