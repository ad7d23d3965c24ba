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

/** What a builder attests, and what it cannot, with the reasons. */
interface Ability {
  readonly attest: Attest;
  readonly missing: readonly string[];
}

const ALL: Ability = { attest: { provenance: true, sbom: true }, missing: [] };

/** Builds with `docker buildx`. */
export class BuildxBuilder implements Builder {
  private readonly program: string;

  private readonly run: Run;

  /** What each builder was found to be unable to attest. */
  private readonly abilities = new Map<string, Ability>();

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
    const builder = step.builder ?? '';
    for (;;) {
      const able = this.abilities.get(builder) ?? ALL;
      const result = await this.docker(buildArguments(step, places, able.attest, annotations), watch);
      if (result.status === 0) {
        return { missing: able.missing, sbom: able.attest.sbom };
      }
      const less = askLess(able, result.stderr);
      if (less === undefined) {
        throw dockerProblem(`building ${step.image}/${step.architecture}`, result);
      }
      this.abilities.set(builder, less);
    }
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

/** What cannot be attested is not asked for again; undefined where something else failed. */
function askLess({ attest, missing }: Ability, stderr: string): Ability | undefined {
  if (attest.provenance && /attestations? (?:is|are) not supported/i.test(stderr)) {
    return {
      attest: { provenance: false, sbom: false },
      missing: [
        ...missing,
        'provenance: this builder cannot attest (turn on the containerd image store of the engine)',
        'SBOM: this builder cannot attest',
      ],
    };
  }
  if (attest.sbom && /(?:failed to (?:solve|resolve)|ERROR)[^\n]*buildkit-syft-scanner/i.test(stderr)) {
    const lacks = 'SBOM of the builder: the image of its scanner cannot be pulled (docker/buildkit-syft-scanner)';
    return { attest: { ...attest, sbom: false }, missing: [...missing, lacks] };
  }
  return undefined;
}
