import { DIGEST, found, saying } from '../written';

const END = 'dev.projen-nginx-php.base.end-of-life';
const OCI = 'org.opencontainers.image';
const REST = [
  `${OCI}.description="A shop"`,
  `${OCI}.version="1.0.0"`,
  `${OCI}.base.name="docker.io/library/debian:12"`,
  `${OCI}.base.digest="${DIGEST}"`,
].join(' ');

describe('the end of the support of the base', () => {
  it('is told by a label', () => {
    expect(found('IMG-004', `FROM scratch\nLABEL a=b "${END}"="2030-06-30"\n`)).toEqual([]);
  });

  it.each(['USER 1:1', `ENV ${END}="2030-06-30"`])('is not told by %s', (instruction) => {
    expect(found('IMG-004', `FROM scratch\n${instruction}\n`)).toEqual(
      saying([`Dockerfile:1: the label ${END} is absent, not 2030-06-30`]),
    );
  });
});

describe('the title of an image', () => {
  it('is told by a label', () => {
    expect(found('IMG-010', `FROM scratch\nLABEL ${OCI}.title="Shop" ${REST}\n`)).toEqual([]);
  });

  it.each(['USER 1:1', `LABEL ${OCI}.title`, `LABEL ${OCI}.title=""`, `ENV ${OCI}.title="Shop"`])(
    'is not told by %s',
    (instruction) => {
      expect(found('IMG-010', `FROM scratch\nLABEL ${REST}\n${instruction}\n`)).toEqual(
        saying([`Dockerfile:1: the label ${OCI}.title is absent or empty`]),
      );
    },
  );
});
