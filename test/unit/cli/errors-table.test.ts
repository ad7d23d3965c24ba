import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_STATUS } from '../../../src';
import { STATUS, STATUS_MEANINGS } from '../../../src/cli/exit-status';
import { endOf, removeTemporaryDirectories, temporaryDirectory, type ChildResult } from '../synth/support';

/**
 * docs/errors.md, made of what really happens: each error is provoked in a process of its own.
 * UPDATE_DOCS=1 writes the page; otherwise it has to be as it is.
 */

const ROOT = join(__dirname, '../../..');
const PAGE = join(ROOT, 'docs/errors.md');

afterAll(removeTemporaryDirectories);

interface Provocation {
  readonly type: string;
  readonly status: number;
  /** How a person meets it. */
  readonly how: string;
  /** Module with the images. */
  readonly images?: string;
  /** Command lines; what the last one says stands in the page. */
  readonly lines: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const MODULE = (body: string) => `const { ImageConstruct, DebianPlatform } = require('projen-nginx-php');
module.exports = (app) => {
  ${body}
};
`;

const SHOP = `new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian' });`;

const PROVOCATIONS: readonly Provocation[] = [
  { type: 'USAGE_ERROR', status: STATUS.usage, how: 'a misspelt option', lines: ['ls --jsno'] },
  {
    type: 'CONFIG_LOAD_ERROR',
    status: EXIT_STATUS.CONFIG_LOAD_ERROR,
    how: 'the module with the images throws',
    images: MODULE(`throw new Error('no such shop');`),
    lines: ['synth --app images.js'],
  },
  {
    type: 'VALIDATION_ERROR',
    status: EXIT_STATUS.VALIDATION_ERROR,
    how: 'a value that cannot be, in the module with the images',
    images: MODULE(SHOP.replace(`'8.4'`, `{ version: '8.4', memoryLimit: 'much' }`)),
    lines: ['synth --app images.js'],
  },
  {
    type: 'TEMPLATE_ERROR',
    status: EXIT_STATUS.TEMPLATE_ERROR,
    how: 'a platform of one’s own that names a stage as no Dockerfile can',
    images: MODULE(`class Mine extends DebianPlatform {
    render(...asked) {
      const { dockerfile, ...rest } = super.render(...asked);
      const [first, ...others] = dockerfile.stages;
      return { ...rest, dockerfile: { ...dockerfile, stages: [{ ...first, name: 'my stage' }, ...others] } };
    }
  }
  new ImageConstruct(app, 'shop', { php: '8.4', platform: new Mine() });`),
    lines: ['synth --app images.js'],
  },
  {
    type: 'FILE_WRITE_ERROR',
    status: EXIT_STATUS.FILE_WRITE_ERROR,
    how: 'a file stands where the output belongs',
    lines: ['build:dockerfile --php 8.4 --platform debian --output package.json'],
  },
  {
    type: 'SECURITY_ERROR',
    status: EXIT_STATUS.SECURITY_ERROR,
    how: 'a change of a generated file that breaks a rule',
    images: MODULE(`const shop = ${SHOP}
  shop.patchFile('nginx.conf', (text) => text.replace('server_tokens off', 'server_tokens on'));`),
    lines: ['synth --app images.js'],
  },
  {
    type: 'DOCKER_ERROR',
    status: EXIT_STATUS.DOCKER_ERROR,
    how: 'no engine answers',
    lines: ['build:dockerfile --php 8.4 --platform debian', 'test:local'],
    environment: { DOCKER_HOST: 'tcp://127.0.0.1:9' },
  },
  {
    type: 'REGISTRY_ERROR',
    status: EXIT_STATUS.REGISTRY_ERROR,
    how: 'the registry does not answer',
    lines: [
      'build:dockerfile --php 8.4 --platform debian',
      'deploy:manifest --registry 127.0.0.1:9 --tag 8.4 --arch amd64',
    ],
  },
  {
    type: 'INTERNAL_ERROR',
    status: STATUS.internal,
    how: 'something that nobody foresaw, such as a validation of one’s own that throws',
    images: MODULE(`${SHOP}
  app.node.addValidation({ validate: () => { throw new RangeError('this was not foreseen'); } });`),
    lines: ['synth --app images.js'],
  },
  {
    type: 'drift',
    status: STATUS.failed,
    how: 'a generated file was edited by hand',
    images: MODULE(SHOP),
    lines: ['synth --app images.js', 'EDIT output/shop/README.md', 'synth --app images.js --check'],
  },
  {
    type: 'end of life',
    status: STATUS.endOfLife,
    how: 'a PHP without fixes',
    images: MODULE(SHOP.replace('8.4', '7.4')),
    lines: ['synth --app images.js --fail-on-end-of-life'],
  },
];

async function provoke({ images, lines, environment }: Provocation): Promise<ChildResult> {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'node_modules'));
  writeFileSync(join(directory, 'package.json'), '{}\n');
  writeFileSync(join(directory, 'images.js'), images ?? '');
  let last: ChildResult | undefined;
  for (const line of lines) {
    const [edit, file] = line.split(' ');
    if (edit === 'EDIT') {
      writeFileSync(join(directory, file!), 'edited\n');
      continue;
    }
    const command = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'src/cli/main.ts'), ...line.split(' ')];
    const env = { ...process.env, NO_COLOR: '1', ...environment };
    last = await endOf(spawn(process.execPath, command, { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }
  return last!;
}

const results = new Map<string, ChildResult>();

it.each(PROVOCATIONS.map((one) => [one.type, one.status, one] as const))(
  '%s ends with status %d, without a stack',
  async (type, status, provocation) => {
    const result = await provoke(provocation);
    results.set(type, result);
    expect({ status: result.status, stderr: result.stderr }).toEqual({ status, stderr: expect.anything() });
    expect(result.stderr).not.toMatch(/^ +at .+:\d+:\d+/m);
    if (/_ERROR$/.test(type)) {
      expect(result.stderr).toMatch(new RegExp(`^${type}: \\d+ problem`, 'm'));
    }
  },
  60_000,
);

it('every type of error is provoked', () => {
  const types = PROVOCATIONS.map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining([...Object.keys(EXIT_STATUS), 'USAGE_ERROR', 'INTERNAL_ERROR']));
});

