import { ImageList, type ListEntry } from '../../../../src/publish/oci/image-list';
import type { ImageIndex } from '../../../../src/publish/oci/types';

const entry = (architecture: string, digit: string): ListEntry => {
  const digest = `sha256:${digit.repeat(64)}`;
  return {
    architecture,
    descriptors: [
      { mediaType: 'image', digest, size: 1, platform: { architecture, os: 'linux' } },
      {
        mediaType: 'image',
        digest: `sha256:${digit.repeat(63)}0`,
        size: 1,
        platform: { architecture: 'unknown', os: 'unknown' },
        annotations: {
          'vnd.docker.reference.type': 'attestation-manifest',
          'vnd.docker.reference.digest': digest,
        },
      },
    ],
  };
};

const parse = (list: ImageList): ImageList => ImageList.parse(JSON.parse(list.bytes.toString()) as ImageIndex);

test('the same content has the same digest, in whatever order it came', () => {
  const one = ImageList.of([entry('amd64', 'a'), entry('arm64', 'b')], { x: '1', a: '2' });
  const other = ImageList.of([entry('arm64', 'b'), entry('amd64', 'a')], { a: '2', x: '1' });
  expect(one.digest).toBe(other.digest);
  expect(parse(one).digest).toBe(one.digest);
});

test('an architecture is added, replaced and removed with its attestations', () => {
  const one = ImageList.of([entry('amd64', 'a')]);
  const two = one.with(entry('arm64', 'b'));
  expect(parse(two).architectures).toEqual(['amd64', 'arm64']);
  const replaced = parse(two.with(entry('arm64', 'c')));
  expect(replaced.entry('arm64')!.descriptors).toHaveLength(2);
  expect(replaced.bytes.toString()).not.toContain('b'.repeat(63));
  expect(replaced.without('arm64').digest).toBe(one.digest);
});
