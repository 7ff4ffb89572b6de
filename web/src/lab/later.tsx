// What stands below the lab's figure and is loaded after it: all windows of an axis, the code in every framework, a picture.

import type { Layer, Shape } from 'padwise/dialects';
import type { Geometry } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Missing } from '../missing.tsx';
import type { Spec } from './spec.ts';

/** What the parts below are given. */
export interface LaterProps {
  readonly of: Geometry;
  readonly axis: number;
  readonly spec: Spec;
  readonly steps: readonly Geometry[];
  readonly read: { readonly layer: Layer; readonly input: Shape; readonly output: Shape } | null;
}

/** The parts below, once the page is idle. */
export function Later(props: LaterProps): JSX.Element | null {
  const [Parts, setParts] = useState<{ component: (props: LaterProps) => JSX.Element } | 'missing' | null>(
    null,
  );
  useEffect(() => {
    const load = () =>
      import('./below.tsx').then(
        ({ Below }) => setParts({ component: Below }),
        () => setParts('missing'),
      );
    const timer = setTimeout(load, 300);
    return () => clearTimeout(timer);
  }, []);
  if (Parts === 'missing') return <Missing text={say`This part could not be loaded.`} />;
  return Parts === null ? null : <Parts.component {...props} />;
}
