import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { complianceSchema } from '../../../report';
import { manifestSchema } from '../../../synth';
import { checked, combined, count, skipped, type Check } from '../check';
import type { CheckedTree } from '../checked-tree';
import { baseName, distinctFiles } from '../distinct-files';
import { ask, findProgram, withFiles } from '../program';
import { fault, type Judge } from './judge';

/** YAML and JSON: as documents, against the schemas that are known here, and by Compose where it is installed. */
export const judgeData: Judge = (tree) =>
  combined('YAML and JSON', 'documents against their schemas', [readYaml(tree), readJson(tree), readCompose(tree)]);

/** What every object of Kubernetes has. */
const objectSchema = z.looseObject({
  apiVersion: z.string().regex(/^(?:[a-z0-9.]+\/)?v\d+(?:(?:alpha|beta)\d+)?$/),
  kind: z.string().regex(/^[A-Z][A-Za-z]+$/),
  metadata: z.looseObject({ name: z.string().regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/) }).optional(),
});

/** What Compose asks of every project. */
const composeSchema = z.looseObject({ services: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), z.looseObject({})) });

/** Docker's format of a seccomp profile. */
const seccompSchema = z.looseObject({
  defaultAction: z.string().regex(/^SCMP_ACT_[A-Z_]+$/),
  syscalls: z.array(
    z.looseObject({ names: z.array(z.string().regex(/^[a-z0-9_]+$/)).min(1), action: z.string().regex(/^SCMP_ACT_/) }),
  ),
});

function readYaml({ files }: CheckedTree): Check {
  const yaml = distinctFiles(files, ({ path }) => /\.ya?ml$/.test(path));
  const problems = yaml.flatMap((file) => {
    const documents = parseAllDocuments(file.content, { uniqueKeys: true, version: '1.2' });
    return (Array.isArray(documents) ? documents : []).flatMap((document) => {
      const faults = [...document.errors, ...document.warnings].map(({ message }) =>
        fault(file.path, message.split('\n')[0]!),
      );
      return faults.length > 0 ? faults : against(file.path, schemaOfYaml(baseName(file)), document.toJS() as unknown);
    });
  });
  return checked('YAML', count(yaml.length, 'file'), problems);
}

function schemaOfYaml(name: string): z.ZodType | undefined {
  if (name.startsWith('compose')) {
    return composeSchema;
  }
  return name.startsWith('kubernetes') || name.startsWith('kustomization') ? objectSchema : undefined;
}

function readJson({ files, assembly }: CheckedTree): Check {
  const json = distinctFiles([...files, ...reports(assembly)], ({ path }) => /\.(?:json|sarif)$/.test(path));
  const problems = json.flatMap((file) => {
    try {
      return against(file.path, schemaOfJson(baseName(file)), JSON.parse(file.content) as unknown);
    } catch (error) {
      return [fault(file.path, (error as Error).message)];
    }
  });
  const manifest = assembly ? against('manifest.json', manifestSchema, plain(assembly.manifest)) : [];
  return checked('JSON', `${count(json.length + 1, 'file')}, the manifest among them`, [...problems, ...manifest]);
}

/** The files of a whole synthesis that belong to no image. */
function reports(assembly: CheckedTree['assembly']) {
  return assembly ? [...assembly.files()].filter(({ path }) => !path.includes('/')) : [];
}

function schemaOfJson(name: string): z.ZodType | undefined {
  return { 'compliance.json': complianceSchema, 'seccomp.json': seccompSchema }[name];
}

/** As it is after a way through JSON. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function against(path: string, schema: z.ZodType | undefined, value: unknown) {
  const parsed = schema?.safeParse(value);
  return (parsed?.error?.issues ?? []).map((issue) => fault(path, `${issue.path.join('.')}: ${issue.message}`));
}

function readCompose({ files }: CheckedTree): Check {
  const docker = findProgram('docker');
  if (!docker || ask(docker, ['compose', 'version']).status !== 0) {
    return skipped('docker compose config', 'Compose is not installed here');
  }
  const composes = distinctFiles(files, (file) => baseName(file) === 'compose.yaml');
  const problems = composes.flatMap(({ path, content }) =>
    withFiles(
      () => [
        ['compose.yaml', content],
        ['seccomp.json', '{}'],
      ],
      (directory) => {
        const { status, output } = ask(docker, ['compose', '--file', `${directory}/compose.yaml`, 'config', '--quiet']);
        return status === 0 ? [] : [fault(path, output.trim())];
      },
    ),
  );
  return checked('docker compose config', count(composes.length, 'file'), problems);
}
