import { DockerfileParser, type Dockerfile } from 'dockerfile-ast';
import { synthShop } from './support';
import { Catalog, ImageConstruct, Testing, type Architecture } from '../../../src';

/** A Dockerfile, read by a parser that is not ours. */
function parse(platform: string, architecture: Architecture = 'amd64', php = '8.4'): Dockerfile {
  const text = synthShop({ platform, php, architectures: [architecture] }).file(`shop/${architecture}/Dockerfile`);
  return DockerfileParser.parse(text);
}

/** The stages of a Dockerfile and the keywords of their instructions. */
function outline(dockerfile: Dockerfile): string {
  return dockerfile
    .getInstructions()
    .map((instruction) => {
      const [first, ...rest] = instruction.getArguments().map(String);
      const from = [first?.replace(/:[\w.-]+@sha256:[0-9a-f]{64}$/, ':TAG@DIGEST'), ...rest].join(' ');
      return instruction.getKeyword() === 'FROM' ? `\nFROM ${from}` : `  ${instruction.getKeyword()}`;
    })
    .join('\n')
    .trim();
}

test('an image of apk is made in these stages', () => {
  expect(outline(parse('alpine'))).toMatchInlineSnapshot(`
   "FROM docker.io/library/alpine:TAG@DIGEST AS base

   FROM base AS s6-overlay-fetch
     ADD
     ADD
     RUN

   FROM scratch AS s6-overlay
     COPY

   FROM base AS packages
     RUN

   FROM packages AS assemble
     COPY
     RUN

   FROM scratch
     COPY
     ENV
     LABEL
     EXPOSE
     WORKDIR
     USER
     STOPSIGNAL
     HEALTHCHECK
     ENTRYPOINT"
  `);
});

test('an image of apt is made in these stages', () => {
  expect(outline(parse('debian'))).toMatchInlineSnapshot(`
   "FROM docker.io/library/debian:TAG@DIGEST AS base

   FROM base AS packages
     ARG
     RUN

   FROM packages AS assemble
     RUN

   FROM scratch
     COPY
     ENV
     LABEL
     EXPOSE
     WORKDIR
     USER
     STOPSIGNAL
     HEALTHCHECK
     ENTRYPOINT"
  `);
});

test('an image of apt with packages of a repository is made in these stages', () => {
  expect(outline(parse('debian', 'amd64', '8.3'))).toMatchInlineSnapshot(`
   "FROM docker.io/library/debian:TAG@DIGEST AS base

   FROM scratch AS keys
     ADD

   FROM base AS packages
     ARG
     RUN
     COPY
     RUN
     RUN

   FROM packages AS assemble
     RUN

   FROM scratch
     COPY
     ENV
     LABEL
     EXPOSE
     WORKDIR
     USER
     STOPSIGNAL
     HEALTHCHECK
     ENTRYPOINT"
  `);
});

const CASES = Catalog.shipped().platforms.flatMap((platform) =>
  (['amd64', 'arm64'] as const).flatMap((architecture) =>
    ['7.4', '8.4'].map((php) => [platform, architecture, php] as const),
  ),
);

describe.each(CASES)('the Dockerfile for %s on %s with PHP %s', (platform, architecture, php) => {
  const dockerfile = parse(platform, architecture, php);
  const final = dockerfile
    .getInstructions()
    .slice(dockerfile.getInstructions().lastIndexOf(dockerfile.getFROMs().at(-1)!));

  test('names every base by its digest', () => {
    const stages = dockerfile.getFROMs().map((from) => from.getBuildStage());
    for (const from of dockerfile.getFROMs()) {
      const image = from.getImage()!;
      expect([image, image === 'scratch' || stages.includes(image) || /@sha256:[0-9a-f]{64}$/.test(image)]).toEqual([
        image,
        true,
      ]);
    }
  });

  test('checks every download', () => {
    const downloads = dockerfile.getInstructions().filter((instruction) => instruction.getKeyword() === 'ADD');
    for (const download of downloads) {
      expect(download.getArguments().map(String).join(' ')).toMatch(/^(?:--checksum=sha256:[0-9a-f]{64} )?https:\/\//);
      expect(download.toString()).toMatch(/--checksum=sha256:[0-9a-f]{64} /);
    }
  });

  test('copies one root into nothing, and runs as a number that is not root', () => {
    expect(String(final[0])).toMatch(/^FROM scratch$/);
    expect(
      final.filter((instruction) => ['COPY', 'ADD', 'RUN'].includes(instruction.getKeyword())).map(String),
    ).toEqual(['COPY --from=assemble /rootfs/ /']);
    expect(final.filter((instruction) => instruction.getKeyword() === 'USER').map(String)).toEqual([
      'USER 10001:10001',
    ]);
  });

  test('starts one program, in exec form, with a health check', () => {
    const [entrypoint] = dockerfile.getENTRYPOINTs();
    expect(entrypoint?.getJSONStrings().map((item) => item.getJSONValue())).toHaveLength(1);
    expect(dockerfile.getCMDs().filter((cmd) => cmd.getRange().start.line > final[0]!.getRange().start.line)).toEqual(
      [],
    );
    expect(dockerfile.getHEALTHCHECKs()).toHaveLength(1);
  });
});

test('the base of each architecture is its own manifest', () => {
  const app = Testing.app();
  new ImageConstruct(app, 'shop', { php: '8.4', platform: 'alpine' });
  const { images } = Testing.synth(app).manifest;
  const { amd64, arm64 } = images.shop!.architectures;
  expect(amd64?.base.kind).toBe('manifest');
  expect(amd64?.base.digest).not.toBe(arm64?.base.digest);
});
