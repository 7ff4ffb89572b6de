// padwise port: for one size and for every size, its weights, its check, an existing port, and every form of answer.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNpy, tensor, toArray, writeNpy } from '../src/index.ts';
import { padwise, piped } from '../test/terminal.ts';

const KERAS = 'Conv2D(4, 3, strides=2, padding="same")';
const SHIFTED = 'nn.Conv2d(3, 4, 3, stride=2, padding=1)';

let folder = '';
const path = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'padwise-port-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a command prints and its exit code, without the name of the folder. */
async function printed(...argv: string[]): Promise<string> {
  const { exit, out, err } = await padwise(...argv);
  return `${out}${err}exit ${exit}`.replaceAll(folder, 'FOLDER');
}

describe('for every size', () => {
  it.each(['n', '?', 'None', '-1', '1x3xnxn', '1, None, None, 3', 'nxn'])('--input %s', async (input) => {
    const code = input.startsWith('1x3') ? 'Conv2D(4, 3, 2, "same", data_format="channels_first")' : KERAS;
    const { exit, out } = await padwise('port', code, '--to', 'torch', '--input', input);
    expect(exit).toBe(0);
    expect(out).toContain('x = F.pad(x, (w % 2, 1, h % 2, 1))');
  });

  it('says so, in few lines', async () => {
    expect(await printed('port', KERAS, '--to', 'torch')).toMatchInlineSnapshot(`
      "PyTorch, exactly, for every size
        h, w = x.shape[-2:]
        x = F.pad(x, (w % 2, 1, h % 2, 1))
        x = nn.Conv2d(3, 4, 3, stride=2)(x)

      weights (NumPy)
        weight = kernel.transpose(3, 2, 0, 1)    # 3x3x3x4 -> 4x3x3x3
      exit 0"
    `);
    expect(await printed('port', KERAS, '--to', 'torch', '--dynamic', '--input', '1x224x224x3')).toBe(
      await printed('port', KERAS, '--to', 'torch'),
    );
    expect(await printed('port', SHIFTED, '--to', 'keras')).toMatchInlineSnapshot(`
      "Keras, exactly, for every size
        x = layers.ZeroPadding2D(1)(x)
        x = layers.Conv2D(4, 3, strides=2)(x)

      weights (NumPy)
        kernel = weight.transpose(2, 3, 1, 0)    # 4x3x3x3 -> 3x3x3x4
      exit 0"
    `);
    expect(await printed('port', 'Conv2D(4, 7, 3, "same")', '--to', 'torch')).toMatchInlineSnapshot(`
      "PyTorch, exactly, for every size
        h, w = x.shape[-2:]
        pad_h = 6 - (h + 2) % 3
        pad_w = 6 - (w + 2) % 3
        x = F.pad(x, (pad_w // 2, pad_w - pad_w // 2, pad_h // 2, pad_h - pad_h // 2))
        x = nn.Conv2d(3, 4, 7, stride=3)(x)

      weights (NumPy)
        weight = kernel.transpose(3, 2, 0, 1)    # 7x7x3x4 -> 4x3x7x7
      exit 0"
    `);
  });

  it('keeps a known size', async () => {
    const { out } = await padwise('port', KERAS, '--to', 'torch', '--input', '1x8xnx3');
    expect(out).toContain('w = x.shape[-1]\n  x = F.pad(x, (w % 2, 1, 0, 1))');
  });

  it('of a chain and of a stack', async () => {
    const chained = 'x = F.pad(x, (0, 1, 0, 1))\nx = nn.Conv2d(3, 6, 3, stride=2)(x)';
    expect(await printed('port', chained, '--to', 'keras')).toMatchInlineSnapshot(`
      "Keras, exactly, for every size
        x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)
        x = layers.Conv2D(6, 3, strides=2)(x)
        # from size 2 on; smaller ones give nothing

      weights (NumPy)
        kernel = weight.transpose(2, 3, 1, 0)    # 6x3x3x3 -> 3x3x3x6
      exit 0"
    `);
    const stack = 'MaxPooling2D(3, 2, "same")\nConv2D(4, 3, 2, "same")';
    expect(await printed('port', stack, '--to', 'torch')).toMatchInlineSnapshot(`
      "PyTorch, exactly, for every size
        h, w = x.shape[-2:]
        x = F.pad(x, (w % 2, 1, h % 2, 1), value=float('-inf'))
        x = nn.MaxPool2d(3, stride=2)(x)
        h, w = x.shape[-2:]
        x = F.pad(x, (w % 2, 1, h % 2, 1))
        x = nn.Conv2d(3, 4, 3, stride=2)(x)

      weights (NumPy)
        weight = kernel.transpose(3, 2, 0, 1)    # 3x3x3x4 -> 4x3x3x3
      exit 0"
    `);
  });

  it('where the target needs several layers', async () => {
    const average = 'AveragePooling2D(3, strides=2, padding="same")';
    expect(await printed('port', average, '--to', 'torch')).toMatchInlineSnapshot(`
      "padwise: PyTorch cannot say this layer for every size: PyTorch needs other arguments for other sizes
      hint: Exact for sizes n with n mod 2 = 1: nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)
      Exact for sizes n with n mod 2 = 0: nn.AvgPool2d(3, stride=2, ceil_mode=True)
      exit 2"
    `);
  });

  it('not where some sizes are taken but not answered', async () => {
    expect(await printed('port', 'nn.AdaptiveAvgPool2d(6)', '--to', 'keras', '--input', 'n')).toContain(
      'the windows of 6 outputs from a size of 7 are not equally wide',
    );
    expect(await printed('port', 'nn.AdaptiveAvgPool2d(1)', '--to', 'keras', '--input', 'n')).toContain(
      'x = layers.AveragePooling2D((h, w))(x)',
    );
  });

  it('needs the channels', async () => {
    expect(await printed('port', KERAS, '--to', 'torch', '--input', '1xnxnxn')).toMatchInlineSnapshot(`
      "padwise: --input: the channels of Conv2D must be known, received 1xnxnxn
      hint: Its weights depend on them.
      exit 2"
    `);
  });
});

