import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describeWithChromium, PageBrowser } from './page-browser';
import { synthReported } from '../unit/report/support';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '../..');

/** Where the screenshots are put for people to look at. */
const SCREENSHOTS = join(ROOT, 'test-reports/page');

const PHONE = { width: 360, height: 740 };

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds in a page: the rule and the elements. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = (await page.evaluate('axe.run()')) as {
    passes: unknown[];
    violations: Array<{ id: string; nodes: Array<{ target: string[]; failureSummary: string }> }>;
  };
  expect(results.passes.length).toBeGreaterThan(20);
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join()} ${failureSummary}`).join('; ')}`,
  );
}

function widthOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth');
}

describeWithChromium('the page in Chromium', () => {
  let browser: PageBrowser;
  let matrix: string;
  let own: string;

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await PageBrowser.start();
    matrix = readFileSync(join(ROOT, 'output/index.html'), 'utf8');
    own = synthReported().file('index.html');
  });

  afterAll(() => browser?.stop());

  it.each([
    ['desktop', '', { colorScheme: 'light' }],
    ['desktop-image', '#/nginx-php-fpm-8.4-debian', { colorScheme: 'light' }],
    ['dark', '', { colorScheme: 'dark' }],
    ['dark-image', '#/nginx-php-fpm-8.4-debian', { colorScheme: 'dark' }],
    ['phone', '', { colorScheme: 'light', viewport: PHONE }],
    ['phone-image', '#/nginx-php-fpm-8.4-debian', { colorScheme: 'light', viewport: PHONE }],
    ['phone-dark-image', '#/nginx-php-fpm-7.4-ubuntu', { colorScheme: 'dark', viewport: PHONE }],
  ] as const)('shows the reference matrix: %s', async (name, hash, options) => {
    // GIVEN, WHEN
    const { page, complaints } = await browser.open(matrix, options, hash);
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
    await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
    // THEN
    const width = await widthOf(page);
    expect(width).toBe(options && 'viewport' in options ? PHONE.width : 1280);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('shows warnings and grants, in %s', async (colorScheme) => {
    for (const hash of ['', '#/shop', '#/wiki']) {
      const { page, complaints } = await browser.open(own, { colorScheme, viewport: PHONE }, hash);
      await page.screenshot({ path: join(SCREENSHOTS, `own-${colorScheme}${hash.slice(2)}.png`), fullPage: true });
      expect(await widthOf(page)).toBe(PHONE.width);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  it('says what a date means by the clock of the machine that shows it', async () => {
    const { page } = await browser.open(matrix);
    const end = (name: string) => page.locator('.card', { hasText: name }).locator('.end').innerText();
    expect(await end('nginx-php-fpm-7.4-debian')).toBe('Fixes until 2022-11-28 ended 3 years ago');
    expect(await end('nginx-php-fpm-8.4-debian')).toBe('Fixes until 2028-08-09 20 months left');
    expect(await page.locator('.now').innerText()).toBe('today, 2026-11-23');
    // WHEN it is later
    await page.clock.setFixedTime(new Date('2029-01-01T12:00:00'));
    await page.reload();
    // THEN
    expect(await end('nginx-php-fpm-8.4-debian')).toBe('Fixes until 2028-08-09 ended 4 months ago');
    await page.context().close();
  });

  it('finds images by words and by what they are like', async () => {
    const { page } = await browser.open(own);
    const shown = () => page.locator('.card:visible .name').allInnerTexts();
    const search = page.getByRole('searchbox', { name: 'Search images' });
    expect(await shown()).toEqual(['shop', 'wiki']);
    await search.fill('8.1 alpine');
    expect(await shown()).toEqual(['wiki']);
    expect(await page.locator('#count').innerText()).toBe('1 of 2 images');
    await search.fill('own-001');
    expect(await shown()).toEqual(['shop']);
    await search.fill('');
    await page.getByLabel('without fixes today').check();
    expect(await shown()).toEqual(['wiki']);
    await page.getByLabel('with grants').check();
    expect(await shown()).toEqual([]);
    expect(await page.locator('#none').isVisible()).toBe(true);
    await page.context().close();
  });

  it('is used without a mouse: from the skip link to an image and back', async () => {
    const { page } = await browser.open(own);
    const focused = () =>
      page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the images');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('query');
    for (let press = 0; press < 5; press++) await page.keyboard.press('Tab');
    expect(await focused()).toContain('shop');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'shop', level: 2 }).waitFor();
    expect(await focused()).toBe('image');
    expect(await page.title()).toBe('shop – Container images for PHP');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Matrix' }).waitFor();
    expect(await page.locator('#image').isVisible()).toBe(false);
    await page.context().close();
  });

  it('tells of an image what the tree says of it', async () => {
    const { page } = await browser.open(own, {}, '#/shop');
    const view = page.locator('#image');
    const text = await view.innerText();
    for (const part of [
      'PHP 8.4 on debian trixie',
      'reads the prices of a partner',
      'no team is named',
      '10001:10001',
    ]) {
      expect(text).toContain(part);
    }
    expect(await view.getByRole('region', { name: 'Run' }).innerText()).toContain('--cap-drop ALL');
    expect(await view.getByRole('link', { name: 'amd64/Dockerfile' }).getAttribute('href')).toBe(
      'shop/amd64/Dockerfile',
    );
    await view.getByRole('heading', { name: 'nginx', level: 4, exact: true }).click();
    expect(await view.locator('.pack .rule', { hasText: 'NGX-002' }).innerText()).toContain('kept');
    expect(await view.getByRole('region', { name: 'Packages' }).innerText()).toContain('php8.4-fpm');
    expect(await view.getByRole('region', { name: 'Base' }).innerText()).toMatch(/sha256:[0-9a-f]{64}/);
    await page.context().close();
  });

  it('goes to the images that a finding names', async () => {
    const { page } = await browser.open(own);
    await page.locator('#findings li', { hasText: 'OWN-001' }).getByRole('link').click();
    expect(await page.locator('.card:visible .name').allInnerTexts()).toEqual(['shop']);
    await page.context().close();
  });

  it('shows matrix, dates and rules without its script', async () => {
    const { page, complaints } = await browser.open(own, { javaScriptEnabled: false });
    expect(await page.locator('.card').count()).toBe(2);
    expect(await page.locator('.card a').first().getAttribute('href')).toBe('shop/README.md');
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('noscript .note').isVisible()).toBe(true);
    expect(await page.locator('#time-line').innerText()).toContain('security fixes until 2028-12-31');
    await page.locator('#rules .pack summary').first().click();
    expect(await page.locator('#rules .rule').first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('prints everything, opened', async () => {
    const { page } = await browser.open(own, {}, '#/shop');
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('#image details:not([open])').count()).toBe(0);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('#image details[open]').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.sections').isVisible()).toBe(false);
    const pdf = await page.pdf({ path: join(SCREENSHOTS, 'image.pdf'), format: 'A4' });
    expect(pdf.length).toBeGreaterThan(10_000);
    await page.context().close();
  });

  it('runs no script but its own: its policy holds', async () => {
    const hardened = own.replace('</footer>', '</footer><script>window.evil = 1;</script><b onclick="evil=1">x</b>');
    const { page, complaints } = await browser.open(hardened);
    await page.evaluate("document.querySelector('b[onclick]').click()");
    expect(await page.evaluate('window.evil')).toBeUndefined();
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toHaveLength(2);
    await expect(page.evaluate("document.body.innerHTML = '<i>x</i>'")).rejects.toThrow('TrustedHTML');
    await page.context().close();
  });
});
