// padwise port: the layer in another framework's words, exact for the given size or for every size, with the weights'
// permutation; on request the weights moved, a check to run there, or the verdict on an existing port.

import { type Dialect, dialects, type Layer, type WeightMove } from '../../src/dialects/index.ts';
import { explain, type Neighbour } from '../../src/explain/index.ts';
import { chain, windowed } from '../../src/explain/stacks.ts';
import { outputShape } from '../../src/geometry/index.ts';
import { say, type Text } from '../../src/words/index.ts';
import { keyOf } from '../check/script.ts';
import { type Command, json, type Options, text } from '../command.ts';
import { elsewhere } from '../elsewhere.ts';
import { DIFFERS, Failure, INVALID, SAME } from '../failure.ts';
import { chosenFormat, type Format, formatOptions } from '../format/choice.ts';
import { where } from '../format/comparison.ts';
import type { Finding } from '../format/finding.ts';
import { document, fenced, heading, inline, plain, table } from '../format/markdown.ts';
import { printSarif } from '../format/sarif.ts';
import { type Io, style } from '../io.ts';
import {
  type Against,
  against,
  checkOf,
  type Input,
  isKnown,
  type NoPort,
  type Port,
  ported,
  portedInput,
} from '../porting.ts';
import { type Read, readSource } from '../source.ts';
import { chosen, layerOptions, subjectOptions } from '../subject.ts';
import { paragraph, shape, verdictText, wrapped } from '../text.ts';
import { type Moved, moveWeights } from '../weights.ts';

export const portCommand: Command = {
  description: 'Write a layer in another framework, exact to the pixel for its input size or for every size',
  examples: [
    `padwise port 'keras.layers.Conv2D(64, 3, strides=2, padding="same")' --to torch --input 224`,
    `padwise port 'keras.layers.Conv2D(64, 3, strides=2, padding="same")' --to torch --input n`,
    `padwise port model.py --to keras --input 224 --against ported.py --format sarif`,
  ],
  args: {
    ...layerOptions,
    input: {
      type: 'string',
      description: 'its input: 1x64x64x3 in its own layout, or just 64; n for a size that is not known (n)',
      valueHint: 'SHAPE',
    },
    to: {
      type: 'string',
      description: say`the target: ${dialects.map(({ id }) => id).join(', ')}`,
      valueHint: 'NAME',
      required: true,
    },
    dynamic: { type: 'boolean', description: 'code that is exact for every size, as with --input n' },
    against: {
      type: 'string',
      description: 'an existing port, code or a .py file: exit 1 where it differs',
      valueHint: 'CODE',
    },
    weights: {
      type: 'string',
      description: "a .npy file of the layer's kernel to move, or NAME=FILE for another of its arrays",
      valueHint: 'FILE',
    },
    output: {
      type: 'string',
      alias: 'o',
      description: 'where to write the moved weights',
      valueHint: 'FILE',
    },
    check: { type: 'boolean', description: 'print a Python script that checks the port where it runs' },
    ...subjectOptions,
    ...formatOptions,
  },
  run(options, io) {
    const [target] = chosen(text(options, 'to'));
    if (target === undefined)
      throw new Failure(INVALID, 'the target is missing', 'Add --to, e.g. --to torch.');
    const format = chosenFormat(options);
    const tensor = text(options, 'tensor');
    const source = readSource(text(options, 'code') ?? '', io, {
      framework: text(options, 'framework'),
      tensor,
    });
    const whole = chain(source.layers);
    const input = portedInput(whole, text(options, 'input'), options.dynamic === true);
    checkTogether(options, source, format);
    if (isKnown(input)) whole.resolve(input);
    const layer = chain(windowed(source.layers));
    if (options.check === true) {
      io.out(checkOf(layer, input, target));
      return SAME;
    }
    const port = ported(source.layers, layer, input, target);
    const theirs = text(options, 'against');
    const existing =
      theirs === undefined ? undefined : readSource(theirs, io, { framework: target.id, tensor });
    const compared = existing && against(layer, chain(existing.layers), input, port);
    const answer: Answer = {
      layer,
      target,
      input,
      port,
      source,
      existing,
      compared,
      ...more(options, port, layer, input, target),
    };
    print(io, answer, format);
    if ('impossible' in port && compared === undefined) return INVALID;
    return compared === undefined || compared.verdict === 'same' ? SAME : DIFFERS;
  },
};

/** Everything a port answers. */
interface Answer {
  readonly layer: Layer;
  readonly target: Dialect;
  readonly input: Input;
  readonly port: Port | NoPort;
  readonly source: Read;
  readonly existing: Read | undefined;
  readonly compared: Against | undefined;
  readonly usual: Neighbour | null;
  readonly moved: Moved | null;
}

