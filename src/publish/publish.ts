import { ImageApplications } from '../verify/image-application';
import { readManifest } from '../verify/read-manifest';
import type { Builder } from './build/builder';
import type { Credentials } from './credentials/credentials';
import type { Environment } from './environment';
import { makePlan } from './plan/make-plan';
import type { ListMode, PlanOptions } from './plan/options';
import type { Plan } from './plan/plan';
import { planRefresh } from './plan-refresh';
import type { Listener } from './progress/event';
import type { RetryOptions } from './registry/retry';
import { inSession } from './run/in-session';
import { makeContext, withPlan } from './run/make-context';
import type { PublishContext } from './run/publish-context';
import { runPlan } from './run/run-plan';
import { policyHash } from './scan/gate';
import type { Scanner } from './scan/scanner';
import type { Session } from './session';
import type { Signer } from './sign/cosign';
import { Journal } from './state/journal';
import type { Receipt } from './state/receipt';
import { whileLocked } from './state/state-lock';
import { survey } from './survey';
import { wantedImages, type WantedOptions } from './wanted';

/** What is published, where to, and how. */
export interface PublishOptions extends Omit<WantedOptions, 'environment' | 'buildContexts' | 'application'> {
  /** What synth wrote. */
  readonly output: string;
  /** Where is remembered what was done. */
  readonly state: string;
  readonly environment: { readonly name: string; readonly settings: Environment };
  /** Milliseconds after which an image with live packages is built again; @default - 7 days */
  readonly maxAge?: number;
  /** Build everything again; @default - false */
  readonly rebuild?: boolean;
  /**
   * Build what a package has moved of, whatever its age: each image is built and compared with the one that is there.
   *
   * @default false
   */
  readonly refresh?: boolean;
  /** Build what is missing; @default - true */
  readonly build?: boolean;
  /** Push; else the images are loaded into the engine; @default - true */
  readonly push?: boolean;
  /** @default 'join' */
  readonly lists?: ListMode;
  /** Builder of each architecture; '' is that of all others; @default - the current one */
  readonly builders?: Readonly<Record<string, string>>;
  /** Stages that are taken from elsewhere; @default - none */
  readonly buildContexts?: readonly string[];
  readonly network?: string;
  /** Take layers of the builder's cache, however old; @default - false */
  readonly cache?: boolean;
  /** Labels of every image; @default - none but identity and creation time */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name and password for this run; @default - Docker's own */
  readonly credentials?: Credentials;
  /** Steps at the same time on this machine, or on one builder; @default 1 */
  readonly jobs?: number;
  readonly retry?: RetryOptions;
  readonly signal?: AbortSignal;
  readonly listener?: Listener;
  /** @default - the clock */
  readonly now?: () => Date;
  /** @default - docker buildx */
  readonly builder?: Builder;
  /** @default - that of the environment */
  readonly scanner?: Scanner;
  /** @default - that of the environment */
  readonly signer?: Signer;
}

/** Days in milliseconds. */
export const DAY = 86_400_000;

/** What would be done, without doing it. */
export function planPublish(options: PublishOptions): Promise<Plan> {
  return inSession([options.environment.settings], options, async (session) =>
    // To compare is to build.
    session.redactor.value((await prepare({ ...options, refresh: false }, session)).plan),
  );
}

/**
 * Makes the registries hold what the manifest describes. Goes on where an earlier run stopped; what fails stops only
 * what needs it.
 *
 * @throws DockerfileGeneratorError with every failure, after all that could be done was done; the receipt is written
 */
export function publish(options: PublishOptions): Promise<Receipt> {
  const { environment, output, state, jobs, now = clock } = options;
  const started = now();
  return inSession([environment.settings], options, (session) =>
    whileLocked(state, async () =>
      runPlan(await prepare(options, session), { session, started, jobs, manifest: readManifest(output) }),
    ),
  );
}

async function prepare(options: PublishOptions, session: Session): Promise<PublishContext> {
  const { output, environment, now = clock } = options;
  const { settings } = environment;
  const manifest = readManifest(output);
  const applications = new ImageApplications(output, manifest, options.buildContexts ?? []);
  const { buildContexts } = applications;
  const application = (image: string): string | undefined => applications.identityOf(image);
  const wanted = wantedImages(manifest, { ...options, environment: settings, buildContexts, application });
  const journal = new Journal(options.state);
  const policy = policyHash(settings.scan);
  const push = options.push ?? true;
  const facts = await survey(push ? wanted : wanted.map((image) => ({ ...image, destinations: [] })), {
    now: now(),
    journal,
    policy,
    signatures: settings.sign !== undefined,
    registry: session.registry,
  });
  const planOptions: PlanOptions = {
    environment: environment.name,
    gates: { verify: settings.verify, scan: settings.scan, sign: settings.sign },
    maxAge: options.maxAge ?? 7 * DAY,
    rebuild: options.rebuild ?? false,
    build: options.build,
    push,
    lists: options.lists ?? 'join',
    builders: options.builders ?? {},
    buildContexts,
    network: options.network,
    cache: options.cache ?? false,
    labels: options.labels ?? {},
  };
  const seccomp = (image: string): boolean => manifest.files[`${image}/seccomp.json`] !== undefined;
  const decided = { output, applications, wanted, facts, sources: [], journal, policy, seccomp, now };
  const context = makeContext({ ...decided, plan: makePlan(wanted, facts, planOptions) }, settings, session, options);
  if (!options.refresh) {
    return context;
  }
  const { composerSecrets = [] } = context;
  return withPlan(
    context,
    await planRefresh(wanted, facts, planOptions, { ...context, applications, composerSecrets }),
  );
}

function clock(): Date {
  return new Date();
}
