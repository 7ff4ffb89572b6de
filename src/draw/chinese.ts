// padwise/draw/chinese: what figures say, and why one cannot be drawn, in Chinese; a page that only draws needs no more of the
// library's Chinese (padwise/words/chinese) than this.

import { draw } from '../words/chinese/draw.ts';
import { drawHeat } from '../words/chinese/draw-heat.ts';
import { drawWriters } from '../words/chinese/draw-writers.ts';
import { drawing } from '../words/chinese/drawing.ts';
import { geometry } from '../words/chinese/geometry.ts';
import type { Catalogue } from '../words/index.ts';

/** The sentences of figures and their problems in Chinese, by their English templates. */
export const chinese: Catalogue = { ...geometry, ...draw, ...drawHeat, ...drawWriters, ...drawing };
