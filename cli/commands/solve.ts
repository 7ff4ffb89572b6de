// padwise solve: which kernel, stride and padding turn one size into another.

import { type Dialect, dialects, write } from '../../src/dialects/index.ts';
import { type Question, type Solution, solve } from '../../src/explain/index.ts';
import { geometry, LARGEST, split } from '../../src/geometry/index.ts';
import { say, type Text } from '../../src/words/index.ts';
import { type Command, json, jsonOption, type Options, text } from '../command.ts';
import { Failure, INVALID, SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { columns, padded } from '../text.ts';

const MOST_SHOWN = 12;

export const solveCommand: Command = {
  description: 'Find the padding (and kernel and stride, if left open) that give an output size',
  examples: ['padwise solve --size 64 --out 31 --kernel 4 --stride 2', 'padwise solve --size 224 --out 112'],
  args: {
    size: { type: 'string', description: 'size of the input', valueHint: 'N', required: true },
    out: { type: 'string', description: 'size of the output', valueHint: 'N', required: true },
    kernel: { type: 'string', description: 'kernel size, sought up to 11 if left open', valueHint: 'N' },
    stride: { type: 'string', description: 'stride, sought up to 8 if left open', valueHint: 'N' },
    dilation: { type: 'string', description: 'dilation (1)', valueHint: 'N' },
    padding: { type: 'string', description: 'padding of both sides together', valueHint: 'N' },
    ...jsonOption,
  },
  run(options, io) {
    const size = whole(options, 'size') as number;
    const given = {
      kernel: whole(options, 'kernel'),
      stride: whole(options, 'stride'),
      dilation: whole(options, 'dilation'),
      total: whole(options, 'padding'),
    };
    const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const question = { size, out: whole(options, 'out') as number, ...known };
    const solutions = solve(question);
    const [first] = solutions;
    if (first === undefined) {
      throw new Failure(
        INVALID,
        say`no padding of 0 or more turns ${size} into ${question.out} with these arguments`,
        reach(question),
      );
    }
    const shown = solutions.find(({ kernel, stride }) => kernel >= stride) ?? first;
    const code = spellings(size, shown);
    if (options.json === true) {
      json(io, { schema: 'padwise/solve/1', question, solutions, code: { of: shown, lines: code } });
      return SAME;
    }
    io.out(`${size} -> ${question.out}\n\n`);
    const rows = solutions.slice(0, MOST_SHOWN).map((one) => row(io, one));
    const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((cells) => columns(cells[i] ?? ''))));
    for (const cells of rows) {
      const line = cells.map((cell, i) => padded(cell, widths[i] ?? 0)).join('   ');
      io.out(`  ${line.trimEnd()}\n`);
    }
    if (solutions.length > MOST_SHOWN)
      io.out(
        `  ${io.say`... and ${solutions.length - MOST_SHOWN} more; --kernel or --stride narrows them down`}\n`,
      );
    const title =
      solutions.length === 1
        ? io.say`in code`
        : io.say`kernel ${shown.kernel}, stride ${shown.stride} in code`;
    io.out(`\n${style(io, 'bold', title)}\n`);
    const wide = Math.max(10, ...Object.keys(code).map((framework) => framework.length));
    for (const [framework, lines] of Object.entries(code))
      for (const [i, text] of lines.entries())
        io.out(`  ${(i === 0 ? framework : '').padEnd(wide + 1)}${text}\n`);
    return SAME;
  },
};

function row({ say }: Io, { kernel, stride, dilation, least, most, same, valid }: Solution): string[] {
  const padding = least === most ? say`padding ${least} in all` : say`padding ${least} to ${most} in all`;
  const names = [...(valid ? ["'valid'"] : []), ...(same ? ["'same'"] : [])].join(', ');
  const dilated = dilation === 1 ? [] : [say`dilation ${dilation}`];
  return [say`kernel ${kernel}`, say`stride ${stride}`, ...dilated, padding, names];
}

/** Each framework's code for a square two-dimensional layer with the least padding. */
function spellings(size: number, of: Solution): Record<string, readonly string[]> {
  const [before, after] = split(of.least);
  const axis = { size, kernel: of.kernel, stride: of.stride, dilation: of.dilation, before, after };
  const problem = geometry({ axes: [axis, axis] });
  return Object.fromEntries(
    dialects.flatMap((dialect: Dialect): [string, readonly string[]][] => {
      const written = write(dialect, problem, true);
      return 'lines' in written ? [[dialect.id, written.lines]] : [];
    }),
  );
}

/** What would be an answer, where there is none. */
function reach({ total, ...question }: Question): Text {
  const { size, kernel, stride = 1, dilation = 1 } = question;
  const [answer] = total === undefined ? [] : solve(question);
  if (answer !== undefined && kernel !== undefined && question.stride !== undefined) {
    const { least, most } = answer;
    return least === most
      ? say`It takes a padding of ${least} in all.`
      : say`It takes a padding of ${least} to ${most} in all.`;
  }
  if (kernel === undefined || question.stride === undefined)
    return 'Kernels to 11 and strides to 8 were tried: give --kernel and --stride for others.';
  const unpadded = Math.max(0, Math.floor((size - (kernel - 1) * dilation - 1) / stride) + 1);
  return say`Without padding it is ${unpadded}, and padding only adds to that.`;
}

function whole(options: Options, name: string): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  const least = name === 'padding' ? 0 : 1;
  const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= LARGEST) return number;
  const expected = Number.isNaN(number) ? 'a whole number' : say`${least} to ${LARGEST}`;
  throw new Failure(INVALID, say`${`--${name}`}: expected ${expected}, received ${value.slice(0, 40)}`);
}
