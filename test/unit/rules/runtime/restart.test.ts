import { foundInRun, service } from './support';
import { saying } from '../written';

/** What is found where a file of compose sets this. */
function foundIn(settings: string, path = 'compose.yaml'): string[] {
  return foundInRun('RT-010', { [path]: service(settings) });
}

describe('a service of compose', () => {
  it.each([
    'restart: on-failure:1',
    'restart: on-failure:5',
    'deploy: { restart_policy: { condition: none } }',
    'deploy: { restart_policy: { condition: on-failure, max_attempts: 3 } }',
    'deploy: { restart_policy: { condition: on-failure, max_attempts: 5 } }',
  ])('may have %s', (settings) => {
    expect(foundIn(settings)).toEqual([]);
  });

  it.each([
    ['ports: []', 'absent'],
    ['restart: on-failure', '"on-failure"'],
    ['restart: on-failure:10', '"on-failure:10"'],
    ['restart: on-failure:50', '"on-failure:50"'],
    ['restart: always on-failure:5', '"always on-failure:5"'],
    ['deploy: { restart_policy: { condition: any } }', '{"condition":"any"}'],
    ['deploy: { restart_policy: { condition: any, max_attempts: 3 } }', '{"condition":"any","max_attempts":3}'],
    ['deploy: { restart_policy: { condition: on-failure } }', '{"condition":"on-failure"}'],
    [
      'deploy: { restart_policy: { condition: on-failure, max_attempts: 6 } }',
      '{"condition":"on-failure","max_attempts":6}',
    ],
    ...['0', '-1', 'null', '2.5'].map((attempts) => [
      `deploy: { restart_policy: { condition: on-failure, max_attempts: ${attempts} } }`,
      `{"condition":"on-failure","max_attempts":${attempts}}`,
    ]),
    ['deploy: { restart_policy: { max_attempts: 3 } }', '{"max_attempts":3}'],
    ['restart: on-failure:5\ndeploy: { restart_policy: { condition: any } }', '{"condition":"any"}'],
  ])('is refused with %s', (settings, shown) => {
    expect(foundIn(settings)).toEqual([
      `compose.yaml: the service web: ${settings.includes('deploy') ? 'restart_policy' : 'restart'} is ${shown}`,
    ]);
  });

  it.each([
    ['deploy: [restart_policy]', 'deploy is not a mapping'],
    ['deploy: { restart_policy: none }', 'restart_policy is not a mapping'],
  ])('is not judged, and does not pass, with %s', (settings, says) => {
    expect(foundIn(settings)).toEqual(saying([`could not be checked: ${says}`]));
  });
});

describe('a file that is laid over compose.yaml', () => {
  it('may say nothing of it', () => {
    expect(foundIn('ports: []', 'compose.dev.yaml')).toEqual([]);
  });

  it.each(['always', 'unless-stopped'])('is refused where it sets %s', (policy) => {
    expect(foundIn(`restart: ${policy}`, 'compose.dev.yaml')).toEqual(
      saying([`compose.dev.yaml: the service web: restart is "${policy}"`]),
    );
  });
});
