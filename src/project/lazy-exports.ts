import type * as Project from './index';

/** What of this package needs projen. */
export const LAZY_EXPORTS = [
  'ArgoCd',
  'GithubPipeline',
  'GitlabPipeline',
  'ImageMatrix',
  'Jenkinsfile',
  'NginxPhpProject',
  'RenovatePreset',
] as const satisfies ReadonlyArray<keyof typeof Project>;

/** Adds them to the exports of a module, each loaded when it is first asked for: an image never loads projen. */
export function addLazyExports(exported: object): void {
  for (const name of LAZY_EXPORTS) {
    Object.defineProperty(exported, name, { enumerable: true, configurable: true, get: () => load()[name] });
  }
}

function load(): typeof Project {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- that is what is lazy here
  return require('./index') as typeof Project;
}
