import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import { composerSecrets, ImageApplications } from '../verify/image-application';
import { readManifest } from '../verify/read-manifest';
import type { Builder } from './build/builder';
import { BuildxBuilder } from './build/buildx-builder';
import { withoutRoom } from './build/docker-problem';
import type { Credentials } from './credentials/credentials';
import type { Environment } from './environment';
import { makePlan } from './plan/make-plan';
import type { ListMode, PlanOptions } from './plan/options';
import type { Plan } from './plan/plan';
import { planRefresh } from './plan-refresh';
import type { Listener } from './progress/event';
import type { RetryOptions } from './registry/retry';
import type { PublishContext } from './run/publish-context';
import { runPlan } from './run/run-plan';
import { findScanner } from './scan/find-scanner';
import { policyHash } from './scan/gate';
import type { Scanner } from './scan/scanner';
import { Session } from './session';
import { CosignSigner, type Signer } from './sign/cosign';
import { Journal } from './state/journal';
import type { Receipt } from './state/receipt';
import { lockState } from './state/state-lock';
import { survey } from './survey';
import { LocalEngine } from './verification/local-engine';
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
export async function planPublish(options: PublishOptions): Promise<Plan> {
  const session = openSession([options.environment.settings], options);
  try {
    // To compare is to build.
    return session.redactor.value((await prepare({ ...options, refresh: false }, session)).plan);
  } catch (error) {
    throw withoutSecrets(withoutRoom(error), session);
  } finally {
    await session.close();
  }
}

/**
 * Makes the registries hold what the manifest describes. Goes on where an earlier run stopped; what fails stops only
 * what needs it.
 *
 * @throws DockerfileGeneratorError with every failure, after all that could be done was done; the receipt is written
 */
export async function publish(options: PublishOptions): Promise<Receipt> {
  const started = (options.now ?? clock)();
  const session = openSession([options.environment.settings], options);
  let unlock: (() => void) | undefined;
  try {
    unlock = lockState(options.state);
    const context = await prepare(options, session);
    return await runPlan(context, { session, started, jobs: options.jobs, manifest: readManifest(options.output) });
  } catch (error) {
    throw withoutSecrets(withoutRoom(error), session);
  } finally {
    unlock?.();
    await session.close();
  }
}

/** The session of a run on some environments. */
export function openSession(
  environments: readonly Environment[],
  {
    credentials: given,
    retry,
    signal,
    listener,
  }: Pick<PublishOptions, 'credentials' | 'retry' | 'signal' | 'listener'>,
): Session {
  const onRetry = (message: string): void => listener?.({ type: 'note', message });
  return new Session({ environments, given, retry: { onRetry, ...retry, signal } });
}

async function prepare(options: PublishOptions, session: Session): Promise<PublishContext> {
  const { output, environment, signal, now = clock } = options;
  const { settings } = environment;
  const { environment: variables, registry } = session;
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
    registry,
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
  const builder = options.builder ?? new BuildxBuilder({ environment: session.buildEnvironment });
  const secrets = composerSecrets(session.buildEnvironment);
  const listener: Listener = (event) => options.listener?.(session.redactor.value(event));
  const plan = options.refresh
    ? await planRefresh(wanted, facts, planOptions, {
        output,
        builder,
        applications,
        composerSecrets: secrets,
        listener,
        signal,
      })
    : makePlan(wanted, facts, planOptions);
  return {
    output,
    applications,
    composerSecrets: secrets,
    wanted,
    plan,
    facts,
    sources: [],
    journal,
    builder,
    engine: new LocalEngine({ environment: variables, signal }),
    scanner: options.scanner ?? (settings.scan && findScanner(settings.scan)),
    scan: settings.scan,
    policy,
    signer:
      options.signer ??
      (settings.sign && new CosignSigner(settings.sign, { environment: session.signingEnvironment, signal })),
    registry,
    seccomp: (image) => manifest.files[`${image}/seccomp.json`] !== undefined,
    environment: variables,
    signal,
    listener,
    now,
    images: new Map(Object.entries(plan.found)),
    lists: new Map(),
    built: new Set(),
  };
}

/** What a program or a registry repeats of a password is not shown, and neither is what caused the error. */
export function withoutSecrets(error: unknown, { redactor }: Session): unknown {
  return error instanceof DockerfileGeneratorError
    ? new DockerfileGeneratorError(error.type, redactor.value(error.details))
    : error;
}

function clock(): Date {
  return new Date();
}
