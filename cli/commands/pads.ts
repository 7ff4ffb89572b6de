// padwise pads: the same pads in another framework's order.

import { padOrders, readPads, writePads } from '../../src/dialects/index.ts';
import { say } from '../../src/words/index.ts';
import { type Command, json, jsonOption, type Options, text } from '../command.ts';
import { Failure, INVALID, SAME } from '../failure.ts';
import { numbers } from '../subject.ts';

export const padsCommand: Command = {
  description: "Translate pads from one framework's order to another's",
  examples: ['padwise pads 1,2,3,4 --from onnx --to torch', 'padwise pads 1,2,3,4 --from onnx'],
  args: {
    pads: { type: 'positional', description: 'the numbers, e.g. 1,2,3,4', required: true },
    from: {
      type: 'string',
      description: say`whose order they are in: ${padOrders.join(', ')}`,
      valueHint: 'NAME',
      required: true,
    },
    to: { type: 'string', description: 'whose order to write; all if left out', valueHint: 'NAME' },
    ...jsonOption,
  },
  run(options, io) {
    const given = (text(options, 'pads') ?? '').replace(/[[\](){}]/g, ' ').trim();
    const flat = numbers(given.replace(/[\s,]+/g, ','), 'pads', '1,2,3,4');
    const [from, to] = [known(options, 'from') ?? '', known(options, 'to')];
    const pads = readPads(from, flat);
    const written = (to === undefined ? padOrders : [to]).map(
      (name) => [name, writePads(name, pads)] as const,
    );
    if (options.json === true)
      json(io, { schema: 'padwise/pads/1', pads, written: Object.fromEntries(written) });
    else if (to !== undefined) io.out(`${written[0]?.[1]}\n`);
    else for (const [name, code] of written) io.out(`${name.padEnd(12)}${code}\n`);
    return SAME;
  },
};

function known(options: Options, option: 'from' | 'to'): string | undefined {
  const name = text(options, option)?.toLowerCase();
  if (name === undefined || padOrders.includes(name)) return name;
  const hint = say`Known: ${padOrders.join(', ')}.`;
  throw new Failure(INVALID, say`${`--${option}`}: no order of pads is called ${name.slice(0, 40)}`, hint);
}
