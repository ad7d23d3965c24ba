import { soundImage } from './support';
import { RuleSubject, Testing } from '../../../src';
import { evaluateRules, hardeningRule } from '../../../src/rules';

/** What becomes of a rule for a sound image whose Dockerfile was edited. */
function resultOf(id: string, edit: (text: string) => string, packageSource = 'live') {
  const app = Testing.app();
  soundImage(app).patchFile('Dockerfile', edit);
  const { manifest, paths, file } = Testing.synth(app);
  const files = paths
    .filter((path) => path.startsWith('shop/'))
    .map((path) => ({ path: path.slice('shop/'.length), content: file(path), executable: false }));
  const subject = new RuleSubject('shop', { ...manifest.images.shop!, packageSource }, files);
  const [result] = evaluateRules([hardeningRule(id)!], subject);
  return { status: result!.status, says: result!.findings.map(({ what }) => what).join('\n') };
}

const same = (text: string): string => text;

test('an image that does not say when the support of its base ends is a warning, and builds', () => {
  expect(resultOf('IMG-004', same)).toEqual({ status: 'passed', says: '' });
  const edited = resultOf('IMG-004', (text) =>
    text.replace(/base\.end-of-life="[^"]*"/, 'base.end-of-life="2999-01-01"'),
  );
  expect(edited).toMatchObject({ status: 'warned', says: expect.stringContaining('is 2999-01-01, not ') });
});

test('versions that the live archive decides are a warning; those of a snapshot are not', () => {
  expect(resultOf('DF-013', same)).toMatchObject({
    status: 'warned',
    says: expect.stringMatching(/^the live archive decides the versions of \S+, \S+, \S+ and \d+ more$/),
  });
  expect(resultOf('DF-013', same, 'snapshot:20260918T000000Z').status).toBe('passed');
});
