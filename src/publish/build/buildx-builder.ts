import { childEnvironment, runCommand, type CommandResult, type Run } from '../command';
import { buildArguments, type Annotations, type Attest, type BuildPlaces } from './build-arguments';
import type { Builder, BuildResult, BuildWatch } from './builder';
import { dockerProblem } from './docker-problem';
import type { BuildStep } from '../plan/step';

/** How docker is called. */
export interface BuildxOptions {
  /** @default 'docker' */
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly run?: Run;
}

/** Builds with `docker buildx`. */
export class BuildxBuilder implements Builder {
  private readonly program: string;

  private readonly run: Run;

  /** What this builder was found to be unable to attest. */
  private attest: Attest = { provenance: true, sbom: true };

  private readonly missing: string[] = [];

  constructor(private readonly options: BuildxOptions = {}) {
    this.program = options.program ?? 'docker';
    this.run = options.run ?? runCommand;
  }

  async assertReady(builders: ReadonlyArray<string | undefined>): Promise<void> {
    await this.must('buildx', ['buildx', 'version']);
    for (const builder of new Set(builders)) {
      const where = builder ? `builder ${builder}` : 'docker buildx';
      await this.must(where, ['buildx', 'inspect', ...(builder ? [builder] : [])]);
    }
  }

  async build(step: BuildStep, places: BuildPlaces, annotations: Annotations, watch: BuildWatch): Promise<BuildResult> {
    for (;;) {
      const asked = this.attest;
      const result = await this.docker(buildArguments(step, places, asked, annotations), watch);
      if (result.status === 0) {
        return { missing: [...this.missing], sbom: asked.sbom };
      }
      if (!this.askLess(asked, result.stderr)) {
        throw dockerProblem(`building ${step.image}/${step.architecture}`, result);
      }
    }
  }

  /** What cannot be attested is not asked for again; says whether that was what failed. */
  private askLess(asked: Attest, stderr: string): boolean {
    if (asked.provenance && /attestations? (?:is|are) not supported/i.test(stderr)) {
      this.attest = { provenance: false, sbom: false };
      this.missing.push('provenance: this builder cannot attest (turn on the containerd image store of the engine)');
      this.missing.push('SBOM: this builder cannot attest');
      return true;
    }
    if (asked.sbom && /(?:failed to (?:solve|resolve)|ERROR)[^\n]*buildkit-syft-scanner/i.test(stderr)) {
      this.attest = { ...asked, sbom: false };
      this.missing.push(
        'SBOM of the builder: the image of its scanner cannot be pulled (docker/buildkit-syft-scanner)',
      );
      return true;
    }
    return false;
  }

  private async must(where: string, args: readonly string[]): Promise<void> {
    const result = await this.docker(args);
    if (result.status !== 0) {
      throw dockerProblem(where, result);
    }
  }

  private docker(args: readonly string[], watch: BuildWatch = {}): Promise<CommandResult> {
    return this.run(this.program, args, { environment: this.options.environment ?? childEnvironment(), ...watch });
  }
}
