import { judge, type Check } from '../../check';
import { documentRootOf } from '../../verified-image';
import { tryWrites } from '../write-attempts';

export const readOnlyRoot: Check = {
  id: 'process/read-only-root',
  expectation: 'the runtime user can write neither to the system, nor to the configuration, nor to the application',
  async run(subject) {
    const root = documentRootOf(subject.image);
    const directories = [
      '/',
      '/etc',
      '/etc/nginx',
      '/usr',
      '/usr/bin',
      '/usr/local/lib',
      '/var',
      '/var/www',
      '/var/www/html',
      root,
    ];
    const written = Object.entries(await tryWrites(await subject.server(), directories)).filter(([, done]) => done);
    return judge(
      written.map(([path]) => `${path} can be written to`),
      `${directories.length} directories tried`,
    );
  },
};
