import { foundInRun, pod, service } from './support';
import { foundInImage, saying } from '../written';

const DENIALS = '  deny capability,\n  deny mount,\n  deny ptrace,\n';

/** A profile with these rules beside what it has to deny. */
function profile(rules = '', head = 'profile shop'): string {
  return `abi <abi/3.0>,\n${head} {\n${DENIALS}${rules}\n}\n`;
}

/** What is found where these stand in the place of files that pass. */
function foundWith(files: Readonly<Record<string, string>>): string[] {
  const overlay = service('security_opt: [apparmor=shop]');
  return foundInRun('RT-007', { 'apparmor.profile': profile(), 'compose.apparmor.yaml': overlay, ...files });
}

describe('a rule of the profile', () => {
  it.each([
    '/srv/uploads/** rwk,',
    '/srv/mount/** rw,',
    'file /srv/uploads/** rw,',
    'signal (send, receive) peer=shop,',
    '/etc/nginx/** r,',
    'owner /var/lib/nginx/ rw,',
    '/usr/sbin/nginx ix,',
    'signal (receive) peer=network,',
    'signal (send) peer=/usr/bin/containerd set=(kill),',
    'network inet stream,',
    'network inet6 tcp,',
    'deny network raw,',
    'audit deny /etc/shadow rw,',
    'rw /data/x,',
    '/{data,run}/** rwkl,',
    '/dev/{null,zero,full,random,urandom,tty,ptmx} rw,',
    '/dev/pts/* rw,',
    '/var/lib/*/** rw,',
    '/[d]ata/** rw,',
    '/data** rw,',
    '/var/l** rw,',
    '@{run}/shop.pid rw,',
    'owner @{PROC}/@{pid}/task/@{tid}/comm rw,',
    'priority=10 deny /etc/shadow rw,',
    'priority=10 audit deny mount,',
  ])('may be %s', (rule) => {
    expect(foundWith({ 'apparmor.profile': profile(`  ${rule}`) })).toEqual([]);
  });

  it.each([
    'all',
    'allow mount',
    'audit allow capability setuid',
    'mount fstype=overlay',
    'umount',
    'remount',
    'pivot_root',
    'ptrace (read) peer=unconfined',
    'change_profile -> unconfined',
    'userns',
    'io_uring',
    'mqueue',
    'dbus',
    'unix',
    'file',
    'network',
    'network raw',
    'network packet',
    'network inet',
    'network inet6',
    'network inet raw',
    '/usr/bin/sudo Ux',
    '/usr/bin/php Pux',
    '/** rw',
    '/* rw',
    '/{**} rw',
    '/{,**} rw',
    '/etc/hosts.allow rw',
    '/usr/local/bin/* w',
    '/proc/sys/** w',
    '/sys/** a',
    '/var/www/html/** k',
    '/lib/** l',
    'owner /etc/** rw',
    'audit owner /etc/** rw',
    'file /etc/** rw',
    '"/etc/php/own settings.ini" rw',
    '"/etc/hosts that we deny all" rw',
    'rw /etc/**',
    'file rw /usr/bin/own',
    '/{etc,usr}/** rw',
    '/{,usr/}bin/** rw',
    '/{srv,{opt,etc}}/** rw',
    '/[e]tc/** rw',
    '/[^x]tc/** rw',
    '/e*/** rw',
    '/?*/** rw',
    '/*/own w',
    '/{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d} w',
    '/[/** rw',
    '/var/w*/** rw',
    '/var/w** rw',
    '/v** rw',
    '/d** rw',
    '/s** rw',
    '/**own rw',
    '/libexec/own w',
    '/var/www-data/own w',
    '/root/** rw',
    '/boot/** rw',
    '/dev/sda rw',
    '/dev/** rw',
    '@{HOME}/** rw',
    '@{PROC}/sys/** w',
    'change_profile /usr/bin/php -> unconfined',
    'umount /proc',
    'pivot_root /new',
    'mount /dev/sda -> /mnt',
    'file',
    'file rw',
    'priority=10 allow /data/x rw',
    '/usr/bin/own Ux',
  ])('is not %s', (rule) => {
    expect(foundWith({ 'apparmor.profile': profile(`  ${rule},`) })).toEqual([`apparmor.profile: it allows ${rule}`]);
  });

  it('denies for all that follows, not where others go before it', () => {
    const text = profile().replace('deny mount', 'priority=-1 deny mount');
    expect(foundWith({ 'apparmor.profile': text })).toEqual(['apparmor.profile: it does not deny mount']);
  });
});

