// In which form a command answers: text for a terminal, JSON for programs, Markdown for a pull request, SARIF for what shows
// findings beside code.

import { either, say } from '../../src/words/index.ts';
import { type Options, text } from '../command.ts';
import { Failure, INVALID } from '../failure.ts';

const FORMATS = ['text', 'json', 'md', 'sarif'] as const;

/** One of the forms. */
export type Format = (typeof FORMATS)[number];

/** Options of a command that answers in every form. */
export const formatOptions = {
  format: {
    type: 'string',
    description: 'text, json, md (for a pull request) or sarif (for code scanning)',
    valueHint: 'NAME',
  },
  json: { type: 'boolean', description: 'the same as --format json, of a versioned schema' },
} as const;

/** The form asked for. @throws Failure 2 for an unknown one, or two at once */
export function chosenFormat(options: Options): Format {
  const given = text(options, 'format');
  const found = FORMATS.find((one) => one === given);
  if (given !== undefined && found === undefined)
    throw new Failure(
      INVALID,
      say`--format: expected ${either([...FORMATS])}, received ${given.slice(0, 40)}`,
    );
  if (options.json === true && given !== undefined && found !== 'json')
    throw new Failure(INVALID, say`--json and --format ${given} exclude each other`);
  return options.json === true ? 'json' : (found ?? 'text');
}
