// Why an axis has the output it has, in plain words: what fits without padding, what padding adds, what fits then. Every number
// is said with what it counts, so that the page can colour it like its field.
//
//   floor((size + before + after - extent) / stride) + 1

import {
  type Axis,
  extent,
  type Geometry,
  isTransposed,
  out,
  span,
  start,
  transposedWords,
  unread,
} from 'padwise/geometry';
import { type Sentence, say } from 'padwise/words';
import type { Tone } from '../language.tsx';
import type { Rule } from './spec.ts';

/** A sentence and what its values count. */
export interface Said {
  readonly text: Sentence;
  readonly tones: readonly (Tone | null)[];
}

/** The answer about one axis. */
export interface Why {
  readonly question: Said;
  readonly sentences: readonly Said[];
}

const UNREAD = { size: 4096, reads: 2 ** 18 };

/** Why this axis; `rule` is the padding rule where one is known. */
export function whyOf(of: Geometry, index: number, rule: Rule | null): Why {
  const one = of.axes[index] as Axis;
  if (isTransposed(of) && one.stride === 1) return transposed(one);
  const windows = out(one);
  const bare = Math.max(0, Math.floor((span(one) - extent(one)) / one.stride) + 1);
  const question: Said =
    bare === windows
      ? { text: say`Why ${windows}?`, tones: ['output'] }
      : { text: say`Why ${windows} and not ${bare}?`, tones: ['output', null] };
  if (of.operation === 'pad')
    return {
      question: { text: say`Why ${windows}?`, tones: ['output'] },
      sentences: [
        {
          text: say`Padding alone: ${one.size} elements, ${one.before} before them and ${one.after} after.`,
          tones: ['size', 'pad', 'pad'],
        },
      ],
    };
  return {
    question,
    sentences: [moves(one), ...unpadded(one, bare), ...padded(one, bare, rule), ...rest(one)],
  };
}

/** What the window is. */
function moves(one: Axis): Said {
  const { kernel, stride, dilation } = one;
  if (kernel === 1)
    return {
      text: say`The window covers a single element and moves ${stride} at a time.`,
      tones: ['stride'],
    };
  return dilation > 1
    ? {
        text: say`The window has ${kernel} taps, ${dilation} apart, so it covers ${extent(one)} elements; it moves ${stride} at a time.`,
        tones: ['kernel', 'dilation', 'kernel', 'stride'],
      }
    : {
        text: say`The window covers ${kernel} elements and moves ${stride} at a time.`,
        tones: ['kernel', 'stride'],
      };
}

/** What fits into the input alone. */
function unpadded(one: Axis, bare: number): Said[] {
  const size = span(one);
  const padless = one.before === 0 && one.after === 0 && one.overhang === 0;
  if (bare === 0) return [{ text: say`It does not fit into ${size} elements.`, tones: ['size'] }];
  const starts = starting(bare, one.stride);
  const last = (bare - 1) * one.stride;
  const text = padless
    ? say`On ${size} elements it starts at ${starts} and reads up to ${last + extent(one) - 1}: that is **${times(bare)}**.`
    : bare < out(one)
      ? say`On the ${size} elements alone it would start at ${starts}: only **${times(bare)}**.`
      : say`On the ${size} elements alone it would start at ${starts}: **${times(bare)}**.`;
  return [{ text, tones: padless ? ['size', null, null, 'output'] : ['size'] }];
}

function times(count: number): Sentence {
  return count === 1 ? say`once` : say`${count} times`;
}

/** 0, 2, 4, ..., 60. */
function starting(windows: number, stride: number): string {
  const at = Array.from({ length: Math.min(windows, 4) }, (_, i) => i * stride);
  if (windows <= 4) return at.join(', ');
  return `${at.slice(0, 3).join(', ')}, …, ${(windows - 1) * stride}`;
}

