import { createHash } from 'node:crypto';
import { assessmentOf, imageFacts } from './assessments';
import { synthReported } from './support';
import { ComplianceReport } from '../../../src/report';

function page(): string {
  return synthReported().file('index.html');
}

function hashesOf(html: string, tag: string): string[] {
  return [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(
    ([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`,
  );
}

afterEach(() => {
  jest.useRealTimers();
});

test('its policy allows its own script and style sheet by their hashes, and no request', () => {
  const html = page();
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)!;
  const [script, ...otherScripts] = hashesOf(html, 'script');
  const [style, ...otherStyles] = hashesOf(html, 'style');
  expect([otherScripts, otherStyles]).toEqual([[], []]);
  expect(policy!.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src ${style}; script-src ${script}; img-src data:; base-uri 'none'; form-action 'none'; ` +
      "require-trusted-types-for 'script'; trusted-types 'none'",
  );
});

test('it names nothing outside of the output: every link is relative or within the page', () => {
  const links = [...page().matchAll(/(?:href|src|action|srcset)="([^"]*)"/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !/^(?:#[\w-]+|data:image\/svg\+xml,.*|[\w.-]+(?:\/[\w.-]+)*)$/.test(link))).toEqual([]);
});

test('it has the same bytes on every day', () => {
  jest.useFakeTimers({ now: new Date('2020-02-29T00:00:00Z') });
  const early = page();
  jest.setSystemTime(new Date('2040-12-31T23:59:59Z'));
  expect(page()).toBe(early);
});

test('no line ends with a space', () => {
  expect(page()).not.toMatch(/[ \t\r]\n/);
  expect(page()).toMatch(/<\/html>\n$/);
});

test('an image of many is a name in the matrix, of few a card', () => {
  const matrixOf = (number: number): string => {
    const report = new ComplianceReport();
    const facts = imageFacts();
    for (let index = 0; index < number; index++) {
      report.add(assessmentOf(`image-${index}`, facts), facts);
    }
    return report.files()[2]!.content;
  };
  expect(matrixOf(300)).toContain('class="card"');
  expect(matrixOf(301)).not.toContain('class="card"');
});

test('a tree without images has a page too', () => {
  const html = new ComplianceReport().files()[2]!.content;
  expect(html).toContain('<strong>0</strong> <span>images</span>');
  expect(html).not.toContain('id="time-line"');
});
