import type { FileRule } from '../rule';
import { lastStage, stageFinding } from './stages';

/** DF-026 */
export const STOP_SIGNAL: FileRule = {
  id: 'DF-026',
  severity: 'LOW',
  kind: 'invariant',
  statement: 'The image names SIGTERM as the signal that stops it',
  why: 's6 lets requests in flight finish on SIGTERM; another signal it ignores, and the container is killed after its time',
  next: 'take out what changes STOPSIGNAL; what a service gets is its stopSignal',
  fix: 'the platform writes STOPSIGNAL SIGTERM',
  sources: ['Docker: STOPSIGNAL', 's6: s6-svscan, signals'],
  check: (subject) =>
    subject.eachContext((context) => {
      const stage = lastStage(context);
      const signal = stage.instructions.filter(({ keyword }) => keyword === 'STOPSIGNAL').at(-1);
      const isRight = signal !== undefined && /^(?:SIG)?TERM$|^15$/.test(signal.text.trim());
      return isRight
        ? []
        : [stageFinding(context, signal ?? stage.from, `STOPSIGNAL is ${signal?.text ?? 'absent'}, not SIGTERM`)];
    }),
};
