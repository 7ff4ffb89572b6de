// The packed weights: bias [filter], then U [stage][chunk][product][panel][channel][filter], as it is read; channels and
// filters are filled up to whole vectors with zeros. Pieces of the weights are copied to the transform's memory, and what it
// makes of them from there.

import type { Geometry } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import type { Cut } from './winograd-cut.ts';
import { type KernelTransform, kernelTransform, PIECE, type TapSteps } from './winograd-kernel.ts';
import { axesOf } from './winograd-tables.ts';

/** Channels as they are packed: whole vectors. */
export function packedChannels(of: Geometry): number {
  return Math.ceil(of.channels / 4) * 4;
}

/** Filters as they are packed. */
export function packedFilters(of: Geometry): number {
  return Math.ceil(of.filters / 4) * 4;
}

/** Floats of all. */
export function packedSize(of: Geometry, cut: Cut): number {
  return packedFilters(of) * (1 + packedChannels(of) * cut.products);
}

/** Writes them into zeros. */
export function packKernels(
  of: Geometry,
  cut: Cut,
  into: Float32Array,
  weight: WeightOperand,
  bias: (filter: number) => number,
): void {
  for (let filter = 0; filter < of.filters; filter++) into[filter] = bias(filter);
  const transform = kernelTransform(cut.vertical, cut.horizontal);
  let to = packedFilters(of);
  for (const [firstFilter, endFilter] of stagesOf(of, cut)) {
    for (let begin = 0; begin < of.channels; begin += cut.chunk) {
      const depth = Math.min(cut.chunk, packedChannels(of) - begin);
      const end = Math.min(begin + depth, of.channels);
      const productStep = depth * Math.ceil((endFilter - firstFilter) / 4) * 4;
      let panel = to;
      for (let filter = firstFilter; filter < endFilter; filter += cut.panel) {
        const filters = Math.min(cut.panel, endFilter - filter);
        const width = Math.ceil(filters / 4) * 4;
        for (let channel = begin; channel < end; channel += PIECE.channels) {
          const channels = Math.min(PIECE.channels, end - channel);
          transformPiece(of, weight, transform, { filter, filters, channel, channels }, width);
          for (let product = 0; product < cut.products; product++) {
            const from = product * transform.step;
            const at = panel + product * productStep + (channel - begin) * width;
            into.set(transform.products.subarray(from, from + channels * width), at);
          }
        }
        panel += depth * width;
      }
      to += cut.products * productStep;
    }
  }
}

/** The first filter of each stage, and the one after its last. */
function stagesOf(of: Geometry, cut: Cut): [begin: number, end: number][] {
  const stages: [number, number][] = [];
  for (let part = 0; part < cut.panels; part += cut.part) {
    const end = Math.min(part + cut.part, cut.panels);
    for (let panel = part; panel < end; panel += cut.stage) {
      const stop = Math.min(panel + cut.stage, end);
      stages.push([panel * cut.panel, Math.min(stop * cut.panel, of.filters)]);
    }
  }
  return stages;
}

interface Piece {
  readonly filter: number;
  readonly filters: number;
  readonly channel: number;
  readonly channels: number;
}

/** Copies the taps of a piece as they lie, if they lie together, and transforms them; missing filters get zeros. */
function transformPiece(
  of: Geometry,
  { data, offset, strides }: WeightOperand,
  transform: KernelTransform,
  { filter, filters, channel, channels }: Piece,
  width: number,
): void {
  const [down, across] = axesOf(of).map((one) => one?.kernel ?? 1) as [number, number];
  const [rowStep, columnStep] = [strides.k.at(-2) ?? 0, strides.k.at(-1) ?? 0];
  const { taps } = transform;
  const taken = down * across;
  const first = offset + filter * strides.o + channel * strides.i;
  const span = (channels - 1) * strides.i + (down - 1) * rowStep + (across - 1) * columnStep + 1;
  if (filters < width) taps.fill(0);
  let steps: TapSteps;
  if (span <= channels * taken) {
    steps = { filter: span, channel: strides.i, row: rowStep, column: columnStep };
    for (let f = 0; f < filters; f++) {
      const from = first + f * strides.o;
      taps.set(data.subarray(from, from + span), f * span);
    }
  } else {
    steps = { filter: 1, channel: taken * width, row: across * width, column: width };
    for (let c = 0; c < channels; c++) {
      for (let tap = 0; tap < taken; tap++) {
        const to = (c * taken + tap) * width;
        const from = first + c * strides.i + Math.floor(tap / across) * rowStep + (tap % across) * columnStep;
        if (strides.o === 1) taps.set(data.subarray(from, from + filters), to);
        else for (let f = 0; f < filters; f++) taps[to + f] = data[from + f * strides.o] as number;
      }
    }
  }
  const { row, column } = steps;
  const last = (down - 1) * row + (across - 1) * column;
  if (of.flip) transform.run(last, { ...steps, row: -row, column: -column }, channels, width);
  else transform.run(0, steps, channels, width);
}