describe('a stack', () => {
  const STACK = `keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(32, 3, activation="relu"),
    layers.Conv2D(64, 3, activation="relu"), layers.Flatten(), layers.Dense(10)])`;

  it('has the channels that its code states, and numbers its arrays', async () => {
    expect(await printed('port', STACK, '--to', 'torch', '--input', '64')).toMatchInlineSnapshot(`
      "PyTorch, exactly
        x = nn.Conv2d(1, 32, 3)(x)
        x = nn.Conv2d(32, 64, 3)(x)
        # Conv2D (layers 2, 3) ends with the activation relu; add it in PyTorch
        # Flatten (layer 4) slides no window and is left out; add it in PyTorch
        # Dense (layer 5) slides no window and is left out; add it in PyTorch

      weights (NumPy)
        weight1 = kernel1.transpose(3, 2, 0, 1)    # 3x3x1x32 -> 32x1x3x3
        weight2 = kernel2.transpose(3, 2, 0, 1)    # 3x3x32x64 -> 64x32x3x3
      exit 0"
    `);
  });

  it('moves an array by its number', async () => {
    writeFileSync(path('second.npy'), writeNpy(tensor(new Float32Array(3 * 3 * 32 * 64), [3, 3, 32, 64])));
    const moved = ['--weights', `kernel2=${path('second.npy')}`, '-o', path('moved.npy')];
    const { exit } = await padwise('port', STACK, '--to', 'torch', '--input', '64', ...moved);
    expect(exit).toBe(0);
    expect(readNpy(readFileSync(path('moved.npy'))).shape).toEqual([64, 32, 3, 3]);
  });

  it.each([
    ['explain', 'layers.Conv2D(6, 4, input_shape=(32, 32, 1))'],
    ['reach', 'layers.Conv2D(6, 4, input_shape=(32, 32, 1))'],
  ])('%s of a layer that states its channels', async (command, code) => {
    expect(await printed(command, code, '--input', '64')).toContain('1x64x64x1 -> 1x61x61x6');
  });
});

