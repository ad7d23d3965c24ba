import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Password of the keys of the tests. */
export const KEY_PASSWORD = 'a password of a test';

/** Makes a pair of keys with cosign; gives how an environment signs with it. */
export function generateKeys(prefix: string): { readonly key: string; readonly publicKey: string } {
  mkdirSync(dirname(prefix), { recursive: true });
  execFileSync('cosign', ['generate-key-pair', `--output-key-prefix=${prefix}`], {
    env: { ...process.env, COSIGN_PASSWORD: KEY_PASSWORD },
    stdio: 'ignore',
  });
  return { key: `${prefix}.key`, publicKey: `${prefix}.pub` };
}
