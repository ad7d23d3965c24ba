import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import { readManifest } from '../verify/read-manifest';
import { BuildxBuilder } from './build/buildx-builder';
import type { Environment } from './environment';
import type { Facts } from './plan/facts';
import { makePromotion } from './plan/make-promotion';
import type { Plan } from './plan/plan';
import { openSession, withoutSecrets, type PublishOptions } from './publish';
import type { PublishContext } from './run/publish-context';
import { runPlan } from './run/run-plan';
import { findScanner } from './scan/find-scanner';
import { policyHash } from './scan/gate';
import type { Session } from './session';
import { CosignSigner } from './sign/cosign';
import { Journal } from './state/journal';
import type { Receipt } from './state/receipt';
import { lockState } from './state/state-lock';
import { survey } from './survey';
import { LocalEngine } from './verification/local-engine';
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
export async function planPromotion(options: PromoteOptions): Promise<Plan> {
  const session = openSession([options.from.settings, options.to.settings], options);
  try {
    return session.redactor.value((await prepare(options, session)).plan);
  } catch (error) {
    throw withoutSecrets(error, session);
  } finally {
    await session.close();
  }
}

/**
 * Copies what one environment has at its tags to another, by digest: the same bytes, the same signatures, no build.
 * The gates of the other environment have to be passed.
 *
 * @throws DockerfileGeneratorError with every failure
 */
export async function promote(options: PromoteOptions): Promise<Receipt> {
  const started = (options.now ?? (() => new Date()))();
  const session = openSession([options.from.settings, options.to.settings], options);
  let unlock: (() => void) | undefined;
  try {
    unlock = lockState(options.state);
    const context = await prepare(options, session);
    return await runPlan(context, { session, started, manifest: readManifest(options.output) });
  } catch (error) {
    throw withoutSecrets(error, session);
  } finally {
    unlock?.();
    await session.close();
  }
}

async function prepare(options: PromoteOptions, session: Session): Promise<PublishContext> {
  const { from, to, output, signal, now = () => new Date() } = options;
  assertAsStrict(options);
  const manifest = readManifest(output);
  const selection = { ...options, buildContexts: [] };
  const sources = wantedImages(manifest, { ...selection, environment: from.settings });
  const wanted = wantedImages(manifest, { ...selection, environment: to.settings });
  const journal = new Journal(options.state);
  const { environment, registry } = session;
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
  return {
    output,
    wanted,
    plan,
    facts,
    sources: sources.flatMap(({ destinations }) => destinations),
    journal,
    builder: new BuildxBuilder({ environment }),
    engine: new LocalEngine({ environment, signal }),
    scanner: options.scanner ?? (to.settings.scan && findScanner(to.settings.scan)),
    scan: to.settings.scan,
    policy,
    signer:
      options.signer ??
      (to.settings.sign && new CosignSigner(to.settings.sign, { environment: session.signingEnvironment, signal })),
    registry,
    seccomp: () => false,
    environment,
    signal,
    listener: (event) => options.listener?.(session.redactor.value(event)),
    now,
    images: new Map(Object.entries(plan.found)),
    lists: new Map(),
    built: new Set(),
  };
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
