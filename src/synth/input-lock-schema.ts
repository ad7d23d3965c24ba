import { z } from 'zod';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const download = z.strictObject({ file: z.string(), sha256 });

const baseSchema = z
  .strictObject({
    repository: z.string(),
    tag: z.string(),
    digests: z
      .strictObject({ amd64: digest, arm64: digest })
      .optional()
      .describe('Digests of the manifests of the architectures; absent where only the index is known'),
    index: digest.optional().describe('Digest of the index over all architectures'),
  })
  .refine(({ digests, index }) => digests !== undefined || index !== undefined, 'names neither digests nor an index');

/** lock.json: every input of the builds, beside the module with the images. */
export const inputLockSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1).describe('Version of this format'),
  packages: z.literal('live').describe('live: packages come from the signed archives, their versions are not pinned'),
  bases: z.record(z.string(), baseSchema).describe('By platform and release: debian trixie'),
  s6Overlay: z
    .strictObject({
      version: z.string(),
      url: z.url(),
      noarch: download,
      arch: z.strictObject({ amd64: download, arm64: download }),
    })
    .optional(),
  composer: z
    .strictObject({ version: z.string(), url: z.url(), sha256 })
    .optional()
    .describe('Composer, where a build downloads it'),
  endOfLife: z
    .record(
      z.string(),
      z.strictObject({
        date: z.iso.date().describe('Last day of fixes by the makers'),
        active: z.iso.date().optional().describe('Last day of more than security fixes'),
        extended: z.iso.date().optional().describe('Last day of a longer support, by others or for money'),
      }),
    )
    .optional()
    .describe('By platform and release, and by PHP: debian trixie, php 8.4'),
  keys: z
    .record(
      z.string(),
      z.strictObject({ url: z.url(), sha256, fingerprint: z.string().regex(/^[0-9A-F]{40}$/), expires: z.iso.date() }),
    )
    .describe('Keys of package repositories, by the name of the repository'),
});

/** Every input of the builds of a matrix. */
export type InputLock = z.output<typeof inputLockSchema>;
