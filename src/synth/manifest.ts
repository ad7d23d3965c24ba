import { z } from 'zod';
import { FILE_PATH, SHA256 } from './manifest-file';

export { MANIFEST_FILE, MANIFEST_SCHEMA_ID, renderManifest } from './manifest-file';

const sha256 = z.string().regex(SHA256);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const filePath = z.string().regex(FILE_PATH);
const certainty = z.enum(['verified', 'corroborated', 'single-source', 'inferred', 'unverified']);

const packageSchema = z.strictObject({
  name: z.string(),
  origin: z.string().describe('archive, the name of a repository, or user: named by a construct of the person’s own'),
  certainty: certainty.describe('How well it is known that the release has a package of this name'),
});

const architectureSchema = z.strictObject({
  context: z.string().describe('Path of the build context, relative to this file'),
  platform: z.string().describe('As in docker build --platform'),
  base: z.strictObject({
    reference: z.string().describe('repository:tag'),
    digest,
    kind: z
      .enum(['manifest', 'index-only'])
      .describe('Whether the digest is that of the architecture’s own manifest or of the index over all'),
  }),
  downloads: z.array(z.strictObject({ url: z.url(), sha256 })),
});

const imageSchema = z.strictObject({
  path: z.string().describe('Construct path'),
  php: z.strictObject({
    version: z.string(),
    endOfLife: date.optional(),
    extensions: z.array(z.string()).describe('By PHP’s own names'),
    uploads: z.boolean().describe('Whether forms may bring files'),
    cliOnlyExtensions: z.array(z.string()).describe('Those of them that a web request does not have'),
  }),
  platform: z.strictObject({
    name: z.string(),
    release: z.string(),
    endOfLife: date.describe('Last day of the makers’ regular support'),
    extendedSupport: date.optional().describe('Last day of a longer support, by others or for money'),
  }),
  supervisor: z.enum(['overlay', 'distribution']),
  certainty: certainty.describe('The worst certainty of a fact that the image rests on'),
  user: z.string().describe('uid:gid'),
  ports: z.array(z.int()),
  documentRoot: z.string(),
  entryPoints: z.array(z.string()).describe('The PHP files that may run, as paths of URLs'),
  serverNames: z.array(z.string()).describe('Hosts that are answered; none: all'),
  trustedProxies: z.array(z.string()).describe('Networks whose X-Forwarded-For is believed'),
  writablePaths: z.array(
    z.strictObject({ path: z.string(), kind: z.enum(['tmpfs', 'volume']), exec: z.boolean(), mode: z.string() }),
  ),
  grants: z
    .array(z.strictObject({ subject: z.string(), reason: z.string() }))
    .describe('Bounds of hardening rules that were moved: a function or a setting of PHP, and why'),
  packageSource: z.string().describe('live: the signed archive, versions not pinned'),
  packages: z.array(packageSchema),
  architectures: z.record(z.string(), architectureSchema),
});

/** The assembly manifest: all that the publish stage reads of a synthesis. */
export const manifestSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1).describe('Version of this format'),
  images: z.record(z.string(), imageSchema),
  files: z
    .record(filePath, z.strictObject({ sha256, executable: z.literal(true).optional() }))
    .describe('Every generated file, by its path relative to this file'),
});

/** What a synthesis wrote. */
export type Manifest = z.output<typeof manifestSchema>;

/** One image of the manifest. */
export type ManifestImage = z.output<typeof imageSchema>;

/** A file of the manifest. */
export type ManifestFile = Manifest['files'][string];