describe('an existing port', () => {
  it('that is shifted', async () => {
    const shifted = ['port', KERAS, '--to', 'torch', '--input', '224', '--against', SHIFTED];
    expect(await printed(...shifted)).toMatchInlineSnapshot(`
      "torch nn.Conv2d is not exact: on 224x224, SAME SHAPE, DIFFERENT PIXELS: shifted
      1 px up and left. Equal only for odd sizes.

      PyTorch, exactly
        x = F.pad(x, (0, 1, 0, 1))
        x = nn.Conv2d(3, 4, 3, stride=2)(x)

      weights (NumPy)
        weight = kernel.transpose(3, 2, 0, 1)    # 3x3x3x4 -> 4x3x3x3
      exit 1"
    `);
  });

  it('that is exact', async () => {
    const exact = 'x = F.pad(x, (0, 1, 0, 1))\nx = nn.Conv2d(3, 4, 3, stride=2)(x)';
    const { exit, out } = await padwise('port', KERAS, '--to', 'torch', '--input', '224', '--against', exact);
    expect([exit, out.split('\n')[0]]).toEqual([0, 'torch F.pad, torch nn.Conv2d is exact: the same pixels']);
    // For every size it is not: odd ones have other pads.
    expect((await padwise('port', KERAS, '--to', 'torch', '--against', exact)).exit).toBe(1);
    expect((await padwise('port', SHIFTED, '--to', 'torch', '--against', SHIFTED)).exit).toBe(0);
  });

  it('that refuses a size', async () => {
    const causal = ['port', 'Conv1D(4, 3, padding="causal")', '--to', 'torch', '--against'];
    expect(await printed(...causal, 'nn.Conv1d(1, 4, 3)', '--input', '2')).toMatchInlineSnapshot(`
      "torch nn.Conv1d is not exact: it refuses 2: torch nn.Conv1d: kernel_size is 3,
      but the padded input is 2 wide (2 + 0 + 0). [1x1x2 k3 -> 4]

      PyTorch, exactly
        x = F.pad(x, (2, 0))
        x = nn.Conv1d(1, 4, 3)(x)

      weights (NumPy)
        weight = kernel.transpose(2, 1, 0)    # 3x1x4 -> 4x1x3
      exit 1"
    `);
  });
});

