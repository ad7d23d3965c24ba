import { ImageConstruct, type ImagePart } from '../image';

/** Notes each extension that a framework asks for and that its image does not have. */
export function requireExtensions(part: ImagePart, framework: string, extensions: readonly string[]): void {
  const { config, target } = ImageConstruct.of(part);
  extensions
    .filter((name) => !config.php.extensions.includes(name) && target.php.extensions[name] !== true)
    .forEach((name) =>
      part.addProblem({
        what: `${framework} asks for the extension ${name}, which the image does not have`,
        next: `add '${name}' to php.extensions`,
      }),
    );
}
