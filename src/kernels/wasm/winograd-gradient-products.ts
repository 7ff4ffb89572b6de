// The multiplications of the weight's gradient: for each point of a row a matrix product, channels x tiles by tiles x filters,
// by register tiles of up to 6 channels and one panel of filters (6 x 8, or 6 x 16 in wide).
//
//   S [point][panel][channel][filter] += sum over tiles  V [point][tile][channel] * W [point][unit][tile][filter]

import type { Assembly } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  get,
  greaterOrEqual,
  i32,
  type Local,
  load,
  loadSplat,
  loop,
  multiply,
  plus,
  repeat,
  set,
  store,
  when,
} from './code.ts';
import { cutRows } from './gemm.ts';
import type { Task } from './program.ts';
import { tileRows } from './tile.ts';
import type { GradientCut } from './winograd-gradient-cut.ts';
import { each } from './winograd-lanes.ts';

/** Tiles of one turn of the loop, where the compiler keeps the sums in registers. */
const UNROLL = 4;

/** Defines products(workspace, tiles, chunk of the job, is it the last of all, whole panels, is there a panel of fewer). */
export function defineProducts(module: Assembly, task: Task, cut: GradientCut): number {
  const { channels, filters } = task.geometry;
  const over = filters % cut.panel;
  const usual = Math.min(cut.chunk, channels);
  const last = channels - (cut.chunks - 1) * cut.chunk;
  const panels = (count: number) => ({
    whole: filters >= cut.panel ? definePanel(module, task, cut, count, cut.panel / 4) : undefined,
    rest: over > 0 ? definePanel(module, task, cut, count, Math.ceil(over / 4)) : undefined,
  });
  const usually = panels(usual);
  const atLast = last === usual ? undefined : panels(last);
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [workspace, tiles, chunk, isLast, whole, rest] = frame.parameters as Six;
    const [inputs, outputs, sums, w, s, counter, point] = each(7, () => frame.local('i32')) as Seven;
    const run = (kind: keyof typeof usually): Code => {
      const args = [get(inputs), get(w), get(s), get(tiles)];
      const target = usually[kind];
      if (target === undefined) return [];
      if (atLast === undefined) return call(target, ...args);
      return when(get(isLast), call(atLast[kind] as number, ...args), call(target, ...args));
    };
    return [
      set(inputs, add(get(workspace), i32(cut.at.inputs))),
      set(outputs, add(get(workspace), i32(cut.at.outputs))),
      set(sums, add(get(workspace), i32(cut.at.sums))),
      set(sums, add(get(sums), multiply(get(chunk), i32(cut.chunk * cut.panel * 4)))),
      repeat(point, cut.grid.horizontal.inputs, [
        set(w, get(outputs)),
        set(s, get(sums)),
        when(
          get(whole),
          repeat(counter, get(whole), [
            run('whole'),
            advance(w, cut.block * cut.panel * 4),
            advance(s, cut.depth * cut.chunk * cut.panel * 4),
          ]),
        ),
        over > 0 ? when(get(rest), run('rest')) : [],
        advance(inputs, cut.inputStep),
        advance(outputs, cut.outputStep),
        advance(sums, cut.sumStep),
      ]),
    ];
  });
}

type Six = [Local, Local, Local, Local, Local, Local];
type Seven = [Local, Local, Local, Local, Local, Local, Local];

/** Defines panel(inputs, outputs, sums, tiles): so many channels with a panel of so many vectors. */
function definePanel(
  module: Assembly,
  task: Task,
  cut: GradientCut,
  channels: number,
  vectors: number,
): number {
  const most = tileRows(task.machine);
  const { full, rest } = cutRows(channels, most);
  const heights = [...new Set([...(full > 0 ? [most] : []), ...rest])];
  const tiles = new Map(heights.map((height) => [height, defineTile(module, task, cut, height, vectors)]));
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [inputs, outputs, sums, count] = frame.parameters as [Local, Local, Local, Local];
    const next = (height: number): Code => [
      call(tiles.get(height) as number, get(inputs), get(outputs), get(sums), get(count)),
      advance(inputs, height * 4),
      advance(sums, height * cut.panel * 4),
    ];
    return [full === 0 ? [] : repeat(frame.local('i32'), full, next(most)), rest.map(next)];
  });
}

/** Defines tile(inputs, outputs, sums, tiles). What was in a row of S is read before any of it is written, or V8 would not join it. */
function defineTile(
  module: Assembly,
  { machine }: Task,
  cut: GradientCut,
  height: number,
  vectors: number,
): number {
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [inputs, outputs, to, tiles] = frame.parameters as [Local, Local, Local, Local];
    const vector = () => frame.local('v128');
    const sums = each(height, () => each(vectors, vector));
    const values = each(vectors, vector);
    const splatted = vector();
    const ofUnit = cut.unit / 4;
    const place = (tile: number, j: number) =>
      Math.floor(j / ofUnit) * cut.block * cut.unit * 4 + tile * cut.unit * 4 + (j % ofUnit) * 16;
    const step = (tile: number): Code => [
      values.map((one, j) => set(one, load(get(outputs), place(tile, j)))),
      sums.map((row, r) => [
        set(splatted, loadSplat(get(inputs), (tile * cut.chunk + r) * 4)),
        row.map((sum, j) => set(sum, machine.multiplyAdd(get(splatted), get(values[j] as Local), get(sum)))),
      ]),
    ];
    const next = (count: number): Code => [
      each(count, step),
      advance(inputs, count * cut.chunk * 4),
      advance(outputs, count * cut.unit * 4),
    ];
    const unroll = machine.relaxed ? UNROLL : 1;
    const more = greaterOrEqual(get(tiles), i32(unroll));
    return [
      when(more, loop([next(unroll), advance(tiles, -unroll)], more)),
      when(get(tiles), repeat(tiles, get(tiles), next(1))),
      sums.map((row, r) => [
        values.map((before, j) => set(before, load(get(to), (r * cut.panel + j * 4) * 4))),
        row.map((sum, j) =>
          store(get(to), (r * cut.panel + j * 4) * 4, plus(get(values[j] as Local), get(sum))),
        ),
      ]),
    ];
  });
}
