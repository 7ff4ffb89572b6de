// OpenVINO's attributes: lists over the spatial axes, an empty one for the defaults, and words in any case.
// Sources: openvino.opset1.ops; core/src/op/{util/convolution_base,convolution,avg_pool}.cpp (2026.4).

import { type Axis, axis, type Odd, type Pads, samePads } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import type { Arguments } from '../signature.ts';
import { type Windows, windowOf } from '../window.ts';

/** What pads an axis. */
export type AutoPad = 'explicit' | 'valid' | 'same_upper' | 'same_lower';

const AUTO_PADS: readonly AutoPad[] = ['explicit', 'valid', 'same_upper', 'same_lower'];

/** One integer an axis, at least `least`; `fallback` for each of an empty list or None. */
export function list(args: Arguments, name: string, rank: number, least: number, fallback: number): number[] {
  const value = args.value(name);
  const none = (value === null && !args.given(name)) || (Array.isArray(value) && value.length === 0);
  if (none) return Array.from({ length: rank }, () => fallback);
  if (!Array.isArray(value) || value.length !== rank)
    return args.refuse(name, say`a list of ${rank} integers, one for each spatial axis`);
  return args.integers(name, rank, least);
}

/** One of the words, in any case; the first where it is None. */
export function anyCase<Word extends string>(args: Arguments, name: string, words: readonly Word[]): Word {
  const value = args.value(name);
  if (value === null && !args.given(name)) return words[0] as Word;
  const found = words.find((word) => typeof value === 'string' && word === value.toLowerCase());
  return found ?? args.refuse(name, words.map((word) => `'${word}'`).join(' or '));
}

/** The word of auto_pad. */
export function autoPad(args: Arguments): AutoPad {
  return anyCase(args, 'auto_pad', AUTO_PADS);
}

/** pads_begin and pads_end, each axis' together; negative only where auto_pad ignores them. */
export function explicitPads(args: Arguments, rank: number, auto: AutoPad): Pads[] {
  const least = auto === 'explicit' ? 0 : -Infinity;
  const begin = list(args, 'pads_begin', rank, least, 0);
  const end = list(args, 'pads_end', rank, least, 0);
  return begin.map((before, i): Pads => [before, end[i] as number]);
}

/** The window along axis `i` with the pads that auto_pad gives it. */
export function paddedAxis(
  windows: Windows,
  auto: AutoPad,
  pads: readonly Pads[],
  size: number,
  i: number,
): Axis {
  const window = windowOf(windows, size, i);
  const [before, after] = padsOf(window, auto, pads[i] as Pads);
  return axis({ ...window, before, after });
}

function padsOf(window: Parameters<typeof samePads>[0], auto: AutoPad, pads: Pads): Pads {
  if (auto === 'explicit') return pads;
  return auto === 'valid' ? [0, 0] : samePads(window, oddOf(auto));
}

/** Which side gets the odd pad. */
export function oddOf(auto: AutoPad): Odd {
  return auto === 'same_lower' ? 'lower' : 'upper';
}
