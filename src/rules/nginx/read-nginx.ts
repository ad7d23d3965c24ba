import { onceFor } from '../../config/once-for';
import { PATHS } from '../../image';
import { parseNginx, type NginxDirective } from '../parse/nginx';
import { readOwn } from '../parsed-texts';
import type { Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { NginxNode } from './nginx-node';
import { installedFiles } from '../supervisor/installed-files';

/** What nginx reads of a context, includes and all. */
export interface NginxTree {
  /** The main context. */
  readonly main: NginxNode;
  /** As findings name nginx.conf. */
  readonly file: string;
  /** Includes of what the context does not have. */
  readonly unread: readonly NginxNode[];
}

/** Of the packages, and of the start of the container, which checks what it writes. */
const KNOWN_INCLUDES: readonly string[] = [PATHS.mimeTypes, PATHS.nginxRuntime];

/** What the start of the container writes for each `listen`, where the kernel has IPv6. */
const IPV6_INCLUDE = new RegExp(`^${PATHS.nginxIpv6}/[\\w-]+/\\*\\.conf$`);

/** Includes nest no deeper. */
const DEPTH = 10;

/** The configuration of nginx in a context; throws where there is none, or where nginx could not read it. */
export const readNginx = onceFor((context: RuleContext, subject: RuleSubject): NginxTree =>
  new Reader(context, subject).read(),
);

/** What a rule finds in the configuration of each architecture. */
export function eachNginx(subject: RuleSubject, look: (tree: NginxTree) => readonly Finding[]): readonly Finding[] {
  return subject.eachContext((context) => look(readNginx(context, subject)));
}

class Reader {
  private readonly unread: NginxNode[] = [];
  private readonly files: ReadonlyMap<string, { readonly text: string; readonly file: string }>;

  constructor(
    private readonly context: RuleContext,
    subject: RuleSubject,
  ) {
    this.files = new Map(installedFiles(context, subject).map((file) => [file.target, file]));
  }

  read(): NginxTree {
    const installed = this.files.get(PATHS.nginxConfig);
    const file = installed?.file ?? this.context.pathOf('nginx.conf');
    const main = new NginxNode('main', [], file, undefined, []);
    const directives = installed ? readOwn(this.context, parseNginx, installed.text) : this.context.nginx();
    this.fill(main, directives, file, [PATHS.nginxConfig]);
    return { main, file, unread: this.unread };
  }

  /** @param open the files that are being read: one that includes itself would never end */
  private fill(block: NginxNode, directives: readonly NginxDirective[], file: string, open: readonly string[]): void {
    for (const { name, args, line, children } of directives) {
      const node = new NginxNode(name, args, `${file}:${line}`, block, children === undefined ? undefined : []);
      if (name === 'include') {
        this.include(node, block, open);
        continue;
      }
      block.children!.push(node);
      if (children) {
        this.fill(node, children, file, open);
      }
    }
  }

  private include(node: NginxNode, block: NginxNode, open: readonly string[]): void {
    const [path = ''] = node.args;
    if (KNOWN_INCLUDES.includes(path) || IPV6_INCLUDE.test(path)) {
      return;
    }
    const target = path.startsWith('/') ? path : `/etc/nginx/${path}`;
    const found = this.files.get(target);
    if (!found || open.includes(target) || open.length > DEPTH) {
      this.unread.push(node);
      return;
    }
    this.fill(block, readOwn(this.context, parseNginx, found.text), found.file, [...open, target]);
  }
}
