import { examineCatalog } from './catalog';
import { examineDocker } from './docker';
import type { Finding } from './finding';
import { examineProject, type ProjectPlaces } from './project';
import { examineTools } from './tools';

export type { Finding, Health } from './finding';

/** Looks at everything that the commands need. */
export async function examine(places: ProjectPlaces): Promise<readonly Finding[]> {
  return [...(await examineProject(places)), examineCatalog(today()), ...examineDocker(), ...examineTools()];
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
