import type { IConstruct } from 'constructs';
import { DockerfileGeneratorError, type Problem } from '../errors';
import { assemble } from './assemble';
import { ImageApp } from './image-app';
import type { Manifest } from './manifest';

/** What a tree would be written as. */
export interface TestSynthesis {
  readonly manifest: Manifest;
  /** Paths of all files, by code point. */
  readonly paths: readonly string[];
  /** Content of a file; throws, with the paths that there are, for one that is not there. */
  file(path: string): string;
}

/** For tests of one's own images: no file, no Docker. */
export class Testing {
  /** An app that nothing writes. */
  static app(): ImageApp {
    return new ImageApp({ outdir: '/dev/null' });
  }

  /** Synthesizes a tree into memory. Throws what a synthesis would throw. */
  static synth(root: IConstruct): TestSynthesis {
    const { manifest, files } = assemble(root);
    const contents = new Map([...files()].map(({ path, content }) => [path, content]));
    const paths = [...contents.keys()].sort();
    return {
      manifest,
      paths,
      file: (path) => {
        const content = contents.get(path);
        if (content === undefined) {
          throw new Error(`there is no file ${path}; there are: ${paths.join(', ')}`);
        }
        return content;
      },
    };
  }

  /** The problems that keep a tree from being synthesized; none for a tree that can be. */
  static problems(root: IConstruct): readonly Problem[] {
    try {
      assemble(root);
      return [];
    } catch (error) {
      if (error instanceof DockerfileGeneratorError) {
        return error.details;
      }
      throw error;
    }
  }

  private constructor() {}
}
