import { z } from 'zod';
import { DOCKER_HUB } from './registry-address';
import { didYouMean } from '../errors/did-you-mean';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';

/** How bad a finding of a scanner is. */
export const SEVERITIES = ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

const scanSchema = z.strictObject({
  scanner: z.enum(['trivy', 'grype', 'snyk', 'clair']).default('trivy'),
  program: z.string().optional().describe('Path of the program, where it is not in PATH by its own name'),
  severity: z.enum(SEVERITIES).default('HIGH').describe('The least severity that fails the gate'),
  fixableOnly: z.boolean().default(false).describe('Whether only findings with a fix count'),
  ignore: z
    .array(
      z.strictObject({
        id: z.string().min(1).describe('CVE-2026-0001'),
        reason: z.string().min(10).describe('Why it does not matter here'),
        expires: z.iso.date().describe('Last day of the exemption'),
      }),
    )
    .default([]),
  maxDatabaseAge: z.number().positive().default(48).describe('Hours'),
  timeout: z.number().positive().default(600).describe('Seconds'),
});

const signSchema = z.union([
  z.strictObject({
    key: z.string().describe('Private key of cosign: a file, or a KMS address'),
    publicKey: z.string().describe('What a signature is verified with'),
    transparencyLog: z.boolean().default(false).describe('Whether it is noted in Rekor'),
  }),
  z.strictObject({
    identity: z.string().describe('Who the certificate has to name'),
    issuer: z.url().describe('Who vouches for the identity'),
  }),
]);

/** A named set of registries, tag rules and gates. */
export const environmentSchema = z.strictObject({
  registries: z
    .array(
      z.strictObject({
        registry: z.string().describe('Host, such as registry.example.com:5000'),
        namespace: z.string().optional().describe('What stands before the repository; the user name by default'),
      }),
    )
    .min(1),
  repository: z.string().default('{name}').describe('{name}, {php}, {platform} and {release} are filled in'),
  tags: z.array(z.string()).min(1).default(['{tag}']).describe('The same, and {tag}: that of --tag'),
  verify: z
    .enum(['run', 'inspect'])
    .default('run')
    .describe('run: every check of test:local where the architecture can run; inspect: configuration and labels'),
  scan: scanSchema.optional(),
  sign: signSchema.optional(),
  promoteFrom: z.string().optional().describe('Environment that promote copies from'),
});

/** A named set of registries, tag rules and gates. */
export type Environment = z.output<typeof environmentSchema>;

/** How the gate of the scanner is set. */
export type ScanSettings = NonNullable<Environment['scan']>;

/** How images are signed. */
export type SignSettings = NonNullable<Environment['sign']>;

const hub = [{ registry: DOCKER_HUB }];

/** Environments that every project has, until it says otherwise. */
const DEFAULTS: Readonly<Record<string, z.input<typeof environmentSchema>>> = {
  local: { registries: [{ registry: '127.0.0.1:5000' }] },
  staging: { registries: hub, tags: ['{tag}-staging'], scan: {} },
  production: { registries: hub, scan: {}, promoteFrom: 'staging' },
};

/**
 * The environment of a name.
 *
 * @param own what the project's configuration has under `environments`
 * @throws DockerfileGeneratorError VALIDATION_ERROR
 */
export function findEnvironment(name: string, own: Readonly<Record<string, unknown>> = {}): Environment {
  const all = { ...DEFAULTS, ...own };
  const found = all[name];
  if (found === undefined || !Object.hasOwn(all, name)) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', [
      {
        where: 'environment',
        what: `there is no environment ${JSON.stringify(name)}`,
        next: `choose ${didYouMean(name, Object.keys(all))}, or add it to package.json: dockerfile-generator.environments`,
      },
    ]);
  }
  return parseEnvironment(found, `dockerfile-generator.environments.${name}`);
}

/** @throws DockerfileGeneratorError VALIDATION_ERROR */
export function parseEnvironment(given: unknown, where: string): Environment {
  const result = environmentSchema.safeParse(given);
  if (result.success) {
    return result.data;
  }
  throw new DockerfileGeneratorError(
    'VALIDATION_ERROR',
    result.error.issues.map(({ path, message }) => ({
      where: [where, ...path.map(String)].join('.'),
      what: message,
      next: 'docs/publish.md lists what an environment can say',
    })),
  );
}
