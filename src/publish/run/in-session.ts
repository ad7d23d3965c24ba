import { setMaxListeners } from 'node:events';
import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import { withoutRoom } from '../build/docker-problem';
import type { Credentials } from '../credentials/credentials';
import type { Environment } from '../environment';
import type { Listener } from '../progress/event';
import type { RetryOptions } from '../registry/retry';
import { Session } from '../session';

/** Who speaks to the registries of a run, and how. */
export interface InSessionOptions {
  readonly credentials?: Credentials;
  readonly retry?: RetryOptions;
  readonly signal?: AbortSignal;
  readonly listener?: Listener;
}

/** Gives some work a session on some environments, and closes it; no error of the work repeats a secret of it. */
export async function inSession<T>(
  environments: readonly Environment[],
  { credentials: given, retry, signal, listener }: InSessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  if (signal) {
    // Every request and child listens to it; Node takes more than ten for a leak, and says so.
    setMaxListeners(0, signal);
  }
  const onRetry = (message: string): void => listener?.({ type: 'note', message });
  const session = new Session({ environments, given, retry: { onRetry, ...retry, signal } });
  try {
    return await work(session);
  } catch (error) {
    throw withoutSecrets(withoutRoom(error), session);
  } finally {
    await session.close();
  }
}

/** What a program or a registry repeats of a password is not shown, and neither is what caused the error. */
function withoutSecrets(error: unknown, { redactor }: Session): unknown {
  return error instanceof DockerfileGeneratorError
    ? new DockerfileGeneratorError(error.type, redactor.value(error.details))
    : error;
}
