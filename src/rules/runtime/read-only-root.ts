import type { FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { eachService, type ComposeService } from './compose';
import { asFields, asList, show } from './fields';
import { plainPath, tmpfsOf, volumesOf } from './mounts';
import { eachContainer, type Pod, type PodContainer } from './pods';

/** RT-004 */
export const READ_ONLY_ROOT: FileRule = {
  id: 'RT-004',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'The root file system is read-only, and the writable paths of the manifest are all that can be written to',
  why: 'who breaks in has nowhere to put a program or change a page; and a server that finds its own paths read-only does not start',
  next: 'keep read_only; declare what the server writes to by addWritablePath, or volumes in the props of the image',
  fix: 'compose.yaml and kubernetes.yaml mount the declared writable paths on a read-only root',
  sources: ['CIS Docker 5.13', 'OWASP Docker Security Cheat Sheet, rule 8', 'NIST SP 800-190 4.4.4'],
  check: (subject) => [
    ...eachService(subject, (service) => inCompose(service, subject)),
    ...eachContainer(subject, (container) => [
      ...(container.security.readOnlyRootFilesystem === true
        ? []
        : [`readOnlyRootFilesystem is ${show(container.security.readOnlyRootFilesystem)}`]),
      ...inPod(container, subject),
    ]),
  ],
};

function inCompose(service: ComposeService, subject: RuleSubject): string[] {
  const { fields, overlay } = service;
  const written = [
    ...tmpfsOf(service).map(({ target }) => target),
    ...volumesOf(service)
      .filter(({ readOnly }) => !readOnly)
      .map(({ target }) => target),
  ];
  const open = overlay && fields.read_only === undefined ? [] : [fields.read_only].filter((value) => value !== true);
  return [
    ...open.map((value) => `read_only is ${show(value)}`),
    ...undeclared(written, subject),
    ...(overlay ? [] : missing(written, subject)),
  ];
}

function inPod({ init, fields, pod }: PodContainer, subject: RuleSubject): string[] {
  const written = writableMounts(fields);
  if (init) {
    const declared = declaredVolumes(pod, subject);
    return written
      .filter(({ volume }) => !declared.has(volume))
      .map(({ path, volume }) => `${path} is writable, of the volume ${volume}, which holds no declared path`);
  }
  const paths = written.map(({ path }) => path);
  return [...undeclared(paths, subject), ...missing(paths, subject)];
}

interface WritableMount {
  readonly volume: string;
  readonly path: string;
}

function writableMounts(container: PodContainer['fields']): WritableMount[] {
  return asList(container.volumeMounts, 'volumeMounts')
    .map((item) => asFields(item, 'a volumeMount'))
    .filter(({ readOnly }) => readOnly !== true)
    .map(({ name, mountPath }) => ({ volume: String(name), path: plainPath(String(mountPath)) }));
}

/** Volumes that a server sees at a declared path: an init container may prepare them. */
function declaredVolumes({ containers }: Pod, subject: RuleSubject): ReadonlySet<string> {
  const mounts = containers.filter(({ init }) => !init).flatMap(({ fields }) => writableMounts(fields));
  const paths = subject.facts.writablePaths.map(({ path }) => path);
  return new Set(mounts.filter(({ path }) => paths.includes(path)).map(({ volume }) => volume));
}

function undeclared(written: readonly string[], { facts }: RuleSubject): string[] {
  return written
    .filter((path) => !facts.writablePaths.some((declared) => declared.path === path))
    .map((path) => `${path} is writable, and no writable path of the image`);
}

function missing(written: readonly string[], { facts }: RuleSubject): string[] {
  return facts.writablePaths
    .filter(({ path }) => !written.includes(path))
    .map(({ path }) => `${path} is a writable path of the image, and nothing writable is mounted there`);
}
