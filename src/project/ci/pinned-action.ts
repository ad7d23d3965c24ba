import { YamlFile, type Project } from 'projen';
import { ciFacts } from '../../catalog/ci-facts';

/** `uses` of an action, by the commit of its release; a comment beside it would be lost in a generated file. */
export function pinned(name: string): string {
  const action = ciFacts().actions[name];
  if (!action) {
    throw new Error(`there is no pinned action ${name}`);
  }
  return `${action.repository}@${action.commit}`;
}

/** A YAML file whose lines are not folded. */
export function addYaml(project: Project, path: string, obj: unknown): YamlFile {
  return new YamlFile(project, path, { obj, committed: true, lineWidth: 0 });
}
