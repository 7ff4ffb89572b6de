// What is looked for on a page on behalf of everybody: what axe-core finds, what is too wide, too small, or out of reach of the
// keyboard. Each answers with what it found, in words; nothing found is an empty list.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** WCAG 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds; with `rules` only by these. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // The page's own policy lets no foreign script in; the browser's debugger may evaluate one.
  await page.evaluate(await axe);
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(rules ?? TAGS)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** What makes the page scroll sideways. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.scrollingElement as Element;
    if (root.scrollWidth <= innerWidth) return [];
    const scrolls = (one: Element | null): boolean =>
      one !== null &&
      one !== root &&
      (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one.parentElement),
    );
    return [
      `the page is ${root.scrollWidth} wide`,
      ...wide.map((one) => {
        const { right } = one.getBoundingClientRect();
        return `${one.tagName} ${one.className} to ${right}: ${one.textContent?.slice(0, 40)}`;
      }),
    ];
  });
}

/**
 * Controls smaller than 24 by 24 pixels (WCAG 2.5.8), and main ones that are 44 in neither direction. Links within sentences
 * are as high as their line.
 */
export function tooSmall(page: Page): Promise<string[]> {
  return page.locator(CONTROLS).evaluateAll((all) =>
    all.flatMap((one) => {
      if (!one.checkVisibility() || one.closest('.unseen') !== null) return [];
      if (one.tagName === 'A' && one.parentElement?.closest('p, li, td, dd') != null) return [];
      const boxes = [one, one.closest('label'), ...((one as HTMLInputElement).labels ?? [])].flatMap(
        (part) => part?.getBoundingClientRect() ?? [],
      );
      const [own] = boxes as [DOMRect];
      if (own.width <= 1 || own.height <= 1) return [];
      const isChoice = /^(?:checkbox|radio)$/.test((one as HTMLInputElement).type);
      const [width, height] = isChoice
        ? [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))]
        : [own.width, own.height];
      const main = /^(?:BUTTON|SELECT|TEXTAREA)$/.test(one.tagName);
      if (width >= 24 && height >= 24 && (!main || Math.max(width, height) >= 44)) return [];
      const name = one.getAttribute('aria-label') ?? one.textContent?.trim().slice(0, 40);
      return [`${one.tagName} "${name}" ${Math.round(width)}x${Math.round(height)}`];
    }),
  );
}

/** What the Tab key does not reach, and what has no focus to be seen when it does. */
export async function tabbed(page: Page): Promise<{ missed: string[]; unseen: string[] }> {
  const named = (all: readonly Element[]) =>
    all.map(
      (one) => `${one.tagName} ${one.getAttribute('aria-label') ?? one.textContent?.trim().slice(0, 40)}`,
    );
  const count = await page.locator(CONTROLS).evaluateAll((all) => {
    (document.activeElement as HTMLElement | null)?.blur();
    const wanted = all.filter((one) => {
      const { disabled, type, checked, tabIndex } = one as HTMLInputElement;
      return one.checkVisibility() && !disabled && tabIndex >= 0 && (type !== 'radio' || checked);
    });
    for (const one of wanted) one.setAttribute('data-wanted', '');
    return wanted.length;
  });
  for (let i = 0; i < count; i++) {
    await page.keyboard.press('Tab');
    await page.evaluate(() => {
      const one = document.activeElement;
      if (one === null || one === document.body) return;
      one.removeAttribute('data-wanted');
      const shows = [one, one.parentElement].some((part) => {
        if (part === null) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
        return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      });
      if (!shows) one.setAttribute('data-unshown', '');
    });
  }
  return {
    missed: await page.locator('[data-wanted]').evaluateAll(named),
    unseen: await page.locator('[data-unshown]').evaluateAll(named),
  };
}
