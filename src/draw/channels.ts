// Groups and channels: planes of the input in a stack for each group, filters as stacks of kernel planes, planes of the output.
//
//   dense       [0 1 2 3] -> [k k k k] -> 0        grouped   [0 1] -> [k k] -> 0        depthwise   [0] -> [k] -> 0
//                         -> [k k k k] -> 1                        -> [k k] -> 1
//                                                            [2 3] -> [k k] -> 2                    [1] -> [k] -> 1
//
// A frame lights up one output channel, its filter and the input channels it sums. Groups have a colour and a row of their own.

import { type Geometry, multiplyAdds, out, print } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { shortened } from './caption.ts';
import { printDrawing } from './drawing.ts';
import { wordsWidth } from './legend.ts';
import {
  type Box,
  type Figure,
  label,
  type Mark,
  type Picture,
  type Role,
  SERIES,
  type Table,
} from './picture.ts';
import { ends, type Shown } from './shown.ts';

/** What is drawn of the channels. */
export interface ChannelOptions {
  /** What opens the figure again; made from the problem string unless said. */
  readonly source?: string;
}

/** The most groups, planes of a stack and filters of a group drawn. */
const GROUPS = 5;
const PLANES = 5;
const FILTERS = 5;
/** The same where there are many groups. */
const FEW = 3;
const PLANE = 46;
const TAP = 30;
const BACK = 11;
const TAP_BACK = 8;
const ANSWER = 34;
const BETWEEN = 70;
const APART = 14;
const HEAD = 44;
const LINE = 21;
const DOTS = 24;

/** Groups and channels of a layer, a frame for each output channel drawn. */
export function channelsFigure(of: Geometry, options: ChannelOptions = {}): Figure {
  const base = still(of);
  return {
    frames: Math.max(1, base.rows.length),
    frame: (index) => pictured(of, base, base.rows[index]),
    source: options.source ?? printDrawing({ view: 'channels', stacks: [[of]] }),
  };
}

/** Groups of channels as they are computed: a pooling is a group for each channel. */
interface Groups {
  readonly count: number;
  readonly inputs: number;
  readonly filters: number;
}

function groupsOf(of: Geometry): Groups {
  if (of.operation !== 'conv') return { count: of.channels, inputs: 1, filters: 1 };
  const { groups, channels, filters } = of;
  return { count: groups, inputs: channels / groups, filters: filters / groups };
}

/** One output channel drawn: its group, and where its filter and itself lie. */
interface Row {
  readonly group: number;
  /** Its group's colour. */
  readonly role: Role;
  readonly filter: number;
  readonly y: number;
  /** The middle and the left of its group's input stack. */
  readonly from: number;
}

interface Base {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly words: readonly Text[];
  readonly places: Places;
}

/** Where the three columns begin and how wide they are. */
interface Places {
  readonly input: number;
  readonly inputWide: number;
  readonly filter: number;
  readonly filterWide: number;
  readonly output: number;
}

function still(of: Geometry): Base {
  const groups = groupsOf(of);
  const planes = ends(0, groups.inputs, PLANES);
  const captions = captionsOf(of);
  const stackWide = stackSide(planes, PLANE, BACK);
  const filterWide = of.operation === 'conv' ? stackSide(planes, TAP, TAP_BACK) : PLANE + 8;
  const room = (text: Text, wide: number) => Math.max(wide, wordsWidth(text, 13));
  const [inputRoom, filterRoom, outputRoom] = [
    room(captions[0], stackWide),
    room(captions[1], filterWide),
    room(captions[2], ANSWER),
  ] as const;
  const filterAt = inputRoom + BETWEEN;
  const outputAt = filterAt + filterRoom + BETWEEN;
  const places: Places = {
    input: (inputRoom - stackWide) / 2,
    inputWide: stackWide,
    filter: filterAt + (filterRoom - filterWide) / 2,
    filterWide,
    output: outputAt + (outputRoom - ANSWER) / 2,
  };
  const middles = [inputRoom / 2, filterAt + filterRoom / 2, outputAt + outputRoom / 2] as const;
  const words = told(of);
  const width = Math.max(outputAt + outputRoom, ...words.map((text) => wordsWidth(text, 13)));
  const marks: Mark[] = captions.map((text, i) => label(middles[i] as number, 10, text, { ink: 'soft' }));
  const rows: Row[] = [];
  const filters = ends(0, groups.filters, groups.count > 2 ? FEW : FILTERS);
  const high = stackSide(planes, PLANE, BACK);
  const filterHigh = Math.max(stackSide(planes, TAP, TAP_BACK), ANSWER) + 8;
  let y = HEAD - 14;
  for (const [i, group] of ends(0, groups.count, GROUPS).entries()) {
    if (group === undefined) {
      marks.push(...middles.map((x) => label(x, y + DOTS / 2 - 4, '\u22ee', { ink: 'soft', size: 18 })));
      y += DOTS;
      continue;
    }
    const tall = filters.reduce<number>((sum, one) => sum + (one === undefined ? DOTS : filterHigh), 0);
    const height = Math.max(groups.inputs === 0 ? 0 : high, tall);
    const from = y + height / 2;
    const role = SERIES[i % SERIES.length] as Role;
    let at = y + (height - tall) / 2;
    for (const filter of filters) {
      if (filter === undefined) {
        marks.push(
          ...middles.slice(1).map((x) => label(x, at + DOTS / 2, '\u22ee', { ink: 'soft', size: 18 })),
        );
        at += DOTS;
        continue;
      }
      rows.push({ group, role, filter: group * groups.filters + filter, y: at + filterHigh / 2, from });
      at += filterHigh;
    }
    y += height + APART;
  }
  for (const row of rows) marks.push(...ways(places, row, 'faint', 1));
  const seen = new Set<number>();
  for (const row of rows) {
    if (!seen.has(row.group)) marks.push(...inputStack(of, groups, planes, places, row, false));
    seen.add(row.group);
    marks.push(...filterStack(of, planes, places, row, false), answer(places, row, rows.indexOf(row), false));
  }
  const notes = words.map((text, i) => label(0, y + 12 + i * LINE, text, { anchor: 'start', bold: i === 0 }));
  return { rows, width, height: y + 4 + words.length * LINE, marks: [...marks, ...notes], words, places };
}