describe('weights', () => {
  const kernel = Float32Array.from({ length: 3 * 3 * 3 * 4 }, (_, i) => i);

  it('move there and back', async () => {
    writeFileSync(path('kernel.npy'), writeNpy(tensor(kernel, [3, 3, 3, 4])));
    const there = await padwise(
      'port',
      KERAS,
      '--to',
      'torch',
      '--weights',
      path('kernel.npy'),
      '-o',
      path('weight.npy'),
    );
    expect(there.out).toContain(`wrote ${path('weight.npy')}: kernel, 4x3x3x3\n`);
    const weight = readNpy(readFileSync(path('weight.npy')));
    expect(weight.shape).toEqual([4, 3, 3, 3]);
    expect((toArray(weight) as number[][][][])[1]?.[2]?.[0]?.[1]).toBe(1 * 12 + 2 * 4 + 1);
    const back = await padwise(
      'port',
      SHIFTED,
      '--to',
      'keras',
      '--weights',
      path('weight.npy'),
      '-o',
      path('back.npy'),
    );
    expect(back.exit).toBe(0);
    expect(readFileSync(path('back.npy')).equals(readFileSync(path('kernel.npy')))).toBe(true);
  });

  it('by name', async () => {
    const separable = 'SeparableConv2D(4, 3, padding="same")';
    writeFileSync(path('point.npy'), writeNpy(tensor(new Float32Array(12), [1, 1, 3, 4])));
    const port = ['port', separable, '--to', 'torch', '--input', '8', '-o', path('out.npy'), '--weights'];
    expect((await padwise(...port, `pointwise_kernel=${path('point.npy')}`)).exit).toBe(0);
    expect(readNpy(readFileSync(path('out.npy'))).shape).toEqual([4, 3, 1, 1]);
    expect(await printed(...port, path('point.npy'))).toMatchInlineSnapshot(`
      "padwise: --weights: SeparableConv2D has several arrays; name one of depthwise_kernel or pointwise_kernel or bias
      hint: E.g. --weights depthwise_kernel=in.npy.
      exit 2"
    `);
    expect(await printed(...port, `kernel=${path('point.npy')}`)).toMatchInlineSnapshot(`
      "padwise: --weights: SeparableConv2D has depthwise_kernel or pointwise_kernel or bias, received kernel
      exit 2"
    `);
  });

  it('refuses what does not suit, in one sentence', async () => {
    writeFileSync(path('wrong.npy'), writeNpy(tensor(new Float32Array(12), [3, 4])));
    writeFileSync(path('text.npy'), 'no array');
    const port = ['port', KERAS, '--to', 'torch', '--input', '8', '--weights'];
    expect(await printed(...port, path('wrong.npy'), '-o', path('out.npy'))).toMatchInlineSnapshot(`
      "padwise: FOLDER/wrong.npy: kernel of Conv2D is 3x3x3x4, the file holds 3x4
      exit 2"
    `);
    expect(await printed(...port, path('text.npy'), '-o', path('out.npy'))).toMatchInlineSnapshot(`
      "padwise: cannot read FOLDER/text.npy: expected a file that begins with \\x93NUMPY
      exit 3"
    `);
    expect(await printed(...port, path('none.npy'), '-o', path('out.npy'))).toMatchInlineSnapshot(`
      "padwise: cannot read FOLDER/none.npy: there is no such file
      exit 3"
    `);
    expect(await printed(...port, path('wrong.npy'))).toMatchInlineSnapshot(`
      "padwise: --weights needs -o, the .npy file to write
      hint: Add -o, e.g. -o weight.npy.
      exit 2"
    `);
    expect(await printed(...port, path('wrong.npy'), '-o', path('out.txt'))).toMatchInlineSnapshot(`
      "padwise: cannot write FOLDER/out.txt: expected a name that ends in .npy
      exit 2"
    `);
    expect(
      await printed(
        'port',
        'nn.MaxPool2d(2)',
        '--to',
        'keras',
        '--input',
        '8',
        '--weights',
        path('wrong.npy'),
        '-o',
        path('o.npy'),
      ),
    ).toMatchInlineSnapshot(`
      "padwise: nn.MaxPool2d has no weights
      exit 2"
    `);
    expect(await printed('port', KERAS, '--to', 'torch', '-o', path('out.npy'))).toMatchInlineSnapshot(`
      "padwise: -o needs --weights, the .npy file to move
      exit 2"
    `);
  });
});

