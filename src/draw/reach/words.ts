// What a receptive field says: what the chosen output reads, how wide its field is and where its middle lies.

import type { Axis } from '../../geometry/index.ts';
import { firstCentre, type Interval, receptive } from '../../geometry/receptive.ts';
import { say, type Text } from '../../words/index.ts';
import { rangeWords } from '../direction.ts';
import { written } from '../numbers.ts';
import { type Look, outside } from './looks.ts';

/** Sentences about output `o`, one a line. */
export function told(axes: readonly Axis[], o: number, looks: readonly Look[]): readonly Text[] {
  const [look] = looks;
  if (look === undefined || axes.length === 0) return [];
  const field = fieldOf(axes, o);
  const wide = field.to - field.from + 1;
  const beyond = outside(axes[0] as Axis, field);
  const centre = written(centreOf(axes, o));
  return [
    readWords(`${o}`, look),
    beyond === 0
      ? say`Its receptive field is ${wide} wide and centred at ${centre}.`
      : say`Its receptive field is ${wide} wide, ${beyond} of it outside the input, and centred at ${centre}.`,
  ];
}

/** Where output `o` looks, in input elements; may be a fraction. */
export function centreOf(axes: readonly Axis[], o: number): number {
  return axes.length === 0 ? o : firstCentre(axes) + o * receptive(axes).jump;
}

/** From the first to the last place of a field, borders aside. */
export function fieldOf(axes: readonly Axis[], o: number): Interval {
  return axes.reduceRight<Interval>(
    ({ from, to }, axis) => ({
      from: Math.ceil((from * axis.stride - axis.before) / axis.inputDilation),
      to: Math.floor(
        (to * axis.stride - axis.before + (axis.kernel - 1) * axis.dilation) / axis.inputDilation,
      ),
    }),
    { from: o, to: o },
  );
}

function readWords(name: string, { elements, hull }: Look): Text {
  if (hull === null) return say`Output ${name} reads padding only.`;
  const count = elements.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (count === 1) return say`Output ${name} reads one element, ${hull.from}.`;
  return elements.length === 1
    ? say`Output ${name} reads ${count} elements, ${hull.from} to ${hull.to}.`
    : say`Output ${name} reads ${count} of the elements ${hull.from} to ${hull.to}.`;
}

/** What an output of several axes reads. */
export function mapWords(name: string, counts: readonly number[], hulls: readonly (Interval | null)[]): Text {
  const all = counts.reduce((product, count) => product * count, 1);
  if (all === 0 || hulls.some((hull) => hull === null)) return say`Output ${name} reads padding only.`;
  const box = hulls.map((hull) => (hull === null ? '' : rangeWords(hull.from, hull.to))).join(' x ');
  const whole = hulls.reduce((product, hull) => product * (hull === null ? 0 : hull.to - hull.from + 1), 1);
  if (all === 1) return say`Output ${name} reads one pixel: ${box}.`;
  return whole === all
    ? say`Output ${name} reads ${all} pixels: ${box}.`
    : say`Output ${name} reads ${all} of the ${whole} pixels of ${box}.`;
}
