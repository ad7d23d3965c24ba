import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizePart } from '../synth/synthesize-part';
import { renderTable as renderVerification, verifyOutput, type VerifyReport } from '../verify';
import { checked, combined, count, skipped, type Check } from './checks/check';
import { checkTree, type CheckedTree } from './checks/checked-tree';
import { configChecks } from './checks/config-checks';
import { dockerChecks } from './checks/docker-checks';
import { reportChecks } from './checks/report-checks';
import { syntaxLayer } from './checks/syntax-layer';
import { templateChecks } from './checks/template-checks';
import { openTree, type OpenTreeOptions } from './open-tree';
import { note } from './terminal';

/** Options of `test:config`, `test:template`, `test:docker` and `test:all`. */
export interface TestCommandOptions extends Omit<OpenTreeOptions, 'command' | 'all'> {
  readonly json?: boolean;
  /** Stages of builds that are taken from elsewhere, `NAME=REFERENCE`. */
  readonly buildContext?: readonly string[];
  /** Network of builds. */
  readonly network?: string;
}

/** What can be tested. */
export type Suite = 'config' | 'template' | 'docker' | 'all';

/** `dockerfile-generator test:*`: gives the exit status. Without a project and a choice every PHP is tested everywhere. */
export async function testCommand(suite: Suite, options: TestCommandOptions): Promise<number> {
  const open = async () => checkTree(await openTree({ ...options, command: `test:${suite}`, all: true }));
  return reportChecks(await SUITES[suite](open, options), options);
}

type Open = () => Promise<CheckedTree>;

const SUITES: Readonly<Record<Suite, (open: Open, options: TestCommandOptions) => Promise<readonly Check[]>>> = {
  config: async (open, { app }) => configChecks(await open(), app),
  template: testTemplates,
  docker: async (open) => dockerChecks(await open()),
  all: testAll,
};

async function testTemplates(open: Open): Promise<readonly Check[]> {
  const [first, second] = [await open(), await open()];
  return [...templateChecks(first, second), syntaxLayer(first)];
}

async function testAll(open: Open, options: TestCommandOptions): Promise<readonly Check[]> {
  const tree = await open();
  const docker = combined('test:docker', 'the Docker here, and BuildKit on each Dockerfile', dockerChecks(tree));
  return [
    combined('test:config', 'configuration', configChecks(tree, options.app)),
    combined('test:template', 'rendering and syntax', await testTemplates(open)),
    docker,
    docker.status === 'failed' ? skipped('test:local', 'no engine') : await testLocally(tree, options),
  ];
}

/** Builds the images from contexts of a temporary directory, runs them and looks at what they do. */
async function testLocally(tree: CheckedTree, { arch, buildContext, network }: TestCommandOptions): Promise<Check> {
  if (!tree.assembly) {
    return skipped('test:local', 'the tree has problems: see test:config');
  }
  const output = mkdtempSync(join(tmpdir(), 'dockerfile-generator-test-'));
  try {
    const names = tree.images.map(({ node }) => node.id);
    synthesizePart(tree.app, output, { wants: (name) => names.includes(name) });
    const reports = await verifyOutput({
      output,
      names,
      arch: arch === 'all' ? undefined : arch,
      buildContext,
      network,
      onImage: (reference) => note(`building ${reference}\n`),
      onReport: (report) => note(`${renderVerification(report)}\n`),
    });
    return combined('test:local', 'built, run and looked at', reports.map(toCheck));
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

function toCheck({ image, checks }: VerifyReport): Check {
  const problems = checks
    .filter(({ passed }) => !passed)
    .map(({ id, expectation, seen }) => ({
      where: `${image} ${id}`,
      what: `expected: ${expectation}`,
      why: seen,
      next: 'see docs/verify.md',
    }));
  return checked(image, count(checks.length, 'check'), problems);
}
