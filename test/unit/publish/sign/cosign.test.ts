import { CosignSigner, signArguments, verifyArguments } from '../../../../src/publish/sign/cosign';

const DIGEST = `registry.example.com/shop/web@sha256:${'a'.repeat(64)}`;

const TARGET = { reference: DIGEST, insecure: false };

const KEY = { key: 'cosign.key', publicKey: 'cosign.pub', transparencyLog: false };

const KEYLESS = {
  identity: 'https://github.com/acme/shop/.github/workflows/publish.yml@refs/heads/main',
  issuer: 'https://token.actions.githubusercontent.com',
};

test('with a key, the list and everything that it names is signed, and nothing is told to the public', () => {
  const options = ['--yes', '--recursive', '--key=cosign.key', '--tlog-upload=false'];
  expect(signArguments(KEY, TARGET)).toEqual(['sign', ...options, DIGEST]);
  expect(verifyArguments(KEY, TARGET)).toEqual(['verify', '--key=cosign.pub', '--insecure-ignore-tlog=true', DIGEST]);
});

test('with a key and the transparency log, what is verified has to be in it', () => {
  const settings = { ...KEY, transparencyLog: true };
  expect(signArguments(settings, TARGET)).toContain('--tlog-upload=true');
  expect(verifyArguments(settings, TARGET).join()).not.toContain('ignore-tlog');
});

test('without a key, who signed and who vouches for that is verified, and the log is never left out', () => {
  expect(signArguments(KEYLESS, TARGET)).toEqual(['sign', '--yes', '--recursive', DIGEST]);
  expect(verifyArguments(KEYLESS, TARGET)).toEqual([
    'verify',
    `--certificate-identity=${KEYLESS.identity}`,
    `--certificate-oidc-issuer=${KEYLESS.issuer}`,
    DIGEST,
  ]);
});

test('plain http is for registries of this machine', () => {
  expect(signArguments(KEYLESS, TARGET)).not.toContain('--allow-http-registry');
  expect(verifyArguments(KEY, { ...TARGET, insecure: true })).toContain('--allow-http-registry');
});

test('a tag is not signed', () => {
  const target = { reference: 'registry.example.com/shop/web:latest', insecure: false };
  expect(() => signArguments(KEY, target)).toThrow('only digests are signed');
  expect(() => verifyArguments(KEYLESS, target)).toThrow('only digests are signed');
});

test('where a person has to log in is passed on', async () => {
  const lines: string[] = [];
  const signer = new CosignSigner(KEYLESS, {
    environment: {},
    run: (_, __, options) => {
      options?.onLine?.('Enter the verification code ABCD in your browser');
      return Promise.resolve({ status: 0, stdout: '', stderr: '' });
    },
  });
  await signer.sign(TARGET, (line) => lines.push(line));
  expect(lines).toEqual(['Enter the verification code ABCD in your browser']);
});

test.each([
  [KEY, { status: 1, stderr: 'Error: no password' }, 'Error: no password', 'COSIGN_PASSWORD'],
  [KEYLESS, { status: 1, stderr: '' }, 'cosign ended with status 1', 'SIGSTORE_ID_TOKEN'],
  [KEY, { status: -1, stderr: '', absent: true }, 'cosign is not installed', 'install cosign'],
])('what goes wrong says what to do', async (settings, result, why, next) => {
  const run = (): Promise<typeof result & { stdout: string }> => Promise.resolve({ stdout: '', ...result });
  await expect(new CosignSigner(settings, { environment: {}, run }).sign(TARGET)).rejects.toMatchObject({
    type: 'SECURITY_ERROR',
    details: [{ where: DIGEST, what: 'was not signed', why, next: expect.stringContaining(next) as unknown }],
  });
});
