import { isSecretName, secretMark } from '../image/secrets';
import type { FileRule } from '../rule';
import { eachService, type ComposeService } from './compose';
import { asFields, asList, isUnset } from './fields';
import { eachContainer, type PodContainer } from './pods';

/** RT-012 */
export const SECRETS_AS_FILES: FileRule = {
  id: 'RT-012',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'Secrets reach the container as mounted files, never by its environment',
  why: 'the environment is shown by docker inspect and phpinfo, is inherited by every program and ends in logs and crash reports',
  next: 'mount the secret as a file (secrets of compose, a volume of a Secret), and let the application read it from there',
  sources: ['NIST SP 800-190 4.1.4', 'OWASP Docker Security Cheat Sheet, rule 12', 'CIS Docker 4.10'],
  check: (subject) => [...eachService(subject, inCompose), ...eachContainer(subject, inContainer)],
};

interface Variable {
  readonly name: string;
  readonly value: string;
}

function inCompose({ fields }: ComposeService): string[] {
  const variables = Array.isArray(fields.environment)
    ? fields.environment.map((line): Variable => {
        const [name = '', value = ''] = String(line).split(/=(.*)/s);
        return { name, value };
      })
    : Object.entries(asFields(fields.environment, 'environment')).map(([name, value]): Variable => ({
        name,
        value: String(value ?? ''),
      }));
  return [
    ...secrets(variables),
    ...(isUnset(fields.env_file) ? [] : ['env_file fills the environment from a file that nobody checks']),
  ];
}

function inContainer({ fields }: PodContainer): string[] {
  const variables = asList(fields.env, 'env').map((item) => asFields(item, 'a variable'));
  const references = variables.filter(({ valueFrom }) => !isUnset(asFields(valueFrom, 'valueFrom').secretKeyRef));
  const whole = asList(fields.envFrom, 'envFrom').filter((item) => !isUnset(asFields(item, 'envFrom').secretRef));
  return [
    ...secrets(variables.map(({ name, value }) => ({ name: String(name), value: String(value ?? '') }))),
    ...references.map(({ name }) => `${String(name)} takes a Secret into the environment`),
    ...(whole.length === 0 ? [] : ['envFrom takes a Secret into the environment']),
  ];
}

function secrets(variables: readonly Variable[]): string[] {
  return variables.filter(isSecret).map(({ name }) => `${name} looks like a secret in the environment`);
}

/** A name that ends in FILE says where the secret is mounted. */
function isSecret({ name, value }: Variable): boolean {
  const isPlace = name.endsWith('_FILE') && /^\/[\w./-]*$/.test(value);
  return (isSecretName(name) && !isPlace) || secretMark(value) !== undefined;
}
