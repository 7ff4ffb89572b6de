// The way out: y = A' M A, plus the bias, through the activation, to where the outputs of each tile of a block lie.
//
//   for each tile: where its m x m outputs lie; those that are none go nowhere, to a place in the workspace
//     for each 4 (8) filters: load n x n of M [panel][tile][product][filter], a line for each column, a line for each row

import type { Assembly } from './assembler.ts';
import {
  add,
  advance,
  call,
  get,
  i32,
  type Local,
  lessSigned,
  load,
  loadI32,
  loop,
  multiply,
  repeat,
  set,
  storeFirst,
  subtract,
} from './code.ts';
import { activated } from './epilogue.ts';
import { OPERANDS, type Task } from './program.ts';
import type { Cut } from './winograd-cut.ts';
import { each, type Halves, lanes } from './winograd-lanes.ts';
import { outputLine } from './winograd-lines.ts';
import { callForPanel, type Panels, tileBytes } from './winograd-products.ts';
import { defineAddresses } from './winograd-tables.ts';

/** Defines output(operands, workspace, first, tiles, begin, end): so many tiles, panels from begin to end. */
export function defineOutput(module: Assembly, task: Task, cut: Cut, panels: Panels): number {
  const addresses = defineAddresses(module, task, cut, 'outputs');
  const transforms = panels.filters.map((filters) => defineTransform(module, task, cut, filters));
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [operands, workspace, first, tiles, begin, end] = frame.parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const [panel, from, products, offset] = each(4, () => frame.local('i32')) as [Local, Local, Local, Local];
    const panelBytes = i32(cut.panel * 4);
    return [
      set(products, add(get(workspace), i32(cut.at.products))),
      repeat(tiles, get(tiles), [
        call(
          addresses,
          loadI32(get(operands), OPERANDS.output),
          loadI32(get(operands), OPERANDS.tables),
          get(first),
          add(get(workspace), i32(cut.at.writes)),
          subtract(add(get(workspace), i32(cut.at.nowhere)), multiply(get(begin), panelBytes)),
        ),
        set(panel, get(begin)),
        set(from, get(products)),
        loop(
          [
            set(offset, multiply(get(panel), panelBytes)),
            callForPanel(panels, transforms, get(panel), [
              get(workspace),
              get(from),
              add(loadI32(get(operands), OPERANDS.weights), get(offset)),
              get(offset),
            ]),
            advance(from, cut.block * tileBytes(cut)),
            advance(panel, 1),
          ],
          lessSigned(get(panel), get(end)),
        ),
        advance(products, tileBytes(cut)),
        advance(first, 1),
      ]),
    ];
  });
}

/** Defines transform(workspace, from, bias, offset): a tile's panel of so many filters, at byte `offset` of each output. */
function defineTransform(module: Assembly, task: Task, cut: Cut, filters: number): number {
  const { vertical, horizontal } = cut;
  const halves = task.machine.wide && filters % 8 === 0 ? 2 : 1;
  const bytes = halves * 16;
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [workspace, from, bias, offset] = frame.parameters as [Local, Local, Local, Local];
    const [turn, position] = each(2, () => frame.local('i32')) as [Local, Local];
    const emit = lanes(frame, task.machine, halves);
    const start = emit.load(1, (_, half) => load(get(bias), half * 16));
    const columns = each(horizontal.inputs, (j) => {
      const products = emit.load(vertical.inputs, (i, half) =>
        load(get(from), (i * horizontal.inputs + j) * cut.panel * 4 + half * 16),
      );
      const line = emit.line(products.values, (x, lane) => outputLine(vertical, x, lane));
      return { code: [products.code, line.code], values: line.values };
    });
    const rows = each(vertical.outputs, (i) =>
      emit.line(
        columns.map((column) => column.values[i] as Halves),
        (x, lane, half) => outputLine(horizontal, x, lane, start.values[0]?.[half]),
      ),
    );
    const transform = (count: number) => [
      start.code,
      columns.map((column) => column.code),
      rows.map((row, i) => [
        row.code,
        row.values.map((value, k) => [
          set(
            position,
            add(loadI32(get(workspace), cut.at.writes + (k * vertical.outputs + i) * 4), get(offset)),
          ),
          value.map((one) => set(one, activated(frame, task.activation, one))),
          value.map((one, half) => storeFirst(count, get(position), half * 16, get(one))),
        ]),
      ]),
      advance(from, bytes),
      advance(bias, bytes),
      advance(offset, bytes),
    ];
    const whole = Math.floor(filters / (4 * halves));
    const body = [
      whole > 1 ? repeat(turn, whole, transform(4)) : whole === 1 ? transform(4) : [],
      filters % 4 > 0 ? transform(filters % 4) : [],
    ];
    return [emit.constants.preset(), body];
  });
}
