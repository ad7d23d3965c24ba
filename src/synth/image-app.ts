import { RootConstruct } from 'constructs';
import { synthesize, type SynthOptions } from './synthesize';
import type { OutputReport } from './write-output';

/** Options of an app. */
export interface ImageAppProps {
  /**
   * Directory of the output, relative to the working directory.
   *
   * @default 'output'
   */
  readonly outdir?: string;
}

/**
 * The root of a tree of images that stands on its own, without a projen project.
 *
 * @example
 * const app = new ImageApp();
 * new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian' });
 * app.synth();
 */
export class ImageApp extends RootConstruct {
  readonly outdir: string;

  constructor(props: ImageAppProps = {}) {
    super();
    this.outdir = props.outdir ?? 'output';
  }

  /**
   * Writes the build contexts of every image in the tree.
   *
   * @throws DockerfileGeneratorError with every problem that was found; nothing is written then
   */
  synth(options: SynthOptions = {}): OutputReport {
    return synthesize(this, this.outdir, options);
  }
}
