// The pages of the documentation run: every block of commands is typed into the program, every block of TypeScript is
// executed, and what they print stands in the page. `npm run pages` writes it there; a test fails while a page says
// anything else.
//
//   ```console                       ```ts
//   $ padwise solve --size 64        console.log(conv(x, w).shape); // [1, 1, 8, 8]
//   what it printed                  ```
//   ```

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../cli/main.ts';
import { frameworkTable, lessonCode, lessonTable } from './table.ts';

/** Whose commands run; the comments of their TypeScript say more than what it prints. */
export const READMES: readonly string[] = ['../README.md', '../README.zh-CN.md'];
const RUN = ['ts', 'console'];
const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const BLOCK = /^```(ts|console)([^\n]*)\n(.*?)^```$/gms;
const TABLE = /^<!-- (frameworks|lesson|python) -->\n.*?^<!-- end -->$/ms;
/** A command, on several lines where a quote stays open, as a shell takes it. */
const COMMAND = /^\$ (?:'[^']*'|"[^"]*"|[^'"\n])*$/gm;
const PRINTED = /^([ \t]*console\.log\(.*\);)[ \t]*\/\/.*$/gm;

/** Every page, by its path below docs/. */
export function pages(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .sort();
}

/** A page's text as it stands. */
export function pageText(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8');
}

/** A page with what its blocks of these languages print. */
export async function answered(path: string, languages: readonly string[] = RUN): Promise<string> {
  const text = pageText(path);
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(BLOCK)) {
    const [whole, language = '', title, body = ''] = match;
    if (!languages.includes(language)) continue;
    const run = language === 'console' ? await typed(body, path) : await executed(body);
    parts.push(text.slice(end, match.index), `\`\`\`${language}${title}\n${run}\`\`\``);
    end = match.index + whole.length;
  }
  const page = [...parts, text.slice(end)].join('');
  const [, name] = TABLE.exec(page) ?? [];
  if (name === undefined) return page;
  const language = languageOf(path);
  const written = { lesson: lessonTable, python: lessonCode, frameworks: frameworkTable };
  const table = await written[name as keyof typeof written](language);
  return page.replace(TABLE, () => `<!-- ${name} -->\n\n${table}\n\n<!-- end -->`);
}

/** The commands of a block, each followed by what the program prints; on a Chinese page in a Chinese terminal. */
async function typed(body: string, path: string): Promise<string> {
  const commands = body.match(COMMAND) ?? [];
  const answers: string[] = [];
  for (const command of commands) {
    const printed: string[] = [];
    const keep = (text: string) => void printed.push(text);
    const locale = languageOf(path) === 'zh' ? 'zh_CN.UTF-8' : '';
    const io = { color: false, progress: false, locale, out: keep, err: keep, stdin: () => '' };
    await main(words(command.slice(2)).slice(1), io);
    answers.push(`${command}\n${printed.join('').trimEnd()}\n`);
  }
  return answers.join('\n');
}

function languageOf(path: string): 'en' | 'zh' {
  return path.startsWith('zh') ? 'zh' : 'en';
}

/** A command line's words; quotes hold spaces together. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:'([^']*)'|"([^"]*)"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}

/** The block with what each console.log printed behind it. */
async function executed(code: string): Promise<string> {
  const imports = [...code.matchAll(/^import (\{[^}]*\}) from '((?:padwise|\.\.\/src\/)[^']*)';$/gm)];
  const names: string[] = [];
  const values: unknown[] = [];
  for (const [, list = '', path = ''] of imports) {
    const module = (await import(source(path))) as Record<string, unknown>;
    for (const name of list
      .replaceAll(/[{}]/g, '')
      .split(',')
      .filter((one) => one.trim() !== '')) {
      const [from = '', to = from] = name.trim().split(/\s+as\s+/);
      names.push(to);
      values.push(module[from]);
    }
  }
  const printed: string[] = [];
  const console = { log: (...shown: unknown[]) => void printed.push(shown.map(text).join(' ')) };
  const body = stripTypeScriptTypes(code.replaceAll(/^import .*$/gm, ''));
  new Function('console', ...names, body)(console, ...values);
  return code.replace(PRINTED, (_, call: string) => `${call} // ${printed.shift() ?? 'nothing'}`);
}

/** The source of an entry of the package: 'padwise/torch' is src/layers/torch.ts; a file of the sources is itself. */
function source(entry: string): string {
  if (entry.startsWith('../src/')) return join(FOLDER, entry);
  const manifest = JSON.parse(readFileSync(join(FOLDER, '../package.json'), 'utf8')) as {
    exports: Record<string, string>;
  };
  const built = manifest.exports[entry.replace('padwise', '.')] ?? entry;
  return join(FOLDER, '..', built.replace('./dist/', '').replace(/\.js$/, '.ts'));
}

/** Arrays as JSON with spaces, other values as they are. */
function text(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value)?.replaceAll(',', ', ') : String(value);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of pages()) writeFileSync(join(FOLDER, path), await answered(path));
  for (const path of READMES) writeFileSync(join(FOLDER, path), await answered(path, ['console']));
}
