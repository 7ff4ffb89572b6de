// Pasted Python: what is read, what is refused and where, and that no text whatsoever does anything else.

import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Dialect, Layer, Reader, Shape } from './dialect.ts';
import { DialectError } from './error.ts';
import { parseCalls, pointAt, readLayer, readLayers } from './python.ts';
import type { Arguments } from './signature.ts';

function layer(name: string, facts: Shape): Layer {
  return {
    framework: 'toy',
    name,
    kind: 'conv',
    rank: 2,
    layout: 'first',
    activation: null,
    statedInput: facts,
    notes: [],
    parameters: () => [],
    resolve: () => ({ steps: [], output: [] }),
  };
}

function reader(name: string, signature: string, facts: (args: Arguments) => Shape): Reader {
  return { signature, read: (args) => layer(name, facts(args)) };
}

const toy: Dialect = {
  id: 'toy',
  title: 'Toy',
  aliases: { nn: 'toy.nn', F: 'toy.nn.functional' },
  readers: {
    'toy.nn.Conv2d': reader(
      'nn.Conv2d',
      'filters, kernel_size=(1, 1), stride=(1, 1), padding=0, *, bias=True',
      (args) => {
        args.flag('bias');
        return [args.integer('filters', 1), ...args.integers('kernel_size', 2, 1), args.integer('padding')];
      },
    ),
    'toy.nn.functional.conv2d': reader('F.conv2d', 'input, weight, stride=1', (args) => args.shape('weight')),
    'toy.nn.functional.pad': reader('F.pad', 'input, pad', (args) => args.integers('pad', 2)),
  },
};

const options = { dialects: [toy], tensors: { weight: [6, 3, 4, 4] } };

/** Calls as `path(args)(keywords)`, one a line. */
function calls(code: string): string {
  return parseCalls(code, options.tensors)
    .map(({ path, args, keywords }) => {
      const named = Object.entries(keywords).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      return `${path}(${[...args.map((value) => JSON.stringify(value)), ...named].join(', ')})`;
    })
    .join('\n');
}

