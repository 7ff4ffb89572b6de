// Chinese as the program speaks it: the library's sentences, the commands' own, and the words of an explanation.

import { chinese as words } from '../../src/explain/chinese.ts';
import { chinese as library } from '../../src/words/chinese/index.ts';
import type { Catalogue } from '../../src/words/index.ts';
import { commands } from './commands.ts';
import { drawing } from './drawing.ts';
import { engine } from './engine.ts';
import { figures } from './figures.ts';
import { layers } from './layers.ts';

/** Every sentence of the program and the library, by its English template. */
const catalogue: Catalogue = { ...library, ...commands, ...drawing, ...engine, ...figures, ...layers };

export { catalogue, words };
