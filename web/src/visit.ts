// The address as the page's state. A change is an entry of the browser's history, so that back undoes it; while something
// is typed or dragged the entries of one second are one.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Address, fits, parseAddress, printAddress, type ReadAddress } from './address.ts';
import { type How, screens } from './screens.tsx';

const TOGETHER = 1000;
const SETTLED = 2500;
const names = screens.map(({ name }) => name);

/** What is shown, and a way to show something else. */
export interface Visit extends ReadAddress {
  readonly go: (to: Address, how?: How) => void;
}

/** The address the page was opened with. */
export function firstAddress(): ReadAddress {
  return parseAddress(location.hash, names);
}

/** The address, as links, back and forward and `go` change it. */
export function useVisit(): Visit {
  const [address, setAddress] = useState(firstAddress);
  const merged = useRef(0);
  const later = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    const changed = () => {
      clearTimeout(later.current);
      merged.current = 0;
      const kept = (history.state as { padwise?: Address } | null)?.padwise;
      setAddress(kept === undefined ? firstAddress() : { ...kept, wrong: null });
    };
    addEventListener('popstate', changed);
    addEventListener('hashchange', changed);
    return () => {
      removeEventListener('popstate', changed);
      removeEventListener('hashchange', changed);
    };
  }, []);
  const go = useCallback((to: Address, how: How = 'push') => {
    const now = performance.now();
    const joins = how === 'replace' || (how === 'merge' && now - merged.current < TOGETHER);
    merged.current = how === 'merge' ? now : how === 'replace' ? merged.current : 0;
    clearTimeout(later.current);
    // While something plays the link waits for it to stop: a browser takes only so many changes a minute.
    if (how === 'replace') later.current = setTimeout(() => write(to, true), SETTLED);
    else write(to, joins);
    setAddress({ ...to, wrong: null });
  }, []);
  return { ...address, go };
}

/** What is too long for a link is kept in the history's own state. */
function write(to: Address, joins: boolean): void {
  const [state, url] = fits(to)
    ? [null, printAddress(to)]
    : [{ padwise: to }, printAddress({ ...to, parts: [] })];
  try {
    if (joins) history.replaceState(state, '', url);
    else history.pushState(state, '', url);
  } catch {
    // A browser takes only so many changes a minute; the page goes on, the link is a little behind.
  }
}
