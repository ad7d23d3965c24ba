import { parseReference } from '../../../../src/rules/image/image-reference';
import { DIGEST, found, saying } from '../written';

it.each([
  ['debian', { repository: 'docker.io/library/debian', isFull: false }],
  ['debian:12', { repository: 'docker.io/library/debian', isFull: false, tag: '12' }],
  ['someone/app:1', { repository: 'docker.io/someone/app', isFull: false, tag: '1' }],
  ['own.app:1', { repository: 'docker.io/library/own.app', isFull: false, tag: '1' }],
  ['localhost/app:1', { repository: 'localhost/app', isFull: true, tag: '1' }],
  ['cache:5000/app', { repository: 'cache:5000/app', isFull: true }],
  [`ghcr.io/someone/app:1@${DIGEST}`, { repository: 'ghcr.io/someone/app', isFull: true, tag: '1', digest: DIGEST }],
])('%j is the name of an image', (text, parts) => {
  expect(parseReference(text)).toEqual(parts);
});

it('a colon without a tag names no release', () => {
  expect(found('IMG-002', `FROM docker.io/library/debian:@${DIGEST}\n`)).toEqual(
    saying([`Dockerfile:1: FROM docker.io/library/debian:@${DIGEST} has no tag`]),
  );
});

it('a tag of a night floats', () => {
  expect(found('IMG-002', `FROM docker.io/library/debian:12-nightly20250101@${DIGEST}\n`)).toEqual(saying(['floats']));
});

describe('a platform of FROM', () => {
  it.each(['$BUILDPLATFORM', '${BUILDPLATFORM}'])('may be %s in a stage of the build', (platform) => {
    expect(found('IMG-005', `FROM --platform=${platform} debian AS build\nFROM scratch\n`)).toEqual([]);
  });

  it.each(['$TARGETPLATFORM', '$BUILDPLATFORM/v8', 'linux/$BUILDPLATFORM'])('is refused as %s', (platform) => {
    expect(found('IMG-005', `FROM --platform=${platform} debian AS build\nFROM scratch\n`)).toEqual(
      saying([`Dockerfile:1: FROM fixes the platform ${platform}`]),
    );
  });

  it('of the image is never that of the build', () => {
    expect(found('IMG-005', 'FROM debian AS build\nFROM --platform=$BUILDPLATFORM debian\n')).toEqual(
      saying(['Dockerfile:2: FROM fixes the platform $BUILDPLATFORM']),
    );
  });
});