function errorOf(run: () => unknown): DialectError {
  try {
    run();
  } catch (error) {
    if (error instanceof DialectError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

/** The message, and the line with its caret. */
function refusal(code: string): string {
  const { message, hint, offset } = errorOf(() => readLayers(code, options));
  return [message, ...(hint === undefined ? [] : [hint]), pointAt(code, offset ?? -1)].join('\n');
}

describe('lines as people have them', () => {
  test('a call', () => {
    const [call] = parseCalls('conv = nn.Conv2d(3, 6, kernel_size=(4, 4))  # first');
    expect(call).toMatchObject({
      path: 'nn.Conv2d',
      args: [3, 6],
      keywords: { kernel_size: [4, 4] },
      offset: 7,
      text: 'nn.Conv2d(3, 6, kernel_size=(4, 4))',
    });
    expect([...(call?.offsets ?? [])]).toEqual([
      [0, 17],
      [1, 20],
      ['kernel_size', 23],
    ]);
  });

  test('imports give full names', () => {
    const code = `
import tensorflow as tf, numpy
import tensorflow.keras.layers as L
import torch.nn.functional as F
from torch import nn
from tensorflow.keras.layers import (Conv2D, MaxPooling2D as Pool,)
from somewhere import *
from .mine import Layer
tf.keras.layers.Conv2D(6, 4)
L.Conv2D(6, 4)
F.conv2d(x, weight)
nn.Conv2d(3, 6, 4)
Conv2D(6, 4)
Pool(2)
Layer(1)
flax.linen.Conv(6)`;
    expect(calls(code)).toMatchInlineSnapshot(`
      "tensorflow.keras.layers.Conv2D(6, 4)
      tensorflow.keras.layers.Conv2D(6, 4)
      torch.nn.functional.conv2d({"tensor":"x"}, {"tensor":"weight","shape":[6,3,4,4]})
      torch.nn.Conv2d(3, 6, 4)
      tensorflow.keras.layers.Conv2D(6, 4)
      tensorflow.keras.layers.MaxPooling2D(2)
      Layer(1)
      flax.linen.Conv(6)"
    `);
    expect(calls('import torch.nn as T\nimport T\nT.f(1)')).toBe('T.f(1)');
  });

  test.each([
    ['an attribute', 'self.conv1 = f(1)'],
    ['an annotation', 'conv: nn.Module = f(1)'],
    ['two names', 'a = b = f(1)'],
    ['a trailing comma', 'f(1),'],
    ['a comma inside', 'f(1,)'],
    ['parentheses', '((f)((1)))'],
    ['comments and lines', '# one\n\nf(  # two\n    1,  # three\n)\n'],
    ['a backslash', 'conv = \\\n    f(1)'],
    ['a semicolon', 'import a; f(1);'],
    ['indentation', '    f(1)'],
    ['indentation after the first line', 'import a\n    import b\n  f(1)'],
    ['prompts', '>>> import a\n>>> f(\n... 1)\n>>>\n...'],
    ['notebook prompts', 'In [12]: f(\n    ...: 1)'],
    ['Windows line ends', 'import a\r\n\r\n    f(\r\n1)\r\n'],
    ['a byte order mark', '\ufefff(1)'],
    ['non-breaking spaces', 'a\u00a0=\u00a0f(1)'],
    ['full-width punctuation', 'f（1，）'],
    ['a return', '    return f(1)'],
    ['a list', '[f(1)]'],
    ['a container', 'model.add(f(1))'],
    ['a layer applied', 'y = f(1)(x)'],
    ['a layer applied twice', 'y = f(1)(x)(x)'],
    ['a layer applied to a new tensor', 'f(1)(torch.randn(1, 3, 8, 8))'],
    ['a layer applied while training', 'f(1)(x, training=True)'],
    ['a layer applied by its name', 'self.a = f(1)\ny = self.a(x)'],
  ])('%s', (_, code) => {
    expect(calls(code)).toBe('f(1)');
    const [call] = parseCalls(code);
    expect(code.startsWith('f', call?.offset)).toBe(!code.includes('(f)'));
  });

  test('several layers, those applied first come first', () => {
    expect(calls('a = f(1)\nb = g(2); c, d = h(3), i(4)')).toBe('f(1)\ng(2)\nh(3)\ni(4)');
    expect(calls('y = g(2)(f(1)(x))')).toBe('f(1)\ng(2)');
    expect(calls('net.add(f(1), g(2))')).toBe('f(1)\ng(2)');
    expect(calls('x = F.pad(x, 1)\nx = f(2)(x)')).toBe('F.pad({"tensor":"x"}, 1)\nf(2)');
    expect(calls('F.conv2d(F.pad(x, 1), weight)')).toMatchInlineSnapshot(`
      "F.pad({"tensor":"x"}, 1)
      F.conv2d({"tensor":"F.pad(x, 1)"}, {"tensor":"weight","shape":[6,3,4,4]})"
    `);
    const kept = 'w = torch.zeros(6, 3, 4, 4)\nF.conv2d(x, w)';
    expect(calls(kept)).toBe('F.conv2d({"tensor":"x"}, {"tensor":"w","shape":[6,3,4,4]})');
    const lost = 'weight = F.pad(weight, 1)\nF.conv2d(x, weight)';
    expect(parseCalls(lost, options.tensors)[1]?.args[1]).toEqual({ tensor: 'weight' });
    expect(calls('conv = f(1)\nF.pad(conv(x), 1)')).toBe('f(1)\nF.pad({"tensor":"conv(x)"}, 1)');
    expect(calls('conv = f(1)\nconv = x(2)(y)\nconv(3)')).toBe('f(1)\nx(2)\nconv(3)');
  });
});

describe('layers', () => {
  test('of code', () => {
    const found = readLayers('import toy\ntoy.nn.Conv2d(6, 4)\nF.conv2d(F.pad(x, 1), weight)', options);
    expect(found.map((one) => [one.name, one.statedInput])).toEqual([
      ['nn.Conv2d', [6, 4, 4, 0]],
      ['F.pad', [1, 1]],
      ['F.conv2d', [6, 3, 4, 4]],
    ]);
    expect(readLayer('y = nn.Conv2d(6)(x)', options).name).toBe('nn.Conv2d');
  });

  test('exactly one', () => {
    const error = errorOf(() => readLayer('nn.Conv2d(6)\nnn.Conv2d(7)', options));
    expect([error.code, error.message, error.offset]).toEqual(['code', 'expected one layer, received 2', 13]);
  });

  test('errors of the call point at the argument they name', () => {
    expect(refusal('nn.Conv2d(3, k)')).toMatchInlineSnapshot(`
      "toy nn.Conv2d: kernel_size: expected an integer >= 1 or 2 of them, received k; k is a variable, and variables are not evaluated
      nn.Conv2d(3, k)
                   ^"
    `);
    expect(refusal('nn.Conv2d(3, bias=self.bias)')).toMatchInlineSnapshot(`
      "toy nn.Conv2d: bias: expected True or False, received self.bias; self.bias is a variable, and variables are not evaluated
      nn.Conv2d(3, bias=self.bias)
                   ^"
    `);
    expect(refusal('nn.Conv2d(3,\n  paddings=1)')).toMatchInlineSnapshot(`
      "toy nn.Conv2d: has no argument paddings
      It takes (filters, kernel_size=(1, 1), stride=(1, 1), padding=0, *, bias=True).
        paddings=1)
        ^"
    `);
    expect(refusal('nn.Conv2d(3, 3, filters=3)')).toMatchInlineSnapshot(`
      "toy nn.Conv2d: filters is given twice
      nn.Conv2d(3, 3, filters=3)
                      ^"
    `);
    expect(refusal('nn.Conv2d(3, 3, 1, 0, True)')).toMatchInlineSnapshot(`
      "toy nn.Conv2d: takes at most 4 positional arguments, received 5
      It takes (filters, kernel_size=(1, 1), stride=(1, 1), padding=0, *, bias=True).
      nn.Conv2d(3, 3, 1, 0, True)
                            ^"
    `);
    expect(refusal('conv = nn.Conv2d()')).toMatchInlineSnapshot(`
      "toy nn.Conv2d: filters is missing
      It takes (filters, kernel_size=(1, 1), stride=(1, 1), padding=0, *, bias=True).
      conv = nn.Conv2d()
             ^"
    `);
    expect(refusal('conv = nn.Conv2D(3)')).toMatchInlineSnapshot(`
      "nn.Conv2D is no layer padwise knows in Toy
      Did you mean nn.Conv2d?
      conv = nn.Conv2D(3)
             ^"
    `);
    expect(refusal('F.conv2d(x, w)')).toMatchInlineSnapshot(`
      "toy F.conv2d: the shape of weight is not in the code
      Write its shape in its place, e.g. zeros((6, 3, 4, 4)); padwise --tensor w=6x3x4x4 says it too.
      F.conv2d(x, w)
                  ^"
    `);
    expect(errorOf(() => readLayers('nn.Conv2D(3)', options)).code).toBe('unknown');
    expect(errorOf(() => readLayers('nn.Conv2d(3, k)', options)).code).toBe('argument');
  });
});

/** What is said about each line of codes, where ¶ stands for a line break. */
function said(codes: string): string {
  const lines = codes.trim().split('\n');
  return lines.map((line) => `${line.padEnd(24)} ${messageOf(line.replaceAll('¶', '\n'))}`).join('\n');
}

function messageOf(code: string): string {
  try {
    return `read as ${parseCalls(code).length}`;
  } catch (error) {
    return error instanceof DialectError ? error.message : String(error);
  }
}

describe('refusals', () => {
  test('what a layer is applied to', () => {
    const codes = `
f(1)()
f(1)(3)
f(1)(x[0])
f(1)(x, y)
f(1)(x=y)
f(1).to(device)
f(1)[0]
a = f(1)¶a(2)`;
    expect(said(codes)).toMatchInlineSnapshot(`
      "f(1)()                   line 1, column 5: expected the layer's input, such as x
      f(1)(3)                  line 1, column 6: a number is not read; expected the layer's input, such as x
      f(1)(x[0])               line 1, column 6: a subscript is not read; expected the layer's input, such as x
      f(1)(x, y)               line 1, column 9: a second argument is not read; expected the layer's input, such as x, alone
      f(1)(x=y)                line 1, column 5: expected the layer's input, such as x
      f(1).to(device)          line 1, column 6: a method of a value is not read; expected a layer, such as nn.Conv2d(3, 6, 4), alone
      f(1)[0]                  line 1, column 1: a subscript is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      a = f(1)¶a(2)            line 2, column 3: a number is not read; expected the layer's input, such as x"
    `);
  });

  test('statements', () => {
    const codes = `
x
"word"
k = 3
k: int
x += f(1)
del x
f(1) if a else g(2)
f(1), 2
for i in x:¶    f(i)
if a: f(1)
f(1)¶def g(x):¶    return x
class Net(nn.Module):¶    pass
@a¶def g(): pass`;
    expect(said(codes)).toMatchInlineSnapshot(`
      "x                        line 1, column 1: a name is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      "word"                   line 1, column 1: a word in quotes is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      k = 3                    line 1, column 5: a number is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      k: int                   line 1, column 1: a name without a value is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      x += f(1)                line 1, column 1: an update in place is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      del x                    line 1, column 1: a del is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      f(1) if a else g(2)      line 1, column 1: a conditional is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      f(1), 2                  line 1, column 7: a number is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      for i in x:¶    f(i)     line 1, column 1: a for loop is not read; expected layers in turn: lines of them, a list, nn.Sequential(...), or model.add(...)
      if a: f(1)               line 1, column 1: an if is not read; expected a layer, such as nn.Conv2d(3, 6, 4)
      f(1)¶def g(x):¶    return x line 2, column 1: a def is not read; expected layers in turn: lines of them, a list, nn.Sequential(...), or model.add(...)
      class Net(nn.Module):¶    pass line 1, column 1: a class is not read; expected layers in turn: lines of them, a list, nn.Sequential(...), or model.add(...)
      @a¶def g(): pass         line 1, column 1: a decorator is not read; expected layers in turn: lines of them, a list, nn.Sequential(...), or model.add(...)"
    `);
  });

  test('nothing', () => {
    for (const code of ['', ' \n', '# f(1)', 'import torch', 'x = torch.zeros(3)', '>>> ']) {
      expect(messageOf(code)).toBe('expected a layer, such as nn.Conv2d(3, 6, 4), received nothing');
    }
  });

  test('too much', () => {
    expect(messageOf('f(1)\n'.repeat(1000))).toBe('read as 1000');
    expect(messageOf('f(1)\n'.repeat(1001))).toBe('line 1001, column 1: expected at most 1000 layers');
    expect(messageOf(`f(1)${'(x)'.repeat(31)}`)).toBe('read as 1');
    expect(messageOf(`f(1)${'(x)'.repeat(32)}`)).toBe(
      'line 1, column 1: expected at most 32 calls in each other',
    );
  });
});

describe('any text', () => {
  const fragments =
    `nn.Conv2d(|F.conv2d(x, |torch.zeros(|f(|(|[|{|)|]|}|)(x)|3|-1|1.|0x|1_|, |=| = |:=|*|**|//|.|'|"""|
|'same'|f"{|\\|k|weight|stride=|self.a|    |\t|>>> |... |# |;|:|@|import a as b|from a import |def f(|class A:|lambda |
| if | else | for |return |not |print |await |“|None|True|float("-inf")|.inf|__proto__|constructor|\0|\u2028|\ud800|𝒳|\r`
      .split('|')
      .concat('x', '\n', '\r\n');

  /** What is wrong with the answer: a text is read, or a DialectError points into it. */
  function complaint(code: string): string {
    try {
      if (parseCalls(code).length === 1) readLayer(code, options);
      readLayers(code, options);
      return '';
    } catch (error) {
      if (!(error instanceof DialectError)) return String(error);
      const { offset = -1, message } = error;
      if (!(offset >= 0 && offset <= code.length)) return `offset ${offset}: ${message}`;
      const before = code.slice(0, offset).split(/\r\n|\r|\n/);
      const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: `;
      if (/^line \d/.test(message) && !message.startsWith(place)) return `${place}: ${message}`;
      const [line = '', caret = '', ...rest] = pointAt(code, offset).split('\n');
      if (stringWidth(line) > 76 || caret.length > 76 || rest.length > 0) return `${line}\n${caret}`;
      return /[\r\n]|undefined|\[object/.test(message) ? message : '';
    }
  }

  function check(texts: fc.Arbitrary<string>, numRuns: number): void {
    fc.assert(
      fc.property(texts, (code) => complaint(code) === ''),
      { numRuns },
    );
  }

  function pieces(minLength: number, maxLength: number): fc.Arbitrary<string> {
    const list = fc.array(fc.constantFrom(...fragments), { minLength, maxLength, size: 'max' });
    return list.map((chosen) => chosen.join('').slice(0, 20_000));
  }

  test('is read or refused', () => {
    check(fc.string({ maxLength: 80 }), 500);
    check(fc.string({ unit: 'binary', maxLength: 80 }), 500);
    check(pieces(0, 30), 1500);
    check(
      pieces(0, 20).map((code) => `nn.Conv2d(${code})`),
      1000,
    );
  });

  test('is read or refused when it is long', () => {
    check(pieces(3000, 6000), 5);
    for (const piece of [
      '(',
      'f(x, ',
      ')',
      '[(',
      '{',
      '-',
      'a.',
      '(x)',
      'f(1)(',
      ',',
      "'",
      "f'{",
      'lambda:',
      '$ ',
    ])
      for (const start of ['', 'f', 'f(1)', 'f(1)\n'])
        expect(complaint(start + piece.repeat(4000 / piece.length))).toBe('');
    expect(complaint('('.repeat(20_000))).toBe('');
    expect(complaint(`f${'(x)'.repeat(6600)}`)).toBe('');
    expect(complaint(')'.repeat(20_001))).toBe('');
  });
});
