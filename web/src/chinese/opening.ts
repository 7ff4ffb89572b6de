// The Chinese of the first view: of what stands on every screen, of the Layer lab, and of figures. The rest follows it.

import { chinese as drawn } from 'padwise/draw/chinese';
import type { Catalogue } from 'padwise/words';
import { controls } from './controls.ts';
import { figures } from './figures.ts';
import { lab } from './lab.ts';
import { player } from './player.ts';
import { shell } from './shell.ts';

/** The first view's sentences in Chinese. */
export const opening: Catalogue = { ...drawn, ...shell, ...controls, ...figures, ...player, ...lab };
