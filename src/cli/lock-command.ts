import { collectInputs } from '../synth';
import { openApp } from './open-app';

/** `dockerfile-generator lock`: prints every input of the builds, as lock.json holds them; gives the exit status. */
export async function lockCommand(options: { readonly app: string }): Promise<number> {
  const app = await openApp(options.app, '', { locked: false });
  process.stdout.write(`${JSON.stringify(collectInputs(app), null, 2)}\n`);
  return 0;
}
