import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { plannedSteps, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { generateKeys, KEY_PASSWORD } from './keys';
import { TestRegistry } from './registry';

describePublish('signing', ['cosign'], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  /** Where is promoted to. */
  let production: TestRegistry;
  let project: Project;
  const environment = { COSIGN_PASSWORD: KEY_PASSWORD };

  beforeAll(async () => {
    registry = await TestRegistry.start();
    production = await TestRegistry.start();
    const registries = [{ registry: registry.host }];
    const elsewhere = { registries: [{ registry: production.host, namespace: 'shop' }], promoteFrom: 'signed' };
    const sign = generateKeys(join(path, 'own'));
    const other = generateKeys(join(path, 'other'));
    project = new Project(join(path, 'project'), {
      plain: { registries, verify: 'inspect', tags: ['plain'] },
      signed: { registries, verify: 'inspect', tags: ['signed'], sign },
      production: { ...elsewhere, verify: 'inspect', sign },
      resigned: { ...elsewhere, verify: 'inspect', tags: ['resigned'], sign: other },
      keyless: {
        registries,
        verify: 'inspect',
        tags: ['keyless'],
        sign: { identity: 'https://github.com/a/b', issuer: 'https://token.actions.githubusercontent.com' },
      },
      wrong: { registries, verify: 'inspect', tags: ['wrong'], sign: { ...sign, publicKey: other.publicKey } },
    });
  });

  afterAll(() => Promise.all([registry.remove(), production.remove()]));

  function verify(tag: string, key: string, repository = `${registry.host}/web`): number | null {
    const args = ['verify', '--allow-http-registry', '--insecure-ignore-tlog=true', `--key=${join(path, key)}.pub`];
    return spawnSync('cosign', [...args, `${repository}:${tag}`]).status;
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

  it('promotes to another registry by digest: the same bytes, with their signatures, without a build or a key', async () => {
    // WHEN
    const args = ['promote', '--to=production', '--log-format=json'];
    const { status, events } = await project.run(args, { environment: { COSIGN_PASSWORD: undefined } });
    // THEN
    expect(status).toBe(0);
    expect(plannedSteps({ events }).filter((id) => /^(?:build|sign)/.test(id))).toEqual([]);
    const promoted = await production.complete('shop/web', 'latest');
    expect(promoted).toEqual(await registry.complete('web', 'signed'));
    const repository = `${production.host}/shop/web`;
    expect([verify('latest', 'own', repository), [1, 12].includes(verify('latest', 'other', repository)!)]).toEqual([
      0,
      true,
    ]);
    // The images of the list are signed there, too.
    const tags = await production.tags('shop/web');
    Object.values(project.receipt.images.web!.architectures).forEach(({ digest }) =>
      expect(tags).toContain(`${digest.replace(':', '-')}.sig`),
    );
    // WHEN it is done already
    const again = await project.run(args, { environment: { COSIGN_PASSWORD: undefined } });
    // THEN
    expect([again.status, plannedSteps(again)]).toEqual([0, []]);
  });

  it('signs again where the other environment has a key of its own', async () => {
    const { status } = await project.run(['promote', '--to=resigned'], { environment });
    const repository = `${production.host}/shop/web`;
    expect([status, verify('resigned', 'other', repository), verify('resigned', 'own', repository)]).toEqual([0, 0, 0]);
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
