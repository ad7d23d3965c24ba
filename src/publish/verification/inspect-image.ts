import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import type { ManifestImage } from '../../synth/manifest';
import { LABELS } from '../oci/labels';
import type { ImageSettings } from '../oci/types';

/** What an image has to be. */
export interface Expected {
  readonly image: ManifestImage;
  readonly architecture: string;
  readonly identity: string;
}

/**
 * Looks at the configuration and the labels of an image: all that can be seen where it cannot run.
 *
 * @throws DockerfileGeneratorError VALIDATION_ERROR
 */
export function inspectImage(where: string, settings: ImageSettings, expected: Expected): string {
  const { config = {} } = settings;
  const ports = Object.keys(config.ExposedPorts ?? {});
  const wrong = [
    ...differs('architecture', settings.architecture, expected.architecture),
    ...differs('identity', config.Labels?.[LABELS.identity], expected.identity),
    ...differs('user', config.User, expected.image.user),
    ...expected.image.ports.flatMap((port) =>
      ports.includes(`${port}/tcp`) ? [] : [`port ${port} is not exposed, but ${ports.join(', ') || 'none'}`],
    ),
    ...(config.Entrypoint?.length ? [] : ['it has no entry point']),
    ...(config.Labels?.[LABELS.created] ? [] : ['it does not say when it was made']),
  ];
  if (wrong.length > 0) {
    throw new DockerfileGeneratorError(
      'VALIDATION_ERROR',
      wrong.map((what) => ({ where, what, next: 'build it again with --rebuild' })),
    );
  }
  return 'configuration and labels';
}

function differs(name: string, seen: string | undefined, expected: string): string[] {
  return seen === expected ? [] : [`its ${name} is ${JSON.stringify(seen ?? '')}, not ${JSON.stringify(expected)}`];
}
