import { expect, it } from 'vitest';
import { say, translate } from './sentence.ts';

const german = { 'stride {0} needs {1}': '{1} fehlt bei Schritt {0}', 'a pad of {0}': 'ein Rand von {0}' };

it('reads as its English', () => {
  expect(String(say`stride ${2} needs ${say`a pad of ${1}`}`)).toBe('stride 2 needs a pad of 1');
  expect(JSON.stringify([say`plain`])).toBe('["plain"]');
});

it('is said in the language of a catalogue, values in its order, sentences within it too', () => {
  expect(translate(say`stride ${2} needs ${say`a pad of ${1}`}`, german)).toBe(
    'ein Rand von 1 fehlt bei Schritt 2',
  );
});

it('stays English where the catalogue has no entry, and never reads a value as a template', () => {
  expect(translate(say`no ${'{0}'} here`, german)).toBe('no {0} here');
  expect(translate('toString', german)).toBe('toString');
});
