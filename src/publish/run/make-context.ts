import type { PublishContext } from './publish-context';
import { composerSecrets } from '../../verify/image-application';
import type { Builder } from '../build/builder';
import { BuildxBuilder } from '../build/buildx-builder';
import type { Environment } from '../environment';
import type { Plan } from '../plan/plan';
import type { Listener } from '../progress/event';
import { findScanner } from '../scan/find-scanner';
import type { Scanner } from '../scan/scanner';
import type { Session } from '../session';
import { CosignSigner, type Signer } from '../sign/cosign';
import { LocalEngine } from '../verification/local-engine';

/** What a run decided before its first step. */
type Decided = Pick<
  PublishContext,
  'output' | 'applications' | 'wanted' | 'plan' | 'facts' | 'sources' | 'journal' | 'policy' | 'seccomp' | 'now'
>;

/** What a person may replace, or listens with. */
interface Given {
  readonly builder?: Builder;
  readonly scanner?: Scanner;
  readonly signer?: Signer;
  readonly signal?: AbortSignal;
  readonly listener?: Listener;
}

/** What the steps of a run share, with the programs that the settings of its environment name. */
export function makeContext(
  decided: Decided,
  { scan, sign }: Pick<Environment, 'scan' | 'sign'>,
  session: Session,
  { builder, scanner, signer, signal, listener }: Given,
): PublishContext {
  const { environment, buildEnvironment, signingEnvironment, registry, redactor } = session;
  return {
    ...decided,
    composerSecrets: composerSecrets(buildEnvironment),
    builder: builder ?? new BuildxBuilder({ environment: buildEnvironment }),
    engine: new LocalEngine({ environment, signal }),
    scanner: scanner ?? (scan && findScanner(scan)),
    scan,
    signer: signer ?? (sign && new CosignSigner(sign, { environment: signingEnvironment, signal })),
    registry,
    environment,
    signal,
    listener: (event) => listener?.(redactor.value(event)),
    images: new Map(Object.entries(decided.plan.found)),
    lists: new Map(),
    built: new Set(),
  };
}

/** The same run with another plan. */
export function withPlan(context: PublishContext, plan: Plan): PublishContext {
  return { ...context, plan, images: new Map(Object.entries(plan.found)) };
}
