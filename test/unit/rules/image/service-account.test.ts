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
