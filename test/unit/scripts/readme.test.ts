import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withMatrix } from '../../../scripts/readme';
import type { Manifest } from '../../../src';

const REPOSITORY = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');

describe('the table of the README', () => {
  it('is as the manifest has it (npx projen readme)', () => {
    const readme = read('README.md');
    expect(withMatrix(readme, JSON.parse(read('output/manifest.json')) as Manifest)).toBe(readme);
  });

  it('has a row for each image', () => {
    const rows = read('README.md').match(/^\| \d\.\d +\| (?:alpine|debian|ubuntu) \S+ +\|/gm);
    expect(rows).toHaveLength(21);
  });
});
