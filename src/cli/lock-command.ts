import { collectInputs } from '../synth';
import { STATUS } from './exit-status';
import { openApp } from './open-app';
import { printJson } from './terminal';

/** `dockerfile-generator lock`: prints every input of the builds, as lock.json holds them; gives the exit status. */
export async function lockCommand(options: { readonly app: string }): Promise<number> {
  const app = await openApp(options.app, '', { locked: false });
  printJson(collectInputs(app));
  return STATUS.ok;
}
