import { destinationOf, imageAt, wantedOf, type PublishContext, type WrittenList } from './publish-context';
import { ImageList } from '../oci/image-list';
import { listAnnotations } from '../oci/labels';
import { Layout } from '../oci/layout';
import { MEDIA_TYPES, type ImageIndex } from '../oci/types';
import { keyOf } from '../plan/facts';
import { listOf } from '../plan/list-steps';
import type { CheckSignatureStep, ListStep, PushStep, SignStep, TagStep } from '../plan/step';
import { repositorySource } from '../registry/content-source';
import { pushManifests } from '../registry/push-manifests';
import { registryError } from '../registry/registry-problem';
import { isLoopback } from '../registry-address';
import { signatureTag } from '../sign/signature-tag';

/** Brings an image into a repository: from this machine, or from where it is already. */
export async function runPush(step: PushStep, context: PublishContext): Promise<string> {
  const { registry: host, repository } = destinationOf(context, step.destination);
  const found = imageAt(context, keyOf(step.image, step.architecture));
  const from = step.from === undefined ? undefined : destinationOf(context, step.from);
  const source = from
    ? repositorySource(context.registry(from.registry), from.repository, host)
    : Layout.open(found.layout!)!;
  const { blobs } = await pushManifests(context.registry(host), repository, source, found.descriptors);
  return `${found.digest} (${blobs} ${blobs === 1 ? 'blob' : 'blobs'} sent)`;
}

/** Writes a list by its digest: no tag points to it yet. */
export async function runList(step: ListStep, context: PublishContext): Promise<string> {
  const { registry: host, repository } = destinationOf(context, step.destination);
  const list = step.copyOf ? await copiedList(step, step.copyOf, context) : writtenList(step, context);
  await context.registry(host).putManifest(repository, list.digest, list);
  context.lists.set(placeOf(step), list);
  context.journal.keepList(step.image, step.destination, list.digest);
  return list.digest;
}

/** The list of an image in a destination: just written, or there since an earlier run. */
function listAt(step: SignStep | CheckSignatureStep | TagStep, context: PublishContext): WrittenList {
  const known = context.lists.get(placeOf(step));
  if (known !== undefined) {
    return known;
  }
  const { architectures } = wantedOf(context, step);
  const list = listOf(architectures.map(({ architecture }) => imageAt(context, keyOf(step.image, architecture))));
  return { digest: list.digest, bytes: list.bytes, mediaType: MEDIA_TYPES.index };
}

function writtenList(step: ListStep, context: PublishContext): WrittenList {
  const images = step.architectures.map((name) => imageAt(context, keyOf(step.image, name)));
  const list = step.base === undefined ? listOf(images) : changedList(step, context);
  if (list.architectures.length === 0) {
    const next = 'remove the tag itself in the registry, if that is what is meant';
    throw registryError(step.id, 'nothing would be left of the list', next);
  }
  return { digest: list.digest, bytes: list.bytes, mediaType: MEDIA_TYPES.index };
}

/** A list of another registry, byte for byte, and the signatures of it and of its images. */
async function copiedList(
  step: ListStep,
  from: NonNullable<ListStep['copyOf']>,
  context: PublishContext,
): Promise<WrittenList> {
  const origin = destinationOf(context, from.destination);
  const target = destinationOf(context, step.destination);
  const registry = context.registry(origin.registry);
  const list = await registry.getManifest(origin.repository, from.digest);
  if (list === undefined) {
    throw registryError(
      step.id,
      `${origin.id}@${from.digest} is not there any more`,
      'publish to that environment again',
    );
  }
  const { manifests } = JSON.parse(list.bytes.toString('utf8')) as ImageIndex;
  for (const digest of [from.digest, ...manifests.map((item) => item.digest)]) {
    const tag = signatureTag(digest);
    const signature = await registry.getManifest(origin.repository, tag);
    if (signature !== undefined) {
      const source = repositorySource(registry, origin.repository, target.registry);
      const descriptor = { ...signature, size: signature.bytes.length };
      await pushManifests(context.registry(target.registry), target.repository, source, [descriptor]);
      await context.registry(target.registry).putManifest(target.repository, tag, signature);
    }
  }
  return list;
}

/** The list at the tag, with some architectures added, replaced or removed. */
function changedList(step: ListStep, context: PublishContext): ImageList {
  const repository = context.facts.repositories[step.destination];
  const tag = repository && 'tags' in repository ? repository.tags[step.base!] : undefined;
  const before = ImageList.parse(tag!.index as ImageIndex);
  const kept = before.architectures
    .filter((name) => !step.keeps.includes(name))
    .reduce((list, name) => list.without(name), before);
  const images = step.architectures.map((name) => imageAt(context, keyOf(step.image, name)));
  const list = images.reduce<ImageList>((result, image) => result.with(image), kept);
  const annotations = listAnnotations([before.annotations, ...images.map(({ labels }) => labels)]);
  return list.annotated(annotations);
}

export async function runSign(step: SignStep, context: PublishContext): Promise<string> {
  const target = targetOf(step, context);
  await context.signer!.sign(target, (line) => context.listener({ type: 'line', step, line }));
  return target.reference;
}

export async function runCheckSignature(step: CheckSignatureStep, context: PublishContext): Promise<string> {
  const target = targetOf(step, context);
  await context.signer!.verify(target);
  return 'the signature is good';
}

/** Moves a tag: one request, so that it points to the old list or to the new one. */
export async function runTag(step: TagStep, context: PublishContext): Promise<string> {
  const { registry: host, repository } = destinationOf(context, step.destination);
  const list = listAt(step, context);
  context.lists.set(placeOf(step), list);
  await context.registry(host).putManifest(repository, step.tag, list);
  return list.digest;
}

/** Name of the list of an image in a destination. */
export function placeOf({ image, destination }: { readonly image: string; readonly destination: string }): string {
  return `${image} ${destination}`;
}

function targetOf(
  step: SignStep | CheckSignatureStep,
  context: PublishContext,
): { readonly reference: string; readonly insecure: boolean } {
  const { registry, id } = destinationOf(context, step.destination);
  return { reference: `${id}@${listAt(step, context).digest}`, insecure: isLoopback(registry) };
}
