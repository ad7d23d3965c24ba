import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describeWithJudge, Judge } from './support/judge';
import { parseNginx, type NginxDirective } from '../../src';
import { findLocation } from '../../src/rules/nginx/find-location';
import { NginxNode } from '../../src/rules/nginx/nginx-node';

const NGINX = '/usr/sbin/nginx';
const SERVERS = 60;
const PATHS = ['/', '/a', '/a/', '/a/b', '/a/b/c.php', '/b.php', '/B.PHP', '/a/.env', '/ab', '/a/b.css'];

interface Location {
  readonly pattern: string;
  readonly inner: readonly Location[];
}

const expression = fc.constantFrom('~ \\.php$', '~* \\.php$', '~ ^/a/', '~ /\\.', '~* ^/A', '~ b', '~ (?i)\\.PHP$');
const plain = fc.constantFrom('= /a', '= /a/b', '/a', '/a/', '/a/b', '/', '^~ /a/', '^~ /a', '= /b.php', '^~ /');
const leaf: fc.Arbitrary<Location> = fc.oneof(plain, expression).map((pattern) => ({ pattern, inner: [] }));

/** What stands in a location has to begin as it does; of expressions nginx does not ask that. */
const prefix: fc.Arbitrary<Location> = fc
  .tuple(
    fc.constantFrom('/a', '/a/', '^~ /a'),
    fc.uniqueArray(fc.constantFrom('= /a/b', '/a/b', '~ \\.php$', '~ c'), { maxLength: 2 }),
  )
  .map(([pattern, inner]) => ({ pattern, inner: inner.map((text) => ({ pattern: text, inner: [] })) }));

const bare = (pattern: string): string => pattern.replace(/^\^~ /, '');
const server = fc.uniqueArray(fc.oneof(leaf, prefix), { maxLength: 6, selector: ({ pattern }) => bare(pattern) });

/** Each location answers with its number. */
function render(locations: readonly Location[], name: string): string {
  let number = 0;
  const block = ({ pattern, inner }: Location): string => {
    number += 1;
    const own = number;
    return `location ${pattern} { ${inner.map(block).join(' ')} return 200 "${own}"; }`;
  };
  return `server { listen unix:SOCKET; server_name ${name}; ${locations.map(block).join(' ')} return 200 "none"; }`;
}

function toNode(directive: NginxDirective, parent?: NginxNode): NginxNode {
  const { name, args, line, children } = directive;
  const node = new NginxNode(name, args, String(line), parent, children ? [] : undefined);
  children?.forEach((child) => node.children!.push(toNode(child, node)));
  return node;
}

describeWithJudge('the search for a location', Judge.host.lacks(NGINX), () => {
  it('finds the block that nginx takes', async () => {
    // The `return` of a server comes before every location: without locations of its own it is the answer.
    const servers = fc.sample(server, { numRuns: SERVERS, seed: 11 });
    const texts = servers.map((locations, index) =>
      locations.length === 0
        ? render(locations, `s${index}`)
        : render(locations, `s${index}`).replace(' return 200 "none"; }', ' location @none { return 404; } }'),
    );
    const directory = mkdtempSync(join(tmpdir(), 'locations-'));
    const nginx = await start(directory, texts);
    try {
      for (const [index, text] of texts.entries()) {
        const [parsed] = parseNginx(text);
        for (const path of PATHS) {
          const found = findLocation(toNode(parsed!), path);
          const answer = found.own('return')[0]?.args[1] ?? 'no block';
          const told = await ask(join(directory, 'socket'), `s${index}`, path);
          expect({ text, path, answer: told.status === 200 ? told.body : 'no block' }).toEqual({ text, path, answer });
        }
      }
    } finally {
      nginx.kill();
      rmSync(directory, { recursive: true, force: true });
    }
  }, 60_000);
});

async function start(directory: string, servers: readonly string[]): Promise<ReturnType<typeof spawn>> {
  const temporary = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  const conf = `daemon off; pid ${directory}/pid; error_log ${directory}/log; events {}
    http { access_log off; ${temporary.join(' ')} root ${directory}; server_names_hash_max_size 4096;
    ${servers.join('\n').replaceAll('SOCKET', `${directory}/socket`)} }`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'nginx.conf'), conf);
  const test = spawnSync(NGINX, ['-t', '-c', join(directory, 'nginx.conf')], { encoding: 'utf8' });
  expect(test.stderr).toContain('successful');
  const nginx = spawn(NGINX, ['-c', join(directory, 'nginx.conf')], { stdio: 'ignore' });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answered = await ask(join(directory, 'socket'), 's0', '/').then(
      () => true,
      () => false,
    );
    if (answered) {
      return nginx;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  nginx.kill();
  throw new Error('nginx did not start');
}

function ask(socketPath: string, host: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, headers: { Host: host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    });
    sent.on('error', reject).end();
  });
}
