import { mkdirSync, writeFileSync } from 'node:fs';
import { SCHEMAS } from '../src/synth/schemas';

mkdirSync('schema', { recursive: true });
for (const [name, schema] of Object.entries(SCHEMAS)) {
  writeFileSync(`schema/${name}`, `${JSON.stringify(schema(), null, 2)}\n`);
}
