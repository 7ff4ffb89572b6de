// The tables, asked of the dialects. All frameworks in one: each writes the same three layers in its own words, reads them
// back, and shows its layouts, the order of its weights and what it does with a window that does not fit. And the sizes
// that the textbook's layers give in its four frameworks.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Dialect, dialects, type Layer, type Shape, write } from '../src/dialects/index.ts';
import { readLayer, readLayers } from '../src/dialects/python.ts';
import { parse } from '../src/geometry/index.ts';
import { type Catalogue, translate } from '../src/words/index.ts';
import { DISAGREEMENTS } from '../test/disagreements.ts';

const FIXTURES = fileURLToPath(new URL('../oracle/fixtures', import.meta.url));

/** The same layers in every framework: TensorFlow's SAME, PyTorch's padding=1, Keras' transposed SAME. */
const ASKED = [
  [
    '1x3x224x224 k3 s2 p0,1 -> 64',
    'TensorFlow SAME, 3x3, stride 2, 224',
    'TensorFlow 的 SAME，3x3，步幅 2，224',
  ],
  [
    '1x3x224x224 k3 s2 p1 -> 64',
    'PyTorch padding=1, 3x3, stride 2, 224',
    'PyTorch 的 padding=1，3x3，步幅 2，224',
  ],
  [
    '1x8x16x16 k3 i2 p2,1 flip -> 4',
    'Keras Conv2DTranspose same, 3x3, stride 2, 16',
    'Keras 的 Conv2DTranspose same，3x3，步幅 2，16',
  ],
] as const;

const WORDS = {
  en: {
    heads: ['framework', '`--to`', 'data', 'weights', 'transposed', '3 wide on 2', 'rows', 'asked'],
    fits: { refused: 'refused', empty: 'empty' },
    unrun: (note: number) => `not run, note ${note}`,
    notes: 'What was asked where a framework itself could not be run:',
    cannot: 'cannot',
    picture: 'on an 8x8 picture',
  },
  zh: {
    heads: ['框架', '`--to`', '数据', '权重', '转置卷积', '3 遇到 2', '行数', '问的是'],
    fits: { refused: '拒绝', empty: '空' },
    unrun: (note: number) => `未运行，见注 ${note}`,
    notes: '框架本身无法运行时，依据如下：',
    cannot: '无法表达',
    picture: '作用于 8x8 的图像',
  },
} as const;

const TEXTBOOK = ['PyTorch', 'MXNet', 'JAX', 'TensorFlow'] as const;

/** The textbook's layers, in its four frameworks. */
const LESSON = [
  [
    'nn.LazyConv2d(1, 3, padding=1)',
    'gluon.nn.Conv2D(1, 3, padding=1)',
    "linen.Conv(1, (3, 3), padding='SAME')",
    "layers.Conv2D(1, 3, padding='same')",
  ],
  [
    'nn.LazyConv2d(1, (5, 3), padding=(2, 1))',
    'gluon.nn.Conv2D(1, (5, 3), padding=(2, 1))',
    'linen.Conv(1, (5, 3), padding=(2, 1))',
    "layers.Conv2D(1, (5, 3), padding='same')",
  ],
  [
    'nn.LazyConv2d(1, 3, padding=1, stride=2)',
    'gluon.nn.Conv2D(1, 3, padding=1, strides=2)',
    'linen.Conv(1, (3, 3), padding=1, strides=2)',
    "layers.Conv2D(1, 3, padding='same', strides=2)",
  ],
  [
    'nn.LazyConv2d(1, (3, 5), padding=(0, 1), stride=(3, 4))',
    'gluon.nn.Conv2D(1, (3, 5), padding=(0, 1), strides=(3, 4))',
    'linen.Conv(1, (3, 5), padding=(0, 1), strides=(3, 4))',
    "layers.Conv2D(1, (3, 5), padding='valid', strides=(3, 4))",
  ],
] as const;

/** What the textbook's layers make of an 8x8 picture, in Markdown. */
export function lessonTable(language: 'en' | 'zh'): string {
  const rows = LESSON.map((codes) => [`\`${codes[0]}\``, ...codes.map(sizeOf)]);
  return markdown([WORDS[language].picture, ...TEXTBOOK], rows);
}

/** The textbook's layers as each framework writes them, with what becomes of an 8x8 picture. */
export function lessonCode(): string {
  const groups = TEXTBOOK.map((title, i) => {
    const codes = LESSON.map((line) => line[i] as string);
    const width = Math.max(...codes.map((code) => code.length));
    const lines = codes.map((code) => `${code.padEnd(width)}  # ${sizeOf(code)}`);
    return `\`\`\`python [${title}]\n${lines.join('\n')}\n\`\`\``;
  });
  return `::: code-group\n\n${groups.join('\n\n')}\n\n:::`;
}

