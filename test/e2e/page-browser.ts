import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { skip } from './engine';

const CHROMIUM = '/usr/bin/chromium';

/** As root, and on a machine without a network, Chromium starts with these alone. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `describe` where there is a Chromium; without one the tests are skipped, or fail under REQUIRE_ENGINE=1. */
export function describeWithChromium(title: string, tests: () => void): void {
  if (existsSync(CHROMIUM)) {
    describe(title, tests);
    return;
  }
  const reason = `there is no ${CHROMIUM}: run .ci/testbed, or install Debian's package chromium`;
  if (process.env.REQUIRE_ENGINE === '1') {
    it(`${title}: Chromium is required`, () => {
      throw new Error(reason);
    });
    return;
  }
  skip(title, reason, tests);
}

/** Noon of the day that the pages believe it is. */
export const TODAY = new Date('2026-11-23T12:00:00');

/** A page, and everything that went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** Messages of the console, errors of scripts, dialogs, and requests beyond the page itself. */
  readonly complaints: readonly string[];
}

/** A headless Chromium that shows files of a directory of its own. */
export class PageBrowser {
  static async start(): Promise<PageBrowser> {
    return new PageBrowser(await chromium.launch({ executablePath: CHROMIUM, args: FLAGS }));
  }

  private readonly directory = mkdtempSync(join(tmpdir(), 'page-test-'));
  private pages = 0;

  private constructor(private readonly browser: Browser) {}

  /** Shows a text as a page. */
  async open(html: string, options: BrowserContextOptions = {}, hash = ''): Promise<OpenPage> {
    const file = join(this.directory, `${++this.pages}.html`);
    writeFileSync(file, html);
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const own = pathToFileURL(file).href;
    page.on('request', (request) => {
      if (!request.url().startsWith('data:') && request.url().split('#')[0] !== own) {
        complaints.push(`request: ${request.url()}`);
      }
    });
    await page.clock.setFixedTime(TODAY);
    await page.goto(own + hash);
    return { page, complaints };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
