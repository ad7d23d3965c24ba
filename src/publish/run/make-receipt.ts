import type { PublishContext } from './publish-context';
import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import { keyOf } from '../plan/facts';
import {
  publisher,
  type Receipt,
  type ReceiptArchitecture,
  type ReceiptDestination,
  type ReceiptFailure,
  type ReceiptImage,
} from '../state/receipt';
import type { WantedImage } from '../wanted';
import { placeOf } from './registry-steps';
import { problemsOf, type StepResult } from './run-steps';

/** The receipt of a publish that ended, well or not. */
export function makeReceipt(context: PublishContext, results: readonly StepResult[], started: Date): Receipt {
  const finished = context.now();
  const failures = failuresOf(context, results);
  return {
    version: 1,
    environment: context.plan.environment,
    started: started.toISOString(),
    finished: finished.toISOString(),
    duration: finished.getTime() - started.getTime(),
    by: publisher(),
    complete:
      failures.length === 0 && results.every(({ status }) => status === 'done') && context.plan.notes.length === 0,
    images: Object.fromEntries(context.wanted.map((image) => [image.name, imageOf(image, context, results)])),
    steps: results.map(({ step, status, duration, detail }) => ({ id: step.id, status, duration, detail })),
    failures,
    notes: context.plan.notes,
  };
}

function failuresOf({ plan }: PublishContext, results: readonly StepResult[]): ReceiptFailure[] {
  const down = plan.unreachable.map(({ destination, problem }): ReceiptFailure => ({
    where: destination,
    type: 'REGISTRY_ERROR',
    problems: [problem],
  }));
  const failed = results
    .filter(({ status }) => status === 'failed')
    .map(({ step, error }): ReceiptFailure => {
      const type = error instanceof DockerfileGeneratorError ? error.type : 'REGISTRY_ERROR';
      return { where: step.id, type, problems: problemsOf(error, step.id) };
    });
  return [...down, ...failed];
}

function imageOf(image: WantedImage, context: PublishContext, results: readonly StepResult[]): ReceiptImage {
  const architectures = image.architectures.flatMap(({ architecture, selected }) => {
    const found = context.images.get(keyOf(image.name, architecture));
    return found && (selected || !context.plan.notes.length)
      ? [[architecture, architectureOf(image.name, architecture, context)] as const]
      : [];
  });
  return {
    architectures: Object.fromEntries(architectures),
    destinations: Object.fromEntries(
      image.destinations.map(({ id, tags }) => [id, destinationOf(image.name, id, tags, context, results)]),
    ),
  };
}

function architectureOf(image: string, architecture: string, context: PublishContext): ReceiptArchitecture {
  const key = keyOf(image, architecture);
  const { digest, identity, created, labels, descriptors, attested, verified } = context.images.get(key)!;
  const entry = context.journal.read(key);
  const own = entry?.image?.digest === digest || entry?.verification?.digest === digest ? entry : undefined;
  return {
    digest,
    identity,
    created,
    built: context.built.has(key),
    verified,
    verification: own?.verification?.digest === digest ? own.verification : undefined,
    scan: own?.scan?.digest === digest ? own.scan : undefined,
    labels,
    descriptors,
    attested,
    notAttested: own?.attestations ?? [],
  };
}

function destinationOf(
  image: string,
  destination: string,
  tags: readonly string[],
  { facts, lists, plan }: PublishContext,
  results: readonly StepResult[],
): ReceiptDestination {
  const repository = facts.repositories[destination];
  const before = repository && 'tags' in repository ? repository : undefined;
  const done = new Set(results.filter(({ status }) => status === 'done').map(({ step }) => step.id));
  const place = placeOf({ image, destination });
  const digests = tags.flatMap((tag) => {
    const moved = done.has(`tag ${place}:${tag}`) ? lists.get(place)?.digest : undefined;
    const digest = moved ?? before?.tags[tag]?.digest;
    return digest ? [[tag, digest] as const] : [];
  });
  const list = lists.get(place)?.digest ?? digests[0]?.[1];
  return {
    list,
    tags: Object.fromEntries(digests),
    signed:
      plan.gates.sign !== undefined &&
      (done.has(`check-signature ${place}`) || (list !== undefined && (before?.signed.includes(list) ?? false))),
  };
}
