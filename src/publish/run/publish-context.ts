import type { ImageApplications } from '../../verify/image-application';
import type { Builder } from '../build/builder';
import type { ScanSettings } from '../environment';
import { keyOf, type FoundArchitecture, type Facts } from '../plan/facts';
import type { Plan } from '../plan/plan';
import type { Step } from '../plan/step';
import type { Listener } from '../progress/event';
import type { Registry } from '../registry/registry';
import type { Scanner } from '../scan/scanner';
import type { Signer } from '../sign/cosign';
import type { Journal } from '../state/journal';
import type { LocalEngine } from '../verification/local-engine';
import type { Destination, WantedImage } from '../wanted';

/** A list as it was written. */
export interface WrittenList {
  readonly digest: string;
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** What the steps of a publish share. */
export interface PublishContext {
  /** What synth wrote. */
  readonly output: string;
  /** What builds take of applications; @default - nothing is built */
  readonly applications?: ImageApplications;
  /** Secrets of builds in which Composer runs; @default - none */
  readonly composerSecrets?: readonly string[];
  readonly wanted: readonly WantedImage[];
  readonly plan: Plan;
  readonly facts: Facts;
  /** Places that images are copied from, beside the destinations of the plan. */
  readonly sources: readonly Destination[];
  readonly journal: Journal;
  readonly builder: Builder;
  readonly engine: LocalEngine;
  /** @default - no scanner is asked */
  readonly scanner?: Scanner;
  readonly scan?: ScanSettings;
  /** Hash of the scanner's gate. */
  readonly policy: string;
  /** @default - nothing is signed */
  readonly signer?: Signer;
  readonly registry: (host: string) => Registry;
  /** Whether the manifest lists a seccomp profile of an image. */
  readonly seccomp: (image: string) => boolean;
  /** Environment of every child. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  readonly listener: Listener;
  readonly now: () => Date;
  /** The images as they are now, by `image/architecture`. */
  readonly images: Map<string, FoundArchitecture>;
  /** The lists that were written, by `image destination`. */
  readonly lists: Map<string, WrittenList>;
  /** Keys of the images that this run built. */
  readonly built: Set<string>;
}

/** A destination of the plan. */
export function destinationOf(context: PublishContext, id: string): Destination {
  return [...context.plan.destinations, ...context.sources].find((destination) => destination.id === id)!;
}

/** The image of the manifest that a step is about. */
export function wantedOf(context: PublishContext, step: Pick<Step, 'image'>): WantedImage {
  return context.wanted.find(({ name }) => name === step.image)!;
}

/** An image that exists by now. */
export function imageAt(context: PublishContext, key: string): FoundArchitecture {
  const found = context.images.get(key);
  if (found === undefined) {
    throw new Error(`${key} is not there`);
  }
  return found;
}

/** Destination that has an image by now: by an earlier run, or by a push of this one that was planned. */
export function holderOf(context: PublishContext, key: string): Destination {
  const { facts, plan } = context;
  const { digest } = imageAt(context, key);
  const [id] =
    Object.entries(facts.repositories).find(
      ([, item]) => 'images' in item && item.images.some((image) => image.digest === digest),
    ) ?? [];
  const push = plan.steps.find((item) => item.kind === 'push' && keyOf(item.image, item.architecture) === key);
  return destinationOf(context, id ?? (push && 'destination' in push ? push.destination : ''));
}
