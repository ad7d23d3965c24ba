import { parseAppArmor } from '../../../../src/rules/parse/apparmor';

describe('a profile of AppArmor', () => {
  it('is read as its parser takes it apart', () => {
    const text = `abi <abi/3.0>,
include <tunables/global>

# capability, in a comment
profile shop-8.4 flags=(attach_disconnected, mediate_deleted) {
  #include <abstractions/base>
  signal (send, receive) peer=shop,   # to itself
  /dev/{null,zero} rw,
  deny
    /sys/{,**} wklx,
  owner @{PROC}/@{pid}/mem r,
}
`;
    expect(parseAppArmor(text)).toEqual([
      {
        name: 'shop-8.4',
        flags: ['attach_disconnected', 'mediate_deleted'],
        rules: [
          'signal (send, receive) peer=shop',
          '/dev/{null,zero} rw',
          'deny /sys/{,**} wklx',
          'owner @{PROC}/@{pid}/mem r',
        ],
      },
    ]);
  });

  it('inside of another is one of its own, and seen', () => {
    const [outer, inner] = parseAppArmor(
      '/usr/bin/x {\n  capability,\n  profile hat flags=(unconfined) {\n    mount,\n  }\n}\n',
    );
    expect(outer).toEqual({ name: '/usr/bin/x', flags: [], rules: ['capability'] });
    expect(inner).toEqual({ name: 'hat', flags: ['unconfined'], rules: ['mount'] });
  });

  it.each(['profile x {\n  capability,\n', 'profile x {\n}\n }\n'])('whose braces do not match is none: %j', (text) => {
    expect(() => parseAppArmor(text)).toThrow(/closing brace/);
  });
});
