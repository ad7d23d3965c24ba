import { applicationContext } from '../../verify/image-application';
import { LABELS } from '../oci/labels';
import type { BuildStep } from '../plan/step';

/** What is asked for beside the image itself. */
export interface Attest {
  readonly provenance: boolean;
  readonly sbom: boolean;
}

/** Where a build reads and writes. */
export interface BuildPlaces {
  /** Directory of the context. */
  readonly context: string;
  /** Directory for the OCI layout. */
  readonly layout: string;
  /** Directory with the files of the application; @default - the image has none */
  readonly application?: string;
  /** Secrets of the build, as `docker buildx build --secret` has them, by variable; @default - none */
  readonly secrets?: readonly string[];
}

/** Annotations of an image's own manifest. */
export type Annotations = Readonly<Record<string, string>>;

/** Arguments of `docker` that build an image into an OCI layout: the one output whose digest stays the same. */
export function buildArguments(
  step: BuildStep,
  places: BuildPlaces,
  attest: Attest,
  annotations: Annotations = {},
): string[] {
  return [
    'buildx',
    'build',
    ...(step.builder ? [`--builder=${step.builder}`] : []),
    `--platform=${step.platform}`,
    '--progress=plain',
    attest.provenance ? `--provenance=mode=${step.provenance}` : '--provenance=false',
    `--sbom=${attest.sbom}`,
    ...(step.noCache ? ['--no-cache'] : []),
    ...(step.network ? [`--network=${step.network}`] : []),
    ...step.buildContexts.map((item) => `--build-context=${item}`),
    ...(places.application === undefined ? [] : [`--build-context=${applicationContext(places.application)}`]),
    ...(places.secrets ?? []).map((item) => `--secret=${item}`),
    ...Object.entries(step.buildArguments).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...Object.entries(step.labels).map(([name, value]) => `--label=${name}=${value}`),
    ...Object.entries({ ...annotations, ...shown(step.labels) }).map(
      ([name, value]) => `--annotation=manifest:${name}=${value}`,
    ),
    `--output=type=oci,tar=false,rewrite-timestamp=true,${csv(`dest=${places.layout}`)}`,
    places.context,
  ];
}

function shown(labels: Readonly<Record<string, string>>): Annotations {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== LABELS.identity));
}

/** A field of comma-separated values. */
function csv(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
