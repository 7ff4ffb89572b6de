// What is said without being asked: once, where the host shows warnings.

import type { Text } from '../words/index.ts';

/** Shows a warning: in Node as one of the process, which --no-warnings and --trace-warnings know; elsewhere on the console. */
export function warn(text: Text): void {
  const words = `padwise: ${text}`;
  if (typeof process !== 'undefined' && typeof process.emitWarning === 'function') process.emitWarning(words);
  else console.warn(words);
}
