import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { audited } from './audit';
import { readProjectSettings } from './project-settings';
import {
  credentialsOf,
  environmentOf,
  parseAge,
  parseBuilders,
  parseShard,
  type PublishCommandOptions,
} from './publish-options';
import { print, printJson, printLines } from './terminal';
import type { ListMode } from '../publish/plan/options';
import { renderPlan, renderPlanJson } from '../publish/plan/render-plan';
import type { Listener } from '../publish/progress/event';
import { jsonProgress } from '../publish/progress/json-progress';
import { plainProgress } from '../publish/progress/plain-progress';
import { renderSummary } from '../publish/progress/render-summary';
import { TerminalProgress } from '../publish/progress/terminal-progress';
import { planPublish, publish, type PublishOptions } from '../publish/publish';
import { sourceLabels } from '../publish/source-labels';
import type { Receipt } from '../publish/state/receipt';

/** What a command does differently from `publish`. */
export type PublishMode = Pick<PublishOptions, 'build' | 'push' | 'lists'>;

/** Exit status where something was left undone without a failure: an architecture is missing. */
const INCOMPLETE = 1;

/** Exit status of a command that Ctrl-C ended, as shells count. */
const INTERRUPTED = 130;

/** `dockerfile-generator publish` and the commands that are parts of it; gives the exit status. */
export async function publishCommand(options: PublishCommandOptions, mode: PublishMode = {}): Promise<number> {
  const all = await publishOptions(options, mode);
  if (options.dryRun) {
    const plan = await planPublish(all);
    if (options.json) {
      print(renderPlanJson(plan));
    } else {
      printLines(renderPlan(plan));
    }
    return 0;
  }
  return withProgress(options, async (listener, signal) => {
    const receipt = await publish({ ...all, listener, signal });
    const partial = all.shard !== undefined || all.arch !== undefined || all.lists === 'none' || all.push === false;
    return receipt.complete || partial ? 0 : INCOMPLETE;
  });
}

/** What the command line, the project and the environment of the process say together. */
export async function publishOptions(options: PublishCommandOptions, mode: PublishMode = {}): Promise<PublishOptions> {
  const { tag, output, state, php, platform, names, rebuild, refresh, network, cache, jobs } = options;
  const shard = parseShard(options.shard);
  const lists: ListMode | undefined = shard || options.manifest === false ? 'none' : mode.lists;
  return {
    ...mode,
    output,
    state,
    php,
    platform,
    names: names?.length ? names : undefined,
    arch: options.arch === 'all' ? undefined : options.arch,
    tag,
    environment: environmentOf({ ...options, push: mode.push ?? options.push }, readProjectSettings()),
    maxAge: options.maxAge === undefined ? undefined : parseAge(options.maxAge),
    rebuild,
    refresh,
    network,
    cache,
    jobs,
    shard,
    lists,
    builders: parseBuilders(options.builder),
    buildContexts: options.buildContext,
    labels: await sourceLabels({ revision: options.revision, version: tag }),
    credentials: await credentialsOf(options),
  };
}

/** Shows what happens, lets Ctrl-C stop it, and tells in the end what was done, also where something failed. */
export async function withProgress(
  options: Pick<PublishCommandOptions, 'auditLog' | 'logFormat' | 'receipt' | 'json' | 'state'>,
  work: (listener: Listener, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  const stop = stopper(controller);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const write = (text: string): void => void process.stderr.write(text);
  const terminal = options.logFormat === 'auto' && isTerminal() ? new TerminalProgress() : undefined;
  const shown = terminal?.listener ?? (options.logFormat === 'json' ? jsonProgress(write) : plainProgress(write));
  let receipt: Receipt | undefined;
  const listener = audited((event) => {
    shown(event);
    receipt = event.type === 'receipt' ? event.receipt : receipt;
  }, options);
  const end = async (): Promise<void> => {
    await terminal?.close();
    if (receipt === undefined) {
      return;
    }
    writeReceipt(options.receipt, receipt);
    if (options.json) {
      printJson(receipt);
    } else {
      printLines(renderSummary(receipt));
    }
  };
  try {
    const status = await work(listener, controller.signal);
    await end();
    return status;
  } catch (error) {
    await end();
    if (controller.signal.aborted) {
      process.stderr.write('stopped: the same command goes on from here\n');
      return INTERRUPTED;
    }
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Lines that move are for eyes: not for a log of CI, and not for a file that gets the result. */
function isTerminal(): boolean {
  return process.stdout.isTTY && process.stderr.isTTY && !process.env.CI;
}

/** Ends the work in order; a second Ctrl-C, later than npm and a shell pass the first one on, ends it at once. */
function stopper(controller: AbortController): () => void {
  let first: number | undefined;
  return () => {
    first ??= performance.now();
    if (performance.now() - first > 2_000) {
      process.exit(INTERRUPTED);
    }
    controller.abort(new Error('stopped'));
  };
}

function writeReceipt(file: string | undefined, receipt: Receipt): void {
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(receipt, null, 2)}\n`);
  }
}
