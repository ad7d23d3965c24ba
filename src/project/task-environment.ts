/**
 * Environment of the tasks. projen asks npx for PATH before each task, which takes longer than a synthesis; this finds the
 * same directories of programs, those of this folder and of the folders above it, on every system.
 */
export const TASK_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: [
    '$(node --print "',
    "const { delimiter, dirname, join } = require('node:path');",
    ' const found = []; let at = process.cwd();',
    " do { found.push(join(at, 'node_modules', '.bin')); at = dirname(at); } while (at !== dirname(at));",
    ' [...found, process.env.PATH].join(delimiter)")',
  ].join(''),
};
