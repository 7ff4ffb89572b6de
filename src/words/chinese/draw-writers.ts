// What a drawing on a terminal says of itself, in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of the writers of figures. */
export const drawWriters: Catalogue = {
  'Cut at {0} columns; the whole figure takes {1}.': '在 {0} 列处截断；整幅图需要 {1} 列。',
};
