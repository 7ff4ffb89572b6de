// The way in: V = B' d B of each tile of a block, for a chunk of channels.
//
//   for each tile: where its n x n positions lie
//     for each 4 (8) channels: load n x n, a line for each column, a line for each row, store to V [product][tile][channel]

import type { Assembly } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  get,
  i32,
  type Local,
  lessSigned,
  load,
  loadFirst,
  loadI32,
  multiply,
  repeat,
  select,
  set,
  store,
  when,
} from './code.ts';
import { OPERANDS, type Task } from './program.ts';
import type { Cut } from './winograd-cut.ts';
import { each, type Halves, lanes } from './winograd-lanes.ts';
import { inputLine } from './winograd-lines.ts';
import { defineAddresses, zerosAt } from './winograd-tables.ts';

/** Defines input(operands, workspace, first, tiles, chunk): V of so many tiles from the first one on. */
export function defineInput(module: Assembly, task: Task, cut: Cut): number {
  const { channels } = task.geometry;
  const addresses = defineAddresses(module, task, cut, 'inputs');
  const step = task.machine.wide ? 8 : 4;
  const before = (cut.chunks - 1) * cut.chunk;
  const lastTurns = Math.floor((channels - before) / step);
  const rest = (channels - before) % step;
  const usual = defineTransform(module, task, cut, step);
  const rests = [...(rest >= 4 ? [4] : []), ...(rest % 4 > 0 ? [rest % 4] : [])].map((count) =>
    defineTransform(module, task, cut, count),
  );
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [operands, workspace, first, tiles, chunk] = frame.parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const [turns, to, from, tables] = each(4, () => frame.local('i32')) as [Local, Local, Local, Local];
    const isLast = lessSigned(i32(cut.chunks - 2), get(chunk));
    const past = (index: number) => add(multiply(get(turns), i32(step * 4)), i32(index * 16));
    const transform: Code = [
      when(get(turns), call(usual, get(workspace), get(to), get(from), get(turns))),
      rests.map((one, i) =>
        when(isLast, call(one, get(workspace), add(get(to), past(i)), add(get(from), past(i)), i32(1))),
      ),
    ];
    return [
      set(tables, loadI32(get(operands), OPERANDS.tables)),
      set(from, multiply(get(chunk), i32(cut.chunk * 4))),
      set(to, add(get(workspace), i32(cut.at.inputs))),
      set(turns, select(isLast, i32(lastTurns), i32(cut.chunk / step))),
      repeat(tiles, get(tiles), [
        call(
          addresses,
          loadI32(get(operands), OPERANDS.input),
          get(tables),
          get(first),
          add(get(workspace), i32(cut.at.reads)),
          add(get(tables), i32(zerosAt(cut))),
        ),
        transform,
        advance(to, cut.chunk * 4),
        advance(first, 1),
      ]),
    ];
  });
}

/** Defines transform(workspace, to, from, turns): `count` channels a turn, from byte `from` of each position on. */
function defineTransform(module: Assembly, task: Task, cut: Cut, count: number): number {
  const { vertical, horizontal } = cut;
  const halves = count === 8 ? 2 : 1;
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [workspace, to, from, turns] = frame.parameters as [Local, Local, Local, Local];
    const [turn, position] = each(2, () => frame.local('i32')) as [Local, Local];
    const emit = lanes(frame, task.machine, halves);
    const columns = each(horizontal.inputs, (j) => {
      const inputs = emit.load(vertical.inputs, (_, half) =>
        halves === 1 ? loadFirst(count, get(position)) : load(get(position), half * 16),
      );
      const line = emit.line(inputs.values, (x, lane) => inputLine(vertical, x, lane));
      const reads = inputs.code.map((one, i) => [
        set(position, add(loadI32(get(workspace), cut.at.reads + (j * vertical.inputs + i) * 4), get(from))),
        one,
      ]);
      return { code: [reads, line.code], values: line.values };
    });
    const rows = each(vertical.inputs, (i) => {
      const line = emit.line(
        columns.map((column) => column.values[i] as Halves),
        (x, lane) => inputLine(horizontal, x, lane),
      );
      return [
        line.code,
        line.values.map((value, j) =>
          value.map((one, half) =>
            store(get(to), (i * horizontal.inputs + j) * cut.at.inputStep + half * 16, get(one)),
          ),
        ),
      ];
    });
    return [
      emit.constants.preset(),
      repeat(turn, get(turns), [
        columns.map((column) => column.code),
        rows,
        advance(to, halves * 16),
        advance(from, halves * 16),
      ]),
    ];
  });
}
