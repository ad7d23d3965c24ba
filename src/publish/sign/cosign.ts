import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import { runCommand, type CommandResult, type Run } from '../command';
import type { SignSettings } from '../environment';

/** What is signed: always a digest. */
export interface SignTarget {
  /** `registry.example.com/shop/web@sha256:...` */
  readonly reference: string;
  /** Whether the registry speaks http: only one of this machine. */
  readonly insecure: boolean;
}

/** Signs images, and verifies what was signed. */
export interface Signer {
  /** @param onLine told of what is said meanwhile, such as where a person has to log in */
  sign(target: SignTarget, onLine?: (line: string) => void): Promise<void>;
  /** Throws SECURITY_ERROR where there is no signature that the settings accept. */
  verify(target: SignTarget): Promise<void>;
}

/** How cosign is called. */
export interface CosignOptions {
  /** @default 'cosign' */
  readonly program?: string;
  /** With COSIGN_PASSWORD, where the key needs it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  readonly run?: Run;
}

/** cosign, of Sigstore, with a key or without one. */
export class CosignSigner implements Signer {
  constructor(
    private readonly settings: SignSettings,
    private readonly options: CosignOptions,
  ) {}

  async sign(target: SignTarget, onLine?: (line: string) => void): Promise<void> {
    this.expect(await this.cosign(signArguments(this.settings, target), onLine), target, 'was not signed');
  }

  async verify(target: SignTarget): Promise<void> {
    this.expect(await this.cosign(verifyArguments(this.settings, target)), target, 'has no signature that counts');
  }

  private cosign(args: readonly string[], onLine?: (line: string) => void): Promise<CommandResult> {
    const { program = 'cosign', environment, signal, run = runCommand } = this.options;
    return run(program, args, { environment, signal, onLine });
  }

  private expect(result: CommandResult, { reference }: SignTarget, what: string): void {
    if (result.status === 0) {
      return;
    }
    const said = result.stderr.trim().split('\n').slice(-6).join('\n    ');
    throw new DockerfileGeneratorError('SECURITY_ERROR', [
      {
        where: reference,
        what,
        why: result.absent ? 'cosign is not installed' : said || `cosign ended with status ${result.status}`,
        next: result.absent
          ? 'install cosign 2 or newer (apt-get install cosign on Debian 13)'
          : 'key' in this.settings
            ? 'look at sign in the environment: the key, the public key, and COSIGN_PASSWORD'
            : 'look at sign in the environment: the identity and its issuer, who has to give this run a token (SIGSTORE_ID_TOKEN, or id-token: write in a workflow of GitHub)',
      },
    ]);
  }
}

/** Arguments of `cosign` that sign a digest and everything that it names. */
export function signArguments(settings: SignSettings, { reference, insecure }: SignTarget): string[] {
  assertDigest(reference);
  return [
    'sign',
    '--yes',
    '--recursive',
    ...registryArguments(insecure),
    ...('key' in settings ? [`--key=${settings.key}`, `--tlog-upload=${settings.transparencyLog}`] : []),
    reference,
  ];
}

/** Arguments of `cosign` that verify a signature. */
export function verifyArguments(settings: SignSettings, { reference, insecure }: SignTarget): string[] {
  assertDigest(reference);
  return [
    'verify',
    ...registryArguments(insecure),
    ...('key' in settings
      ? [`--key=${settings.publicKey}`, ...(settings.transparencyLog ? [] : ['--insecure-ignore-tlog=true'])]
      : [`--certificate-identity=${settings.identity}`, `--certificate-oidc-issuer=${settings.issuer}`]),
    reference,
  ];
}

function registryArguments(insecure: boolean): string[] {
  return insecure ? ['--allow-http-registry'] : [];
}

/** A tag may point elsewhere by the time it is signed. */
function assertDigest(reference: string): void {
  if (!/@sha256:[0-9a-f]{64}$/.test(reference)) {
    throw new Error(`${reference} is no digest: only digests are signed`);
  }
}
