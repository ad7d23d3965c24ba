import { LABELS } from '../oci/labels';
import type { WantedArchitecture, WantedImage } from '../wanted';
import { has, reachable, type Source } from './choose-source';
import { keyOf, type Facts, type FoundArchitecture } from './facts';
import type { PlanOptions } from './options';
import type { BuildStep, LoadStep, PushStep, ScanStep, Step, VerifyStep } from './step';

/** Scanners that read an image on this machine: the others have to find it in a registry. */
const READS_LAYOUTS: readonly string[] = ['trivy', 'grype'];

/** The steps that bring one architecture of an image to where it has to be. */
export function architectureSteps(
  image: WantedImage,
  wanted: WantedArchitecture,
  source: Exclude<Source, { missing: string }>,
  facts: Facts,
  options: PlanOptions,
): Step[] {
  const key = keyOf(image.name, wanted.architecture);
  const common = { image: image.name, architecture: wanted.architecture };
  const found = 'found' in source ? source.found : undefined;
  const build = 'build' in source ? [buildStep(image, wanted, source.build, facts, options)] : [];
  const built = build.map(({ id }) => id);
  if (!options.push) {
    const load: LoadStep = {
      ...common,
      kind: 'load',
      id: `load ${key}`,
      needs: built,
      reason: 'not pushed',
      reference: loadReference(image, wanted),
    };
    return [...build, load];
  }
  const verify: VerifyStep[] = found?.verified
    ? []
    : [
        {
          ...common,
          kind: 'verify',
          id: `verify ${key}`,
          needs: built,
          reason: 'it was not verified yet',
          mode: options.gates.verify,
        },
      ];
  const ready = [...built, ...verify.map(({ id }) => id)];
  const push = pushSteps(image, wanted, found, ready, facts);
  const scan: ScanStep[] =
    options.gates.scan === undefined || found?.scanned
      ? []
      : [
          {
            ...common,
            kind: 'scan',
            id: `scan ${key}`,
            needs: [
              ...ready,
              ...(READS_LAYOUTS.includes(options.gates.scan.scanner) ? [] : push.map(({ id }) => id).slice(0, 1)),
            ],
            reason: options.gates.scan.scanner,
            by: 'digest',
          },
        ];
  return [...build, ...verify, ...push, ...scan];
}

/** Name under which an image that is not pushed is found in the engine. */
function loadReference(image: WantedImage, { architecture }: WantedArchitecture): string {
  const [{ repository, tags }] = image.destinations as [WantedImage['destinations'][number]];
  const several = image.architectures.filter(({ selected }) => selected).length > 1;
  return `${repository}:${tags[0]!}${several ? `-${architecture}` : ''}`;
}

function buildStep(
  image: WantedImage,
  wanted: WantedArchitecture,
  reason: string,
  facts: Facts,
  options: PlanOptions,
): BuildStep {
  const key = keyOf(image.name, wanted.architecture);
  const begun = facts.begun[key];
  // A build that was interrupted goes on from its own layers: they are of its own day.
  const resumed = begun !== undefined && Date.parse(facts.now) - Date.parse(begun) <= options.maxAge;
  const created = resumed ? begun : facts.now;
  return {
    kind: 'build',
    id: `build ${key}`,
    image: image.name,
    architecture: wanted.architecture,
    needs: [],
    reason: resumed ? `${reason}; an interrupted build goes on` : reason,
    platform: wanted.platform,
    context: wanted.context,
    identity: wanted.identity,
    created,
    builder: options.builders[wanted.architecture] ?? options.builders[''],
    buildContexts: options.buildContexts,
    network: options.network,
    noCache: image.image.packageSource === 'live' && !resumed && !options.cache,
    provenance: 'max',
    sbom: true,
    buildArguments: { SOURCE_DATE_EPOCH: String(Math.floor(Date.parse(created) / 1000)) },
    labels: { ...options.labels, [LABELS.created]: created, [LABELS.identity]: wanted.identity },
  };
}

function pushSteps(
  image: WantedImage,
  { architecture }: WantedArchitecture,
  found: FoundArchitecture | undefined,
  needs: readonly string[],
  facts: Facts,
): PushStep[] {
  const key = keyOf(image.name, architecture);
  const holder = found && image.destinations.find(({ id }) => has(facts, id, found.digest));
  return image.destinations
    .filter(({ id }) => reachable(facts, id) && !(found && has(facts, id, found.digest)))
    .map(({ id }) => ({
      kind: 'push',
      id: `push ${key} ${id}`,
      image: image.name,
      architecture,
      destination: id,
      needs: [...needs],
      reason: found ? 'it is not in this registry' : 'it is new',
      from: found && found.layout === undefined ? holder?.id : undefined,
    }));
}
