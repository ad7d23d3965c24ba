import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { doneSteps, plannedSteps, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { generateKeys, KEY_PASSWORD } from './keys';
import { TestRegistry } from './registry';

/** A moment of a publish: at the begin or the end of a step, and milliseconds after it. */
interface Moment {
  readonly type: 'begin' | 'done';
  readonly step: string;
  readonly delay: number;
}

const REPOSITORY = 'shop/web';

/** A scanner in the form of Grype, which finds nothing and takes its time: what it says is not what is tested here. */
const SCANNER = `#!/bin/sh
sleep 0.2
echo '{"matches":[],"descriptor":{"name":"grype","db":{"built":"'$(date --utc +%FT%TZ)'"}}}'
`;

/** Every step of the publish of an image of two architectures that is scanned and signed. */
function stepsIn(place: string): string[] {
  return [
    'build web/amd64',
    'verify web/amd64',
    `push web/amd64 ${place}`,
    'scan web/amd64',
    'build web/arm64',
    'verify web/arm64',
    `push web/arm64 ${place}`,
    'scan web/arm64',
    `list web ${place}`,
    `sign web ${place}`,
    `check-signature web ${place}`,
    `tag web ${place}:latest`,
  ];
}

describePublish('a publish that is killed', ['cosign'], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;
  const signals: Array<string | null> = [];

  beforeAll(async () => {
    registry = await TestRegistry.start();
    const program = join(path, 'grype');
    writeFileSync(program, SCANNER, { mode: 0o755 });
    project = new Project(join(path, 'project'), {
      test: {
        registries: [{ registry: registry.host, namespace: 'shop' }],
        verify: 'inspect',
        scan: { scanner: 'grype', program },
        sign: generateKeys(join(path, 'key')),
      },
    });
    writeOutput(project.output, [{ name: 'web', text: 'the first' }]);
    expect((await publish()).status).toBe(0);
  }, 60_000);

  afterAll(() => registry.remove());

  function publish(moment?: Moment): ReturnType<Project['run']> {
    return project.run(['publish', '--environment=test', '--log-format=json'], {
      environment: { COSIGN_PASSWORD: KEY_PASSWORD },
      onEvent: async (event, kill) => {
        if (moment && event.type === moment.type && event.step === moment.step) {
          await sleep(moment.delay);
          kill('SIGKILL');
        }
      },
    });
  }

  // The begin of each of twelve steps, the middle of eight (a step of a few milliseconds may be over by then), and three
  // at which the publish tidies up, if the machine is quick.
  const moments = stepsIn('').flatMap((step, index) => [
    [step.trim(), index, 0] as const,
    ...(/^(?:build|push|scan|sign|tag)/.test(step) && !/arm64/.test(step) ? [[step.trim(), index, 3] as const] : []),
    ...(/^(?:build|scan|sign)/.test(step) && !/amd64/.test(step) ? [[step.trim(), index, 60] as const] : []),
    ...(/^tag/.test(step) ? [12, 15, 18].map((delay) => [step.trim(), index, delay] as const) : []),
  ]);

  it('is killed at more than twenty moments, of every step', () => expect(moments.length).toBe(23));

  it.each(moments)(
    'leaves the old image or the new one, whole, and goes on (%s, step %i, after %i ms)',
    async (_, index, delay) => {
      // GIVEN
      const steps = stepsIn(`${registry.host}/${REPOSITORY}`);
      const moment: Moment = { type: 'begin', step: steps[index]!, delay };
      const before = await registry.complete(REPOSITORY, 'latest');
      writeOutput(project.output, [{ name: 'web', text: `number ${index} ${delay}` }]);
      // WHEN
      const killed = await publish(moment);
      signals.push(killed.signal);
      // THEN
      expect(plannedSteps(killed)).toEqual(expect.arrayContaining(steps));
      const between = await registry.complete(REPOSITORY, 'latest');
      expect(between.architectures).toEqual(['amd64', 'arm64']);
      // WHEN
      const next = await publish();
      // THEN
      const after = await registry.complete(REPOSITORY, 'latest');
      expect([next.status, next.status === 0 ? '' : next.stderr]).toEqual([0, '']);
      expect(after.digest).not.toBe(before.digest);
      expect([before.digest, after.digest]).toContain(between.digest);
      // Nothing that was done is done again.
      expect(plannedSteps(next).filter((id) => doneSteps(killed).includes(id))).toEqual([]);
      expect((await registry.tags(REPOSITORY)).filter((tag) => !tag.endsWith('.sig'))).toEqual(['latest']);
    },
    60_000,
  );

  it('was killed indeed', () => {
    // The last step may be over before the signal gets there.
    expect(signals.filter((signal) => signal === 'SIGKILL').length).toBeGreaterThanOrEqual(18);
  });
});
