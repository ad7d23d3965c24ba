import type { Project } from 'projen';
import { ArgoCd } from './argo-cd';
import { GithubPipeline } from './github-pipeline';
import { GitlabPipeline } from './gitlab-pipeline';
import { Jenkinsfile } from './jenkinsfile';
import type { PipelineOptions } from './pipeline-options';
import { didYouMean } from '../../errors';

/** A system that pipelines are generated for. */
export type CiSystem = 'argocd' | 'github' | 'gitlab' | 'jenkins';

const SYSTEMS: Readonly<Record<CiSystem, (project: Project, options: PipelineOptions) => void>> = {
  argocd: (project, options) => void new ArgoCd(project, options),
  github: (project, options) => void new GithubPipeline(project, options),
  gitlab: (project) => void new GitlabPipeline(project),
  jenkins: (project, options) => void new Jenkinsfile(project, options),
};

/** The names that were asked for, as systems; throws for one that is none. */
export function checkCiSystems(names: readonly string[]): CiSystem[] {
  const known = Object.keys(SYSTEMS) as CiSystem[];
  return names.map((name) => {
    const system = known.find((candidate) => candidate === name);
    if (!system) {
      throw new Error(`ci: there is no pipeline for ${JSON.stringify(name)}: write ${didYouMean(name, known)}`);
    }
    return system;
  });
}

/** Adds the files of each system. */
export function addPipelines(
  project: Project,
  { ci, ...options }: PipelineOptions & { readonly ci: readonly CiSystem[] },
): void {
  ci.forEach((system) => SYSTEMS[system](project, options));
}