/** The width of a stack of planes, and its height. */
function stackSide(planes: Shown, side: number, back: number): number {
  return side + Math.max(0, planes.length - 1) * back;
}

/** The channels of a group, the first at the back; each shows its number in its corner. */
function inputStack(
  of: Geometry,
  groups: Groups,
  planes: Shown,
  places: Places,
  row: Row,
  lit: boolean,
): Mark[] {
  const top = row.from - stackSide(planes, PLANE, BACK) / 2;
  return planes.flatMap((plane, i): Mark[] => {
    const [x, y] = [places.input + i * BACK, top + i * BACK];
    const channel = plane === undefined ? undefined : row.group * groups.inputs + plane;
    return leaf(x, y, PLANE, row.role, lit, {
      text: channel === undefined ? '\u22ef' : String(channel),
      front: i === planes.length - 1,
      missing: channel === undefined,
      ...(channel === undefined || of.channels === 0 ? {} : { place: { grid: 'input', index: [channel] } }),
    });
  });
}

/** A filter: one kernel plane for each channel it sums; for a pooling what it does. */
function filterStack(of: Geometry, planes: Shown, places: Places, row: Row, lit: boolean): Mark[] {
  if (of.operation !== 'conv') {
    const text = of.operation === 'max' ? 'max' : of.operation === 'average' ? 'mean' : 'pad';
    const box = { x: places.filter, y: row.y - TAP / 2, width: places.filterWide, height: TAP };
    return [{ kind: 'box', ...box, paint: 'kernel', weight: lit ? 2.5 : 1, line: 'kernel', text, size: 12 }];
  }
  const top = row.y - stackSide(planes, TAP, TAP_BACK) / 2;
  return planes.flatMap((plane, i): Mark[] => {
    const front = i === planes.length - 1;
    return leaf(places.filter + i * TAP_BACK, top + i * TAP_BACK, TAP, row.role, lit, {
      text: front ? `w${row.filter}` : '',
      front,
      missing: plane === undefined,
    });
  });
}

/** One plane of a stack. */
function leaf(
  x: number,
  y: number,
  side: number,
  role: Role,
  lit: boolean,
  {
    text,
    front,
    missing,
    place,
  }: {
    readonly text: string;
    readonly front: boolean;
    readonly missing: boolean;
    readonly place?: NonNullable<Box['place']>;
  },
): Mark[] {
  const size = text.length <= 2 ? 12 : text.length <= 3 ? 11 : text.length <= 5 ? 9 : 6;
  return [
    {
      kind: 'box',
      x,
      y,
      width: side,
      height: side,
      paint: missing ? 'pad' : role,
      line: role,
      weight: lit ? 2.5 : 1,
      dashed: missing,
      round: 3,
      ...(front ? { text, size } : {}),
      ...(place === undefined ? {} : { place }),
    },
    ...(front || text === '' || missing
      ? []
      : [label(x + 3, y + BACK / 2, text, { anchor: 'start', size: Math.min(9, size) } as const)]),
  ];
}

function answer(places: Places, row: Row, frame: number, lit: boolean): Mark {
  const { role } = row;
  const text = String(row.filter);
  return {
    kind: 'box',
    x: places.output,
    y: row.y - ANSWER / 2,
    width: ANSWER,
    height: ANSWER,
    paint: role,
    line: role,
    weight: lit ? 2.5 : 1,
    round: 3,
    text,
    bold: lit,
    size: text.length <= 3 ? 12 : text.length <= 5 ? 9 : 6,
    place: { grid: 'output', index: [row.filter], frame },
  };
}

