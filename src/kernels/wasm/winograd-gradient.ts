// The weight's gradient of a 3 x 3 convolution of stride 1 by Winograd's algorithm: the forward pass transposed,
//
//   y = A' [ (G g G') * (B' d B) ] A       gradient of g = G' [ sum over tiles of (B' d B) * (A y A') ] G
//
// y being the output's gradient of a tile, zero where the tile reaches over the border. That is 36 multiplications for a tile,
// channel and filter instead of 144.
//
//   for each row of points and part of the filters (a job)
//     for each block of tiles
//       W = (A y A')[row]                  winograd-gradient-rows.ts
//       for each chunk of channels
//         V = (B' d B)[row]
//         S += V' W                        winograd-gradient-products.ts
//     T = S G                              winograd-gradient-unpack.ts, which makes G' T a program of its own
//
// Rows of points are computed apart because they have nothing in common but what they read; so S of a job stays in the second
// cache, and the order of summation is that of the tiles, whoever computes it.

import { type Assembly, assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  divideUnsigned,
  equal,
  fill,
  get,
  i32,
  type Local,
  lessSigned,
  loadI32,
  loop,
  multiply,
  remainderUnsigned,
  repeat,
  select,
  set,
  subtract,
} from './code.ts';
import { OPERANDS, type Program, type Task } from './program.ts';
import { type GradientChoice, type GradientCut, gradientCut } from './winograd-gradient-cut.ts';
import { defineProducts } from './winograd-gradient-products.ts';
import { defineSide, gradientTables } from './winograd-gradient-rows.ts';
import { defineFinish } from './winograd-gradient-unpack.ts';
import { each } from './winograd-lanes.ts';

/** The program of T; `task.output` are the steps of the output's gradient, the second operand. */
export function winogradGradient(task: Task, choice: GradientChoice = {}): Program {
  const cut = gradientCut(task, choice);
  const module = assemble(task.machine);
  module.expose('run', defineRun(module, task, cut));
  const { vertical, horizontal } = cut.grid;
  return {
    name: `winograd_weights_f32_${vertical.outputs}x${horizontal.outputs}_6x${cut.panel}`,
    bytes: module.bytes(),
    jobs: vertical.inputs * cut.parts * cut.depths,
    workspace: cut.workspace,
    tables: gradientTables(task, cut),
    packed: 0,
    pack: () => undefined,
  };
}

/** run(operands, job, workspace) */
function defineRun(module: Assembly, task: Task, cut: GradientCut): number {
  const { channels, filters } = task.geometry;
  const outputs = defineSide(module, task, cut, 'outputs');
  const inputs = defineSide(module, task, cut, 'inputs');
  const products = defineProducts(module, task, cut);
  const finish = defineFinish(module, task, cut);
  const { vertical, horizontal } = cut.grid;
  const wholePanels = Math.floor(filters / cut.panel);
  const wholeUnits = Math.floor(filters / cut.unit);
  const lastTurns = Math.floor((channels - (cut.chunks - 1) * cut.chunk) / cut.unit);
  const channelBytes = 3 * cut.panel * 4;
  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [row, begin, end, start, stop, chunk, isLast] = each(7, local) as Seven;
    const [first, tiles, whole, rest, turns, unitsLeft, from] = each(7, local) as Seven;
    const [to, depth, counter] = each(3, local) as [Local, Local, Local];
    const least = (a: Code, b: Code): Code => select(lessSigned(a, b), a, b);
    return [
      set(row, remainderUnsigned(get(job), i32(vertical.inputs))),
      set(job, divideUnsigned(get(job), i32(vertical.inputs))),
      set(begin, multiply(remainderUnsigned(get(job), i32(cut.parts)), i32(cut.part))),
      set(end, least(add(get(begin), i32(cut.part)), i32(cut.panels))),
      set(start, multiply(divideUnsigned(get(job), i32(cut.parts)), i32(cut.depth))),
      set(stop, least(add(get(start), i32(cut.depth)), i32(cut.chunks))),
      set(whole, subtract(least(get(end), i32(wholePanels)), get(begin))),
      set(rest, lessSigned(i32(wholePanels), get(end))),
      set(turns, least(multiply(get(end), i32(2)), i32(wholeUnits))),
      set(turns, subtract(get(turns), multiply(get(begin), i32(2)))),
      set(unitsLeft, lessSigned(i32(wholeUnits), multiply(get(end), i32(2)))),
      fill(add(get(workspace), i32(cut.at.sums)), i32(0), i32(horizontal.inputs * cut.sumStep)),
      set(first, i32(0)),
      loop(
        [
          set(tiles, least(subtract(i32(cut.grid.tiles), get(first)), i32(cut.block))),
          call(
            outputs,
            get(operands),
            get(workspace),
            get(first),
            get(tiles),
            get(row),
            multiply(get(begin), i32(cut.panel * 4)),
            get(turns),
            get(unitsLeft),
          ),
          set(chunk, get(start)),
          loop(
            [
              set(isLast, equal(get(chunk), i32(cut.chunks - 1))),
              call(
                inputs,
                get(operands),
                get(workspace),
                get(first),
                get(tiles),
                get(row),
                multiply(get(chunk), i32(cut.chunk * 4)),
                select(get(isLast), i32(lastTurns), i32(cut.chunk / cut.unit)),
                get(isLast),
              ),
              call(
                products,
                get(workspace),
                get(tiles),
                subtract(get(chunk), get(start)),
                get(isLast),
                get(whole),
                get(rest),
              ),
              advance(chunk, 1),
            ],
            lessSigned(get(chunk), get(stop)),
          ),
          set(first, add(get(first), get(tiles))),
        ],
        lessSigned(get(first), i32(cut.grid.tiles)),
      ),
      set(depth, multiply(get(stop), i32(cut.chunk))),
      set(depth, least(get(depth), i32(channels))),
      set(depth, subtract(get(depth), multiply(get(start), i32(cut.chunk)))),
      set(from, add(get(workspace), i32(cut.at.sums))),
      set(to, add(multiply(get(row), i32(cut.panels)), get(begin))),
      set(to, add(multiply(get(to), i32(channels)), multiply(get(start), i32(cut.chunk)))),
      set(to, add(loadI32(get(operands), OPERANDS.output), multiply(get(to), i32(channelBytes)))),
      repeat(counter, subtract(get(end), get(begin)), [
        call(finish, get(from), get(to), get(depth)),
        advance(from, cut.depth * cut.chunk * cut.panel * 4),
        advance(to, channels * channelBytes),
      ]),
    ];
  });
}

type Seven = [Local, Local, Local, Local, Local, Local, Local];
