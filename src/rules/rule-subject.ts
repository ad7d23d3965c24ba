import { parse as parseYaml } from 'yaml';
import { byCodePoint } from '../catalog';
import type { ImageFacts } from './image-facts';
import { flatMap } from '../config/flat-map';
import { onceFor } from '../config/once-for';
import { parseDockerfile, type ParsedDockerfile } from './parse/dockerfile';
import { parseIni, type IniSetting } from './parse/ini';
import { parseNginx, type NginxDirective } from './parse/nginx';
import { readPlainYaml } from './parse/plain-yaml';
import { parseShell, type ShellCommand } from './parse/shell';
import { readOnce, readOwn } from './parsed-texts';

/** A text with its place. */
export interface RuleFile {
  /** Path below the image's directory: `amd64/nginx.conf`. */
  readonly path: string;
  readonly content: string;
  /** Mode 0755. */
  readonly executable: boolean;
}

/** Texts by path; of two files of one path the first. */
const textsOf = onceFor(
  (files: readonly RuleFile[]): ReadonlyMap<string, string> =>
    new Map([...files].reverse().map(({ path, content }) => [path, content])),
);

/** The build context of one architecture, and its files as their own programs would read them. */
export class RuleContext {
  constructor(
    readonly architecture: string,
    /** Every file of the context; paths as `RuleFile` has them. */
    readonly files: readonly RuleFile[],
  ) {}

  /** Text of a file, by its path in the context; undefined where there is none. */
  text(path: string): string | undefined {
    return textsOf(this.files).get(this.pathOf(path));
  }

  /** A path of the context as findings name it: `amd64/nginx.conf`. */
  pathOf(path: string): string {
    return `${this.architecture}/${path}`;
  }

  /** The Dockerfile; throws where there is none. */
  dockerfile(): ParsedDockerfile {
    return readOwn(this, parseDockerfile, this.given('Dockerfile'));
  }

  /** A configuration of nginx; throws where there is none, or where nginx could not read it. */
  nginx(path = 'nginx.conf'): readonly NginxDirective[] {
    return readOwn(this, parseNginx, this.given(path));
  }

  /** An ini file; throws where there is none. */
  ini(path: string): readonly IniSetting[] {
    return readOnce(parseIni, this.given(path));
  }

  /** The commands of a shell script, by its text; it never throws. */
  shell(text: string): readonly ShellCommand[] {
    return readOnce(parseShell, text);
  }

  private given(path: string): string {
    const text = this.text(path);
    if (text === undefined) {
      throw new Error(`${this.pathOf(path)} is not there`);
    }
    return text;
  }
}

/**
 * What the rules look at: the files of one image, as they will be built, and what the manifest says of it.
 *
 * It is made from a tree by a synthesis, and from an output directory by whoever checks it again.
 */
export class RuleSubject {
  /** One for each architecture, by name. */
  readonly contexts: readonly RuleContext[];

  /**
   * @param name id of the image
   * @param facts what the manifest says of it
   * @param files every file below the image's directory
   */
  constructor(
    readonly name: string,
    readonly facts: ImageFacts,
    readonly files: readonly RuleFile[],
  ) {
    this.contexts = Object.keys(facts.architectures)
      .sort(byCodePoint)
      .map((architecture) => {
        const below = files.filter(({ path }) => path.startsWith(`${architecture}/`));
        return new RuleContext(architecture, below);
      });
  }

  /** Text of a file of the image's directory, such as `compose.yaml`; undefined where there is none. */
  text(path: string): string | undefined {
    return textsOf(this.files).get(path);
  }

  /** The documents of a YAML file of the image's directory; throws where there is none, or where it is not YAML. */
  yaml(path: string): readonly unknown[] {
    const text = this.text(path);
    if (text === undefined) {
      throw new Error(`${path} is not there`);
    }
    return readOwn(this, parseDocuments, text);
  }

  /** What is found for each architecture; the same finding of both is told once, for the first. */
  eachContext<T extends { readonly file?: string; readonly what: string }>(
    look: (context: RuleContext) => readonly T[],
  ): readonly T[] {
    return findOnce(this.contexts, look);
  }

  /** The grant for a function or a setting, where there is one. */
  isGranted(subject: string): boolean {
    return this.facts.grants.some((grant) => grant.subject === subject && grant.reason.trim().length >= LEAST_REASON);
  }
}

/** Characters of a reason; the schema asks for as many, but facts may come from elsewhere than from it. */
const LEAST_REASON = 10;

/** What is found in contexts, the same finding once. */
export function findOnce<T extends { readonly file?: string; readonly what: string }>(
  contexts: readonly RuleContext[],
  look: (context: RuleContext) => readonly T[],
): readonly T[] {
  const seen = new Set<string>();
  return flatMap(contexts, (context) =>
    look(context).filter((finding) => {
      const key = `${(finding.file ?? '').replace(/^[^/]+\//, '')} ${finding.what}`;
      const twin = seen.has(key);
      seen.add(key);
      return !twin;
    }),
  );
}

// What rules see is changed by nobody, like the rules themselves.
Object.freeze(RuleContext.prototype);
Object.freeze(RuleSubject.prototype);

function parseDocuments(text: string): readonly unknown[] {
  return text
    .split(/^---$/m)
    .flatMap((part): unknown[] =>
      part.trim() === '' ? [] : [readPlainYaml(part) ?? parseYaml(part, { logLevel: 'error' })],
    );
}
