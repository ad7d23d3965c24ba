import { byCodePoint } from '../../catalog';
import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import type { Finding } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { asFields, asList, type Fields } from './fields';

/** A compose file of an image. */
export interface ComposeFile {
  /** `compose.yaml` */
  readonly path: string;
  /** Whether it is laid over compose.yaml: what it does not say stands there. */
  readonly overlay: boolean;
  readonly fields: Fields;
  readonly services: readonly ComposeService[];
}

/** A service of a compose file. */
export interface ComposeService {
  readonly path: string;
  readonly overlay: boolean;
  readonly name: string;
  readonly fields: Fields;
}

/** An option of the engine that confines: `seccomp=./seccomp.json`. */
export interface SecurityOption {
  readonly name: string;
  readonly value: string;
}

/** File that runs the image alone. */
const BASE = 'compose.yaml';

/** Names that compose, or a person, would take for a file of compose. */
const COMPOSE_FILE = /^(?:docker-)?compose[^/]*\.ya?ml$/;

/** Every compose file; throws where there is none, or where one is not what compose reads. */
export const composeFiles = onceFor((subject: RuleSubject): readonly ComposeFile[] => {
  const paths = subject.files
    .map(({ path }) => path)
    .filter((path) => COMPOSE_FILE.test(path))
    .sort(byCodePoint);
  if (!paths.includes(BASE)) {
    throw new Error(`${BASE} is not there`);
  }
  return paths.map((path) => composeFile(subject, path));
});

/** The services of every compose file. */
export function composeServices(subject: RuleSubject): ComposeService[] {
  return flatMap(composeFiles(subject), ({ services }) => services);
}

/** What is found in each service of the compose files. */
export function eachService(subject: RuleSubject, look: (service: ComposeService) => readonly string[]): Finding[] {
  return flatMap(composeServices(subject), (service) =>
    look(service).map((what) => ({ file: service.path, what: `the service ${service.name}: ${what}` })),
  );
}

/** The options of `security_opt`, as the engine takes them apart. */
export function securityOptions({ fields }: ComposeService): SecurityOption[] {
  return asList(fields.security_opt, 'security_opt').map((option) => {
    const [, name = '', value = ''] = /^([^=:]*)[=:]?(.*)$/s.exec(String(option))!;
    return { name, value };
  });
}

function composeFile(subject: RuleSubject, path: string): ComposeFile {
  const documents = subject.yaml(path);
  const fields = asFields(documents[0], path);
  const overlay = path !== BASE;
  const services = Object.entries(asFields(fields.services, 'services')).map(([name, value]) => ({
    path,
    overlay,
    name,
    fields: asFields(value, `the service ${name}`),
  }));
  if (documents.length !== 1 || services.length === 0) {
    throw new Error(`${path} is not one document with services`);
  }
  return { path, overlay, fields, services };
}
