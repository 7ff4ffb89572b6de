// Changes what the engine may do, and says what it does.

import { say } from '../words/index.ts';
import { EngineError } from './error.ts';
import { madeHost } from './host.ts';
import { change, type Settings, settings } from './settings.ts';
import { widen } from './wide.ts';

const CHECKS: { readonly [name in keyof Settings]: (value: unknown) => boolean } = {
  precision: (value) => value === 'default' || value === 'strict',
  compileFrom: isCount,
  parallelFrom: isCount,
  threads: isCount,
  wide: (value) => value === 'auto' || value === 'on' || value === 'off',
};

/**
 * Changes settings of the engine for the whole process; what is not said stays as it is.
 *
 *   configure({ threads: 1, wide: 'auto' })
 *
 * @throws EngineError 'operand' for a setting it does not have or a value that is none
 */
export function configure(wanted: Partial<Settings>): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (Object.hasOwn(CHECKS, name) && CHECKS[name as keyof Settings](value)) continue;
    throw new EngineError(
      'operand',
      say`configure: expected precision 'default' or 'strict', wide 'auto', 'on' or 'off', threads, compileFrom and parallelFrom from 0, received ${name} ${String(value)}`,
    );
  }
  const before = settings().wide;
  const { threads, wide } = change(wanted);
  madeHost()?.threads.configure(threads);
  if (wide !== before) widen(wide);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}
