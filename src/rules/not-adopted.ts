/** A demand of a known catalogue that is no rule here. */
export interface NotAdopted {
  readonly id: string;
  /** What it asks for. */
  readonly statement: string;
  /** Why it does not hold for these images, in one sentence without its full stop. */
  readonly reason: string;
}

/** Demands that were looked at and left out, by id: none of them is missing by oversight. */
export const NOT_ADOPTED: readonly NotAdopted[] = [
  {
    id: 'PHP-004',
    statement: 'open_basedir is the application, its state and temporary files',
    reason:
      'behind a user without privileges on a read-only root it keeps little away, and each file function costs 18 to 25 microseconds more (300 reads 9.3 ms instead of 1.7 ms, measured); who wants it sets open_basedir by php.ini',
  },
  {
    id: 'PHP-009/clear_env',
    statement: 'clear_env = yes',
    reason:
      'the environment is how containers are configured, and secrets come as mounted files; the other keys are a rule',
  },
  {
    id: 'PHP-011/opcache.validate_timestamps',
    statement: 'opcache.validate_timestamps = 0 and opcache.enable_cli = 0',
    reason:
      'looking for changed files is a choice of speed (php.validateTimestamps, off by default) on code that only root may write, and OPcache on the command line harms nobody',
  },
];
