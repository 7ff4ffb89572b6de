// When a screen has said everything it has to say: what is loaded late, or when it is scrolled to, is there.

import type { Page } from 'playwright-core';

/** What stands where something is still to come, in both languages. */
const COMING =
  '(?:Loading|Reading|Computing|Counting|Comparing|Writing|正在|载入|加载|读取|计算)[^.。…]{0,60}…';

/** The last part of a screen to come, as its heading says it. */
const LAST: Readonly<Record<string, RegExp>> = {
  lab: /^(?:On a picture|用在图片上|.*图.*)$/,
};

/** Waits until nothing more is to come, from the top of the screen to its end; then shows its top again. */
export async function settled(page: Page, screen: string): Promise<void> {
  const last = LAST[screen];
  if (last !== undefined) await page.getByRole('heading', { name: last }).last().waitFor();
  await page.waitForFunction((coming) => {
    const main = document.querySelector('main');
    const waiting = [...(main?.querySelectorAll('p, [aria-busy=true]') ?? [])].find(
      (one) => one.ariaBusy === 'true' || new RegExp(coming).test(one.textContent ?? ''),
    );
    waiting?.scrollIntoView({ behavior: 'instant' });
    if (waiting === undefined) scrollTo({ top: 0, behavior: 'instant' });
    return waiting === undefined;
  }, COMING);
}
