import { found, saying, type Written } from '../written';

const ROOT = 'root:x:0:0:root:/root:/sbin/nologin';
const OWN = 'app:x:10001:10001::/nonexistent:/sbin/nologin';

/** A context whose script writes something. */
function script(text: string): Written {
  return { Dockerfile: 'FROM scratch\n', 'scripts/own.sh': `${text}\n` };
}

/** Accounts, as the platform writes them. */
function accounts(...lines: readonly string[]): Written {
  return script(`cat >"$rootfs/etc/passwd" <<EOF\n${lines.join('\n')}\nEOF`);
}

/** An account of the server with another field. */
function own(field: string, instead: string): Written {
  return accounts(ROOT, OWN.replace(field, instead));
}

it.each<readonly [string, Written, readonly string[]]>([
  ['of another group', own(':10001::', ':10002::'), ['Dockerfile: 0 accounts of the image are 10001:10001']],
  ['of another user', own(':10001:', ':10002:'), ['Dockerfile: 0 accounts of the image are 10001:10001']],
  ['with a password that ends as none', own(':x:', ':$6$abcx:'), ['own.sh:1: the account app has a password']],
  ['with a password that is locked', own(':x:', ':!$6$abc:'), ['own.sh:1: the account app has a password']],
  ['with the shell of the system', own('/sbin/nologin', ''), ['the account app has the shell of the system']],
  ['without a field for its shell', own(':/sbin/nologin', ''), ['the account app has the shell of the system']],
  ['with a home', own('/nonexistent', '/home/app'), ['own.sh:1: the account app has the home /home/app']],
  [
    'of one name with another',
    accounts(ROOT, OWN, OWN.replaceAll('10001', '10002')),
    ['the accounts app and app share a name or a number'],
  ],
  [
    'without numbers, which is root',
    accounts(ROOT, OWN, 'guest:x'),
    [
      'the account guest has the shell of the system',
      'the account guest has the home ',
      'the accounts root and guest share a name or a number',
    ],
  ],
])('an account %s is refused', (_, written, says) => {
  expect(found('IMG-009', written)).toEqual(saying(says));
});

it('a home that is not written is not that of somebody', () => {
  expect(found('IMG-009', accounts(OWN, 'guest:x:10002:10002'))).toContain(
    'scripts/own.sh:1: the account guest has the home ',
  );
});

it.each<readonly [string, Written]>([
  ['with a password that no word matches', own(':x:', ':!!:')],
  ['whose errors are thrown away', script(`cat >/rootfs/etc/passwd 2>/dev/null <<EOF\n${OWN}\nEOF`)],
  ['by printf, in one text', script(String.raw`printf '${ROOT}\n${OWN}\n' >"$rootfs/etc/passwd"`)],
  ['by printf, word by word', script(String.raw`printf '%s\n' '${ROOT}' '${OWN}' >"$rootfs/etc/passwd"`)],
  ['by tee', script(`tee "$rootfs/etc/passwd" <<EOF\n${ROOT}\n${OWN}\nEOF`)],
  ['once, and read after that', script(`echo '${OWN}' >/rootfs/etc/passwd\necho 'read: x' </rootfs/etc/passwd`)],
  ['by echo, beside a remark', script(`echo '${OWN}' >>"$rootfs/etc/passwd"\necho 'accounts: done'`)],
])('accounts are written %s', (_, written) => {
  expect(found('IMG-009', written)).toEqual([]);
});

it('the first number of an account is its own bound', () => {
  const first = accounts(OWN.replaceAll('10001', '10000'));
  expect(found('IMG-009', first, { user: '10000:10000' })).toEqual([]);
});

/** Accounts as they have to be, and what follows in the same script. */
function after(text: string): Written {
  return script(`echo '${OWN}' >/rootfs/etc/passwd\n${text}`);
}

/** The same, with a Dockerfile. */
function beside(instruction: string): Written {
  return { Dockerfile: `FROM base\n${instruction}\n`, 'scripts/own.sh': `echo '${OWN}' >/rootfs/etc/passwd\n` };
}

it.each<readonly [string, Written, string]>([
  ['sed', after("sed -i 's|nologin|bash|' /rootfs/etc/passwd"), 'sed changes /rootfs/etc/passwd'],
  ['sed, with what it was before kept', after('sed -i.bak s/x/y/ /rootfs/etc/group'), 'sed changes /rootfs/etc/group'],
  ['sed, by its long option', after('sed --in-place s/x/y/ /rootfs/etc/passwd'), 'sed changes'],
  ['perl', after('perl -pi -e s/x/y/ /rootfs/etc/passwd'), 'perl changes'],
  ['ed', after('ed /rootfs/etc/passwd <script'), 'ed changes'],
  ['dd', after('dd if=accounts of=/rootfs/etc/passwd'), 'dd changes /rootfs/etc/passwd'],
  ['cp, under its name', after('cp accounts /rootfs/etc/passwd'), 'cp changes /rootfs/etc/passwd'],
  ['cp, into its directory', after('cp files/passwd files/group /rootfs/etc/'), 'cp changes /rootfs/etc/passwd'],
  ['cp, with the directory first', after('cp -t /rootfs/etc files/passwd'), 'cp changes /rootfs/etc/passwd'],
  ['mv, of what is kept beside', after('mv /tmp/x "$rootfs/etc/shadow-"'), 'mv changes $rootfs/etc/shadow-'],
  ['a file of the context', after('put 0644 config/accounts /etc/passwd'), 'put changes /etc/passwd'],
  ['cat, from another file', after('cat more >>/rootfs/etc/passwd'), 'cat writes accounts'],
  ['tee, from what comes', after("echo 'a:x' | tee -a /rootfs/etc/passwd"), 'tee writes accounts'],
  ['nothing at all', after(': >/rootfs/etc/passwd'), ': writes accounts'],
  ['a password', after("echo 'root:$6$x::' >/rootfs/etc/shadow"), 'echo writes accounts or passwords'],
  ['COPY, under its name', beside('COPY --from=users /etc/passwd /etc/passwd'), 'COPY changes /etc/passwd'],
  ['COPY, into its directory', beside('COPY group passwd /etc/'), 'COPY changes /etc/group'],
  ['ADD, below the root that is put together', beside('ADD accounts /rootfs/etc/passwd'), 'ADD changes'],
])('accounts that are changed by %s are refused', (_, written, says) => {
  expect(found('IMG-009', written)).toEqual([expect.stringContaining(says)]);
});

it.each<readonly [string, Written]>([
  ['their modes', after('chmod 0644 /rootfs/etc/passwd /rootfs/etc/group')],
  ['a removal of passwords', after('rm -f /rootfs/etc/shadow /rootfs/etc/gshadow')],
  ['who reads them', after('sed -n 1p /rootfs/etc/passwd\ngrep -q app /etc/passwd')],
  ['a copy of them elsewhere', after('cp /etc/passwd /tmp/accounts')],
  ['files of other names', after('cp nginx.conf fastcgi.conf /rootfs/etc/\nsed -i s/a/b/ /rootfs/etc/passwd.md')],
  ['groups that stand there', after("echo 'app:x:10001:' >/rootfs/etc/group")],
  ['COPY of the whole root', beside('COPY --from=assemble /rootfs/ /')],
])('no change of accounts is %s', (_, written) => {
  expect(found('IMG-009', written)).toEqual([]);
});
