import { gzipSync } from 'node:zlib';
import { assessmentOf, imageFacts, warningRule } from './assessments';
import { ComplianceReport } from '../../../src/report';

const IMAGES = 10_000;
const MEBIBYTE = 1024 ** 2;

/** As many images as nobody has yet, of sizes that images have. */
function largeReport(): ComplianceReport {
  const report = new ComplianceReport();
  const extensions = Array.from({ length: 30 }, (_, index) => `extension${index}`);
  const readme = (name: string) =>
    `# ${name}\n\n## Build\n\n\`docker build ${name}\`\n\n## Run\n\n\`\`\`sh\n${'docker run --flag \\\n'.repeat(20)}${name}\n\`\`\`\n`;
  for (let number = 0; number < IMAGES; number++) {
    const name = `customer-${number}-web`;
    const version = `8.${number % 6}`;
    const facts = imageFacts({
      path: `group/${name}`,
      php: { version, endOfLife: '2028-12-31', extensions, uploads: true, cliOnlyExtensions: [] },
      packages: extensions.map((item) => ({ name: `php${version}-${item}`, origin: 'sury', certainty: 'inferred' })),
    });
    const rules = [warningRule([{ file: 'amd64/Dockerfile:1', what: 'the live archive decides the versions' }])];
    const files = { 'README.md': readme(name), 'amd64/Dockerfile': 'FROM scratch\n' };
    report.add(assessmentOf(name, facts, rules, files), facts);
  }
  return report;
}

test('ten thousand images make files that a browser, a program and GitHub can read', () => {
  const start = process.hrtime.bigint();
  const sizes = new Map(
    largeReport()
      .files()
      .map(({ path, content }) => [path, content]),
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const mebibytes = (path: string) => sizes.get(path)!.length / MEBIBYTE;
  expect(mebibytes('index.html')).toBeLessThan(10);
  expect(mebibytes('compliance.json')).toBeLessThan(20);
  expect(gzipSync(sizes.get('compliance.sarif')!).length / MEBIBYTE).toBeLessThan(10);
  expect(seconds).toBeLessThan(25);
});
