// The page's screens: one line each. A screen is a function of the address's parts, loaded when it is first shown.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';

/** How a change becomes history: a new entry, one with the changes of the last second, or none of its own. */
export type How = 'push' | 'merge' | 'replace';

/** What a screen is given. */
export interface ScreenProps {
  /** The decoded parts of the address; anyone's text. */
  readonly parts: readonly string[];
  /** The frame the address names. */
  readonly step: number | null;
  /** Shows other parts, as a new entry of the browser's history unless said; the step is forgotten unless given. */
  readonly go: (parts: readonly string[], how?: How, step?: number | null) => void;
}

/** A line of the navigation. */
export interface Screen {
  /** As the address names it. */
  readonly name: string;
  readonly title: Text;
  readonly load: () => Promise<{ readonly screen: (props: ScreenProps) => JSX.Element }>;
}

/** All screens, in the order of the navigation; the first is the one of an address that names none. */
export const screens: readonly Screen[] = [
  { name: 'lab', title: say`Layer`, load: () => import('./screens/lab.tsx') },
  { name: 'compare', title: say`Compare`, load: () => import('./screens/compare.tsx') },
  { name: 'heat', title: say`Heat`, load: () => import('./screens/heat.tsx') },
  { name: 'stack', title: say`Stack`, load: () => import('./screens/stack.tsx') },
  { name: 'port', title: say`Port`, load: () => import('./screens/port.tsx') },
  { name: 'lessons', title: say`Lessons`, load: () => import('./screens/lessons.tsx') },
];
