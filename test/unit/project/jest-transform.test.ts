import transformer from '../../../src/project/jest-transform';

test('types go, imports become requires, and a stack names the lines of the source', () => {
  const { code } = transformer.process(
    "import { join } from 'node:path';\nexport const a: string = join('b');\n",
    'a.ts',
  );
  const module = { exports: {} as { a?: string } };
  new Function('require', 'module', 'exports', code)(require, module, module.exports);
  expect(module.exports.a).toBe('b');
  expect(code).toContain('//# sourceMappingURL=data:application/json;base64,');
});
