import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { AuditLog, Redactor, type AuditEvent } from '../observe';
import { countImages, observedRun } from './observed';
import type { Step } from '../publish/plan/step';
import type { Listener } from '../publish/progress/event';

/** Where the trace of a publish is kept. */
export interface AuditOptions {
  /** Directory of what is remembered between runs. */
  readonly state: string;
  /** @default - audit.jsonl in `state` */
  readonly auditLog?: string;
}

/** Steps that change a registry, or say who made what is there, and the word for each. */
const AUDITED: Partial<Record<Step['kind'], string>> = { push: 'push', list: 'list', sign: 'sign', tag: 'tag' };

/** A listener that also writes the audit log and the numbers of the run. */
export function audited(listener: Listener, { state, auditLog }: AuditOptions): Listener {
  const log = new AuditLog(auditLog ?? join(state, 'audit.jsonl'));
  const redactor = Redactor.of(process.argv, process.env);
  return (event) => {
    listener(event);
    if (event.type === 'done' || event.type === 'failed') {
      const failed = event.type === 'failed';
      observedRun()?.phase(`${event.step.kind} ${event.step.id}`, Date.now() - event.duration, failed);
      countStep(event.step, failed);
      const action = actionOf(event.step);
      if (action !== undefined) {
        const detail = failed ? event.problems.map(({ what }) => what).join('; ') : event.detail;
        log.append(redactor.value(toAudit(event.step, action, failed, detail)) as AuditEvent);
      }
    }
    if (event.type === 'skipped') {
      countImages('skipped', event.step.kind === 'build' ? 1 : 0);
    }
  };
}

/** A push from another registry is a promotion. */
function actionOf(step: Step): string | undefined {
  return step.kind === 'push' && step.from !== undefined ? 'promote' : AUDITED[step.kind];
}

function countStep({ kind }: Step, failed: boolean): void {
  const outcome = failed ? 'failed' : ({ build: 'built', push: 'pushed' } as const)[kind as 'build' | 'push'];
  if (outcome) {
    countImages(outcome, 1);
  }
}

function toAudit(step: Step, action: string, failed: boolean, detail: string): AuditEvent {
  const { image, architecture } = step as Partial<Record<'image' | 'architecture', string>>;
  return {
    action,
    image,
    architecture,
    digest: /sha256:[0-9a-f]{64}/.exec(detail)?.[0],
    where: step.id,
    outcome: failed ? 'failed' : 'done',
    detail,
    who: { user: process.env.GITHUB_ACTOR ?? process.env.GITLAB_USER_LOGIN ?? userName(), host: hostname() },
    when: new Date().toISOString(),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
