import { dialects } from 'padwise/dialects';
import { readLayers } from 'padwise/python';
import { expect, test } from 'vitest';
import { another, changedPiece, codeOf, movedPiece, type Pieces, piecesOf } from './code.ts';
import { examples } from './state.ts';

const names = (code: string) => readLayers(code, { dialects }).map(({ name }) => name);

test('a container is taken apart and put together again', () => {
  const found = piecesOf(
    'net = nn.Sequential(nn.Conv2d(3, 8, (3, 5)),  # wide\n  nn.ReLU(), nn.MaxPool2d(2))',
  );
  expect(found?.pieces).toEqual(['nn.Conv2d(3, 8, (3, 5))', 'nn.ReLU()', 'nn.MaxPool2d(2)']);
  expect(names(codeOf(found as Pieces))).toEqual(['nn.Conv2d', 'nn.ReLU', 'nn.MaxPool2d']);
});

test('lines are pieces, and quotes and brackets hold them together', () => {
  const found = piecesOf('keras.layers.Conv2D(8, 3, padding="same",\n  strides=2)\nkeras.layers.ReLU(); x');
  expect(found?.pieces).toEqual([
    'keras.layers.Conv2D(8, 3, padding="same", strides=2)',
    'keras.layers.ReLU()',
    'x',
  ]);
});

test('programs and broken code are not taken apart', () => {
  for (const code of [
    '',
    'class A(nn.Module):\n  pass',
    'nn.Sequential(nn.ReLU(',
    'nn.Sequential(a)(x)',
    'a("b\n',
  ]) {
    expect(piecesOf(code), code).toBeNull();
  }
});

test('pieces are moved, changed, added and taken out', () => {
  const of: Pieces = { head: '', pieces: ['a', 'b', 'c'], tail: '' };
  expect(movedPiece(of, 0, 2).pieces).toEqual(['b', 'c', 'a']);
  expect(changedPiece(of, 1, 'x').pieces).toEqual(['a', 'x', 'c']);
  expect(changedPiece(of, 1, 'x', true).pieces).toEqual(['a', 'b', 'x', 'c']);
  expect(changedPiece(of, 1, null).pieces).toEqual(['a', 'c']);
});

test('an added layer reads in its framework', () => {
  expect(names(another('torch', '', 8, 2))).toEqual(['nn.Conv2d']);
  expect(names(another('keras', '', 8, 1))).toEqual(['Conv1D']);
});

test('every example is a list that stays itself', () => {
  for (const { state } of examples) {
    const found = piecesOf(state.code) as Pieces;
    expect(piecesOf(codeOf(found))).toEqual(found);
    expect(names(codeOf(found))).toEqual(names(state.code));
  }
});
