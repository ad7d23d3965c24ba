import {
  DebianPlatform,
  type Architecture,
  type ImageApp,
  type ImageDescription,
  type ImagePart,
  type ImageProps,
  type PlatformOutput,
  type Stage,
} from '../../../../src';
import { OwnPart } from '../../image/support';
import { rawText, soundImage, type BreakingCase } from '../support';

/** What a case tells, without the way. */
interface Told {
  readonly story: string;
  readonly says: string;
}

/** A case in which a person adds a construct of their own below the image. */
export function ownPart(rule: string, contribute: (part: ImagePart) => void, told: Told): BreakingCase {
  const build = (app: ImageApp): void => void new OwnPart(soundImage(app), 'own', contribute);
  return { rule, by: 'a construct of one’s own', ...told, build };
}

/** A case in which a person’s platform changes the stages of Debian’s. */
export function ownPlatform(
  rule: string,
  change: (stages: readonly Stage[]) => readonly Stage[],
  told: Told,
): BreakingCase {
  class Own extends DebianPlatform {
    override render(image: ImageDescription, architecture: Architecture): PlatformOutput {
      const output = super.render(image, architecture);
      return { ...output, dockerfile: { stages: change(output.dockerfile.stages) } };
    }
  }
  return {
    rule,
    by: 'a platform of one’s own',
    ...told,
    build: (app) => void soundImage(app, { platform: new Own() }),
  };
}

/** A case in which lines are put above a line of the Dockerfile. */
export function above(
  rule: string,
  line: RegExp,
  added: string,
  told: Told & { readonly props?: Partial<ImageProps> },
) {
  return rawText(rule, 'Dockerfile', (text) => text.replace(line, (found) => `${added}\n${found}`), told);
}

/** A case in which a text of the Dockerfile is replaced. */
export function instead(
  rule: string,
  old: RegExp | string,
  now: string,
  told: Told & { readonly props?: Partial<ImageProps> },
) {
  return rawText(rule, 'Dockerfile', (text) => text.replace(old, () => now), told);
}
