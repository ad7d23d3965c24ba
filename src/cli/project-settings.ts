import { existsSync, readFileSync } from 'node:fs';

/** What a project says of itself in package.json, below `dockerfile-generator`. */
export interface ProjectSettings {
  /** Module with the images. */
  readonly app: string;
  /** Directory of the output. */
  readonly output: string;
  /**
   * Registries, tag rules and gates, by name; docs/publish.md lists what each can say.
   *
   * @default - local, staging and production
   */
  readonly environments?: Readonly<Record<string, unknown>>;
}

/** Where the module with the images is unless somebody says otherwise. */
export const DEFAULT_APP = 'images.ts';

const DEFAULTS: ProjectSettings = { app: DEFAULT_APP, output: 'output' };

/** Settings of the project in the working directory. */
export function readProjectSettings(): ProjectSettings {
  try {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    return { ...DEFAULTS, ...(manifest['dockerfile-generator'] as Partial<ProjectSettings> | undefined) };
  } catch {
    return DEFAULTS;
  }
}

/** Whether a module with images is there, or was asked for by name: then it has to be there. */
export function hasProject({ app }: Pick<ProjectSettings, 'app'>): boolean {
  return existsSync(app) || app !== DEFAULT_APP;
}
