// The gradient of a depthwise convolution's weight: every channel by itself, channels side by side in a vector.
//
//   gradient[channel, m][tap]  =  sum over windows of  input[window's element under the tap][channel] * output gradient[window][channel, m]
//
//   job -> part of the windows, chunk of channels
//     for each tile of the part, for each group of channels, for each filter m of a channel
//       for each tap plane inside, for each call of the tile         (depthwise-gradient-tiles.ts)
//         sums[taps] += those of the tile's rows                     (depthwise-gradient-block.ts)
//
// Each part of the windows has sums of its own, which `unpackDepthwise` adds in their order: jobs write apart, and no sum
// depends on who computed it. With several filters a channel, a tile's gradients are first copied filter by filter.

import { out } from '../../geometry/index.ts';
import { type Assembly, assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  countUp,
  divideUnsigned,
  equal,
  fill,
  get,
  i32,
  type Local,
  load,
  loadI32,
  loadLane,
  loadOne,
  multiply,
  remainderUnsigned,
  repeat,
  select,
  set,
  shuffle,
  store,
  when,
} from './code.ts';
import { defineAnyTaps, definePart, type Rows } from './depthwise-gradient-block.ts';
import {
  type DepthwiseCut,
  type DepthwiseTables,
  depthwiseCut,
  depthwiseTables,
  ENTRY,
} from './depthwise-gradient-cut.ts';
import { tilesOf } from './depthwise-gradient-tiles.ts';
import { OPERANDS, type Program, type Task } from './program.ts';
import { lastThree, stepsOf } from './sliding.ts';

/** Floats of the packed result. */
export function packedDepthwise(task: Task): number {
  const { parts, partBytes } = depthwiseCut(task);
  return (parts * partBytes) / 4;
}

/**
 * The program for as many groups as channels, zero fill, no holes, input and output gradient (the second operand, with the
 * steps of `task.output`) channels last.
 */
export function depthwiseGradient(task: Task): Program {
  const { geometry, machine } = task;
  const cut = depthwiseCut(task);
  const { lanes, multiplier } = cut;
  const [, y, x] = lastThree(geometry.axes);
  const [, rowIn, columnIn] = stepsOf(task.input);
  const [, rowOut, columnOut] = stepsOf(task.output);
  const tiles = tilesOf(y, x, columnIn);
  const widest = Math.max(...tiles.tiles.map((one) => one.columns));
  const copied = cut.tapBytes;
  const rows: Rows = {
    lanes,
    multiplyAdd: machine.multiplyAdd,
    y,
    x,
    input: [rowIn, columnIn],
    gradient: multiplier === 1 ? [rowOut, columnOut] : [widest * copied, copied],
  };
  const module = assemble(machine);
  const functions = tiles.parts.map((part) => definePart(module, rows, part));
  if (tiles.tables.length > 0) functions.push(defineAnyTaps(module, rows));
  const copy = multiplier === 1 ? null : defineCopy(module, rows, multiplier, [rowOut, columnOut]);
  const tables = depthwiseTables(task, cut, tiles, rows);
  module.expose('run', defineRun(module, task, cut, { functions, copy, tables, tiles: tiles.tiles.length }));
  const kernel = geometry.axes.map((one) => one.kernel).join('x');
  return {
    name: `depthwise_gradient_f32_k${kernel}_${lanes.step}`,
    bytes: module.bytes(),
    jobs: cut.chunks.length * cut.parts,
    workspace: multiplier === 1 ? 0 : Math.max(...tiles.tiles.map((one) => one.rows)) * widest * copied,
    tables: tables.words,
    packed: 0,
    pack: () => undefined,
  };
}

/** What the code of a program calls and reads. */
interface Pieces {
  readonly functions: readonly number[];
  readonly copy: number | null;
  readonly tables: DepthwiseTables;
  readonly tiles: number;
}

