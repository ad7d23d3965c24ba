/** A demand of a known catalogue that is no rule here. */
export interface NotAdopted {
  readonly id: string;
  /** What it asks for. */
  readonly statement: string;
  /** Why it does not hold for these images, in one sentence without its full stop. */
  readonly reason: string;
}

/** Demands that were looked at and left out, by id: none of them is missing by oversight. */
export const NOT_ADOPTED: readonly NotAdopted[] = [];