describe('a file of AppArmor', () => {
  it.each([
    ['an include of AppArmor itself, with blanks', profile('  include   <abstractions/base>')],
    ['an include of the older form', profile('  #include <abstractions/nameservice>')],
    ['a remark on includes', profile('  # What others include stands not here.')],
    ['flags that hold it together', profile('', 'profile shop flags=(attach_disconnected, mediate_deleted)')],
  ])('may have %s', (_, text) => {
    expect(foundWith({ 'apparmor.profile': text })).toEqual([]);
  });

  it.each([
    ['rules of the host', profile('  include <local/shop>'), 'it includes <local/shop>, whose rules nobody sees here'],
    ['rules of a path', profile('  include "/etc/apparmor.d/own"'), 'it includes "/etc/apparmor.d/own"'],
    ['no profile', 'abi <abi/3.0>,\n', 'it has 0 profiles, not one'],
    ['two profiles', profile() + profile('', 'profile blog'), 'it has 2 profiles, not one'],
    ['a hat', profile('  hat upload {\n  }'), 'it has 2 profiles, not one'],
  ])('is refused with %s', (_, text, says) => {
    expect(foundWith({ 'apparmor.profile': text })).toEqual(saying([`apparmor.profile: ${says}`]));
  });

  it.each(['complain', 'unconfined', 'default_allow', 'audit_unconfined'])('is refused with the flag %s', (flag) => {
    expect(foundWith({ 'apparmor.profile': profile('', `profile shop flags=(${flag})`) })).toEqual([
      `apparmor.profile: the flag ${flag} lets everything pass`,
    ]);
  });

  it('is missed', () => {
    expect(
      foundInImage('RT-007', { 'compose.yaml': service('ports: []'), 'kubernetes.yaml': pod('image: shop') }),
    ).toEqual(['apparmor.profile: it is not there']);
  });
});

describe('the file that adds the profile', () => {
  const adding = (settings: string): string[] => foundWith({ 'compose.apparmor.yaml': service(settings) });

  it('may have other options beside', () => {
    expect(adding('security_opt: [apparmor:shop, seccomp=./seccomp.json, no-new-privileges:true]')).toEqual([]);
  });

  it.each(['ports: []', 'security_opt: [seccomp=./seccomp.json]'])('is refused where it adds none: %s', (settings) => {
    expect(adding(settings)).toEqual(['compose.apparmor.yaml: it names no AppArmor profile']);
  });

  it('is refused where it adds that of another image', () => {
    expect(adding('security_opt: [apparmor=shop, apparmor=blog]')).toEqual([
      'compose.apparmor.yaml: it names the profile blog, but that of the image is shop',
    ]);
  });
});

describe('an option of compose', () => {
  it.each([
    'apparmor=docker-default',
    'apparmor=disabled-mounts',
    'label=type:svirt_lxc_net_t',
    'label=type:no_disable_t',
    'seccomp=disabled-calls.json',
  ])('may be %s', (option) => {
    expect(foundWith({ 'compose.yaml': service(`security_opt: ["${option}"]`) })).toEqual([]);
  });

  it.each([
    ['apparmor', 'apparmor='],
    ['apparmor=', 'apparmor='],
    ['apparmor:unconfined', 'apparmor=unconfined'],
    ['label=disable', 'label=disable'],
    ['label:Disable', 'label=Disable'],
  ])('is not %s', (option, shown) => {
    expect(foundWith({ 'compose.yaml': service(`security_opt: ["${option}"]`) })).toEqual([
      `compose.yaml: the service web: security_opt has ${shown}`,
    ]);
  });
});

describe('in a cluster', () => {
  const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/web';
  const confined = (context: string): string => `securityContext: { appArmorProfile: ${context} }`;
  const foundInPod = (settings: string, spec = ''): string[] => foundWith({ 'kubernetes.yaml': pod(settings, spec) });
  const foundBeside = (annotations: string): string[] =>
    foundWith({ 'kubernetes.yaml': `metadata:\n  annotations: ${annotations}\n${pod('image: shop')}` });

  it.each(['{ type: RuntimeDefault }', '{ type: Localhost, localhostProfile: shop }'])('%s is a profile', (context) => {
    expect(foundInPod(confined(context), confined(context))).toEqual([]);
  });

  it.each([
    ['{ type: Unconfined }', '"Unconfined"'],
    ['{ localhostProfile: shop }', 'absent'],
  ])('%s is none', (context, shown) => {
    expect(foundInPod(confined(context), confined(context))).toEqual([
      `kubernetes.yaml: the pod: appArmorProfile is ${shown}`,
      `kubernetes.yaml: the container web: appArmorProfile is ${shown}`,
    ]);
  });

  it('the annotation of older ones takes the profile away', () => {
    expect(foundBeside(`{ ${ANNOTATION}: unconfined, note: plain }`)).toEqual([
      `kubernetes.yaml: the annotation ${ANNOTATION} takes the profile away`,
    ]);
  });

  it.each([`{ ${ANNOTATION}: runtime/default }`, '{ note: unconfined }'])('annotations may be %s', (annotations) => {
    expect(foundBeside(annotations)).toEqual([]);
  });

  it('what cannot be read does not pass', () => {
    expect(foundInPod(confined('Unconfined'))).toEqual(
      saying(['could not be checked: appArmorProfile is not a mapping']),
    );
    expect(foundBeside(`["${ANNOTATION}: unconfined"]`)).toEqual(
      saying(['could not be checked: annotations is not a mapping']),
    );
  });
});
