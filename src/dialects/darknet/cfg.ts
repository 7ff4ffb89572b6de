// A Darknet network as calls: a section in brackets is a layer, name=value lines are its keywords, [net] states the input.
//
//   [net]                  [convolutional]      # comment
//   height=416             filters=32
//   width=416              size=3               ->   [convolutional](filters=32, size=3, pad=1, activation='leaky')
//   channels=3             pad=1
//
// Blanks count nowhere. Sections in between that move nothing go with the layer before them; where the layers branch, reading ends.
// Source: src/parser.c, src/option_list.c (pjreddie).

import { say } from '../../words/index.ts';
import type { Value } from '../dialect.ts';
import { codeError } from '../paste.ts';
import type { PastedCall } from '../python.ts';

const LONGEST = 1_000_000;
const MOST_LAYERS = 1000;
/** Sections that slide, by every name Darknet knows them under. */
const SLIDING: Readonly<Record<string, string>> = {
  convolutional: 'convolutional',
  conv: 'convolutional',
  deconvolutional: 'deconvolutional',
  deconv: 'deconvolutional',
  maxpool: 'maxpool',
  max: 'maxpool',
  avgpool: 'avgpool',
  avg: 'avgpool',
};
const STILL: ReadonlySet<string> = new Set(
  'dropout activation batchnorm normalization lrn logistic l2norm'.split(' '),
);
const ENDS: ReadonlySet<string> = new Set(
  'softmax soft cost detection region yolo Gaussian_yolo connected conn'.split(' '),
);
const NETS: ReadonlySet<string> = new Set(['net', 'network']);

interface Section {
  readonly name: string;
  readonly from: number;
  to: number;
  readonly options: Map<string, { readonly value: string | number; readonly offset: number }>;
}

/**
 * The calls of a network's text.
 * @throws DialectError 'code', with offset, for a line or a section that is not read
 */
export function cfgCalls(code: string): readonly PastedCall[] {
  if (code.length > LONGEST)
    throw codeError(
      code,
      LONGEST,
      say`expected at most ${LONGEST} characters of code, received ${code.length}`,
    );
  const calls: PastedCall[] = [];
  let stated: readonly number[] | null = null;
  let end: string | null = null;
  for (const section of sections(code)) {
    const { name, from } = section;
    if (NETS.has(name)) stated = inputOf(section);
    else if (STILL.has(name) || ENDS.has(name)) {
      if (ENDS.has(name)) end ??= name;
      beside(calls, name);
    } else {
      const type = Object.hasOwn(SLIDING, name) ? SLIDING[name] : undefined;
      if (type === undefined)
        throw codeError(
          code,
          from,
          say`[${name}] is not read; padwise reads [convolutional], [deconvolutional], [maxpool] and [avgpool] in turn`,
        );
      if (end !== null)
        throw codeError(code, from, say`[${name}] follows [${end}], which leaves no positions to slide over`);
      if (calls.length >= MOST_LAYERS)
        throw codeError(code, from, say`expected at most ${MOST_LAYERS} layers`);
      calls.push(call(code, section, type, calls.length === 0 ? stated : null));
    }
  }
  if (calls.length === 0) throw codeError(code, 0, 'expected a section such as [convolutional] or [maxpool]');
  return calls;
}

function* sections(code: string): Generator<Section> {
  let section: Section | null = null;
  for (const { 0: line, index: from } of code.matchAll(/[^\r\n]+/g)) {
    const plain = line.replace(/[ \t]/g, '');
    if (plain === '' || /^[#;]/.test(plain)) continue;
    const at = from + line.search(/\S/);
    const header = /^\[(\w+)\]/.exec(plain);
    if (header !== null) {
      if (section !== null) yield section;
      section = { name: header[1] as string, from: at, to: from + line.length, options: new Map() };
      continue;
    }
    const [, key, value] = /^([^=]+)=(.*)$/.exec(plain) ?? [];
    if (key === undefined || value === undefined) throw codeError(code, at, 'expected a line such as size=3');
    if (section === null)
      throw codeError(code, at, 'expected a section such as [convolutional] before the first option');
    section.to = from + line.length;
    // The first of two lines with one name counts.
    if (!section.options.has(key)) section.options.set(key, { value: optionOf(value), offset: at });
  }
  if (section !== null) yield section;
}

/** A number where it is one, its comment cut off. */
function optionOf(value: string): string | number {
  const bare = value.replace(/[#;].*$/, '');
  return /^[-+]?\d{1,15}$/.test(bare) ? Number(bare) : bare;
}

/** Channels and sizes, where [net] gives all of them. */
function inputOf({ options }: Section): readonly number[] | null {
  const shape = ['channels', 'height', 'width'].map((name) => options.get(name)?.value);
  return shape.every((n) => typeof n === 'number' && n > 0) ? (shape as number[]) : null;
}

/** A section that moves nothing, told with the layer before it. */
function beside(calls: PastedCall[], name: string): void {
  const last = calls.at(-1);
  if (last === undefined) return;
  const { followed: before = [] } = last.keywords;
  const followed = [...(before as readonly Value[]), `[${name}]`];
  calls[calls.length - 1] = { ...last, keywords: { ...last.keywords, followed } };
}

function call(
  code: string,
  { from, to, options }: Section,
  type: string,
  stated: readonly number[] | null,
): PastedCall {
  const keywords: Record<string, Value> = stated === null ? {} : { input_shape: stated };
  const offsets = new Map<string, number>();
  for (const [name, { value, offset }] of options) {
    keywords[name] = value;
    offsets.set(name, offset);
  }
  return { path: `[${type}]`, args: [], keywords, offset: from, text: code.slice(from, to), offsets };
}
