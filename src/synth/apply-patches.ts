import { didYouMean, DockerfileGeneratorError, type Problem } from '../errors';
import type { ImageConstruct } from '../image';
import type { OutputFile } from './render-image';

/** Makes the changes of texts that were asked for, in their order; a change of a file that is not there is refused. */
export function applyPatches(image: ImageConstruct, files: readonly OutputFile[]): OutputFile[] {
  const problems: Problem[] = [];
  const patched = image.patches.reduce<readonly OutputFile[]>((current, { path, edit }) => {
    const places = [path, ...image.architectures.map((name) => `${name}/${path}`)].map(
      (place) => `${image.node.id}/${place}`,
    );
    if (!current.some((file) => places.includes(file.path))) {
      problems.push(unknownFile(image, path, current));
    }
    return current.map((file) => {
      if (!places.includes(file.path)) {
        return file;
      }
      const content: unknown = edit(file.content);
      if (typeof content === 'string') {
        return { ...file, content };
      }
      problems.push(noText(image, path, content));
      return file;
    });
  }, files);
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
  return [...patched];
}

function noText(image: ImageConstruct, path: string, content: unknown): Problem {
  return {
    where: image.node.path,
    what: `what patchFile calls for ${JSON.stringify(path)} gives ${content === null ? 'null' : typeof content}, not a text`,
    next: 'give back the whole text of the file',
  };
}

function unknownFile(image: ImageConstruct, path: string, files: readonly OutputFile[]): Problem {
  const known = files.map((file) => file.path.slice(image.node.id.length + 1).replace(/^(?:amd64|arm64)\//, ''));
  return {
    where: image.node.path,
    what: `patchFile names ${JSON.stringify(path)}, which is no file of this image`,
    next: `name ${didYouMean(path, [...new Set(known)])}`,
  };
}
