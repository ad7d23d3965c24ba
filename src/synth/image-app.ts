import { RootConstruct } from 'constructs';
import { Catalog } from '../catalog';
import { setTreeCatalog } from '../image';
import { findUnlocked } from './input-lock';
import type { InputLock } from './input-lock-schema';
import { lockedCatalog } from './locked-catalog';
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
  /**
   * Facts about distributions, PHP and s6.
   *
   * @default - the catalogue that ships with this package
   */
  readonly catalog?: Catalog;
  /**
   * Every input of the builds (lock.json). An image with an input that is not in it is refused.
   *
   * @default - the catalogue is the lock
   */
  readonly lock?: InputLock;
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
    const { catalog = Catalog.shipped(), lock } = props;
    this.outdir = props.outdir ?? 'output';
    setTreeCatalog(this, lock ? lockedCatalog(catalog, lock) : catalog);
    if (lock) {
      this.node.addValidation({ validate: () => findUnlocked(this, lock).map(({ what, next }) => `${what}: ${next}`) });
    }
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
