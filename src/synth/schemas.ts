import { z } from 'zod';
import { COMPLIANCE_SCHEMA_ID, complianceSchema } from '../report';
import { INPUT_LOCK_SCHEMA_ID } from './input-lock';
import { inputLockSchema } from './input-lock-schema';
import { MANIFEST_SCHEMA_ID, manifestSchema } from './manifest';

/** The published JSON Schemas, by file name. */
export const SCHEMAS: Readonly<Record<string, () => object>> = {
  'compliance.schema.json': () =>
    jsonSchema(COMPLIANCE_SCHEMA_ID, 'Compliance report of projen-nginx-php', complianceSchema),
  'lock.schema.json': () => jsonSchema(INPUT_LOCK_SCHEMA_ID, 'Lock of projen-nginx-php', inputLockSchema),
  'manifest.schema.json': () => jsonSchema(MANIFEST_SCHEMA_ID, 'Assembly manifest of projen-nginx-php', manifestSchema),
};

function jsonSchema($id: string, title: string, schema: z.ZodType): object {
  return { $id, title, ...z.toJSONSchema(schema) };
}
