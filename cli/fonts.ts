// The letters of figures that become pixels. Latin words and numbers are set in Open Sans, whose digits are all of one width;
// it comes with padwise, so that a figure is the same on every machine. A line with an arrow or a bracket that Open Sans
// lacks is set in Noto Sans Math, of the same design, because resvg sets a line in one font. A line with Chinese is set in
// a Chinese font of the system, and names it: a file of Noto Sans CJK holds the Japanese forms of its characters first.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { say } from '../src/words/index.ts';
import { Failure, INVALID } from './failure.ts';

/** The family of words and numbers. */
export const FAMILY = 'Open Sans';

/** A Chinese font of a system: its family's name in its file, and where the file may lie, the bold one second. */
export interface Installed {
  readonly family: string;
  readonly files: readonly [regular: string, bold?: string];
}

/** An SVG that names its Chinese font, and the bytes of the fonts it is set in. */
export interface Lettered {
  readonly svg: string;
  readonly fonts: readonly Uint8Array[];
}

const TEXT = /<text\b[\s\S]*?<\/text>/g;
const TAG_OR_WORDS = /<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+/g;
const BOLD = /font-weight="(?:bold|[6-9]00)"/;

const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;

/** Names of what is looked for, for people. */
const LOOKED_FOR =
  'Noto Sans CJK, Source Han Sans, WenQuanYi, Droid Sans Fallback, Hiragino Sans GB, Heiti SC, PingFang SC, Microsoft YaHei, SimHei';

/**
 * An SVG of padwise, its Chinese named a font that is there.
 * @throws Failure 2 where it draws Chinese and none of the fonts is there
 */
export function lettered(svg: string, places: readonly Installed[] = installed()): Lettered {
  if (!(svg.match(TEXT) ?? []).some((text) => CHINESE.test(text))) return { svg, fonts: brought() };
  const found = search(places);
  const named = (words: string) => `<tspan font-family="'${found.family}'">${words}</tspan>`;
  const written = svg.replace(TEXT, (text) =>
    CHINESE.test(text)
      ? text.replace(TAG_OR_WORDS, (part) => (part.startsWith('<') ? part : named(part)))
      : text,
  );
  return { svg: written, fonts: [...brought(), ...readChinese(found, BOLD.test(svg))] };
}

/** The fonts that come with padwise, read once. */
function brought(): readonly Uint8Array[] {
  if (kept.brought === undefined) {
    const require = createRequire(import.meta.url);
    kept.brought = [
      require.resolve('@fontsource/open-sans/files/open-sans-latin-400-normal.woff2'),
      require.resolve('@fontsource/open-sans/files/open-sans-latin-700-normal.woff2'),
      require.resolve('@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff2'),
    ].map((path) => readFileSync(path));
  }
  return kept.brought;
}

/** Fonts already read: frames of a GIF share them, and the Chinese ones have 20 MB. */
const kept: { brought?: readonly Uint8Array[]; readonly files: Map<string, Uint8Array> } = {
  files: new Map(),
};

function readChinese({ files }: Installed, bold: boolean): Uint8Array[] {
  return files
    .slice(0, bold ? 2 : 1)
    .filter((path) => path !== undefined && existsSync(path))
    .map((path) => {
      const bytes = kept.files.get(path as string) ?? readFileSync(path as string);
      kept.files.set(path as string, bytes);
      return bytes;
    });
}

function search(places: readonly Installed[]): Installed {
  const found = places.find(({ files }) => existsSync(files[0]));
  if (found !== undefined) return found;
  throw new Failure(
    INVALID,
    say`Chinese words in pixels need a Chinese font, and none of these is installed: ${LOOKED_FOR}`,
    'Install one of them, or write SVG, which needs none.',
  );
}

/** Where Linux, macOS and Windows keep the Chinese fonts that most people have. */
export function installed(): Installed[] {
  const linux = '/usr/share/fonts';
  const home = homedir();
  const mac = '/System/Library/Fonts';
  const windows = `${process.env.SystemRoot ?? 'C:\\Windows'}\\Fonts\\`;
  const noto = [
    `${linux}/opentype/noto`, // Debian, Ubuntu
    `${linux}/noto-cjk`, // Arch
    `${linux}/google-noto-sans-cjk-fonts`, // Fedora
    `${linux}/google-noto-cjk`,
    `${linux}/noto`, // Alpine
    `${linux}/truetype/noto`,
    `${home}/.local/share/fonts`,
    `${home}/.fonts`,
  ].map((folder) => pair('Noto Sans CJK SC', `${folder}/NotoSansCJK-Regular.ttc`, 'Regular', 'Bold'));
  const han = ['/usr/share/fonts/adobe-source-han-sans', `${home}/.local/share/fonts`].map((folder) =>
    pair('Source Han Sans CN', `${folder}/SourceHanSansCN-Regular.otf`, 'Regular', 'Bold'),
  );
  return [
    ...noto,
    ...han,
    { family: 'WenQuanYi Micro Hei', files: [`${linux}/truetype/wqy/wqy-microhei.ttc`] },
    { family: 'WenQuanYi Zen Hei', files: [`${linux}/truetype/wqy/wqy-zenhei.ttc`] },
    { family: 'Droid Sans Fallback', files: [`${linux}/truetype/droid/DroidSansFallbackFull.ttf`] },
    { family: 'Hiragino Sans GB', files: [`${mac}/Hiragino Sans GB.ttc`] },
    pair('Heiti SC', `${mac}/STHeiti Light.ttc`, 'Light', 'Medium'),
    { family: 'PingFang SC', files: [`${mac}/PingFang.ttc`] },
    pair('Microsoft YaHei', `${windows}msyh.ttc`, 'msyh', 'msyhbd'),
    pair('Microsoft YaHei', `${windows}msyh.ttf`, 'msyh', 'msyhbd'),
    { family: 'SimHei', files: [`${windows}simhei.ttf`] },
  ];
}

function pair(family: string, regular: string, part: string, bold: string): Installed {
  return { family, files: [regular, regular.replace(part, bold)] };
}