function defineRun(
  module: Assembly,
  task: Task,
  cut: DepthwiseCut,
  { functions, copy, tables: at, tiles }: Pieces,
): number {
  const { geometry, input, output } = task;
  const { lanes, multiplier } = cut;
  const [z, y, x] = lastThree(geometry.axes);
  const [planeIn] = stepsOf(input);
  const [planeOut] = stepsOf(output);

  const visit = module.define(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    // visit(tables, tile, input, gradient, sums, tap planes): one group and filter of a tile.
    (frame) => {
      const [tables, tile, pixels, gradient, sums, planes] = frame.parameters as [
        Local,
        Local,
        Local,
        Local,
        Local,
        Local,
      ];
      const [one, end] = [frame.local('i32'), frame.local('i32')];
      const target = functions.reduceRight<Code>((otherwise, index, i) => {
        const here = call(
          index,
          add(get(pixels), loadI32(get(one), 4)),
          add(get(gradient), loadI32(get(one), 8)),
          add(get(sums), loadI32(get(one), 12)),
          loadI32(get(one), 16),
          add(get(tables), loadI32(get(one), 20)),
        );
        if (i === functions.length - 1) return here;
        return when(equal(loadI32(get(one), 0), i32(i)), here, otherwise);
      }, []);
      return when(
        get(planes),
        repeat(planes, get(planes), [
          set(end, add(get(tables), loadI32(get(tile), 16))),
          countUp(one, add(get(tables), loadI32(get(tile), 12)), get(end), ENTRY.call, target),
          advance(pixels, z.dilation * planeIn),
          advance(sums, y.kernel * x.kernel * cut.tapBytes),
        ]),
      );
    },
  );

  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [tables, chunk, part, item, end, first, plane, tile] = [
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
    ];
    const [inputs, gradients, pixels, gradient, sums, group] = [
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
    ];
    const table = (offset: number, index: Code, bytes: number): Code =>
      add(get(tables), add(i32(offset), multiply(index, i32(bytes))));
    const ofPlane = () => remainderUnsigned(divideUnsigned(get(item), i32(tiles)), i32(out(z)));
    const image = () => divideUnsigned(get(item), i32(tiles * out(z)));
    const step = (count: number): Code =>
      lanes.channels % lanes.step === 0
        ? i32(lanes.step * count * 4)
        : multiply(
            select(equal(get(group), i32(2)), loadI32(get(chunk), 16), i32(lanes.step)),
            i32(count * 4),
          );
    const planeInput = () => add(get(pixels), loadI32(get(plane), 0));
    const visited = (from: Code, m: number): Code =>
      call(
        visit,
        get(tables),
        get(tile),
        planeInput(),
        from,
        add(add(get(sums), loadI32(get(plane), 8)), i32(m * cut.taps * cut.tapBytes)),
        loadI32(get(plane), 4),
      );
    return [
      set(tables, loadI32(get(operands), OPERANDS.tables)),
      set(chunk, table(at.chunks, remainderUnsigned(get(job), i32(cut.chunks.length)), ENTRY.chunk)),
      set(job, divideUnsigned(get(job), i32(cut.chunks.length))),
      set(part, table(at.parts, get(job), ENTRY.part)),
      set(
        first,
        add(
          loadI32(get(operands), OPERANDS.output),
          multiply(add(multiply(get(job), i32(lanes.groups)), loadI32(get(chunk), 8)), i32(cut.groupBytes)),
        ),
      ),
      fill(get(first), i32(0), multiply(loadI32(get(chunk), 12), i32(cut.groupBytes))),
      set(inputs, add(loadI32(get(operands), OPERANDS.input), loadI32(get(chunk), 0))),
      set(gradients, add(loadI32(get(operands), OPERANDS.second), loadI32(get(chunk), 4))),
      set(end, loadI32(get(part), 4)),
      countUp(item, loadI32(get(part), 0), get(end), 1, [
        set(plane, table(at.planes, ofPlane(), ENTRY.plane)),
        set(tile, table(at.tiles, remainderUnsigned(get(item), i32(tiles)), ENTRY.tile)),
        set(pixels, add(get(inputs), multiply(image(), i32(input.n * 4)))),
        set(
          gradient,
          add(
            add(get(gradients), multiply(image(), i32(output.n * 4))),
            add(multiply(ofPlane(), i32(planeOut)), loadI32(get(tile), 0)),
          ),
        ),
        set(sums, get(first)),
        repeat(group, loadI32(get(chunk), 12), [
          copy === null
            ? visited(get(gradient), 0)
            : Array.from({ length: multiplier }, (_, m) => [
                call(
                  copy,
                  get(workspace),
                  add(get(gradient), i32(m * 4)),
                  loadI32(get(tile), 4),
                  loadI32(get(tile), 8),
                ),
                visited(get(workspace), m),
              ]),
          advance(pixels, step(1)),
          advance(gradient, step(multiplier)),
          advance(sums, cut.groupBytes),
        ]),
      ]),
    ];
  });
}

/** copy(to, gradient, rows, columns): one filter of each channel of a group, side by side. */
function defineCopy(
  module: Assembly,
  { lanes, gradient: [rowTo] }: Rows,
  multiplier: number,
  [rowFrom, columnFrom]: readonly [number, number],
): number {
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [to, from, rows, columns] = frame.parameters as [Local, Local, Local, Local];
    const [column, into, out] = [frame.local('i32'), frame.local('i32'), frame.local('i32')];
    const one = (part: number): Code => {
      const at = part * multiplier * 16;
      if (multiplier === 2 && lanes.lanes === 4) {
        return shuffle(load(get(into), at), load(get(into), at + 12), [0, 2, 5, 7]);
      }
      return Array.from({ length: lanes.lanes - 1 }, (_, i) => i + 1).reduce(
        (vector, lane) => loadLane(vector, lane, get(into), at + lane * multiplier * 4),
        loadOne(get(into), at),
      );
    };
    return repeat(rows, get(rows), [
      set(into, get(from)),
      set(out, get(to)),
      repeat(column, get(columns), [
        Array.from({ length: lanes.parts }, (_, part) => store(get(out), part * 16, one(part))),
        advance(into, columnFrom),
        advance(out, lanes.parts * 16),
      ]),
      advance(from, rowFrom),
      advance(to, rowTo),
    ]);
  });
}