describe('a check', () => {
  it('for one size', async () => {
    const { exit, out } = await padwise(
      'port',
      'Conv1D(2, 3, 2, "same")',
      '--to',
      'torch',
      '--input',
      '8',
      '--check',
    );
    expect(exit).toBe(0);
    expect(out).toMatchSnapshot();
  });

  it.each(['torch', 'keras', 'tensorflow', 'mxnet', 'flax', 'jax'])('for every size in %s', async (to) => {
    const { exit, out } = await padwise('port', KERAS, '--to', to, '--check');
    expect(exit).toBe(0);
    expect(out.match(/^ {4}\(\(1, \d+, \d+, 2\), \(1, \d+, \d+, 2\), \[$/gm)?.length).toBeGreaterThan(8);
    expect(out).toMatch(/def ported\(x\):\n(?: {4}.*\n)+/);
  });

  it('of large layers stays small', async () => {
    const { out } = await padwise(
      'port',
      'nn.Conv2d(256, 512, 3, 2, 1)',
      '--to',
      'keras',
      '--input',
      '512',
      '--check',
    );
    expect(out.length).toBeLessThan(6000);
  });

  it('of a stack checks what the port says of it', async () => {
    const stack = 'nn.Conv2d(3, 8, 3)\nnn.BatchNorm2d(8)\nnn.MaxPool2d(2)\nnn.Flatten()\nnn.Linear(8, 4)';
    for (const size of ['4', 'n']) {
      const { exit, out } = await padwise('port', stack, '--to', 'keras', '--input', size, '--check');
      expect([exit, out]).toEqual([0, expect.stringContaining('layers.MaxPooling2D(2)')]);
    }
    expect(await printed('port', stack, '--to', 'keras', '--input', '9')).toContain(
      'torch nn.Linear: expected 8 features, received 72',
    );
  });

  it('is refused where there is none', async () => {
    expect(
      await printed('port', KERAS, '--to', 'torch', '--check', '--against', SHIFTED),
    ).toMatchInlineSnapshot(`
      "padwise: --check goes with neither --against nor --weights
      exit 2"
    `);
    expect(await printed('port', KERAS, '--to', 'torch', '--check', '--json')).toMatchInlineSnapshot(`
      "padwise: --check prints a Python script, not json
      exit 2"
    `);
    expect(await printed('port', 'nn.AvgPool2d(2)', '--to', 'jax', '--check')).toMatchInlineSnapshot(`
      "padwise: JAX cannot say this layer: jax.lax has no average pooling in one call; flax.linen.avg_pool is one
      exit 2"
    `);
  });
});

describe('forms', () => {
  it('Markdown', async () => {
    expect(
      await printed('port', KERAS, '--to', 'torch', '--input', '224', '--format', 'md'),
    ).toMatchInlineSnapshot(`
      "### keras Conv2D → PyTorch

      \`\`\`python
      Conv2D(4, 3, strides=2, padding="same")
      \`\`\`

      PyTorch, exactly, for an input of 1x224x224x3:

      \`\`\`python
      x = F.pad(x, (0, 1, 0, 1))
      x = nn.Conv2d(3, 4, 3, stride=2)(x)
      \`\`\`

      | from | shape | to | shape | NumPy |
      | --- | --- | --- | --- | --- |
      | \`kernel\` | 3x3x3x4 | \`weight\` | 4x3x3x3 | \`kernel.transpose(3, 2, 0, 1)\` |
      | \`bias\` | 4 | \`bias\` | 4 |  |

      What people usually write is not it: \`nn.Conv2d(3, 4, 3, stride=2, padding=1)\`: SAME SHAPE, DIFFERENT PIXELS: shifted 1 px up and left
      exit 0"
    `);
    expect(
      await printed('port', KERAS, '--to', 'torch', '--input', '224', '--against', SHIFTED, '--format', 'md'),
    ).toMatchInlineSnapshot(`
      "### keras Conv2D → PyTorch

      \`\`\`python
      Conv2D(4, 3, strides=2, padding="same")
      \`\`\`

      **torch nn.Conv2d is not exact: on 224x224, SAME SHAPE, DIFFERENT PIXELS: shifted 1 px up and left. Equal only for odd sizes.**

      \`\`\`python
      nn.Conv2d(3, 4, 3, stride=2, padding=1)
      \`\`\`

      PyTorch, exactly, for an input of 1x224x224x3:

      \`\`\`python
      x = F.pad(x, (0, 1, 0, 1))
      x = nn.Conv2d(3, 4, 3, stride=2)(x)
      \`\`\`

      | from | shape | to | shape | NumPy |
      | --- | --- | --- | --- | --- |
      | \`kernel\` | 3x3x3x4 | \`weight\` | 4x3x3x3 | \`kernel.transpose(3, 2, 0, 1)\` |
      | \`bias\` | 4 | \`bias\` | 4 |  |
      exit 1"
    `);
    expect(
      await printed('compare', SHIFTED, KERAS, '--input', '224', '--format', 'md'),
    ).toMatchInlineSnapshot(`
      "### torch nn.Conv2d ↔ keras Conv2D

      \`\`\`python
      nn.Conv2d(3, 4, 3, stride=2, padding=1)
      \`\`\`

      \`\`\`python
      Conv2D(4, 3, strides=2, padding="same")
      \`\`\`

      **SAME SHAPE, DIFFERENT PIXELS: shifted 1 px down and right**

      Equal only for odd sizes.

      |  | pads | out | out\\[0\\] centre | last window reads |
      | --- | --- | --- | --- | --- |
      | torch | 1,1 | 112 | 0 | 221..223 |
      | keras | 0,1 | 112 | 1 | 222..224 (1 padded) |

      torch, exactly as keras:

      \`\`\`python
      x = F.pad(x, (0, 1, 0, 1))
      x = nn.Conv2d(3, 4, 3, stride=2)(x)
      \`\`\`
      exit 1"
    `);
  });

  it('JSON', async () => {
    const { out } = await padwise('port', KERAS, '--to', 'torch', '--format', 'json');
    expect(out).toBe((await padwise('port', KERAS, '--to', 'torch', '--json')).out);
    const { schema, input, every, lines } = JSON.parse(out);
    expect([schema, input, every, lines.length]).toEqual([
      'padwise/port/1',
      [1, null, null, 3],
      { first: 1, period: 2 },
      3,
    ]);
    const impossible = await padwise('port', 'nn.AvgPool2d(2)', '--to', 'jax', '--json');
    expect([impossible.exit, JSON.parse(impossible.out).impossible]).toEqual([
      2,
      'jax.lax has no average pooling in one call; flax.linen.avg_pool is one',
    ]);
  });

  it('an unknown one', async () => {
    expect(await printed('port', KERAS, '--to', 'torch', '--format', 'xml')).toMatchInlineSnapshot(`
      "padwise: --format: expected text or json or md or sarif, received xml
      exit 2"
    `);
    expect(await printed('compare', KERAS, KERAS, '--json', '--format', 'md')).toMatchInlineSnapshot(`
      "padwise: --json and --format md exclude each other
      exit 2"
    `);
  });
});

interface Location {
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: object;
  };
  readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
}

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly Location[];
      readonly relatedLocations?: readonly Location[];
    }[];
  }[];
}

