/** `good`; `poor`: something will not work or is old; `bad`: hardly anything works. */
export type Health = 'good' | 'poor' | 'bad';

/** One thing that was looked at. */
export interface Finding {
  readonly subject: string;
  readonly health: Health;
  /** What is there. */
  readonly seen: string;
  /** What to do. @default - nothing */
  readonly remedy?: string;
}

/** All is well. */
export function good(subject: string, seen: string): Finding {
  return { subject, health: 'good', seen };
}

/** Something will not work, or is old. */
export function poor(subject: string, seen: string, remedy: string): Finding {
  return { subject, health: 'poor', seen, remedy };
}

/** Hardly anything works. */
export function bad(subject: string, seen: string, remedy: string): Finding {
  return { subject, health: 'bad', seen, remedy };
}
