import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
}

interface Tasks {
  readonly tasks: Readonly<Record<string, { readonly steps: ReadonlyArray<{ readonly exec: string }> }>>;
}

test('npm publish publishes a package, and no image', () => {
  // GIVEN this project, with a task that publishes images
  const { tasks } = JSON.parse(readFileSync(join(ROOT, '.projen/tasks.json'), 'utf8')) as Tasks;
  expect(tasks.publish!.steps[0]!.exec).toContain('publish');
  const directory = mkdtempSync(join(tmpdir(), 'npm-publish-'));
  try {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Package;
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ ...manifest, version: '0.0.1' }));
    cpSync(join(ROOT, '.projen'), join(directory, '.projen'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
    // WHEN
    const args = ['publish', '--dry-run', '--foreground-scripts', '--loglevel=notice'];
    const { status, stdout, stderr } = spawnSync('npm', args, { cwd: directory, encoding: 'utf8' });
    // THEN
    expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('0.0.1')]);
    expect(`${stdout}${stderr}`).not.toMatch(/main\.ts publish|projen publish|👾/u);
    expect(Object.keys(manifest.scripts)).not.toContain('publish');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
