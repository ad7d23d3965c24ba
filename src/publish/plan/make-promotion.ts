import type { Problem } from '../../errors/problem';
import { ImageList } from '../oci/image-list';
import type { Destination, WantedImage } from '../wanted';
import { reachable } from './choose-source';
import { keyOf, type Facts, type FoundArchitecture, type TagFacts } from './facts';
import type { Gates, Plan } from './plan';
import type { CheckSignatureStep, ListStep, PushStep, ScanStep, SignStep, Step, TagStep } from './step';

/** An image that is promoted: where it is, and where it goes. */
export interface Promotion {
  readonly image: WantedImage;
  readonly from: Destination;
  /** Whether the signatures of the place that it comes from are not enough. */
  readonly signsAgain: boolean;
}

/** The steps that copy images by digest from one environment to another. A pure function. */
export function makePromotion(
  promotions: readonly Promotion[],
  facts: Facts,
  environment: string,
  gates: Gates,
): { readonly plan: Plan; readonly problems: readonly Problem[] } {
  const all = promotions.map((promotion) => ({ promotion, source: sourceOf(promotion, facts) }));
  const problems = all.flatMap(({ source }) => ('problem' in source ? [source.problem] : []));
  const ready = all.flatMap(({ promotion, source }) => ('problem' in source ? [] : [{ promotion, source }]));
  const destinations = new Map(promotions.flatMap(({ image }) => image.destinations.map((item) => [item.id, item])));
  return {
    problems,
    plan: {
      version: 1,
      environment,
      gates,
      destinations: [...destinations.values()],
      found: Object.fromEntries(
        ready.flatMap(({ promotion, source }) =>
          source.images.map((found) => [keyOf(promotion.image.name, found.architecture), { ...found, scanned: false }]),
        ),
      ),
      steps: ready.flatMap(({ promotion, source }) => stepsOf(promotion, source, facts, gates)),
      unreachable: [...destinations.keys()].flatMap((destination) => {
        const repository = facts.repositories[destination];
        return repository && 'problem' in repository ? [{ destination, problem: repository.problem }] : [];
      }),
      notes: [],
    },
  };
}

interface PromotionSource {
  readonly tag: TagFacts;
  readonly images: readonly FoundArchitecture[];
}

/** What is promoted: a list with every architecture of the manifest. */
function sourceOf({ image, from }: Promotion, facts: Facts): PromotionSource | { readonly problem: Problem } {
  const where = `${from.id}:${from.tags[0]}`;
  const given = facts.repositories[from.id];
  if (given && 'problem' in given) {
    return { problem: given.problem };
  }
  const tag = given?.tags[from.tags[0]!];
  const list = tag?.index && ImageList.parse(tag.index);
  const missing = image.architectures.filter(({ architecture }) => !list?.entry(architecture));
  if (tag === undefined || list === undefined || missing.length > 0) {
    const what = tag ? `it has no ${missing.map(({ architecture }) => architecture).join(', ')}` : 'it is not there';
    return { problem: { where, what, next: 'publish to that environment first' } };
  }
  const images = list.entries.map(({ descriptors }) =>
    given!.images.find(({ digest }) => digest === descriptors[0]!.digest)!,
  );
  return { tag, images };
}

function stepsOf(promotion: Promotion, source: PromotionSource, facts: Facts, gates: Gates): Step[] {
  const { image } = promotion;
  const targets = image.destinations.filter((destination) => isBehind(destination, source, facts, gates));
  if (targets.length === 0) {
    return [];
  }
  const scans: ScanStep[] = gates.scan
    ? source.images.map(({ architecture }) => ({
        kind: 'scan',
        id: `scan ${keyOf(image.name, architecture)}`,
        image: image.name,
        architecture,
        needs: [],
        reason: gates.scan!.scanner,
        by: 'digest',
      }))
    : [];
  return [...scans, ...targets.flatMap((target) => targetSteps(promotion, target, source, scans, facts, gates))];
}

function isBehind(destination: Destination, { tag }: PromotionSource, facts: Facts, gates: Gates): boolean {
  const repository = reachable(facts, destination.id);
  return (
    repository !== undefined &&
    (destination.tags.some((name) => repository.tags[name]?.digest !== tag.digest) ||
      (gates.sign !== undefined && !repository.signed.includes(tag.digest)))
  );
}

function targetSteps(
  { image, from, signsAgain }: Promotion,
  target: Destination,
  { tag, images }: PromotionSource,
  scans: readonly ScanStep[],
  facts: Facts,
  gates: Gates,
): Step[] {
  const repository = reachable(facts, target.id)!;
  const common = { image: image.name, destination: target.id };
  const place = `${image.name} ${target.id}`;
  const pushes = images.map(({ architecture }): PushStep => ({
    ...common,
    kind: 'push',
    id: `push ${keyOf(image.name, architecture)} ${target.id}`,
    architecture,
    needs: scans.map(({ id }) => id),
    reason: `from ${from.id}`,
    from: from.id,
  }));
  const list: ListStep = {
    ...common,
    kind: 'list',
    id: `list ${place}`,
    needs: pushes.map(({ id }) => id),
    reason: 'copied as it is',
    architectures: images.map(({ architecture }) => architecture),
    keeps: [],
    copyOf: { destination: from.id, digest: tag.digest },
  };
  const sign: SignStep = {
    ...common,
    kind: 'sign',
    id: `sign ${place}`,
    needs: [list.id],
    reason: 'by the signer of this environment',
    by: 'digest',
  };
  const check: CheckSignatureStep = {
    ...common,
    kind: 'check-signature',
    id: `check-signature ${place}`,
    needs: [signsAgain ? sign.id : list.id],
    reason: signsAgain ? 'it was signed' : 'its signature was copied',
    by: 'digest',
  };
  const signs = gates.sign ? [...(signsAgain ? [sign] : []), check] : [];
  const tags = target.tags
    .filter((name) => repository.tags[name]?.digest !== tag.digest)
    .map((name): TagStep => ({
      ...common,
      kind: 'tag',
      id: `tag ${place}:${name}`,
      needs: [...scans, ...pushes, list, ...signs].map(({ id }) => id),
      reason: repository.tags[name] ? 'it points elsewhere' : 'it is new',
      tag: name,
      before: repository.tags[name]?.digest,
    }));
  return [...pushes, list, ...signs, ...tags];
}