/** From the input's stack to the filter, and from there to the output. */
function ways(places: Places, row: Row, ink: 'faint' | Role, weight: number): Mark[] {
  const from = places.input + places.inputWide + 6;
  return [
    {
      kind: 'line',
      points: [
        [from, row.from],
        [places.filter - 6, row.y],
      ],
      ink,
      weight,
      arrow: true,
    },
    {
      kind: 'line',
      points: [
        [places.filter + places.filterWide + 6, row.y],
        [places.output - 6, row.y],
      ],
      ink,
      weight,
      arrow: true,
    },
  ];
}

function captionsOf(of: Geometry): readonly [Text, Text, Text] {
  const taps = of.axes.map(({ kernel }) => kernel).join('\u00d7');
  const { inputs } = groupsOf(of);
  const middle =
    of.operation === 'conv'
      ? of.filters === 1
        ? say`1 filter of ${taps}\u00d7${inputs}`
        : say`${of.filters} filters of ${taps}\u00d7${inputs}`
      : of.operation === 'pad'
        ? say`padding layer`
        : say`window ${taps}`;
  return [channelWords(of.channels, 'in'), middle, channelWords(of.filters, 'out')];
}

function channelWords(count: number, side: 'in' | 'out'): Text {
  if (count === 1) return side === 'in' ? say`input: 1 channel` : say`output: 1 channel`;
  return side === 'in' ? say`input: ${count} channels` : say`output: ${count} channels`;
}

/** Which kind of layer it is, and what it costs. */
function told(of: Geometry): Text[] {
  if (of.operation !== 'conv') return [say`Every channel by itself; there is nothing to learn.`];
  const { count, inputs, filters } = groupsOf(of);
  const taps = of.axes.map(({ kernel }) => kernel);
  const each = taps.reduce((product, one) => product * one, 1) * inputs;
  const kind =
    count === 1
      ? say`Dense: every filter sums all ${of.channels} channels.`
      : inputs === 1 && filters === 1
        ? say`Depthwise: each of the ${count} channels has a filter of its own.`
        : inputs === 1
          ? say`Depthwise: each of the ${count} channels has ${filters} filters of its own.`
          : say`${count} groups: every filter sums the ${inputs} channels of its own group.`;
  const weights = `${of.filters} * ${[...taps, inputs].join(' * ')} = ${grouped(of.filters * each)}`;
  return [
    kind,
    say`Weights: ${weights}, and ${of.filters} biases where there are any`,
    adds(of, of.filters * each),
  ];
}

function adds(of: Geometry, weights: number): Text {
  const all = grouped(multiplyAdds(of));
  if (of.axes.some(({ inputDilation }) => inputDilation > 1))
    return say`Multiply-adds: ${all}, those with a hole left out`;
  const places = grouped(of.axes.map(out).reduce((product, one) => product * one, 1));
  return of.batch === 1
    ? say`Multiply-adds: ${grouped(weights)} weights at ${places} positions = ${all}`
    : say`Multiply-adds: ${grouped(weights)} weights at ${places} positions, ${of.batch} in a batch = ${all}`;
}

/** 1234567 as 1,234,567. */
function grouped(value: number): string {
  return value < 1e21 ? String(value).replace(/\B(?=(\d{3})+$)/g, ',') : value.toPrecision(3);
}

function pictured(of: Geometry, base: Base, row: Row | undefined): Picture {
  const groups = groupsOf(of);
  const planes = ends(0, groups.inputs, PLANES);
  const { places, words } = base;
  const moving: Mark[] =
    row === undefined
      ? []
      : [
          ...ways(places, row, row.role, 2),
          ...inputStack(of, groups, planes, places, row, true),
          ...filterStack(of, planes, places, row, true),
          answer(places, row, base.rows.indexOf(row), true),
        ];
  const all = words.slice(1).reduce<Text>((sum, text) => say`${sum} ${text}.`, words[0] ?? '');
  return {
    width: base.width,
    height: base.height,
    marks: base.marks,
    moving,
    title: say`Channels and groups: ${print(of)}`,
    description: row === undefined ? all : say`${all} ${sums(groups, row)}`,
    tables: [table(groups, base, of.filters)],
  };
}

function sums(groups: Groups, row: Row): Text {
  if (groups.inputs === 0) return say`Output channel ${row.filter} sums nothing.`;
  const first = row.group * groups.inputs;
  return groups.inputs === 1
    ? say`Output channel ${row.filter} reads input channel ${first}.`
    : say`Output channel ${row.filter} sums input channels ${first} to ${first + groups.inputs - 1}.`;
}

function table(groups: Groups, { rows }: Base, all: number): Table {
  return {
    caption: shortened(say`What each output channel sums`, rows.length, all),
    head: [say`output channel`, say`group number`, say`input channels`],
    rows: rows.map(({ group, filter }) => {
      const first = group * groups.inputs;
      const last = first + groups.inputs - 1;
      return [filter, group, last < first ? '' : first === last ? `${first}` : `${first}..${last}`];
    }),
  };
}
