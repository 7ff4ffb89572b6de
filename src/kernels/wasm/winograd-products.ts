// The multiplications: for each of the n x n products a small matrix product, tiles x channels by channels x filters, by
// register tiles of up to 6 tiles and one panel of filters (6 x 8, or 6 x 16 in wide; 4 x 8 without fused multiply-adds; see
// tile.ts).
//
//   M [panel][tile][product][filter] (+)= sum over a unit's channels  V [product][tile][channel] * U [product][panel][channel][filter]
//
// The product is the outer loop: its slice of V stays in the first cache while the panels' slices of U stream by, in the order
// in which they lie.

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
  loadSplat,
  loop,
  multiply,
  plus,
  repeat,
  select,
  set,
  store,
  subtract,
  tee,
  when,
} from './code.ts';
import type { Task } from './program.ts';
import type { Cut } from './winograd-cut.ts';
import { each } from './winograd-lanes.ts';

/** The kinds of panels: `whole` of a whole panel's filters, then perhaps one of fewer. */
export interface Panels {
  readonly whole: number;
  readonly filters: readonly number[];
}

/** The panels of so many filters. */
export function panelsOf(filters: number, panel: number): Panels {
  const whole = Math.floor(filters / panel);
  const rest = filters % panel;
  return { whole, filters: [...(whole > 0 ? [panel] : []), ...(rest > 0 ? [rest] : [])] };
}

/** Calls the function for a panel's kind, functions being in the order of the kinds. */
export function callForPanel(
  { whole }: Panels,
  functions: readonly number[],
  panel: Code,
  args: readonly Code[],
): Code {
  const [first = 0, second] = functions;
  if (second === undefined) return call(first, ...args);
  return when(lessSigned(panel, i32(whole)), call(first, ...args), call(second, ...args));
}

/** Bytes of one tile's products for one panel. */
export function tileBytes(cut: Cut): number {
  return cut.products * cut.panel * 4;
}

/** Defines products(workspace, kernels, begin, end, turns, tiles): panels begin to end; a turn is `unroll` channels. */
export function defineProducts(module: Assembly, task: Task, cut: Cut, panels: Panels): number {
  const sizes = cut.longer < cut.blocks ? [cut.block - 1, cut.block] : [cut.block];
  const heights = [...new Set(sizes.flatMap((size) => heightsOf(size, cut.height)))];
  const kinds = panels.filters.map((filters) => {
    const vectors = Math.ceil(filters / 4);
    const tiles = heights.map((height) => [height, defineTile(module, task, cut, height, vectors)] as const);
    return { vectors, tiles: new Map(tiles) };
  });
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [workspace, kernels, begin, end, turns, tiles] = frame.parameters as Six;
    const [product, panel, count, to] = each(4, () => frame.local('i32')) as Four;
    const [group, inputs, v, m] = each(4, () => frame.local('i32')) as Four;
    const [from, left, depth] = each(3, () => frame.local('i32')) as [Local, Local, Local];
    const onePanel = (kind: (typeof kinds)[number]): Code => {
      const rows = (height: number, times: number): Code =>
        repeat(group, times, [
          call(kind.tiles.get(height) as number, get(v), get(kernels), get(m), get(depth)),
          advance(v, height * cut.chunk * 4),
          advance(m, height * tileBytes(cut)),
        ]);
      const block = (size: number): Code => {
        const all = heightsOf(size, cut.height);
        return [...new Set(all)].map((height) => rows(height, all.filter((one) => one === height).length));
      };
      const [shorter = 0, longer] = sizes;
      const sum: Code = [
        set(v, get(from)),
        set(m, get(to)),
        longer === undefined
          ? block(shorter)
          : when(lessSigned(get(tiles), i32(longer)), block(shorter), block(longer)),
        advance(kernels, multiply(get(depth), i32(cut.unroll * kind.vectors * 16))),
      ];
      const unitTurns = i32(cut.unit / cut.unroll);
      const sums: Code = [
        set(left, get(turns)),
        loop(
          [
            set(depth, select(lessSigned(get(left), unitTurns), get(left), unitTurns)),
            sum,
            advance(from, cut.unit * 4),
          ],
          tee(left, subtract(get(left), get(depth))),
        ),
      ];
      return [
        set(from, get(inputs)),
        cut.chunk > cut.unit ? sums : [set(depth, get(turns)), sum],
        advance(to, cut.block * tileBytes(cut)),
      ];
    };
    const [first, second] = kinds as [(typeof kinds)[number], (typeof kinds)[number]?];
    const hasRest = lessSigned(i32(panels.whole), get(end));
    return [
      set(count, subtract(subtract(get(end), get(begin)), second === undefined ? i32(0) : hasRest)),
      set(inputs, add(get(workspace), i32(cut.at.inputs))),
      set(product, i32(0)),
      loop(
        [
          set(to, add(add(get(workspace), i32(cut.at.products)), multiply(get(product), i32(cut.panel * 4)))),
          when(get(count), repeat(panel, get(count), onePanel(first))),
          second === undefined ? [] : when(hasRest, onePanel(second)),
          advance(inputs, cut.at.inputStep),
          advance(product, 1),
        ],
        lessSigned(get(product), i32(cut.products)),
      ),
    ];
  });
}

type Four = [Local, Local, Local, Local];
type Six = [...Four, Local, Local];

/** Tiles cut into register tiles as even as can be, higher ones first. */
function heightsOf(tiles: number, most: number): number[] {
  const count = Math.ceil(tiles / most);
  return each(count, (i) => Math.ceil((tiles - i) / count));
}

/** Defines tile(inputs, kernels, products, turns). */
function defineTile(module: Assembly, task: Task, cut: Cut, height: number, vectors: number): number {
  const { multiplyAdd } = task.machine;
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [inputs, kernels, products, turns] = frame.parameters as [Local, Local, Local, Local];
    const sums = each(height, () => each(vectors, () => frame.local('v128')));
    const values = each(vectors, () => frame.local('v128'));
    const splatted = frame.local('v128');
    const bytes = vectors * 16;
    const all = (emit: (sum: Local, offset: number) => Code): Code =>
      sums.map((row, r) => row.map((sum, j) => emit(sum, r * tileBytes(cut) + j * 16)));
    const step = (k: number): Code => [
      values.map((b, j) => set(b, load(get(kernels), k * bytes + j * 16))),
      sums.map((row, r) => [
        set(splatted, loadSplat(get(inputs), r * cut.chunk * 4 + k * 4)),
        row.map((sum, j) => set(sum, multiplyAdd(get(splatted), get(values[j] as Local), get(sum)))),
      ]),
    ];
    return [
      repeat(frame.local('i32'), get(turns), [
        each(cut.unroll, step),
        advance(inputs, cut.unroll * 4),
        advance(kernels, cut.unroll * bytes),
      ]),
      cut.units > 1 ? all((sum, offset) => set(sum, plus(get(sum), load(get(products), offset)))) : [],
      all((sum, offset) => store(get(products), offset, get(sum))),
    ];
  });
}
