/** A finding of a judge that says nothing about what it judges. */
export interface FalseAlarm {
  readonly judge: 'trivy' | 'dockerlinter';
  /** The judge's own name of it. */
  readonly id: string;
  /** Why it is false. */
  readonly reason: string;
}

/**
 * Every finding that is passed over. A test fails where a listed one is found no more: a judge that has been mended
 * is believed again.
 */
export const FALSE_ALARMS: readonly FalseAlarm[] = [
  {
    judge: 'trivy',
    id: 'KSV116',
    reason:
      'it reports every object of Kubernetes, also a Namespace and a Service, which have no group: its rule assigns the answer, false, instead of asking for it. The groups are set, and another test reads them.',
  },
  {
    judge: 'trivy',
    id: 'DS005',
    reason:
      'it advises COPY for what ADD --checksum=... downloads: COPY takes no address, and the checksum is the point.',
  },
  {
    judge: 'dockerlinter',
    id: 'SC2215',
    reason:
      'it hands the flags of RUN --mount=... to ShellCheck, as if they were the first word of the command; BuildKit reads them and no shell sees them.',
  },
];

/** Takes the false alarms of a judge out of its findings. */
export function withoutFalseAlarms<T extends { readonly id: string }>(
  judge: FalseAlarm['judge'],
  findings: readonly T[],
): T[] {
  const known = FALSE_ALARMS.filter((alarm) => alarm.judge === judge).map(({ id }) => id);
  return findings.filter(({ id }) => !known.includes(id));
}
