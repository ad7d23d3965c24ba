import { compareVersions, describeWithJudge, Judge } from './support/judge';
import { complaints, judgeNginx, move, MOVED, NGINX, OPENSSL } from './support/nginx-judge';
import {
  ARCHITECTURES,
  distinct,
  manifestImages,
  readContext,
  referenceSubjects,
  type Subject,
} from './support/output';
import { nginxOf } from './support/releases';
import { variantSubjects } from './support/variants';

/** From 1.25.1 nginx wants `http2 on`, which the nginx of older releases does not know. */
const HTTP2_OF_OLD =
  /\[warn\] \d+#\d+: the "listen \.\.\. http2" directive is deprecated, use the "http2" directive instead in /;

function excused(complaint: string, subject: Subject): boolean {
  return compareVersions(nginxOf(subject.platform, subject.release), '1.25.1') < 0 && HTTP2_OF_OLD.test(complaint);
}

const subjects = [...referenceSubjects(), ...variantSubjects()];
const judges = Judge.all.map((judge) => ({ judge, version: judge.version(NGINX) }));

/** Those that are not older than the release's own nginx. */
function judgesOf(subject: Subject): Array<{ judge: Judge; version: string | undefined }> {
  const own = nginxOf(subject.platform, subject.release);
  return judges.filter(({ version }) => version !== undefined && compareVersions(version, own) >= 0);
}

describe.each(judges)('nginx $version of $judge.name', ({ judge, version }) => {
  const mine = subjects.filter((subject) => judgesOf(subject).some((other) => other.judge === judge));

  describeWithJudge('as a user without privileges', judge.lacks(NGINX) ?? Judge.host.lacks(OPENSSL), () => {
    it.each(mine.map((subject) => [subject.name, subject] as const))(`accepts %s without a word`, (_, subject) => {
      const verdict = judgeNginx(judge, subject.context);
      expect(complaints(verdict).filter((line) => !excused(line, subject))).toEqual([]);
    });

    it('complains of a directive that it does not know, of a user, and of a file that is not there', () => {
      // GIVEN
      const { context } = mine[0]!;
      const spoilt = (line: string) => new Map([...context, ['nginx.conf', `${line}\n${context.get('nginx.conf')}`]]);
      // THEN
      expect(complaints(judgeNginx(judge, spoilt('no_such_directive on;'))).join()).toContain('[emerg]');
      expect(complaints(judgeNginx(judge, spoilt('user www-data;'))).join()).toContain('[warn]');
      expect(complaints(judgeNginx(judge, spoilt('include /etc/nginx/absent.conf;'))).join()).toContain('[emerg]');
    });

    it('is no older than the releases that it judges', () => {
      for (const { platform, release } of mine) {
        expect(compareVersions(version!, nginxOf(platform, release))).toBeGreaterThanOrEqual(0);
      }
    });
  });
});

describeWithJudge(
  'the judges of nginx together',
  Judge.all.map((judge) => judge.lacks(NGINX)).find((reason) => reason !== undefined),
  () => {
    it('leave no image without a judge', () => {
      expect(subjects.filter((subject) => judgesOf(subject).length === 0).map(({ name }) => name)).toEqual([]);
    });
  },
);

describe('the reference matrix', () => {
  it.each(manifestImages().map(([name]) => name))(
    'has the same files for both architectures of %s, the Dockerfile apart',
    (name) => {
      const [amd64, arm64] = ARCHITECTURES.map((architecture) => readContext(name, architecture));
      expect([...arm64!.keys()]).toEqual([...amd64!.keys()]);
      const different = [...amd64!].filter(([path, text]) => arm64!.get(path) !== text).map(([path]) => path);
      expect(different).toEqual(['Dockerfile']);
    },
  );

  it('moves nothing but paths and ports for the judges', () => {
    const texts = distinct(subjects.map(({ name, context }) => [name, context.get('nginx.conf')!] as const));
    for (const { text } of texts) {
      const moved = move(text, { config: '/moved', port: (port) => port }).split('\n');
      const changed = text.split('\n').filter((line, index) => line !== moved[index]);
      const names = changed.map((line) => line.trim().split(' ')[0]!);
      expect(names.filter((name) => !(name in MOVED))).toEqual([]);
      expect(moved.length).toBe(text.split('\n').length);
    }
  });
});
