// What a layer of JAX or Flax cannot pad itself, said in front of it: copies first, since a constant would be copied with
// them, then constants, all in one line, since at a corner the last axis decides:
//
//   x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), mode='edge')
//   x = nn.Conv(features=6, kernel_size=(3, 3), padding='VALID')(x)
//
// Crops and zeros stay with the layer; a pad alone crops by lax.pad, which also puts holes between elements.

import {
  type Axis,
  axis,
  type Fill,
  type Geometry,
  out,
  type Pads,
  span,
  tight,
} from '../../geometry/index.ts';
import type { Layout, Spelling } from '../dialect.ts';
import { args, tuple } from '../spelling.ts';

const MODES: Readonly<Record<string, string>> = {
  replicate: 'edge',
  reflect: 'reflect',
  symmetric: 'symmetric',
  wrap: 'wrap',
};

/** Statements that pad x, and what they leave to the layer: pads of its own fill and crops. */
export interface Prepared {
  readonly lines: readonly string[];
  readonly axes: readonly Axis[];
}

/** Pads everything that is not of the layer's own fill; with none of its own, null, everything but crops and holes. */
export function prepare(
  of: Geometry,
  layout: Layout,
  own: number | null,
): Prepared | { readonly impossible: string } {
  const lines: string[] = [];
  let axes = of.axes.map(narrow);
  const foreign = (one: Axis) => fillsOf(one).filter((fill) => fill !== own);
  if (axes.every((one) => foreign(one).length === 0)) return { lines, axes };
  for (const one of axes) {
    const copies = new Set(fillsOf(one).filter((fill) => typeof fill === 'string'));
    if (copies.size > 1) return { impossible: 'jnp.pad copies both sides of an axis alike' };
    if (one.size === 0 && copies.size > 0) return { impossible: 'jnp.pad cannot copy from an empty input' };
    if (copies.has('wrap') && one.inputDilation > 1)
      return { impossible: 'jnp.pad wraps an input without the holes after its last element' };
  }
  // A constant pads the holes of the other axes too, so all of them come first.
  const constants = axes.some((one) => foreign(one).some(isNumber));
  const holed = axes.map((one) => (constants || foreign(one).length > 0 ? one.inputDilation - 1 : 0));
  if (holed.some((holes) => holes > 0)) {
    lines.push(
      laxPadCall(
        around(
          holed.map((holes) => tuple([0, 0, holes])),
          layout,
          '(0, 0, 0)',
        ),
      ),
    );
    axes = axes.map((one, i) =>
      (holed[i] as number) > 0 ? { ...one, size: span(one), inputDilation: 1 } : one,
    );
  }
  const pad = (wanted: (fill: Fill) => boolean, say: (widths: readonly Pads[]) => string) => {
    const widths = axes.map(
      (one): Pads => [
        one.before > 0 && wanted(one.fillBefore) ? one.before : 0,
        one.after > 0 && wanted(one.fillAfter) ? one.after : 0,
      ],
    );
    if (widths.every(([low, high]) => low === 0 && high === 0)) return;
    lines.push(say(widths));
    axes = axes.map((one, i) => {
      const [low, high] = widths[i] as Pads;
      return axis({ ...one, size: one.size + low + high, before: one.before - low, after: one.after - high });
    });
  };
  for (const [fill, mode] of Object.entries(MODES))
    pad(
      (one) => one === fill,
      (widths) => jnpPadCall(widths, layout, `mode='${mode}'`),
    );
  if (constants) pad(isNumber, (widths) => jnpPadCall(widths, layout, valuesText(axes, widths, layout)));
  return { lines, axes };
}

/** A pad or crop on its own. */
export function padSpelling(of: Geometry, layout: Layout): Spelling {
  const axes = of.axes.map(narrow);
  const fills = new Set(axes.flatMap(fillsOf));
  const plain = axes.every((one) => one.before >= 0 && one.after >= 0 && one.inputDilation === 1);
  if (plain && fills.size === 0) {
    return {
      lines: [
        jnpPadCall(
          of.axes.map(() => [0, 0]),
          layout,
          undefined,
        ),
      ],
    };
  }
  // Zeros and crops of one array are one lax.pad.
  const prepared =
    plain || [...fills].some((fill) => fill !== 0) ? prepare(of, layout, null) : { lines: [], axes };
  if ('impossible' in prepared) return prepared;
  const left = prepared.axes.map((one) => tuple([one.before, one.after, one.inputDilation - 1]));
  const done = prepared.axes.every((one) => one.before === 0 && one.after === 0 && one.inputDilation === 1);
  const rest = done ? [] : [laxPadCall(around(left, layout, '(0, 0, 0)'))];
  return { lines: [...prepared.lines, ...rest] };
}

/** Pads as pairs: ((1, 2), (0, 0)). */
export function pairsText(axes: readonly Axis[]): string {
  return tuple(axes.map((one) => tuple([one.before, one.after])));
}

/** The axis as JAX takes it: no more pads than are read, no overhang, and never a crop of more than everything. */
export function narrow(loose: Axis): Axis {
  if (out(loose) === 0) return axis({ ...loose, before: -span(loose), after: 0, overhang: 0 });
  const cut = tight(loose);
  return axis({ ...cut, after: cut.after + cut.overhang, overhang: 0 });
}

/** What the pads of an axis hold, as far as there are any. */
function fillsOf(one: Axis): Fill[] {
  return [...(one.before > 0 ? [one.fillBefore] : []), ...(one.after > 0 ? [one.fillAfter] : [])];
}

function isNumber(fill: Fill): boolean {
  return typeof fill === 'number';
}

function around(spatial: readonly string[], layout: Layout, kept: string): string {
  return tuple(layout === 'first' ? [kept, kept, ...spatial] : [kept, ...spatial, kept]);
}

function jnpPadCall(widths: readonly Pads[], layout: Layout, how: string | undefined): string {
  return `x = jnp.pad(${args('x', around(widths.map(tuple), layout, '(0, 0)'), how)})`;
}

function laxPadCall(config: string): string {
  return `x = lax.pad(x, 0.0, ${config})`;
}

function valuesText(axes: readonly Axis[], widths: readonly Pads[], layout: Layout): string | undefined {
  const used = axes.flatMap((one, i) => [
    ...((widths[i]?.[0] ?? 0) > 0 ? [one.fillBefore] : []),
    ...((widths[i]?.[1] ?? 0) > 0 ? [one.fillAfter] : []),
  ]);
  const [first] = used;
  if (used.every((fill) => fill === first))
    return first === 0 ? undefined : `constant_values=${numberText(first)}`;
  const rows = axes.map((one) => tuple([numberText(one.fillBefore), numberText(one.fillAfter)]));
  return `constant_values=${around(rows, layout, '(0, 0)')}`;
}

function numberText(fill: Fill | undefined): string {
  if (typeof fill !== 'number') return '0';
  return Number.isFinite(fill) ? String(fill) : `float('${fill > 0 ? 'inf' : '-inf'}')`;
}
