import { flatMap } from '../../config/flat-map';
import { readOnce } from '../parsed-texts';
import type { FileRule, Finding } from '../rule';
import type { RuleFile } from '../rule-subject';
import { assignedSecret, secretMark } from './secrets';

/** Files that hold secrets, by their names. */
const NAMES =
  /^(?:\.env(?!\.(?:dist|example|sample|template)$)(?:\..+)?|\.git|\.git-credentials|\.htpasswd|\.my\.cnf|\.netrc|\.npmrc|\.pgpass|\.vault-token|auth\.json|credentials(?:\.json)?|id_(?:dsa|ecdsa|ed25519|rsa)|shadow|.+\.(?:jks|kdbx|key|keystore|p12|pfx|ppk))$/i;

/** Directories of secrets. */
const DIRECTORIES = /(?:^|\/)(?:\.aws|\.docker|\.git|\.gnupg|\.kube|\.ssh)\//i;

/** IMG-011 */
export const NO_SECRETS_IN_CONTEXT: FileRule = {
  id: 'IMG-011',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'No file of the image’s directory is, or has in it, a secret',
  why: 'output is committed, and a layer of an image keeps a secret for everybody who may pull it',
  next: 'take it out, and withdraw it where it was committed; mount secrets when the container starts, or give a build RUN --mount=type=secret',
  sources: ['CIS Docker 4.10', 'NIST SP 800-190 4.1.4', 'CIS DI-0010', 'Dockle DKL-LI-0003', 'Trivy: secrets'],
  check: (subject) => {
    // The contexts share most of their files.
    const told = new Set<string>();
    const isNew = (file: RuleFile): boolean => !told.has(file.content) && told.add(file.content) !== undefined;
    const found = flatMap(subject.files, (file) => findSecretText(file).filter(() => isNew(file)));
    return [...subject.files.flatMap(findSecretName), ...found];
  },
};

function findSecretName({ path }: RuleFile): Finding[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return NAMES.test(name) || DIRECTORIES.test(path)
    ? [{ file: path, what: `a file of the name ${name} holds secrets` }]
    : [];
}

function findSecretText({ path, content }: RuleFile): Finding[] {
  const { mark, line, assigned } = readOnce(readSecrets, content);
  if (mark !== undefined) {
    return [{ file: `${path}:${line}`, what: `${mark} stands in it` }];
  }
  return assigned === undefined ? [] : [{ file: path, what: `${assigned} is given a value in it` }];
}

/** The first secret of a text, and its line; a secret of several lines begins there. */
function readSecrets(content: string): { mark?: string; line: number; assigned?: string } {
  const mark = secretMark(content);
  if (mark === undefined) {
    return { line: 1, assigned: assignedSecret(content) };
  }
  const at = content.split('\n').findIndex((line) => secretMark(line) !== undefined);
  return { mark, line: at < 0 ? 1 : at + 1 };
}
