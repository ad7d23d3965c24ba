import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachSbom } from '../../../../src/publish/build/attach-sbom';
import { digestOf } from '../../../../src/publish/oci/digest';
import { Layout } from '../../../../src/publish/oci/layout';
import { MEDIA_TYPES } from '../../../../src/publish/oci/types';
import { Journal } from '../../../../src/publish/state/journal';

const KEY = 'web/amd64';

describe('what a publish remembers of an image', () => {
  let directory: string;
  let journal: Journal;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'journal-'));
    journal = new Journal(directory);
    writeLayout(journal.newLayoutPath(KEY));
    attachSbom(journal.keepLayout(KEY), '{"spdxVersion":"SPDX-2.3"}');
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  it('is its layout, with what is attested of it', () => {
    expect(journal.find(KEY, 'policy')).toMatchObject({
      architecture: 'amd64',
      attested: ['https://spdx.dev/Document'],
      layout: journal.layoutPath(KEY),
    });
  });

  it('is no layout that lacks a file, whichever it is: a process may be killed while it removes one', () => {
    const files = readdirSync(journal.layoutPath(KEY), { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    // The index of the directory, of the list: image, configuration, layer; attestation, configuration, statement.
    const needed = files.filter(({ parentPath, name }) => {
      // GIVEN
      writeLayout(journal.newLayoutPath(KEY));
      attachSbom(journal.keepLayout(KEY), '{"spdxVersion":"SPDX-2.3"}');
      // WHEN
      rmSync(join(parentPath, name));
      // THEN
      return journal.find(KEY, 'policy') === undefined;
    });
    expect(needed).toHaveLength(files.length);
    expect(files).toHaveLength(8);
  });

  it('is nothing after it was dropped, and nothing stays behind', () => {
    journal.dropLayout(KEY);
    expect(journal.find(KEY, 'policy')).toBeUndefined();
    expect(existsSync(join(directory, 'layouts', 'web'))).toBe(false);
  });

  it('is dropped though an earlier removal was killed half way', () => {
    // GIVEN
    mkdirSync(join(`${journal.layoutPath(KEY)}.removed`, 'blobs'), { recursive: true });
    // WHEN
    journal.dropLayout(KEY);
    // THEN
    expect(readdirSync(directory, { recursive: true }).filter((name) => String(name).includes('amd64'))).toEqual([]);
  });
});

/** An image with one layer, as BuildKit writes it. */
function writeLayout(path: string): Layout {
  const store = (content: object): { digest: string; size: number } => {
    const bytes = Buffer.from(JSON.stringify(content));
    const digest = digestOf(bytes);
    const file = join(path, 'blobs', ...digest.split(':'));
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, bytes);
    return { digest, size: bytes.length };
  };
  const manifest = store({
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.manifest,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...store({ architecture: 'amd64' }) },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...store({ layer: 1 }) }],
  });
  const root = { mediaType: MEDIA_TYPES.manifest, ...manifest };
  writeFileSync(join(path, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [root] }));
  return Layout.open(path)!;
}
