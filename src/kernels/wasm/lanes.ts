// Channels that lie side by side, cut into vectors of four and groups of vectors. The last group begins early enough to end
// with the last channel: some channels are computed twice, with the same numbers, and none needs a mask.
//
//   22 channels, groups of 8      0..7  8..15  14..21
//
// Fewer than four channels are one vector with lanes that are not stored.

/** Where a kernel finds the channels of a group. */
export interface Lanes {
  readonly channels: number;
  /** Channels of a vector: 4 unless there are fewer. */
  readonly lanes: number;
  /** Vectors of a group: 1, 2 or 4. */
  readonly parts: number;
  /** Channels of a group. */
  readonly step: number;
  readonly groups: number;
}

/** Groups of up to `parts` vectors. */
export function lanesOf(channels: number, parts: 1 | 2 | 4): Lanes {
  const lanes = Math.min(4, channels);
  const vectors = Math.floor(channels / 4);
  const whole = vectors >= parts ? parts : vectors >= 2 ? 2 : 1;
  const step = lanes * whole;
  return { channels, lanes, parts: whole, step, groups: Math.ceil(channels / step) };
}

/** The first channel of a group. */
export function firstChannel(of: Lanes, group: number): number {
  return Math.min(group * of.step, of.channels - of.step);
}

/** Part of the channels: whole groups. */
export interface Chunk {
  readonly channel: number;
  readonly group: number;
  readonly groups: number;
  /** Channels from the last group but one to the last. */
  readonly last: number;
}

/** Chunks of at most so many channels, but at least a group. */
export function chunks(of: Lanes, most: number): Chunk[] {
  const each = Math.max(1, Math.min(of.groups, Math.floor(most / of.step)));
  return Array.from({ length: Math.ceil(of.groups / each) }, (_, i) => {
    const [from, to] = [i * each, Math.min(of.groups, (i + 1) * each)];
    const last = to - from < 2 ? of.step : firstChannel(of, to - 1) - firstChannel(of, to - 2);
    return { channel: firstChannel(of, from), group: from, groups: to - from, last };
  });
}
