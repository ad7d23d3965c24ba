import fc from 'fast-check';
import { describeWithChromium, PageBrowser } from './page-browser';
import type { Rule } from '../../src';
import { ComplianceReport } from '../../src/report';
import { hostileText } from '../property/configurations';
import { assessmentOf, imageFacts, warningRule } from '../unit/report/assessments';

jest.setTimeout(120_000);

/** Text that means something to HTML, to scripts, to style sheets or to URLs. */
const MARKUP: readonly string[] = [
  '<script>window.evil=1</script>',
  '</script><script>window.evil=1</script>',
  '</script x',
  '</script/',
  '<!--<script>',
  '<!--<script ',
  '--><img src=x onerror=window.evil=1>',
  '"><svg onload=window.evil=1>',
  "' onmouseover='window.evil=1",
  '</style><style>*{display:none}',
  '</title></head><body>',
  '</textarea></noscript></table><p>',
  'javascript:window.evil=1',
  '//host.invalid/x.js',
  '<base href=//host.invalid>',
  '<link rel=stylesheet href=//host.invalid/x.css>',
  '<iframe srcdoc="<script>parent.evil=1</script>">',
  '&lt;b&gt;&#60;i&#62;',
  '\\u003cscript\\u003e',
  '{{7*7}}${7*7}',
  '%3Cscript%3E',
];

const text = fc.oneof(fc.constantFrom(...MARKUP), hostileText);

/** A page in which every place that takes text from a tree has this one. */
function pageWith(hostile: string): string {
  const say = (place: string) => `${place}·${hostile}`;
  const report = new ComplianceReport();
  const facts = imageFacts({
    path: say('path'),
    php: {
      ...imageFacts().php,
      version: say('8.4'),
      extensions: [say('curl')],
      cliOnlyExtensions: [say('curl')],
    },
    platform: { name: say('debian'), release: say('trixie'), endOfLife: '2028-08-09', extendedSupport: '2030-06-30' },
    user: say('user'),
    documentRoot: say('root'),
    serverNames: [say('host')],
    trustedProxies: [say('proxy')],
    writablePaths: [{ path: say('/run'), kind: 'tmpfs', exec: true, mode: say('0775') }],
    packageSource: say('source'),
    packages: [{ name: say('package'), origin: say('origin'), certainty: 'inferred' }],
    grants: [{ subject: say('grant'), reason: say('reason') }],
    architectures: {
      amd64: {
        platform: 'linux/amd64',
        base: { reference: say('base'), digest: say('digest'), kind: 'index-only' },
        downloads: [{ url: say('url'), sha256: say('hash') }],
      },
    },
  });
  const words: Partial<Rule> = {
    id: say('OWN'),
    statement: say('statement'),
    why: say('why'),
    next: say('next'),
    fix: say('fix'),
    sources: [say('source')],
  };
  const rule = warningRule([{ file: say('file'), what: say('what'), next: say('next') }], words);
  const line = hostile.replace(/[`\n]/g, ' ');
  const readme = `#\n\n## Build\n\n\`build ${line}\`\n\n## Run\n\n\`\`\`sh\nrun ${line}\n\`\`\`\n`;
  const files = {
    'README.md': readme,
    'amd64/Dockerfile': 'FROM scratch\n',
    [`file·${hostile.replaceAll('/', '')}`]: '',
  };
  const assessment = assessmentOf(say('image'), facts, [rule], files);
  const [shipped, own] = [assessment.packs.slice(0, 1), assessment.packs.slice(-1)];
  const renamed = own.map(({ pack, results }) => ({ pack: { ...pack, name: say('pack') }, results }));
  report.add({ ...assessment, packs: [...shipped, ...renamed] }, facts);
  return report.files()[2]!.content;
}

/** Every element with the names of its attributes, in the order of the document. */
const SHAPE = `[...document.querySelectorAll('*')].map((element) => element.tagName + element.getAttributeNames().join())`;

describeWithChromium('text of a tree in the page', () => {
  let browser: PageBrowser;
  let benign: readonly unknown[];

  beforeAll(async () => {
    browser = await PageBrowser.start();
    benign = await shapes('x');
  });

  afterAll(() => browser?.stop());

  /** What a browser makes of the overview and of the view of the image. */
  async function shapes(hostile: string): Promise<readonly unknown[]> {
    const { page, complaints } = await browser.open(pageWith(hostile));
    const overview = await page.evaluate(SHAPE);
    await page.locator('.card a').click();
    await page.locator('#image-name').waitFor();
    const view = await page.evaluate(SHAPE);
    const evil = await page.evaluate('window.evil');
    await page.context().close();
    return [overview, view, complaints, evil];
  }

  it('has a view of the image to look at', () => {
    const [overview, view, complaints] = benign as [string[], string[], string[]];
    expect(view.length).toBeGreaterThan(overview.length);
    expect(complaints).toEqual([]);
  });

  it('is text in every place: the browser makes the same elements of it as of an x', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (hostile) => {
        expect(await shapes(hostile)).toEqual(benign);
      }),
      { numRuns: MARKUP.length + 30, examples: MARKUP.map((hostile) => [hostile]) },
    );
  });

  it('is shown as it was written, but for what hides', async () => {
    const { page } = await browser.open(pageWith('<b>&amp;\u202e</b>'));
    expect(await page.locator('.card .name').innerText()).toBe('image·<b>&amp;\\u{202e}</b>');
    await page.locator('.card a').click();
    expect(await page.locator('#image-name').innerText()).toBe('image·<b>&amp;\\u{202e}</b>');
    await page.context().close();
  });
});
