// A person who visits the built playground: a page of their own in one browser, with their language, theme, width and needs.
// What a person must never see is collected during the visit and refused at its end: errors, dialogs, violations of the
// page's policy, requests that leave the site.
//
//   playground('...', (visit) => {
//     it('...', () => visit({ at: '#v1/lab', language: 'zh' }, async (page) => { ... }));
//   });

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { executable } from '../browser/chromium.ts';
import { built, type Site, serveSite } from './site.ts';

/** Who visits, and what is opened. */
interface Visitor {
  /** The fragment the page is opened with; none unless said. */
  readonly at?: string;
  readonly language?: 'en' | 'zh';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** prefers-reduced-motion. */
  readonly calm?: boolean;
  /** forced-colors: active. */
  readonly forced?: boolean;
  readonly touch?: boolean;
  /** A host that lets no WebAssembly be compiled. */
  readonly strict?: boolean;
  /** Whether the page may keep itself for later with its service worker; not unless said. */
  readonly keeps?: boolean;
  /** Whether the page is opened over http by a name, where a browser gives no service worker and no clipboard. */
  readonly plain?: boolean;
  /** What is arranged before the page is opened: routes that fail, things a browser refuses. */
  readonly before?: (context: BrowserContext, home: string) => Promise<unknown>;
  /** Other origins that may be asked. */
  readonly also?: readonly string[];
  /** What the browser may report all the same. */
  readonly forgiven?: RegExp;
}

/** A visit: opens the page, lets a person do something there, and looks whether anything went wrong. */
export type Visit = (
  visitor: Visitor,
  does: (page: Page, context: BrowserContext) => Promise<void>,
) => Promise<void>;

/** The names of the screens, in the order of the page's navigation. */
export const SCREENS = ['lab', 'compare', 'heat', 'stack', 'port', 'lessons'] as const;
/** The languages of the page. */
export const LANGUAGES = ['en', 'zh'] as const;

/** Names that lead to this machine: the page's when it is opened by a name, and that of somebody else's page. */
const NAMED = 'padwise.test';
export const ABROAD = 'elsewhere.test';

/** How long something to be seen is waited for, in milliseconds. */
const PATIENCE = 20_000;

/** Tests with visits, in one browser; skipped where there is no Chromium or no built page. */
export function playground(name: string, tests: (visit: Visit, site: () => Site) => void): void {
  const skipped = executable === undefined || !built;
  describe.skipIf(skipped)(`the playground: ${name}`, { concurrent: true }, () => {
    let site: Site;
    let browser: Browser;
    beforeAll(async () => {
      site = await serveSite();
      browser = await chromium.launch({
        executablePath: executable as string,
        args: [
          `--host-resolver-rules=MAP ${NAMED} 127.0.0.1, MAP ${ABROAD} 127.0.0.1`,
          // Somebody else's page may show a frame of this machine.
          '--disable-features=LocalNetworkAccessChecks',
        ],
      });
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });
    tests(
      (visitor, does) => visiting(browser, site, visitor, does),
      () => site,
    );
  });
}

async function visiting(
  browser: Browser,
  site: Site,
  visitor: Visitor,
  does: Parameters<Visit>[1],
): Promise<void> {
  const { at = '', strict = false, plain = false, also = [], forgiven } = visitor;
  const context = await browser.newContext({
    locale: visitor.language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: visitor.theme ?? 'light',
    viewport: { width: visitor.width ?? 1280, height: visitor.height ?? 900 },
    reducedMotion: visitor.calm ? 'reduce' : 'no-preference',
    forcedColors: visitor.forced ? 'active' : 'none',
    hasTouch: visitor.touch ?? false,
    serviceWorkers: visitor.keeps ? 'allow' : 'block',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE);
  const wrong: string[] = [];
  const home = site.page(strict).replace(plain ? '127.0.0.1' : '', plain ? NAMED : '');
  const origins = [new URL(home).origin, ...also];
  context.on('page', (page) => {
    page.on('pageerror', (error) => wrong.push(`error: ${error}`));
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(`console: ${message.text()}`);
    });
    page.on('dialog', (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!/^(?:data|blob):/.test(url) && !origins.includes(new URL(url).origin))
        wrong.push(`request: ${url}`);
    });
  });
  try {
    await visitor.before?.(context, home);
    const page = await context.newPage();
    await page.goto(home + at);
    await shown(page);
    await does(page, context);
    expect(wrong.filter((line) => !forgiven?.test(line))).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Waits until the page's screen is there. */
export async function shown(page: Page): Promise<void> {
  await page.locator('main').getByRole('heading').first().waitFor();
}

/** The fragment of the page's address, decoded as a person reads it. */
export function fragment(page: Page): string {
  return decodeURIComponent(new URL(page.url()).hash);
}
