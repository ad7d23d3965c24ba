import { transformSync } from 'esbuild';

/**
 * Transpiles TypeScript for jest by the esbuild that this package has anyway. Unlike babel it moves no `jest.mock` to the
 * top of a file; types are checked by the task `compile`.
 */
function process(source: string, filename: string): { readonly code: string } {
  const loader = filename.endsWith('x') ? 'tsx' : 'ts';
  const { code } = transformSync(source, {
    loader,
    format: 'cjs',
    target: 'node20',
    sourcefile: filename,
    sourcemap: 'inline',
  });
  return { code };
}

export default { process };
