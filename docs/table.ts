// One table of all frameworks, asked of the dialects: each writes the same three layers in its own words, reads them back,
// and shows its layouts, the order of its weights and what it does with a window that does not fit.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Dialect, dialects, type Layer, type Shape, write } from '../src/dialects/index.ts';
import { readLayers } from '../src/dialects/python.ts';
import { parse } from '../src/geometry/index.ts';
import { type Catalogue, translate } from '../src/words/index.ts';

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
    heads: ['framework', 'data', 'weights', 'transposed', 'kernel 3 on a size of 2', 'evidence'],
    rows: (count: string, version: string) => `${count} rows, ${version}`,
    fits: { refused: 'refused', empty: 'empty output' },
    cannot: 'cannot',
  },
  zh: {
    heads: ['框架', '数据', '权重', '转置卷积', '宽为 3 的核遇到大小 2', '依据'],
    rows: (count: string, version: string) => `${count} 行，${version}`,
    fits: { refused: '拒绝', empty: '输出为空' },
    cannot: '无法表达',
  },
} as const;

/** The tables in Markdown. */
export async function frameworkTable(language: 'en' | 'zh'): Promise<string> {
  const catalogue = language === 'zh' ? (await import('../src/words/chinese/index.ts')).chinese : {};
  const words = WORDS[language];
  const rows = dialects.map((dialect) => [
    dialect.title,
    layout(dialect, ASKED[1][0]),
    order(dialect, ASKED[1][0]),
    order(dialect, ASKED[2][0]),
    misfit(dialect, language),
    evidence(dialect, language, catalogue),
  ]);
  const table = [words.heads, words.heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  const sections = ASKED.map(([problem, english, chinesish]) => {
    const code = dialects.map(
      (dialect) => `# ${dialect.title}\n${spelled(dialect, problem, language, catalogue)}`,
    );
    return `### ${language === 'zh' ? chinesish : english}\n\n\`\`\`python\n${code.join('\n\n')}\n\`\`\``;
  });
  return [table.join('\n'), ...sections].join('\n\n');
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
  return found === null ? '' : found.layout === 'first' ? 'N C H W' : 'N H W C';
}

const LETTERS: Readonly<Record<string, string>> = { k: 'H W', go: 'O', gi: 'I', i: 'I', o: 'O', g: 'G' };

function order(dialect: Dialect, problem: string): string {
  const kernel = layerOf(dialect, problem)
    ?.parameters(parse(problem).channels)
    .find(({ role }) => role === 'kernel');
  return (kernel?.order ?? '')
    .split(' ')
    .map((letters) => LETTERS[letters] ?? letters)
    .join(' ');
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

function evidence(dialect: Dialect, language: 'en' | 'zh', catalogue: Catalogue): string {
  const folder = join(FIXTURES, dialect.id === 'jax' ? 'lax' : dialect.id);
  if (dialect.unverified !== undefined) return translate(dialect.unverified, catalogue);
  if (!existsSync(folder)) return '';
  let rows = 0;
  let version = '';
  for (const name of readdirSync(folder).sort()) {
    const fixture = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    rows += (fixture.rows ?? fixture.cases).length;
    version ||= Object.entries(fixture.version)
      .map((pair) => pair.join(' '))
      .join(', ');
  }
  return WORDS[language].rows(rows.toLocaleString('en').replaceAll(',', ' '), version);
}
