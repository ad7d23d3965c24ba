import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { generateKeys, KEY_PASSWORD } from './keys';
import { TestRegistry } from './registry';

describePublish('signing', ['cosign'], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;
  const environment = { COSIGN_PASSWORD: KEY_PASSWORD };

  beforeAll(async () => {
    registry = await TestRegistry.start();
    const registries = [{ registry: registry.host }];
    const sign = generateKeys(join(path, 'own'));
    const other = generateKeys(join(path, 'other'));
    project = new Project(join(path, 'project'), {
      plain: { registries, verify: 'inspect', tags: ['plain'] },
      signed: { registries, verify: 'inspect', tags: ['signed'], sign },
      keyless: {
        registries,
        verify: 'inspect',
        tags: ['keyless'],
        sign: { identity: 'https://github.com/a/b', issuer: 'https://token.actions.githubusercontent.com' },
      },
      wrong: { registries, verify: 'inspect', tags: ['wrong'], sign: { ...sign, publicKey: other.publicKey } },
    });
  });

  afterAll(() => registry.remove());

  function verify(tag: string, key: string): number | null {
    const args = ['verify', '--allow-http-registry', '--insecure-ignore-tlog=true', `--key=${join(path, key)}.pub`];
    return spawnSync('cosign', [...args, `${registry.host}/web:${tag}`]).status;
  }

  it('cosign refuses what was not signed', async () => {
    writeOutput(project.output, [{ name: 'web', text: 'plain' }]);
    const { status } = await project.run(['publish', '--environment=plain']);
    expect([status, verify('plain', 'own')]).toEqual([0, 10]);
  });

  it('cosign verifies what was signed, list and images, and refuses another key', async () => {
    // GIVEN
    writeOutput(project.output, [{ name: 'web', text: 'signed' }]);
    // WHEN
    const { status } = await project.run(['publish', '--environment=signed'], { environment });
    // THEN
    expect([status, verify('signed', 'own')]).toEqual([0, 0]);
    // 1 up to cosign 2.2, 12 from then on.
    expect([1, 12]).toContain(verify('signed', 'other'));
    const { architectures, destinations } = project.receipt.images.web!;
    expect(destinations[`${registry.host}/web`]).toMatchObject({ signed: true });
    const tags = await registry.tags('web');
    Object.values(architectures).forEach(({ digest }) => expect(tags).toContain(`${digest.replace(':', '-')}.sig`));
  });

  it('moves no tag to what is signed by somebody else than expected', async () => {
    // GIVEN
    writeOutput(project.output, [{ name: 'web', text: 'wrong' }]);
    // WHEN
    const { status, stderr } = await project.run(['publish', '--environment=wrong'], { environment });
    // THEN
    expect([status, stderr.includes('has no signature that counts')]).toEqual([14, true]);
    expect(await registry.tags('web')).not.toContain('wrong');
  });

  it('moves no tag where nobody vouches for who signs without a key', async () => {
    writeOutput(project.output, [{ name: 'web', text: 'keyless' }]);
    const { status, stderr } = await project.run(['publish', '--environment=keyless'], {
      environment: { SIGSTORE_ID_TOKEN: 'no token of anybody' },
    });
    expect([status, stderr.includes('who has to give this run a token')]).toEqual([14, true]);
    expect(await registry.tags('web')).not.toContain('keyless');
  });

  it('moves no tag where the key cannot be read', async () => {
    writeOutput(project.output, [{ name: 'web', text: 'locked' }]);
    const { status } = await project.run(['publish', '--environment=signed'], {
      environment: { COSIGN_PASSWORD: 'not this one' },
    });
    expect([status, verify('signed', 'own')]).toEqual([14, 0]);
  });
});
