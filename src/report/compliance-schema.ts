import { z } from 'zod';

const certainty = z.enum(['verified', 'corroborated', 'single-source', 'inferred', 'unverified']);

const findingSchema = z.strictObject({
  rule: z.string().describe('Key of the rule'),
  file: z.string().optional().describe('File below the image’s directory, with its line; absent: the image as a whole'),
  what: z.string(),
  next: z.string().optional().describe('The next step, where it is not the rule’s own'),
});

const ruleSchema = z.strictObject({
  pack: z.string(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
  level: z.enum(['error', 'warning']).describe('error: an image that breaks it is not written'),
  kind: z.enum(['invariant', 'bounded']).describe('bounded: moved, within what it states, by a grant'),
  statement: z.string(),
  sources: z.array(z.string()).describe('Documents and judges that ask for it'),
});

const imageSchema = z.strictObject({
  path: z.string().describe('Construct path'),
  php: z.string(),
  platform: z.string().describe('Name and release'),
  architectures: z
    .record(z.string(), z.enum(['manifest', 'index-only']))
    .describe('How the base of each is pinned: by its own manifest, or by the index over all'),
  rules: z
    .strictObject({
      passed: z.int(),
      warned: z.int(),
      violated: z.int(),
      skipped: z.int().describe('Rules over the tree, where there was only an output'),
    })
    .describe('Numbers of rules'),
  warnings: z.array(findingSchema),
  violations: z.array(findingSchema).describe('Always empty in what a synthesis wrote: it refuses to write'),
  grants: z
    .array(
      z.strictObject({
        subject: z.string().describe('A function or a setting of PHP'),
        reason: z.string(),
        rules: z.array(z.string()).describe('Keys of the rules that would be broken without it'),
      }),
    )
    .describe('Bounds of rules that were moved'),
  certainty: certainty.describe('The worst certainty of a fact that the image rests on'),
  uncertain: z
    .partialRecord(certainty, z.array(z.string()))
    .describe('Packages whose names were not read at their primary source, by certainty'),
});

/** compliance.json: the rules once, and what they say of each image. */
export const complianceSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1).describe('Version of this format'),
  rules: z.record(z.string(), ruleSchema).describe('By id; a second rule of one id has ~2 behind it'),
  images: z.record(z.string(), imageSchema),
});

/** What the rules say of every image. */
export type Compliance = z.output<typeof complianceSchema>;

/** Where the JSON Schema is published. */
export const COMPLIANCE_SCHEMA_ID = 'https://unpkg.com/projen-nginx-php/schema/compliance.schema.json';
