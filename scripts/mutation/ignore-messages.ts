/** A node of Babel's tree, as much of it as is looked at. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly key?: Node;
  readonly callee?: Node;
  readonly property?: Node;
  readonly expressions?: readonly Node[];
  readonly arguments?: readonly Node[];
}

interface Path {
  readonly node: Node;
  readonly parentPath: Path | null;
}

/** Properties that hold sentences for people. */
const SENTENCES = ['what', 'why', 'next', 'statement', 'fix', 'sources', 'title'];

/**
 * Leaves out the wording of messages: a test that repeats a sentence makes it no better. When a message is said, and
 * what is computed in it, is mutated.
 */
function shouldIgnore(path: unknown): string | undefined {
  const { node, parentPath } = path as Path;
  return isWording(node) && isSaid(parentPath, node) ? 'the wording of a message' : undefined;
}

function isWording({ type, expressions = [] }: Node): boolean {
  return (
    type === 'StringLiteral' ||
    (type === 'TemplateLiteral' && expressions.every((part) => /^(?:Member|OptionalMember|Identifier)/.test(part.type)))
  );
}

/**
 * Whether something is, or is part of, what such a property or a description of a schema says, or what a value should
 * have been (assertMatches).
 */
function isSaid(path: Path | null, child: Node): boolean {
  const { node, parentPath } = path ?? {};
  if (!node || /Function|Statement|Declaration|ClassBody/.test(node.type)) {
    return false;
  }
  if (node.type === 'ObjectProperty') {
    return SENTENCES.includes(node.key?.name ?? '');
  }
  if (node.type === 'CallExpression') {
    return (
      node.callee?.property?.name === 'describe' ||
      (node.callee?.name === 'assertMatches' && node.arguments?.at(-1) === child)
    );
  }
  return isSaid(parentPath ?? null, node);
}

/** What Stryker looks for in a plugin. */
export const strykerPlugins = [{ kind: 'Ignore', name: 'messages', value: { shouldIgnore } }];