function sizeOf(code: string): string {
  const layer = readLayer(code, { dialects });
  const first = layer.layout === 'first';
  const { output } = layer.resolve(first ? [1, 1, 8, 8] : [1, 8, 8, 1]);
  return (first ? output.slice(2) : output.slice(1, 3)).join('x');
}

/** All frameworks, in Markdown. */
export async function frameworkTable(language: 'en' | 'zh'): Promise<string> {
  const catalogue = language === 'zh' ? (await import('../src/words/chinese/index.ts')).chinese : {};
  const words = WORDS[language];
  const notes: string[] = [];
  const rows = dialects.map((dialect) => {
    const { count, versions } = recorded(dialect);
    if (dialect.unverified !== undefined) notes.push(translate(dialect.unverified, catalogue));
    return [
      dialect.title,
      `\`${dialect.id}\``,
      layout(dialect, ASKED[1][0]),
      order(dialect, ASKED[1][0]),
      order(dialect, ASKED[2][0]),
      misfit(dialect, language),
      count === 0 ? '' : count.toLocaleString('en').replaceAll(',', ' '),
      dialect.unverified === undefined ? versions : words.unrun(notes.length),
    ];
  });
  const sections = ASKED.map(([problem, english, chinesish]) => {
    const code = dialects.map(
      (dialect) => `# ${dialect.title}\n${spelled(dialect, problem, language, catalogue)}`,
    );
    return `## ${language === 'zh' ? chinesish : english}\n\n\`\`\`python\n${code.join('\n\n')}\n\`\`\``;
  });
  const list = notes.map((note, i) => `${i + 1}. ${note}`).join('\n');
  return [markdown(words.heads, rows), `${words.notes}\n\n${list}`, ...sections].join('\n\n');
}

function markdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function spelled(dialect: Dialect, problem: string, language: 'en' | 'zh', catalogue: Catalogue): string {
  const said = write(dialect, parse(problem), true);
  if ('lines' in said) return said.lines.join('\n');
  return `# ${WORDS[language].cannot}: ${translate(said.impossible, catalogue)}`;
}

/** The layer with a weight that the framework says a problem with; null where it cannot. */
function layerOf(dialect: Dialect, problem: string): Layer | null {
  const said = write(dialect, parse(problem), true);
  if ('impossible' in said) return null;
  const layers = readLayers(said.lines.join('\n'), {
    dialects: [dialect],
    tensors: { ...said.tensors, x: [] },
  });
  return layers.find((layer) => layer.parameters(parse(problem).channels).length > 0) ?? null;
}

function layout(dialect: Dialect, problem: string): string {
  const found = layerOf(dialect, problem);
  return found === null ? '' : found.layout === 'first' ? 'NCHW' : 'NHWC';
}

const LETTERS: Readonly<Record<string, string>> = { k: 'HW', go: 'O', gi: 'I', i: 'I', o: 'O', g: 'G' };

function order(dialect: Dialect, problem: string): string {
  const kernel = layerOf(dialect, problem)
    ?.parameters(parse(problem).channels)
    .find(({ role }) => role === 'kernel');
  return (kernel?.order ?? '')
    .split(' ')
    .map((letters) => LETTERS[letters] ?? letters)
    .join('');
}

/** What becomes of a window of 3 on an input of 2. */
function misfit(dialect: Dialect, language: 'en' | 'zh'): string {
  const layer = layerOf(dialect, '1x3x8x8 k3 -> 4');
  if (layer === null) return '';
  const input: Shape = layer.layout === 'first' ? [1, 3, 2, 2] : [1, 2, 2, 3];
  try {
    const { output } = layer.resolve(input);
    return output.includes(0) ? WORDS[language].fits.empty : output.join('x');
  } catch {
    return WORDS[language].fits.refused;
  }
}

/** How many recorded rows padwise answers alike, and whose. */
function recorded(dialect: Dialect): { count: number; versions: string } {
  const name = dialect.id === 'jax' ? 'lax' : dialect.id;
  const folder = join(FIXTURES, name);
  if (!existsSync(folder)) return { count: 0, versions: '' };
  const versions = new Set<string>();
  let count = 0;
  for (const file of readdirSync(folder).sort()) {
    const fixture = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    count += (fixture.rows ?? fixture.cases).length;
    const [first = [], ...others] = Object.entries<string>(fixture.version);
    versions.add(first.join(' ').replace(/(git\d+).*/, '$1'));
    for (const [key, value] of others) if (key === 'backend') versions.add(value);
  }
  for (const { framework, rows } of DISAGREEMENTS) if (framework === name) count -= rows;
  return { count, versions: [...versions].join(', ') };
}