function checkTogether(options: Options, source: Read, format: Format): void {
  if (options.check === true && (options.against !== undefined || options.weights !== undefined))
    throw new Failure(INVALID, '--check goes with neither --against nor --weights');
  if (options.check === true && format !== 'text')
    throw new Failure(INVALID, say`--check prints a Python script, not ${format}`);
  if (options.output !== undefined && options.weights === undefined)
    throw new Failure(INVALID, '-o needs --weights, the .npy file to move');
  if (options.against === '-' && source.place.file === null && options.code === '-')
    throw new Failure(INVALID, 'only one of the two layers can come from standard input');
}

/** What people usually write, and the weights moved. */
function more(options: Options, port: Port | NoPort, layer: Layer, input: Input, target: Dialect) {
  const known = input.map((size) => size ?? 0);
  const neighbours = input.includes(null) ? [] : explain(layer, known, elsewhere([target])).neighbours;
  const weights = text(options, 'weights');
  const moved =
    weights === undefined || 'impossible' in port
      ? null
      : moveWeights(weights, text(options, 'output'), port.weights, layer.name);
  return { usual: neighbours[0] ?? null, moved };
}

function print(io: Io, answer: Answer, format: Format): void {
  if (format === 'json') printJson(io, answer);
  else if (format === 'md') io.out(markdown(io, answer));
  else if (format === 'sarif') printSarif(io, findings(io, answer));
  else printText(io, answer);
}

/** Why a port cannot be, and what holds for some sizes. */
function refused(io: Io, { target, input }: Answer, port: NoPort): string[] {
  const sentence = input.includes(null)
    ? io.say`${target.title} cannot say this layer for every size: ${port.impossible}`
    : io.say`${target.title} cannot say this layer: ${port.impossible}`;
  const some = port.some.map(({ lines, remainders }) => {
    const code = lines.join('; ');
    return io.say`Exact for sizes n with n mod ${port.period} = ${remainders.join(', ')}: ${code}`;
  });
  return [sentence, ...some];
}

