import { byCodePoint } from '../catalog';
import { APPLICATION_STAGE } from '../image';
import type { ManifestImage } from './manifest';
import type { OutputFile } from './render-image';

/** Name of the file in the output directory. */
export const BAKE_FILE = 'docker-bake.json';

/**
 * Every build of the matrix as a bake file: `docker buildx bake -f docker-bake.json GROUP` builds one image for all of
 * its architectures, or `default`, all of them, on any BuildKit builder. What publish adds, labels of the day and
 * pushes by digest, a bake file cannot hold; TAG and REGISTRY are variables of it.
 */
export function bakeFile(images: Readonly<Record<string, ManifestImage>>): OutputFile {
  const names = Object.keys(images).sort(byCodePoint);
  const byName = names.map((name) => [name, targetsOf(name, images[name]!)] as const);
  const bake = {
    variable: { REGISTRY: { default: 'docker.io/library' }, TAG: { default: 'latest' } },
    group: {
      default: { targets: names.map(bakeName) },
      ...Object.fromEntries(byName.map(([name, targets]) => [bakeName(name), { targets: targets.map(targetName) }])),
    },
    target: Object.fromEntries(
      byName.flatMap(([, targets]) => targets.map((target) => [targetName(target), describeTarget(target)])),
    ),
  };
  return { path: BAKE_FILE, content: `${JSON.stringify(bake, null, 2)}\n`, executable: false };
}

/** One build of an image. */
interface BakeTarget {
  readonly name: string;
  readonly architecture: string;
  readonly context: string;
  readonly platform: string;
  readonly application: string | undefined;
}

function targetsOf(name: string, { architectures, application }: ManifestImage): BakeTarget[] {
  return Object.entries(architectures)
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([architecture, { context, platform }]) => ({
      name,
      architecture,
      context,
      platform,
      application: application?.directory,
    }));
}

function describeTarget({ name, architecture, context, platform, application }: BakeTarget): object {
  return {
    context,
    ...(application === undefined ? {} : { contexts: { [APPLICATION_STAGE]: application } }),
    platforms: [platform],
    tags: [`\${REGISTRY}/${name}:\${TAG}-${architecture}`],
    attest: ['type=provenance,mode=max', 'type=sbom'],
  };
}

function targetName({ name, architecture }: { readonly name: string; readonly architecture: string }): string {
  return `${bakeName(name)}_${architecture}`;
}

/** Names of bake have no dots; two images never get the same one. */
function bakeName(name: string): string {
  return name.replaceAll('_', '__').replace(/[^A-Za-z0-9_-]/g, '_');
}
