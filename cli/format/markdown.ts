// Pieces of Markdown that no content can break: code in fences longer than any it holds, cells without bars.

/** A heading of the third level. */
export function heading(text: string): string {
  return `### ${plain(text)}`;
}

/** Lines of code. */
export function fenced(lines: readonly string[], language: string = 'python'): string {
  const code = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, longest(code) + 1));
  return `${fence}${language}\n${code}\n${fence}`;
}

/** Code within a line. */
export function inline(code: string): string {
  const ticks = '`'.repeat(longest(code) + 1);
  const space = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${code.replace(/\s+/g, ' ')}${space}${ticks}`;
}

/** A table; the first row is its head. Cells are Markdown. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rest.map(row)].join('\n');
}

/** Text without anything Markdown or HTML would read. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|]/g, (character) => `\\${character}`)
    .trim();
}

/** Parts with an empty line between them. */
export function document(parts: readonly (string | null)[]): string {
  return `${parts.filter((part) => part !== null && part !== '').join('\n\n')}\n`;
}

function longest(code: string): number {
  return Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length));
}