function padded(one: Axis, bare: number, rule: Rule | null): Said[] {
  const { size, stride, before, after } = one;
  const windows = out(one);
  const total = before + after;
  if (total === 0 && before === 0 && one.overhang === 0) {
    if (rule === 'keras.same' || rule === 'onnx.same_lower')
      return [
        {
          text: say`SAME asks for ${size} / ${stride}, rounded up: ${windows}. They fit as it is, so nothing is added.`,
          tones: ['size', 'stride', 'output'],
        },
      ];
    return [];
  }
  const sides: Said = {
    text: say`${before} before, ${after} after.`,
    tones: ['pad', 'pad'],
  };
  const room = span(one) + total;
  const fits: Said =
    windows === 0
      ? { text: say`Even the ${room} positions there are then have no room for it.`, tones: ['pad'] }
      : {
          text: say`From the first to the last of these ${room} positions the window fits **${times(windows)}**.`,
          tones: ['pad', 'output'],
        };
  const hangs: Said[] =
    one.overhang > 0
      ? [
          {
            text: say`Ceil mode lets the last window hang ${one.overhang} over the end.`,
            tones: ['pad'],
          },
        ]
      : [];
  if (rule === 'keras.same' || rule === 'onnx.same_lower') {
    const needed = (windows - 1) * stride + extent(one);
    return [
      {
        text: say`SAME asks for ${size} / ${stride}, rounded up: **${windows}**. So many windows reach over ${needed} positions, ${total} more than there are. Padding makes up for them:`,
        tones: ['size', 'stride', 'output', null, 'pad'],
      },
      sides,
    ];
  }
  if (rule === 'causal')
    return [
      {
        text: say`Causal padding puts all ${before} before, so that no output sees what comes after it.`,
        tones: ['pad'],
      },
      fits,
    ];
  if (rule === 'full')
    return [
      {
        text: say`Full padding adds ${before} on each side: every place where the window touches the input at all counts.`,
        tones: ['pad'],
      },
      fits,
    ];
  if (rule === 'torch.same')
    return [
      {
        text: say`This rule adds one less than the window covers, ${total} in all, whatever the stride is:`,
        tones: ['pad'],
      },
      sides,
      fits,
    ];
  if (before < 0 || after < 0)
    return [
      {
        text: say`Cutting ${-Math.min(0, before)} before and ${-Math.min(0, after)} after leaves less.`,
        tones: ['pad', 'pad'],
      },
      fits,
    ];
  if (total === 0) return [...hangs];
  const adds: Said = { text: say`Padding adds ${before} before and ${after} after.`, tones: ['pad', 'pad'] };
  if (windows === bare && windows > 0)
    return [
      adds,
      {
        text: say`That is not enough for one more window, so it is **${times(windows)}** all the same.`,
        tones: ['output'],
      },
      ...hangs,
    ];
  return [adds, fits, ...hangs];
}

/** What no window reads. */
function rest(one: Axis): Said[] {
  const windows = out(one);
  if (windows === 0 || one.size > UNREAD.size || windows * one.kernel > UNREAD.reads) return [];
  const skipped = unread(one);
  if (skipped.length === 0) return [];
  const [first, last] = [skipped[0] as number, skipped.at(-1) as number];
  const isEnd = last === one.size - 1 && last - first === skipped.length - 1;
  const behind = isEnd && first >= start(one, windows - 1) + extent(one);
  if (behind && skipped.length === 1)
    return [{ text: say`The last element is read by no window.`, tones: [] }];
  if (behind)
    return [{ text: say`The last ${skipped.length} elements are read by no window.`, tones: [null] }];
  return [
    {
      text: say`${skipped.length} of the ${one.size} elements are read by no window.`,
      tones: [null, 'size'],
    },
  ];
}

function transposed(one: Axis): Why {
  const { stride, natural, crop } = transposedWords(one);
  const windows = out(one);
  const [low, high] = crop;
  const writes: Said = {
    text: say`Each of the ${one.size} elements writes ${extent(one)} outputs, and the next one writes ${stride} further on.`,
    tones: ['size', 'kernel', 'stride'],
  };
  const all: Said = {
    text: say`Together they write (${one.size} − 1) × ${stride} + ${extent(one)} = ${natural} outputs.`,
    tones: ['size', 'stride', 'kernel', null],
  };
  if (natural === windows && low === 0)
    return { question: { text: say`Why ${windows}?`, tones: ['output'] }, sentences: [writes, all] };
  const cut: Said =
    low >= 0 && high >= 0
      ? {
          text: say`Of these ${low} are cut off before and ${high} after: **${windows}** remain.`,
          tones: ['pad', 'pad', 'output'],
        }
      : {
          text: say`${Math.max(0, low)} are cut off before and ${Math.max(0, high)} after, and ${Math.max(0, -low) + Math.max(0, -high)} zeros are added: **${windows}**.`,
          tones: ['pad', 'pad', 'pad', 'output'],
        };
  return {
    question:
      natural === windows
        ? { text: say`Why ${windows}?`, tones: ['output'] }
        : { text: say`Why ${windows} and not ${natural}?`, tones: ['output', null] },
    sentences: [writes, all, cut],
  };
}
