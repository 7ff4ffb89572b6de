// The names that import lines bind: `from torch import nn` makes nn stand for torch.nn.

import type { SyntaxNode } from '@lezer/common';
import { children, type Paste, textOf } from './paste.ts';

interface Names {
  readonly paste: Paste;
  /** Full dotted names by imported name. */
  readonly imports: Map<string, string>;
}

/** Binds the names of an import statement; of a relative one nothing. */
export function importNames(reading: Names, node: SyntaxNode): void {
  let module = '';
  let name = '';
  let alias: string | null = null;
  const bind = () => {
    if (name === '' || module.startsWith('.')) return;
    const path = module === '' ? name : `${module}.${name}`;
    if (alias !== null) reading.imports.set(alias, path);
    else if (module !== '') reading.imports.set(name, path);
    else reading.imports.delete(name.split('.', 1)[0] as string);
  };
  for (const part of children(node)) {
    if (part.name === 'import') {
      module = name;
      name = '';
    } else if (part.name === 'as') alias = '';
    else if (part.name === ',') {
      bind();
      name = '';
      alias = null;
    } else if (part.name === 'VariableName' || part.name === '.') {
      if (alias === null) name += textOf(reading.paste, part);
      else alias = textOf(reading.paste, part);
    }
  }
  bind();
}
