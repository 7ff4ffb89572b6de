// What the page remembers of a reader: language and theme. A browser may refuse to keep anything; then nothing is remembered.

/** What was kept under a name, if it is one of these. */
export function remembered<T extends string>(name: string, known: readonly T[]): T | null {
  try {
    const kept = localStorage.getItem(`padwise.${name}`);
    return known.find((one) => one === kept) ?? null;
  } catch {
    return null;
  }
}

/** Keeps it, where the browser lets the page; null forgets it. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`padwise.${name}`);
    else localStorage.setItem(`padwise.${name}`, value);
  } catch {
    // Private windows and sandboxed frames refuse; the page works without.
  }
}
