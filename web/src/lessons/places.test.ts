// Places and addresses are inverse, and a link is anyone's text.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changed, parsePlaces, printPlaces, printValues, readValues } from './places.ts';

const FIELDS = { n: { least: 1, most: 99, usual: 8 }, pads: ['valid', 'same', 'full'] } as const;

it('prints what it parses', () => {
  const place = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/),
    values: fc.array(fc.stringMatching(/^[a-z]{1,6}\d{0,3}$/), { maxLength: 4 }),
    step: fc.option(fc.nat(9999)),
  });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 6 }), (places) => {
      expect(parsePlaces(printPlaces(places))).toEqual({ places, wrong: null });
    }),
  );
});

it('never throws and says what it did not understand', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) => {
      for (const { values } of parsePlaces(parts).places) readValues(values, FIELDS);
    }),
  );
  expect(String(parsePlaces(['<b>']).wrong)).toBe('<b> in this link was not understood.');
  expect(parsePlaces(['a,@1', '']).places).toEqual([{ name: 'a', values: [], step: 1 }]);
});

it('reads values within bounds, the usual ones where none are given', () => {
  expect(readValues([], FIELDS)).toEqual({ values: { n: 8, pads: 'valid' }, wrong: null });
  expect(readValues(['full', 'n99'], FIELDS).values).toEqual({ n: 99, pads: 'full' });
  for (const wrong of ['n0', 'n100', 'constructor', 'k3', 'half', 'pads2'])
    expect(String(readValues([wrong], FIELDS).wrong)).toBe(`${wrong} in this link was not understood.`);
});

it('prints values that read back', () => {
  for (const values of [
    { n: 8, pads: 'valid' },
    { n: 3, pads: 'same' },
  ] as const)
    expect(readValues(printValues(values, FIELDS), FIELDS).values).toEqual(values);
  expect(printValues({ n: 8, pads: 'valid' }, FIELDS)).toEqual([]);
});

it('puts what changed last, and forgets the first of too many', () => {
  const one = (name: string) => ({ name, values: [], step: null });
  expect(changed([one('a'), one('b')], one('a')).map(({ name }) => name)).toEqual(['b', 'a']);
  const many = Array.from({ length: 12 }, (_, i) => one(`f${i}`));
  expect(changed(many, one('g'))).toHaveLength(12);
});