/** A log, what the specification requires of it checked: version, one run, tool.driver.name, messages, rule indices. */
function checked(text: string): Log {
  const log = JSON.parse(text) as Log;
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  for (const { tool, results } of log.runs) {
    expect(tool.driver.name).toBe('padwise');
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(level);
      expect(message.text).not.toBe('');
      expect(locations).toHaveLength(1);
    }
  }
  return log;
}

describe('SARIF', () => {
  it('of a shift, with the line of the file', async () => {
    writeFileSync(path('their port.py'), `import torch\nfrom torch import nn\n\nconv = ${SHIFTED}\n`);
    const file = path('ported.py');
    writeFileSync(file, readFileSync(path('their port.py')));
    const shifted = await padwise(
      'port',
      KERAS,
      '--to',
      'torch',
      '--input',
      '224',
      '--against',
      file,
      '--format',
      'sarif',
    );
    expect(shifted.exit).toBe(1);
    const [result] = checked(shifted.out).runs[0]?.results ?? [];
    expect(result?.ruleId).toBe('padwise/shifted');
    expect(result?.message.text).toBe(
      'torch nn.Conv2d is not exact: on 224x224, SAME SHAPE, DIFFERENT PIXELS: shifted 1 px up and left. Equal only for odd sizes. Exactly: x = F.pad(x, (0, 1, 0, 1)); x = nn.Conv2d(3, 4, 3, stride=2)(x).',
    );
    expect(result?.locations[0]?.physicalLocation?.artifactLocation.uri).toMatch(/^file:\/\/\/.*ported\.py$/);
    expect(result?.locations[0]?.physicalLocation?.region).toEqual({
      startLine: 4,
      startColumn: 8,
      endLine: 4,
      endColumn: 8 + SHIFTED.length,
      snippet: { text: SHIFTED },
    });
    expect(result?.relatedLocations?.[0]?.logicalLocations[0]?.fullyQualifiedName).toBe('keras Conv2D');
  });

  it('of a comparison', async () => {
    const { exit, out } = await padwise('compare', SHIFTED, KERAS, '--input', '224', '--format', 'sarif');
    expect([exit, checked(out).runs[0]?.results[0]?.ruleId]).toEqual([1, 'padwise/shifted']);
    const same = await padwise('compare', KERAS, KERAS, '--input', '224', '--format', 'sarif');
    expect([same.exit, checked(same.out).runs[0]?.results]).toEqual([0, []]);
  });

  it.each([
    ['padwise/shape', 'nn.Conv2d(3, 4, 3)', 'nn.Conv2d(3, 4, 2)'],
    ['padwise/pixels', 'nn.Conv2d(3, 4, 3, padding=1)', 'nn.Conv2d(3, 4, 5, padding=2)'],
    ['padwise/numbers', 'nn.MaxPool2d(2)', 'nn.AvgPool2d(2)'],
    [
      'padwise/mirrored',
      'nn.ConvTranspose2d(3, 4, 3, 2)',
      'flax.linen.ConvTranspose(4, (3, 3), (2, 2), padding="VALID")',
    ],
  ])('%s', async (rule, first, second) => {
    const { exit, out } = await padwise('compare', first, second, '--input', '8', '--format', 'sarif');
    expect([exit, checked(out).runs[0]?.results[0]?.ruleId]).toEqual([1, rule]);
  });

  it('of what cannot be said, and of what people usually write', async () => {
    const impossible = await padwise('port', 'nn.AvgPool2d(2)', '--to', 'jax', '--format', 'sarif');
    expect([impossible.exit, checked(impossible.out).runs[0]?.results[0]?.ruleId]).toEqual([
      2,
      'padwise/impossible',
    ]);
    const usual = await padwise('port', KERAS, '--to', 'torch', '--input', '224', '--format', 'sarif');
    const [note] = checked(usual.out).runs[0]?.results ?? [];
    expect([usual.exit, note?.ruleId, note?.level]).toEqual([0, 'padwise/shifted', 'note']);
  });
});

