import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportedTree } from './support';
import { ImageConstruct, synthesize, Testing } from '../../../src';
import { errorOf, removeTemporaryDirectories, synthInto, temporaryDirectory } from '../synth/support';

afterEach(removeTemporaryDirectories);

const REPORTS = ['compliance.json', 'compliance.sarif', 'index.html'];

test('the reports are written beside the manifest, which lists them', () => {
  const outdir = temporaryDirectory();
  const { written, manifest } = synthInto(outdir);
  expect(written).toEqual(expect.arrayContaining(REPORTS));
  expect(Object.keys(manifest.files)).toEqual(expect.arrayContaining(REPORTS));
  expect(REPORTS.every((path) => existsSync(join(outdir, path)))).toBe(true);
});

test('synthesized again they are up to date; a check names one that differs', () => {
  const outdir = temporaryDirectory();
  synthInto(outdir);
  expect(synthInto(outdir, ['shop'], { check: true }).drift).toBe(false);
  writeFileSync(join(outdir, 'compliance.json'), '{}\n');
  expect(synthInto(outdir, ['shop'], { check: true }).written).toEqual(['compliance.json']);
  expect(errorOf(() => synthInto(outdir)).details[0]!.where).toBe(`${outdir}/compliance.json`);
  synthInto(outdir, ['shop'], { force: true });
  expect(synthInto(outdir, ['shop'], { check: true }).drift).toBe(false);
});

test('an image that is gone is gone from the reports', () => {
  const outdir = temporaryDirectory();
  synthInto(outdir, ['shop', 'wiki']);
  expect(synthInto(outdir, ['shop'], { check: true }).written).toEqual(expect.arrayContaining(REPORTS));
  synthInto(outdir, ['shop']);
  for (const path of REPORTS) {
    expect(readFileSync(join(outdir, path), 'utf8')).not.toContain('wiki');
  }
});

test('what a synthesis in memory gives is what is written', () => {
  const outdir = temporaryDirectory();
  synthesize(reportedTree(), outdir);
  const { file } = Testing.synth(reportedTree());
  for (const path of REPORTS) {
    expect(readFileSync(join(outdir, path), 'utf8')).toBe(file(path));
  }
});

test.each([...REPORTS, 'manifest.json'])('no image is named %s, where a file of the output is', (id) => {
  const app = Testing.app();
  new ImageConstruct(app, id, { php: '8.4', platform: 'debian' });
  expect(Testing.problems(app).map(({ what }) => what)).toContain(`"${id}" cannot be the name of an image`);
});
