import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFiles } from '../../../src/verify/application-files';
import { ImageApplications } from '../../../src/verify/image-application';
import { manifestOf } from '../publish/support';

describe('the files of an application', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'application-files-'));
    mkdirSync(join(directory, 'public/.well-known'), { recursive: true });
    mkdirSync(join(directory, 'src'));
    writeFileSync(join(directory, 'public/index.php'), '<?php\n');
    writeFileSync(join(directory, 'public/.well-known/security.txt'), 'x');
    symlinkSync('/data/uploads', join(directory, 'public/uploads'));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const hash = (paths = ['public', 'src']) => new ApplicationFiles({ directory, paths }).sha256;

  it('are another identity with each change that the image would have', () => {
    const seen = [hash()];
    const change = (act: () => void) => {
      act();
      seen.push(hash());
    };
    change(() => writeFileSync(join(directory, 'public/index.php'), '<?php echo 1;\n'));
    change(() => chmodSync(join(directory, 'public/index.php'), 0o755));
    change(() => writeFileSync(join(directory, 'src/new.php'), ''));
    change(() => mkdirSync(join(directory, 'src/empty')));
    change(() => {
      rmSync(join(directory, 'public/uploads'));
      symlinkSync('/data/other', join(directory, 'public/uploads'));
    });
    change(() => writeFileSync(join(directory, 'public/.well-known/security.txt'), 'y'));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('are the same with what the image does not get, and whoever owns them', () => {
    const before = hash();
    writeFileSync(join(directory, '.env'), 'A=1');
    writeFileSync(join(directory, 'public/.hidden'), 'x');
    mkdirSync(join(directory, 'node_modules'));
    chmodSync(join(directory, 'src'), 0o700);
    expect(hash()).toBe(before);
  });

  it('are copied, and nothing else, into a directory that is gone afterwards', async () => {
    writeFileSync(join(directory, 'public/.hidden'), 'x');
    chmodSync(join(directory, 'public/index.php'), 0o700);
    const files = new ApplicationFiles({ directory, paths: ['public'] });
    const copy = await files.withCopy(async (place) => {
      expect(readdirSync(place)).toEqual(['public']);
      expect(readdirSync(join(place, 'public')).sort()).toEqual(['.well-known', 'index.php', 'uploads']);
      expect(statSync(join(place, 'public/index.php')).mode & 0o777).toBe(0o755);
      return place;
    });
    expect(existsSync(copy)).toBe(false);
  });

  it('are refused, all at once, where they are not there', () => {
    expect(() => hash(['public', 'bin', 'config'])).toThrow(/bin[^]*config/);
  });
});

describe('the applications of the images of a manifest', () => {
  let output: string;

  beforeEach(() => {
    output = join(mkdtempSync(join(tmpdir(), 'image-applications-')), 'output');
    for (const place of ['..', '../other']) {
      mkdirSync(join(output, place, 'public'), { recursive: true });
      writeFileSync(join(output, place, 'public/index.php'), place);
    }
  });

  afterEach(() => rmSync(join(output, '..'), { recursive: true }));

  function applications(buildContexts: readonly string[] = []): ImageApplications {
    const manifest = manifestOf();
    manifest.images.web!.application = { directory: '..', paths: ['public'], composer: 'none' };
    return new ImageApplications(output, manifest, buildContexts);
  }

  it('are found beside the manifest, or where a person says', () => {
    const here = applications();
    const there = applications(['base=docker-image://mirror/debian', `application=${join(output, '../other')}`]);
    expect(here.identityOf('web')).not.toBe(there.identityOf('web'));
    expect(there.buildContexts).toEqual(['base=docker-image://mirror/debian']);
  });

  it('are left to the builder where they come from elsewhere', () => {
    const { buildContexts, ...rest } = applications(['application=docker-image://registry.example.com/app']);
    expect(buildContexts).toEqual(['application=docker-image://registry.example.com/app']);
    expect(rest).toBeDefined();
    expect(applications(buildContexts).identityOf('web')).toBeUndefined();
  });

  it('are not built where they have changed since they were looked at', async () => {
    const all = applications();
    all.identityOf('web');
    writeFileSync(join(output, '../public/index.php'), 'changed');
    await expect(all.withCopy('web', async () => 'built')).rejects.toThrow('has changed since the build was planned');
  });
});
