// How the engine shall run, as options of the commands that use it.

import { configure, type Layout, type Precision, type WideWish } from '../src/engine/index.ts';
import { say } from '../src/words/index.ts';
import { type Arguments, type Options, text } from './command.ts';
import { Failure, INVALID } from './failure.ts';
import type { Io } from './io.ts';

/** --wide, of all of them. */
export const wideOptions: Arguments = {
  wide: {
    type: 'string',
    description: '256-bit vectors: auto, on or off (auto)',
    valueHint: 'WHEN',
  },
};

/** The options of plan and bench. */
export const engineOptions: Arguments = {
  layout: {
    type: 'string',
    description: "where the channels stand: first or last (the layer's own, last for a problem)",
    valueHint: 'WHERE',
  },
  strict: {
    type: 'boolean',
    description: 'sums in a fixed order, the same bits on every machine',
  },
  ...wideOptions,
};

/** --layout; undefined where it is not given. @throws Failure 2 */
export function layoutOption(options: Options): Layout | undefined {
  return choice(options, 'layout', ['first', 'last']);
}

/** --strict. */
export function precisionOption(options: Options): Precision {
  return options.strict === true ? 'strict' : 'default';
}

/** --wide, or what the terminal allows. @throws Failure 2 */
export function wideOption(options: Options, io: Io): WideWish {
  return choice(options, 'wide', ['auto', 'on', 'off']) ?? io.wide ?? 'off';
}

/** Lets the engine join vectors where a terminal allows it. */
export function widen({ wide = 'off' }: Pick<Io, 'wide'>): void {
  configure({ wide });
}

/** Where the channels stand, in words. */
export function layoutText({ say }: Pick<Io, 'say'>, layout: Layout): string {
  return layout === 'last' ? say`channels last` : say`channels first`;
}

function choice<Name extends string>(
  options: Options,
  option: string,
  names: readonly Name[],
): Name | undefined {
  const given = text(options, option);
  const found = names.find((name) => name === given);
  if (given === undefined || found !== undefined) return found;
  throw new Failure(
    INVALID,
    say`${`--${option}`}: expected ${names.join(', ')}, received ${given.slice(0, 40)}`,
  );
}
