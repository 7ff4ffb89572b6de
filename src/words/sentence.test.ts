import { describe, expect, it } from 'vitest';
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

describe('between Chinese and a value', () => {
  const chinese = {
    'an integer': '整数',
    '{0}: expected {1}, received {2}': '{0} 应为{1}，实际为 {2}',
    kernel: '核',
    '{0} reads {1} here': '{0}在此读取 {1} 个',
  };

  it.each([
    [say`${'stride'}: expected ${'an integer'}, received ${'x'}`, 'stride 应为整数，实际为 x'],
    [say`${'stride'}: expected ${'>= 1'}, received ${'an integer'}`, 'stride 应为 >= 1，实际为整数'],
    [say`${'nn.Conv2d'} reads ${3} here`, 'nn.Conv2d 在此读取 3 个'],
    [say`${'卷积'} reads ${'. 1'} here`, '卷积在此读取 . 1 个'],
  ])('a space stands where it belongs: %s', (sentence, expected) => {
    expect(translate(sentence, chinese)).toBe(expected);
  });

  it('a name stays as people wrote it, also where the catalogue has the word', () => {
    expect(translate(say`${'kernel'} reads ${'kernel'} here`, chinese)).toBe('kernel 在此读取 kernel 个');
    expect(translate(say`kernel`, chinese)).toBe('核');
  });
});
