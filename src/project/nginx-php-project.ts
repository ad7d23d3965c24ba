import { javascript, typescript } from 'projen';
import { addPipelines, checkCiSystems } from './ci/add-pipelines';
import { productionEnvironment } from './environments';
import { ImageMatrix } from './image-matrix';
import type { NginxPhpProjectOptions } from './nginx-php-project-options';
import { oldestNode, ownName } from './own-package';
import { RenovatePreset } from './renovate-preset';
import { addSampleFiles, sampleReadme } from './sample-files';

/** Has a JavaScript API, which the tools of a repository need. */
const TYPESCRIPT = '~6.0';

/**
 * A repository that holds images: `images.ts`, the tasks of the command line, a test, and pipelines that synthesize
 * and publish.
 *
 * @pjid nginx-php
 */
export class NginxPhpProject extends typescript.TypeScriptProject {
  readonly imageMatrix: ImageMatrix;

  constructor(options: NginxPhpProjectOptions) {
    const ci = checkCiSystems(options.ci ?? ['github']);
    super(withDefaults(options));
    this.transpileTests();
    this.checkTypesAlone();
    this.addTooling();
    const outdir = options.imageOutdir ?? 'output';
    this.package.addField('dockerfile-generator', {
      output: outdir,
      environments: { production: productionEnvironment(options, ci), ...options.imageEnvironments },
    });
    addSampleFiles(this);
    addPipelines(this, { ...options, defaultReleaseBranch: options.defaultReleaseBranch ?? 'main', ci, outdir });
    if (options.renovatePreset ?? true) {
      new RenovatePreset(this);
    }
    this.imageMatrix = new ImageMatrix(this, { outdir, failOnEndOfLife: options.failOnEndOfLife });
  }

  /** ts-jest would bring a compiler of its own; types are checked by the task `compile`. */
  private transpileTests(): void {
    if (this.jest) {
      this.deps.removeDependency('ts-jest');
      this.jest.config.transform = { '^.+\\.tsx?$': `${ownName()}/lib/project/jest-transform` };
    }
  }

  /** Nothing is compiled: tsx runs what there is. The task \`compile\` checks the types of all of it. */
  private checkTypesAlone(): void {
    this.compileTask.reset(`tsc --noEmit -p ${this.tsconfigDev.fileName}`);
    this.removeTask('watch');
  }

  private addTooling(): void {
    if (!this.deps.all.some(({ name }) => name === ownName())) {
      this.addDevDeps(ownName());
    }
    this.addDevDeps('constructs');
    this.gitattributes.addAttributes('*', 'text=auto', 'eol=lf');
    this.gitignore.addPatterns('/.cache/', '/.publish/', '/receipts/');
  }
}

function withDefaults(options: NginxPhpProjectOptions): typescript.TypeScriptProjectOptions {
  return {
    packageManager: javascript.NodePackageManager.NPM,
    typescriptVersion: TYPESCRIPT,
    minNodeVersion: oldestNode(),
    projenrcTs: true,
    runner: typescript.TypeScriptRunner.tsx(),
    github: false,
    depsUpgrade: false,
    release: false,
    package: false,
    eslint: false,
    entrypoint: '',
    npmignoreEnabled: false,
    readme: { contents: sampleReadme(options.name) },
    ...options,
    devDeps: options.devDeps?.map(named),
    sampleCode: false,
    jestOptions: {
      jestVersion: '^30',
      updateSnapshot: javascript.UpdateSnapshot.NEVER,
      ...options.jestOptions,
    },
    disableTsconfig: true,
    tsconfigDev: withImages(options.tsconfigDev),
  };
}

/** `projen new --from ./x.tgz` gives a path where npm wants a name too. */
function named(dependency: string): string {
  const isPath = /^(?:file:|\.{0,2}\/).*\.tgz$/.test(dependency);
  return isPath ? `${ownName()}@file:${dependency.replace(/^file:/, '')}` : dependency;
}

function withImages({
  include,
  compilerOptions,
  ...rest
}: javascript.TypescriptConfigOptions = {}): javascript.TypescriptConfigOptions {
  return {
    ...rest,
    include: ['images.ts', ...(include ?? [])],
    compilerOptions: { target: 'ES2022', lib: ['es2022'], skipLibCheck: true, ...compilerOptions },
  };
}
