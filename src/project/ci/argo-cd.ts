import { Component, type Project } from 'projen';
import { addYaml } from './pinned-action';
import type { PipelineOptions } from './pipeline-options';

/** Where the manifests lie that Argo CD reads. */
const DIRECTORY = 'deploy';

/**
 * An Application of Argo CD over `deploy/`, and the task `deploy:pin`, which writes there a kustomization over the
 * Kubernetes manifests of the images of a receipt, each pinned to its digest. Committing that is the deployment.
 */
export class ArgoCd extends Component {
  constructor(project: Project, options: PipelineOptions) {
    super(project);
    addYaml(project, 'argocd/application.yaml', application(project.name, options));
    project.addTask('deploy:pin', {
      description: `Write ${DIRECTORY}/: the manifests of what was published, by digest (receipt.json)`,
      exec: `node -e "require('projen-nginx-php/lib/project/pin-digests').main()" -- ${options.outdir ?? 'output'} ${DIRECTORY}`,
      receiveArgs: true,
    });
  }
}

function application(name: string, { repository, defaultReleaseBranch }: PipelineOptions): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: name.replace(/^@/, '').replaceAll(/[^a-z0-9-]+/g, '-'), namespace: 'argocd' },
    spec: {
      project: 'default',
      source: {
        repoURL: repository ?? 'https://git.example.com/put/the/address/of/this/repository/here.git',
        targetRevision: defaultReleaseBranch,
        path: DIRECTORY,
      },
      destination: { server: 'https://kubernetes.default.svc' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['ServerSideApply=true'],
        retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
      },
    },
  };
}