it('docs/errors.md tells what happened', () => {
  const page = renderPage();
  if (process.env.UPDATE_DOCS === '1') {
    writeFileSync(PAGE, page);
  }
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});

function renderPage(): string {
  const statuses = STATUS_MEANINGS.map(([status, meaning]) => `- **${status}**: ${meaning}`);
  const parts = PROVOCATIONS.map(({ type, status, how, lines }) => {
    const { stdout, stderr } = results.get(type)!;
    const said = firstProblem(stderr || stdout);
    return `## ${type} (${status})\n\nMet by: ${how}.\n\n\`\`\`console\n$ dockerfile-generator ${lines.at(-1)}\n${said}\n\`\`\``;
  });
  return `# Errors and exit statuses

Made by test/unit/cli/errors-table.test.ts, which provokes each error for real (\`UPDATE_DOCS=1\` writes this page).
What went wrong goes to stderr: where, what, why and what to do, all problems at once; \`--json\` makes it one JSON
object, \`--debug\` adds the stack.

${statuses.join('\n')}

${parts.join('\n\n')}
`;
}

/** The head and the first problem, without what differs from machine to machine. */
function firstProblem(text: string): string {
  const isError = /^[A-Z_]+: \d+ problem/m.exec(text);
  const lines = (isError ? text.slice(isError.index).split('\n\n').slice(0, 2).join('\n\n') : text)
    .trimEnd()
    .split('\n');
  return lines.slice(0, 12).join('\n');
}
