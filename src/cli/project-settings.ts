import { readFileSync } from 'node:fs';

/** What a project says of itself in package.json, below `dockerfile-generator`. */
export interface ProjectSettings {
  /** Module with the images. */
  readonly app: string;
  /** Directory of the output. */
  readonly output: string;
}

const DEFAULTS: ProjectSettings = { app: 'images.ts', output: 'output' };

/** Settings of the project in the working directory. */
export function readProjectSettings(): ProjectSettings {
  try {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    return { ...DEFAULTS, ...(manifest['dockerfile-generator'] as Partial<ProjectSettings> | undefined) };
  } catch {
    return DEFAULTS;
  }
}
