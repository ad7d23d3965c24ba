import type { Finding } from '../rule';

/** A directive of what nginx reads, in the tree of all its files. Nothing is added once it is asked for what is in it. */
export class NginxNode {
  private below: NginxNode[] | undefined;

  private byName: ReadonlyMap<string, readonly NginxNode[]> | undefined;

  constructor(
    readonly name: string,
    readonly args: readonly string[],
    /** As findings name it: `amd64/nginx.conf:12` */
    readonly place: string,
    /** The block that it stands in; undefined for one of the main context. */
    readonly parent: NginxNode | undefined,
    /** What stands in it; undefined for a directive that opens no block. */
    readonly children?: NginxNode[],
  ) {}

  /** Whether it is an argument, in whatever case. */
  has(argument: string): boolean {
    return this.args.some((other) => other.toLowerCase() === argument);
  }

  /** Directives of a name in this block itself. */
  own(name: string): NginxNode[] {
    return this.children?.filter((child) => child.name === name) ?? [];
  }

  /** What holds here: directives of a name in the innermost block, from this one outwards, that has any. */
  effective(name: string): NginxNode[] {
    const own = this.own(name);
    return own.length > 0 ? own : (this.parent?.effective(name) ?? []);
  }

  /** The last argument list of a setting that takes one; undefined where it is not set. */
  setting(name: string): readonly string[] | undefined {
    return this.effective(name).at(-1)?.args;
  }

  /** Everything below, at any depth, in the order of the text. */
  all(): readonly NginxNode[] {
    this.below ??= this.collect([]);
    return this.below;
  }

  private collect(found: NginxNode[]): NginxNode[] {
    for (const child of this.children ?? []) {
      found.push(child);
      child.collect(found);
    }
    return found;
  }

  /** Everything below with a name. */
  find(...names: readonly string[]): readonly NginxNode[] {
    if (names.length > 1) {
      return this.all().filter(({ name }) => names.includes(name));
    }
    this.byName ??= groupByName(this.all());
    return this.byName.get(names[0] ?? '') ?? [];
  }

  /** The nearest block of a name around it. */
  around(name: string): NginxNode | undefined {
    return this.parent?.name === name ? this.parent : this.parent?.around(name);
  }

  /** As it is written: `location = /ping` */
  get title(): string {
    return [this.name, ...this.args].join(' ');
  }

  finding(what: string, next?: string): Finding {
    return { file: this.place, what, ...(next === undefined ? {} : { next }) };
  }
}

function groupByName(nodes: readonly NginxNode[]): ReadonlyMap<string, readonly NginxNode[]> {
  const groups = new Map<string, NginxNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.name);
    if (group) {
      group.push(node);
    } else {
      groups.set(node.name, [node]);
    }
  }
  return groups;
}