describe('hostile input', () => {
  it.each([
    ['1x3x', '--input'],
    ['nx', '--input'],
    ['--', '--input'],
    ['1xnxnxnxnxnxnxnxn', 'expected'],
  ])('--input %s', async (input, word) => {
    const { exit, err } = await padwise('port', KERAS, '--to', 'torch', `--input=${input}`);
    expect([exit, err.split('\n').length <= 4]).toEqual([2, true]);
    expect(err).toContain(word);
  });

  it('long periods, large kernels, nothing legal', async () => {
    const long = Array.from({ length: 8 }, () => 'nn.MaxPool2d(2)').join('\n');
    const tried = 'repeats every 256 sizes; padwise tries up to 64 for code that is exact for every size';
    expect(await printed('port', long, '--to', 'keras')).toContain(tried);
    const { exit } = await padwise('port', 'nn.Conv1d(1, 1, 5000)', '--to', 'keras');
    expect(exit).toBe(2);
    expect(
      (await padwise('port', 'Conv2D(4, 3, strides=999999, padding="same")', '--to', 'torch')).exit,
    ).toBe(2);
  });

  it('reads standard input once', async () => {
    expect((await piped(KERAS, 'port', '-', '--to', 'torch')).exit).toBe(0);
    expect((await piped(KERAS, 'port', '-', '--to', 'keras', '--against', '-')).exit).toBe(2);
  });
});
