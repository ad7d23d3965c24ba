import { cluster, foundInRun, overlay, run, type Row, type SoundRow } from './support';
import { saying } from '../written';

describe('RT-001 refuses', () => {
  it.each<Row>([
    ['a service that keeps its capabilities', run(''), ['compose.yaml: the service web: cap_drop is absent, not ALL']],
    ['a service that drops one', run('cap_drop: [NET_RAW]'), ['cap_drop is ["NET_RAW"], not ALL']],
    ['a word in the place of a list', run('cap_drop: ALL'), ['cap_drop is "ALL", not ALL']],
    [
      'a file over compose.yaml that drops another',
      overlay('cap_drop: [NET_RAW]'),
      ['compose.dev.yaml: the service web: cap_drop is ["NET_RAW"], not ALL'],
    ],
    [
      'a file over compose.yaml that gives one back',
      overlay('cap_add: [SYS_PTRACE]'),
      ['compose.dev.yaml: the service web: cap_add gives ["SYS_PTRACE"]'],
    ],
    [
      'a container that keeps its capabilities',
      cluster(''),
      ['kubernetes.yaml: the container web: the capabilities that are dropped are absent, not ALL'],
    ],
    [
      'a container that gets one back',
      cluster('securityContext: { capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] } }'),
      ['the container web: capabilities.add gives ["NET_BIND_SERVICE"]'],
    ],
  ])('%s', (_, files, says) => {
    expect(foundInRun('RT-001', files)).toEqual(saying(says));
  });
});

describe('RT-001 passes', () => {
  it.each<SoundRow>([
    ['a service that drops all in small letters', run('cap_drop: [all]')],
    ['a file over compose.yaml that says nothing of it', overlay('cap_add: []')],
    ['more names beside ALL', run('cap_drop: [NET_RAW, ALL]')],
    ['nothing that is given back', cluster('securityContext: { capabilities: { drop: [ALL], add: } }')],
  ])('%s', (_, files) => {
    expect(foundInRun('RT-001', files)).toEqual([]);
  });
});
