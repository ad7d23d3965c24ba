import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { deployments } from './support/deployments';
import { describeWithJudge } from './support/judge';
import { NpmJudge } from './support/npm-judge';

/** An object of Kubernetes. */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A model of kubernetes-models, which validates against the schemas that Kubernetes publishes. */
type Models = Readonly<Record<string, new (data: object) => { validate(): void }>>;

function manifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

/** kubernetes-models has a file for each group: `v1`, `apps/v1`. */
function validate(manifest: Manifest): void {
  const load = createRequire(NpmJudge.kubernetes.path);
  const models = load(`kubernetes-models/${manifest.apiVersion}`) as Models;
  new models[manifest.kind]!(manifest).validate();
}

/** What TypeScript says of objects, given the types of Kubernetes: it knows of fields that the schemas pass over. */
function typeErrors(all: readonly Manifest[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  try {
    const lines = all.flatMap((manifest, index) => [
      `import type { I${manifest.kind} as T${index} } from '${NpmJudge.kubernetes.modules}/kubernetes-models/${manifest.apiVersion}/${manifest.kind}';`,
      `export const object${index}: T${index} = ${JSON.stringify(manifest)};`,
    ]);
    const file = join(directory, 'objects.ts');
    writeFileSync(file, lines.join('\n'));
    const program = ts.createProgram([file], {
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      types: [],
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs kubectl kustomize over a directory of files; gives the Deployment. */
function kustomize(files: ReadonlyMap<string, string>, components: readonly string[]): unknown {
  const directory = mkdtempSync(join(tmpdir(), 'kustomize-'));
  try {
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    };
    files.forEach((text, path) => write(`image/${path}`, text));
    write('own/kustomization.yaml', `resources: [../image]\ncomponents: ${JSON.stringify(components)}\n`);
    const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(directory, 'own')], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    return manifests(stdout).find(({ kind }) => kind === 'Deployment');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const all = deployments();

describeWithJudge('the schemas that Kubernetes publishes', NpmJudge.kubernetes.lacks, () => {
  it.each(all)('accept kubernetes.yaml of %s', (_, files) => {
    const objects = manifests(files.get('kubernetes.yaml')!);
    expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Namespace', 'Deployment', 'Service']));
    objects.forEach(validate);
  });

  it('know every field, of every kind', () => {
    const objects = all.flatMap(([, files]) => manifests(files.get('kubernetes.yaml')!));
    expect(typeErrors(objects)).toEqual([]);
  }, 60_000);

  it('refuse a value that is wrong, and a field that there is not', () => {
    const deployment = manifests(all[0]![1].get('kubernetes.yaml')!).find(({ kind }) => kind === 'Deployment')!;
    const wrong = JSON.parse(JSON.stringify(deployment).replace(/"replicas":\d/, '"replicas":"one"')) as Manifest;
    const unknown = JSON.parse(JSON.stringify(deployment).replace('"runAsUser"', '"runAsUsr"')) as Manifest;
    expect(() => validate(wrong)).toThrow(/replicas must be integer/);
    expect(typeErrors([unknown])[0]).toContain('runAsUsr');
  }, 60_000);
});

const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

describeWithJudge('kubectl kustomize', kubectl ? undefined : 'kubectl is not installed: run .ci/testbed', () => {
  it('takes the directory of an image, with the profile of the runtime', () => {
    const text = JSON.stringify(kustomize(all[0]![1], []));
    expect(text.match(/"seccompProfile":\{"type":"RuntimeDefault"\}/g)).toHaveLength(3);
  });

  it.each(all)("gives %s the image's own profile by the component, wherever one is named", (image, files) => {
    const text = JSON.stringify(kustomize(files, ['../image/kubernetes-seccomp']));
    expect(text).not.toContain('RuntimeDefault');
    const localhost = `"seccompProfile":{"localhostProfile":"profiles/${image}.json","type":"Localhost"}`;
    // of the pod and of each container
    expect(text.split(localhost).length - 1).toBe(text.includes('initContainers') ? 3 : 2);
  });
});
