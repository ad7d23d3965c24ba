import { above, instead, ownPart, ownPlatform } from './own-ways';
import { rawText, type BreakingCase } from '../support';

const DIGEST = 'b'.repeat(64);

export const SUPPLY_CHAIN_CASES: readonly BreakingCase[] = [
  instead('SC-001', /@sha256:[0-9a-f]{64}/, `@sha256:${DIGEST}`, {
    story: 'the base is pinned to something else',
    says: 'is not the base of the manifest',
  }),
  ownPlatform(
    'SC-001',
    ([base, ...stages]) => [
      base!,
      {
        name: 'tool',
        from: { kind: 'scratch' },
        instructions: [{ kind: 'add', url: 'https://example.com/tool', sha256: DIGEST, target: '/tool' }],
      },
      ...stages,
    ],
    { story: 'a platform downloads what is not locked', says: 'ADD https://example.com/tool is not in the manifest' },
  ),
  ownPart(
    'SC-001',
    (part) =>
      part.addBuildStep({
        name: 'repository',
        script: 'echo "deb https://deb.example.com/ stable main" >/etc/apt/sources.list.d/own.list\n',
      }),
    { story: 'a build step adds a repository', says: 'no key of this repository is in the manifest' },
  ),
  rawText('SC-001', 'Dockerfile', (text) => `# syntax=docker/dockerfile@sha256:${DIGEST}\n${text}`, {
    story: 'a frontend is not locked',
    says: 'the frontend docker/dockerfile@sha256',
  }),
  ownPart('SC-002', (part) => part.addBuildStep({ name: 'stamp', script: 'date -u >"$rootfs/etc/built"\n' }), {
    story: 'a build step writes down the time',
    says: 'the clock of the builder',
  }),
  ownPart(
    'SC-002',
    (part) => part.addBuildStep({ name: 'salt', script: 'head -c 16 /dev/urandom >"$rootfs/etc/salt"\n' }),
    {
      story: 'a build step draws a number',
      says: '/dev/urandom differs from build to build',
    },
  ),
  above('SC-002', /^RUN .*apt-get/m, 'RUN uuidgen > /etc/machine-id', {
    story: 'a RUN makes an identity',
    says: 'uuidgen gives something else each time',
  }),
];
