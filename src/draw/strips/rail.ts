// A strip of positions with bars over it: what each output reads of the padded input, or what each input element of a
// transposed convolution adds to. Both are stretches of one length, one step apart; see strips.ts for the drawing.
//
//   gathered    positions of the padded input,  bar o = window o
//   scattered   positions of the natural output, bar i = what element i writes

import {
  type Axis,
  extent,
  out,
  remainder,
  source,
  span,
  start,
  transposedWords,
} from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { type Stretches, windowsOf } from '../drawn.ts';
import type { Entry } from '../legend.ts';
import { type Kind, kindOf } from '../looks.ts';
import type { Box } from '../picture.ts';
import { ends, reachOf } from '../shown.ts';

/** The most positions of a strip unless said. */
export const STRIP_LIMIT = 20;

/** Positions and the bars over them. */
export interface Rail {
  readonly low: number;
  readonly high: number;
  readonly bars: Stretches;
  /** Positions between two taps of a bar. */
  readonly dilation: number;
  /** A window that does not fit, from position on. */
  readonly ghost: number | undefined;
  /** What stands beside it. */
  readonly lost: Text;
  readonly name: (bar: number) => Text;
  /** What it reads, or where it is added to. */
  readonly told: (bar: number, positions: string) => Text;
  readonly box: (position: number) => Partial<Box> & Pick<Box, 'paint'>;
  readonly reads: (position: number) => 'input' | 'pad';
  readonly sections: readonly { readonly from: number; readonly to: number; readonly text: Text }[];
  readonly signs: readonly Entry[];
  readonly conclusion: readonly Text[];
}

/** What each output reads. The window after the last is a ghost where it would reach a position left over, or always. */
export function gathered(of: Axis, always: boolean): Rail {
  const [low, reach] = reachOf(of);
  const windows = out(of);
  const next = start(of, windows);
  const ghost = always || windows === 0 || (remainder(of) > 0 && next < reach) ? next : undefined;
  const most = ghost === undefined ? reach : Math.min(ghost + extent(of), reach + 2);
  const high = Math.max(reach, most);
  const copied = [of.fillBefore, of.fillAfter].some((fill) => typeof fill !== 'number');
  const box = (position: number): Partial<Box> & Pick<Box, 'paint'> => {
    if (position >= reach) return { paint: null };
    const kind = kindOf(of, position);
    const found = source(of, position);
    const text = 'index' in found ? short(found.index) : {};
    if (kind === 'unread' || kind === 'rest')
      return { paint: 'unread', hatched: true, dashed: position < 0 || position >= span(of), ...text };
    return { paint: kind, dashed: kind !== 'input', ...text };
  };
  return {
    low,
    high,
    bars: windowsOf(of),
    dilation: of.dilation,
    ghost,
    lost: windows === 0 ? say`does not fit` : say`out ${windows} does not fit`,
    name: (o) => say`out ${o}`,
    told: (o, positions) => say`Output ${o} reads positions ${positions}.`,
    box,
    reads: (position) =>
      position >= 0 && position < span(of) && 'index' in source(of, position) ? 'input' : 'pad',
    sections: [
      { from: -of.before, to: 0, text: say`pad ${of.before}` },
      { from: 0, to: span(of), text: say`input ${of.size}` },
      { from: span(of), to: span(of) + of.after, text: say`pad ${of.after}` },
      {
        from: span(of) + Math.max(0, of.after),
        to: span(of) + of.after + of.overhang,
        text: say`ceil ${of.overhang}`,
      },
    ],
    signs: [
      { box: { paint: { heat: 1 }, round: 7 }, text: say`reads the input` },
      ...(of.before > 0 || of.after > 0 || of.overhang > 0 || of.inputDilation > 1
        ? [{ box: { paint: 'pad', line: 'window', round: 7 } as const, text: padSign(of, copied) }]
        : []),
      ...(of.dilation > 1 && of.kernel > 1
        ? [{ box: { paint: 'gap', text: '-' } as const, text: say`skipped by dilation` }]
        : []),
      ...unreadSigns(of),
      ...(ghost === undefined
        ? []
        : [
            {
              box: { paint: null, line: 'fifth', dashed: true, round: 7 } as const,
              text: say`a window that does not fit`,
            },
          ]),
    ],
    conclusion: [counted(of)],
  };
}

