// What the page says, in Chinese, by the English templates: one catalogue for what stands on every screen, and one a screen.

import type { Catalogue } from 'padwise/words';
import { compare } from './compare.ts';
import { controls } from './controls.ts';
import { element } from './element.ts';
import { figures } from './figures.ts';
import { heat } from './heat.ts';
import { lab } from './lab.ts';
import { lessons } from './lessons.ts';
import { player } from './player.ts';
import { port } from './port.ts';
import { shell } from './shell.ts';
import { stack } from './stack.ts';

/** The areas one by one, so that no sentence stands in two of them. */
export const areas: readonly Catalogue[] = [
  shell,
  controls,
  figures,
  player,
  lab,
  compare,
  heat,
  stack,
  port,
  lessons,
  element,
];

/** The page's sentences in Chinese. */
export const chinese: Catalogue = Object.assign({}, ...areas);