function printText(io: Io, answer: Answer): void {
  const { port, layer, target, compared, moved, usual } = answer;
  if (compared !== undefined) io.out(`${style(io, 'bold', wrapped('', verdict(io, answer, compared)))}\n\n`);
  if ('impossible' in port) {
    const [sentence = '', ...some] = refused(io, answer, port);
    if (compared === undefined) throw new Failure(INVALID, sentence, joined(some));
    io.out(`${[sentence, ...some].map((line) => wrapped('', line)).join('\n')}\n`);
    return;
  }
  const title =
    port.every === null ? io.say`${target.title}, exactly` : io.say`${target.title}, exactly, for every size`;
  io.out(`${style(io, 'bold', title)}\n${port.lines.map((line) => `  ${line}\n`).join('')}`);
  const from =
    port.every === null || port.every.first <= 1
      ? []
      : [say`from size ${port.every.first} on; smaller ones give nothing`];
  for (const note of [...from, ...port.notes]) io.out(`${wrapped('  ', `# ${io.translate(note)}`)}\n`);
  printWeights(io, port.weights);
  if (moved !== null) io.out(`\n${io.say`wrote ${moved.file}: ${moved.name}, ${shape(moved.shape)}`}\n`);
  if (usual === null || usual.verdict === 'same' || compared !== undefined) return;
  io.out(
    `\n${style(io, 'bold', io.say`what people usually write is not it`)}\n  ${usual.code}\n${wrapped('  ', verdictText(io, usual, layer.rank, shape(usual.output)))}\n`,
  );
}

function joined(lines: readonly string[]): Text | undefined {
  return lines.length === 0 ? undefined : lines.join('\n');
}

function printWeights(io: Io, weights: readonly WeightMove[]): void {
  const moved = weights.filter(({ code }) => code !== 'w');
  if (moved.length === 0) return;
  io.out(`\n${style(io, 'bold', io.say`weights (NumPy)`)}\n`);
  const targets = weights.map(({ target, step }) => ({ name: target, step }));
  for (const move of moved) {
    const target = keyOf({ name: move.target, step: move.step }, targets);
    const line = `  ${target} = ${keyOf(move, weights)}${move.code.slice(1)}`;
    const shapes = `# ${shape(move.from)} -> ${shape(move.to)}`;
    io.out(line.length + shapes.length > 76 ? `  ${shapes}\n${line}\n` : `${line}    ${shapes}\n`);
  }
}

/** The verdict on an existing port, in words. */
function verdict(io: Io, { layer, existing, input }: Answer, compared: Against): string {
  const whose = existing?.place.name ?? '';
  const { agreement, comparison, refused } = compared;
  const sizes = shape(compared.input.slice(2));
  if (comparison === null) return io.say`${whose} is not exact: it refuses ${sizes}: ${refused ?? ''}`;
  if (compared.verdict === 'same')
    return input.includes(null)
      ? io.say`${whose} is exact: the same pixels for every size`
      : io.say`${whose} is exact: the same pixels`;
  const outputs = [comparison.first, comparison.second].map((of) => {
    const last = of.at(-1);
    return last === undefined ? '' : shape(outputShape(last).slice(1));
  });
  const said = verdictText(io, comparison, layer.rank, outputs.join(', '));
  const when = agreement === null ? [] : [io.words.agreeing(agreement.period, agreement.equal)];
  return paragraph([io.say`${whose} is not exact: on ${sizes}, ${said}.`, ...when]);
}

function printJson(io: Io, { layer, target, input, port, usual, compared, moved }: Answer): void {
  const every = 'lines' in port ? port.every : null;
  json(io, {
    schema: 'padwise/port/1',
    from: layer.framework,
    to: target.id,
    input,
    ...('impossible' in port
      ? { impossible: port.impossible, some: port.some, period: port.period }
      : { lines: port.lines, weights: port.weights, notes: port.notes, every }),
    usual,
    ...(compared === undefined
      ? {}
      : {
          against: {
            verdict: compared.verdict,
            shift: compared.comparison?.shift ?? null,
            refused: compared.refused,
            input: compared.input,
            agreement: compared.agreement,
          },
        }),
    ...(moved === null ? {} : { moved }),
  });
}

function findings(io: Io, answer: Answer): Finding[] {
  const { port, source, existing, compared, usual, layer, target } = answer;
  const list: Finding[] = [];
  if ('impossible' in port)
    list.push({
      rule: 'impossible',
      level: 'error',
      message: paragraph(refused(io, answer, port)),
      place: source.place,
    });
  if (compared !== undefined && compared.verdict !== 'same' && existing !== undefined) {
    const exact = 'lines' in port ? [io.say`Exactly: ${port.lines.join('; ')}`] : [];
    const message = paragraph([verdict(io, answer, compared), ...exact]);
    list.push({
      rule: compared.verdict,
      level: 'error',
      message,
      place: existing.place,
      other: source.place,
    });
  } else if (compared === undefined && usual !== null && usual.verdict !== 'same') {
    const said = verdictText(io, usual, layer.rank, shape(usual.output));
    const message = io.say`What people usually write in ${target.title} is not it: ${usual.code}: ${said}.`;
    list.push({ rule: usual.verdict, level: 'note', message, place: source.place });
  }
  return list;
}

function markdown(io: Io, answer: Answer): string {
  const { port, layer, target, compared, source, existing, usual, input, moved } = answer;
  const verdictPart = compared === undefined ? null : `**${plain(verdict(io, answer, compared))}**`;
  const head = [
    heading(`${layer.framework} ${layer.name} → ${target.title}`),
    where(io, source.place),
    fenced(source.place.code.split('\n')),
    verdictPart,
    ...(existing === undefined ? [] : [where(io, existing.place), fenced(existing.place.code.split('\n'))]),
  ];
  if ('impossible' in port) return document([...head, ...refused(io, answer, port).map(plain)]);
  const size = input.includes(null)
    ? io.say`${target.title}, exactly, for every size`
    : io.say`${target.title}, exactly, for an input of ${shape(input.map((one) => one ?? 0))}`;
  const from =
    port.every !== null && port.every.first > 1
      ? [say`from size ${port.every.first} on; smaller ones give nothing`]
      : [];
  return document([
    ...head,
    io.say`${plain(size)}:`,
    fenced(port.lines),
    ...[...from, ...port.notes].map((note) => plain(io.translate(note))),
    weightsTable(io, port.weights),
    moved === null ? null : plain(io.say`wrote ${moved.file}: ${moved.name}, ${shape(moved.shape)}`),
    usual === null || usual.verdict === 'same' || compared !== undefined
      ? null
      : io.say`What people usually write is not it: ${inline(usual.code)}: ${plain(verdictText(io, usual, layer.rank, shape(usual.output)))}`,
  ]);
}

function weightsTable(io: Io, weights: readonly WeightMove[]): string | null {
  if (weights.length === 0) return null;
  const targets = weights.map(({ target, step }) => ({ name: target, step }));
  const rows = weights.map((move) => [
    inline(keyOf(move, weights)),
    shape(move.from),
    inline(keyOf({ name: move.target, step: move.step }, targets)),
    shape(move.to),
    move.code === 'w' ? '' : inline(`${keyOf(move, weights)}${move.code.slice(1)}`),
  ]);
  return table([[io.say`from`, io.say`shape`, io.say`to`, io.say`shape`, 'NumPy'], ...rows]);
}