function padSign(of: Axis, copied: boolean): Text {
  if (copied) return say`reads padding, a copy of the input`;
  return of.inputDilation > 1 ? say`reads padding or a zero between two elements` : say`reads padding`;
}

function unreadSigns(of: Axis): Entry[] {
  const shown = ends(...reachOf(of), STRIP_LIMIT);
  const kinds = new Set(shown.map((one): Kind | '' => (one === undefined ? '' : kindOf(of, one))));
  const box = { paint: 'unread', hatched: true } as const;
  if (kinds.has('rest')) return [{ box, text: say`never read: no window fits here` }];
  return kinds.has('unread') ? [{ box, text: say`never read` }] : [];
}

/** How the output's size is counted. */
function counted(of: Axis): Text {
  const windows = out(of);
  const pads = [of.before, of.after, of.overhang].filter((pad) => pad !== 0).map(signed);
  const whole = `${span(of)}${pads.join('')}`;
  if (windows === 0) return say`No window of ${extent(of)} fits into ${whole}`;
  const room = `${whole} - ${extent(of)}`;
  const sum =
    of.stride === 1 ? `${room} + 1 = ${windows}` : `floor((${room}) / ${of.stride}) + 1 = ${windows}`;
  return windows === 1 ? say`1 window fits: ${sum}` : say`${windows} windows fit: ${sum}`;
}

function signed(value: number): string {
  return value < 0 ? ` - ${-value}` : ` + ${value}`;
}

/** What each input element of a transposed convolution writes, over the natural output and what is kept of it. */
export function scattered(of: Axis): Rail {
  const { stride, natural, crop } = transposedWords(of);
  const [first, end] = [crop[0], crop[0] + out(of)];
  const kept = (position: number) => position >= first && position < end;
  const extra = Math.max(0, -crop[0]) + Math.max(0, -crop[1]);
  const cut = Math.max(0, crop[0]) + Math.max(0, crop[1]);
  const signs: Entry[] = [{ box: { paint: { heat: 1 }, round: 7 }, text: say`is added to` }];
  if (of.dilation > 1 && of.kernel > 1)
    signs.push({ box: { paint: 'gap', text: '-' }, text: say`skipped by dilation` });
  if (cut > 0) signs.push({ box: { paint: 'unread', hatched: true }, text: say`cropped` });
  if (extra > 0) signs.push({ box: { paint: 'pad', dashed: true }, text: say`an extra zero` });
  const cuts = `${signedCut(crop[0])}${signedCut(crop[1])}`;
  const sum = `(${of.size} - 1) * ${stride} + ${extent(of)}${cuts} = ${out(of)}`;
  return {
    low: Math.min(0, first),
    high: Math.max(natural, end, 1),
    bars: { count: of.size, first: 0, step: stride, extent: extent(of) },
    dilation: of.dilation,
    ghost: undefined,
    lost: '',
    name: (i) => say`in ${i}`,
    told: (i, positions) => say`Input element ${i} is added to positions ${positions}.`,
    box: (position) =>
      kept(position)
        ? position < 0 || position >= natural
          ? { paint: 'pad', dashed: true, ...short(position - first) }
          : { paint: 'output', ...short(position - first) }
        : { paint: 'unread', hatched: true },
    reads: () => 'input',
    sections: [
      { from: 0, to: first, text: say`crop ${crop[0]}` },
      { from: first, to: end, text: say`output ${out(of)}` },
      { from: end, to: natural, text: say`crop ${crop[1]}` },
    ],
    signs,
    conclusion: of.size === 0 ? [] : [say`${out(of)} positions are kept: ${sum}`],
  };
}

function signedCut(value: number): string {
  return value === 0 ? '' : signed(-value);
}

function short(index: number): Pick<Box, 'text' | 'size'> {
  const text = String(index);
  return { text, size: text.length <= 3 ? 13 : text.length <= 4 ? 11 : text.length <= 6 ? 8 : 5 };
}
