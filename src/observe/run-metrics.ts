/** What became of an image in a run. */
export const IMAGE_OUTCOMES = ['generated', 'built', 'pushed', 'skipped', 'failed'] as const;

/** One of the outcomes. */
export type ImageOutcome = (typeof IMAGE_OUTCOMES)[number];

/** A stretch of a run. */
export interface Phase {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly begin: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly failed: boolean;
}

/** The numbers of a run. */
export interface RunNumbers {
  readonly command: string;
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly begin: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly phases: readonly Phase[];
  readonly images: Readonly<Record<ImageOutcome, number>>;
  readonly bytes: number;
  /** Bytes of resident memory at the most. */
  readonly peakMemory: number;
  /** Seconds. */
  readonly cpu: { readonly user: number; readonly system: number };
}

/** Collects the numbers of a run. */
export class RunMetrics {
  private readonly begin = Date.now();
  private readonly phases: Phase[] = [];
  private readonly images: Record<ImageOutcome, number> = { generated: 0, built: 0, pushed: 0, skipped: 0, failed: 0 };
  private bytes = 0;

  constructor(private readonly command: string) {}

  /** Notes a stretch of the run. */
  addPhase(phase: Phase): void {
    this.phases.push(phase);
  }

  /** Counts images. */
  addImages(outcome: ImageOutcome, number: number): void {
    this.images[outcome] += number;
  }

  /** Counts bytes that were written. */
  addBytes(number: number): void {
    this.bytes += number;
  }

  /** The numbers as they stand. */
  numbers(status: number): RunNumbers {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    return {
      command: this.command,
      status,
      begin: this.begin,
      duration: Date.now() - this.begin,
      phases: this.phases,
      images: this.images,
      bytes: this.bytes,
      peakMemory: maxRSS * 1024,
      cpu: { user: userCPUTime / 1e6, system: systemCPUTime / 1e6 },
    };
  }
}
