import type { Environment } from './environment';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import { readManifest } from '../verify/read-manifest';
import type { Facts } from './plan/facts';
import { makePromotion } from './plan/make-promotion';
import type { Plan } from './plan/plan';
import type { PublishOptions } from './publish';
import { inSession } from './run/in-session';
import { makeContext } from './run/make-context';
import type { PublishContext } from './run/publish-context';
import { runPlan } from './run/run-plan';
import { policyHash } from './scan/gate';
import type { Session } from './session';
import { Journal } from './state/journal';
import type { Receipt } from './state/receipt';
import { whileLocked } from './state/state-lock';
import { survey } from './survey';
import { wantedImages, type WantedImage } from './wanted';

/** What is promoted, from where, and to where. */
export interface PromoteOptions extends Pick<
  PublishOptions,
  | 'output'
  | 'state'
  | 'names'
  | 'php'
  | 'platform'
  | 'tag'
  | 'credentials'
  | 'retry'
  | 'signal'
  | 'listener'
  | 'now'
  | 'scanner'
  | 'signer'
> {
  readonly from: { readonly name: string; readonly settings: Environment };
  readonly to: { readonly name: string; readonly settings: Environment };
}

/** What would be promoted, without doing it. */
export function planPromotion(options: PromoteOptions): Promise<Plan> {
  return inSession(environmentsOf(options), options, async (session) =>
    session.redactor.value((await prepare(options, session)).plan),
  );
}

/**
 * Copies what one environment has at its tags to another, by digest: the same bytes, the same signatures, no build.
 * The gates of the other environment have to be passed.
 *
 * @throws DockerfileGeneratorError with every failure
 */
export function promote(options: PromoteOptions): Promise<Receipt> {
  const { output, state, now = clock } = options;
  const started = now();
  return inSession(environmentsOf(options), options, (session) =>
    whileLocked(state, async () =>
      runPlan(await prepare(options, session), { session, started, manifest: readManifest(output) }),
    ),
  );
}

function environmentsOf({ from, to }: PromoteOptions): Environment[] {
  return [from.settings, to.settings];
}

function clock(): Date {
  return new Date();
}

async function prepare(options: PromoteOptions, session: Session): Promise<PublishContext> {
  const { from, to, output, now = clock } = options;
  assertAsStrict(options);
  const manifest = readManifest(output);
  const selection = { ...options, buildContexts: [] };
  const sources = wantedImages(manifest, { ...selection, environment: from.settings });
  const wanted = wantedImages(manifest, { ...selection, environment: to.settings });
  const journal = new Journal(options.state);
  const { registry } = session;
  const policy = policyHash(to.settings.scan);
  const look = { now: now(), journal, policy, signatures: to.settings.sign !== undefined, registry };
  const there = await survey(sources, look);
  const list = (image: string): string | undefined =>
    sourceDigest(
      sources.find(({ name }) => name === image),
      there,
    );
  const here = await survey(wanted, { ...look, list });
  const facts: Facts = { ...here, local: {}, repositories: { ...there.repositories, ...merge(here, there) } };
  const promotions = wanted.map((image, index) => ({
    image,
    from: sources[index]!.destinations[0]!,
    signsAgain: JSON.stringify(from.settings.sign) !== JSON.stringify(to.settings.sign),
  }));
  const gates = { verify: to.settings.verify, scan: to.settings.scan, sign: to.settings.sign };
  const { plan, problems } = makePromotion(promotions, facts, to.name, gates);
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('REGISTRY_ERROR', problems);
  }
  const places = sources.flatMap(({ destinations }) => destinations);
  const decided = { output, wanted, plan, facts, sources: places, journal, policy, seccomp: () => false, now };
  return makeContext(decided, to.settings, session, options);
}

/** Digest of the list that is promoted. */
function sourceDigest(image: WantedImage | undefined, facts: Facts): string | undefined {
  const [from] = image?.destinations ?? [];
  const repository = from && facts.repositories[from.id];
  return repository && 'tags' in repository ? repository.tags[from.tags[0]!]?.digest : undefined;
}

/** A repository may be source and target, under other tags. */
function merge(here: Facts, there: Facts): Facts['repositories'] {
  return Object.fromEntries(
    Object.entries(here.repositories).map(([id, facts]) => {
      const other = there.repositories[id];
      return [
        id,
        'problem' in facts || other === undefined || 'problem' in other
          ? facts
          : { ...facts, tags: { ...other.tags, ...facts.tags }, images: [...other.images, ...facts.images] },
      ];
    }),
  );
}

/** An image that was only looked at does not get where images have to be run. */
function assertAsStrict({ from, to }: PromoteOptions): void {
  if (to.settings.verify === 'run' && from.settings.verify === 'inspect') {
    throw new DockerfileGeneratorError('SECURITY_ERROR', [
      {
        where: `environment ${from.name}`,
        what: `it only inspects its images, and ${to.name} asks that they were run`,
        next: `set verify of ${from.name} to run and publish to it again`,
      },
    ]);
  }
}
