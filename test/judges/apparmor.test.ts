import { spawnSync } from 'node:child_process';
import { deployments } from './support/deployments';
import { describeWithJudge } from './support/judge';

const PARSER = '/usr/sbin/apparmor_parser';

/** Whether the parser takes a profile, as far as a kernel without AppArmor lets it say. */
function parse(profile: string): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync(PARSER, ['--skip-kernel-load', '--skip-cache'], {
    encoding: 'utf8',
    input: profile,
  });
  return { status, stderr };
}

const profiles = deployments().map(([image, files]) => [image, files.get('apparmor.profile')!] as const);

const reason =
  spawnSync(PARSER, ['--version']).status === 0 ? undefined : `${PARSER} is not installed: run .ci/testbed (as root)`;

describeWithJudge('apparmor_parser', reason, () => {
  it.each(profiles)('accepts the profile of %s', (_, profile) => {
    const { status, stderr } = parse(profile);
    expect(stderr.replace(/^Cache read\/write disabled:.*\n/m, '')).toBe('');
    expect(status).toBe(0);
  });

  it.each([
    ['a rule that is none', '  deny mount,', '  deny mounting,'],
    ['rights that do not go together', '  /** rmix,', '  /** rmixpx,'],
    ['a profile that is not closed', '\n}\n', '\n'],
  ])('refuses %s', (_, right, wrong) => {
    const [[, profile]] = profiles as [readonly [string, string]];
    expect(profile).toContain(right);
    expect(parse(profile.replace(right, wrong)).status).not.toBe(0);
  });
});

test.each(deployments())('the AppArmor profile of %s has the name that its compose file gives', (image, files) => {
  expect(/^profile (\S+) /m.exec(files.get('apparmor.profile')!)?.[1]).toBe(image);
  expect(files.get('compose.apparmor.yaml')).toContain(`- apparmor=${image}\n`);
});
