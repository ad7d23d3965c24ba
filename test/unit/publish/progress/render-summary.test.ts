import { renderSummary } from '../../../../src/publish/progress/render-summary';
import type { Receipt, ReceiptArchitecture } from '../../../../src/publish/state/receipt';

const NO_SCANNER = 'SBOM: this environment has no scanner to make one';

function architecture(letter: string, more: Partial<ReceiptArchitecture> = {}): ReceiptArchitecture {
  return {
    digest: `sha256:${letter.repeat(64)}`,
    identity: '',
    created: '',
    built: true,
    verified: true,
    labels: {},
    descriptors: [],
    attested: ['https://slsa.dev/provenance/v0.2'],
    notAttested: [],
    ...more,
  };
}

function receiptOf(images: Receipt['images']): Receipt {
  const steps = [{ id: 'build web/amd64', status: 'done' as const, duration: 1000, detail: '' }];
  const by = { user: 'me', host: 'here' };
  const [started, finished] = ['2026-11-23T12:00:00Z', '2026-11-23T12:00:02Z'];
  return {
    version: 1,
    environment: 'test',
    started,
    finished,
    duration: 2000,
    by,
    complete: true,
    images,
    steps,
    failures: [],
    notes: [],
  };
}

test('a table of the images, the tags, and each thing that could not be attested once', () => {
  const architectures = {
    amd64: architecture('a', { notAttested: [NO_SCANNER, 'provenance: the builder cannot'] }),
    arm64: architecture('b', { built: false, notAttested: [NO_SCANNER] }),
  };
  const destinations = { 'eu.example.com/web': { tags: { latest: `sha256:${'c'.repeat(64)}` }, signed: true } };
  expect(renderSummary(receiptOf({ web: { architectures, destinations } }))).toBe(
    `IMAGE  ARCH   RESULT  VERIFIED  ATTESTED    DIGEST
web    amd64  built   earlier   provenance  aaaaaaaaaaaa
web    arm64  kept    earlier   provenance  bbbbbbbbbbbb

eu.example.com/web:latest -> sha256:cccccccccccc, signed
not attested: all 2 images: ${NO_SCANNER}
not attested: web/amd64: provenance: the builder cannot
1 of 1 steps in 2.0 s
`,
  );
});

test('no table of nothing', () => {
  expect(renderSummary(receiptOf({}))).toBe('1 of 1 steps in 2.0 s\n');
});
