import { cluster, foundInRun, overlay, run, type Row } from './support';
import { saying } from '../written';

describe('RT-003 refuses', () => {
  it.each<Row>([
    ['a service without options', run(''), ['compose.yaml: the service web: security_opt has no no-new-privileges']],
    ['a service of other options', run('security_opt: [apparmor=shop]'), ['security_opt has no no-new-privileges']],
    ['an option that is off', run('security_opt: ["no-new-privileges:false"]'), ['no-new-privileges is false']],
    ['an option that is neither', run('security_opt: ["no-new-privileges=1"]'), ['no-new-privileges is 1']],
    [
      'a file over compose.yaml that takes it back',
      overlay('security_opt: ["no-new-privileges=false"]'),
      ['compose.dev.yaml: the service web: no-new-privileges is false'],
    ],
    [
      'a container that may gain some',
      cluster('securityContext: { allowPrivilegeEscalation: true }'),
      ['kubernetes.yaml: the container web: allowPrivilegeEscalation is true'],
    ],
    [
      'a switch that is a text',
      cluster('securityContext: { allowPrivilegeEscalation: "false" }'),
      ['the container web: allowPrivilegeEscalation is "false"'],
    ],
    [
      'a pod that says it for its container, which no cluster reads',
      cluster('', 'securityContext: { allowPrivilegeEscalation: false }'),
      ['the container web: allowPrivilegeEscalation is absent'],
    ],
  ])('%s', (_, files, says) => {
    expect(foundInRun('RT-003', files)).toEqual(saying(says));
  });
});

describe('RT-003 passes', () => {
  it.each(['no-new-privileges', 'no-new-privileges:true', 'no-new-privileges=true'])('the option %s', (option) => {
    expect(foundInRun('RT-003', run(`security_opt: ['${option}']`))).toEqual([]);
  });

  it('a file over compose.yaml of other options', () => {
    expect(foundInRun('RT-003', overlay('security_opt: [apparmor=shop]'))).toEqual([]);
  });
});
