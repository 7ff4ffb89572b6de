// The packed gradient of a depthwise weight in the weight's own order: the parts of the windows added in their order, then
// each channel's number where the weight's steps lead. A job is a chunk of channels; where the last group begins early, some
// numbers are written twice.

import type { WeightOperand } from '../operands.ts';
import { assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  get,
  i32,
  type Local,
  lessSigned,
  load,
  loadI32,
  multiply,
  plus,
  repeat,
  select,
  set,
  storeLane,
  subtract,
} from './code.ts';
import { depthwiseCut } from './depthwise-gradient-cut.ts';
import { tapOffsets } from './gemm.ts';
import { OPERANDS, type Program, type Task } from './program.ts';

/** The program that writes the packed gradient (input) by a weight's steps (output). */
export function unpackDepthwise(task: Task, steps: WeightOperand['strides']): Program {
  const { machine, geometry } = task;
  const cut = depthwiseCut(task);
  const { lanes, multiplier } = cut;
  const module = assemble(machine);
  const run = module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job] = frame.parameters as [Local, Local];
    const local = () => frame.local('i32');
    const [group, end, from, channel, to, at] = [local(), local(), local(), local(), local(), local()];
    const [tables, tap, filter, taps] = [local(), local(), local(), local()];
    const sum = frame.local('v128');
    const [last, each] = [i32(geometry.channels - lanes.step), cut.chunks[0]?.groups ?? 1];
    const start = () => multiply(get(group), i32(lanes.step));
    const one = (part: number): Code => [
      set(
        sum,
        Array.from({ length: cut.parts }, (_, i) => i).reduce<Code>((all, i) => {
          const value = load(get(from), i * cut.partBytes + part * 16);
          return i === 0 ? value : plus(all, value);
        }, []),
      ),
      Array.from({ length: lanes.lanes }, (_, lane) =>
        storeLane(get(at), (part * 4 + lane) * steps.g * 4, get(sum), lane),
      ),
    ];
    const count = () => subtract(i32(lanes.groups), get(group));
    return [
      set(tables, loadI32(get(operands), OPERANDS.tables)),
      set(group, multiply(get(job), i32(each))),
      set(end, select(lessSigned(count(), i32(each)), count(), i32(each))),
      set(from, add(loadI32(get(operands), OPERANDS.input), multiply(get(group), i32(cut.groupBytes)))),
      repeat(end, get(end), [
        set(channel, select(lessSigned(start(), last), start(), last)),
        set(to, add(loadI32(get(operands), OPERANDS.output), multiply(get(channel), i32(steps.g * 4)))),
        repeat(filter, multiplier, [
          set(taps, get(tables)),
          repeat(tap, cut.taps, [
            set(at, add(get(to), loadI32(get(taps)))),
            Array.from({ length: lanes.parts }, (_, part) => one(part)),
            advance(taps, 4),
            advance(from, cut.tapBytes),
          ]),
          advance(to, steps.o * 4),
        ]),
        advance(group, 1),
      ]),
    ];
  });
  module.expose('run', run);
  return {
    name: 'depthwise_unpack_f32',
    bytes: module.bytes(),
    jobs: cut.chunks.length,
    workspace: 0,
    tables: Int32Array.from(tapOffsets(geometry, steps.k), (offset) => offset * 4),
    packed: 0,
    pack: () => undefined,
  };
}
