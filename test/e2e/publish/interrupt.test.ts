import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plannedSteps, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { descendants } from './processes';
import { TestRegistry } from './registry';

/** A build that takes a while: of the base image of the test bed. */
const SLOW = 'FROM base\nRUN sleep 20\nEXPOSE 8080/tcp\nUSER 10001:10001\nENTRYPOINT ["/bin/true"]\n';

describePublish('Ctrl-C', [], () => {
  const { path } = temporaryDirectory();

  it('ends what was started, and leaves what the next run goes on from', async () => {
    // GIVEN
    const registry = await TestRegistry.start();
    const project = new Project(join(path, 'project'), {
      test: { registries: [{ registry: registry.host }], verify: 'inspect' },
    });
    writeOutput(project.output, [
      { name: 'a-quick', text: 'one', architectures: ['amd64'] },
      { name: 'b-slow', text: 'one', architectures: ['amd64'], dockerfile: SLOW },
    ]);
    const args = ['publish', '--environment=test', '--log-format=json'];
    const base = ['--build-context=base=docker-image://127.0.0.1:5000/debian:trixie-amd64'];
    // WHEN it is stopped in the middle of the slow build, and the signal comes twice, as npm passes it on
    let running: number[] = [];
    const stopped = await project.run([...args, ...base], {
      onEvent: ({ type, step }, kill, pid) => {
        if (type === 'begin' && step === 'build b-slow/amd64') {
          setTimeout(() => {
            running = descendants(pid);
            kill('SIGINT');
            kill('SIGINT');
          }, 1500);
        }
      },
    });
    // THEN
    expect([stopped.status, stopped.signal]).toEqual([130, null]);
    expect(stopped.stderr).toContain('stopped: the same command goes on from here');
    expect(stopped.duration).toBeLessThan(15_000);
    // docker and its buildx.
    expect(running.length).toBeGreaterThan(1);
    expect(running.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    expect(project.receipt).toMatchObject({ complete: false });
    // THEN the next run begins where this one was
    const next = await project.run([...args, ...base], {
      onEvent: ({ type, step }, kill) => type === 'begin' && step === 'build b-slow/amd64' && kill('SIGKILL'),
    });
    expect(plannedSteps(next)[0]).toBe('build b-slow/amd64');
    expect(await registry.tags('a-quick')).toEqual(['latest']);
    await registry.remove();
  }, 90_000);
});
