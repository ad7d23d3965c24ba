import { verdict, type Check } from '../../check';

export const version: Check = {
  id: 'php/version',
  expectation: 'server and command line are the PHP that the manifest names',
  async run(subject) {
    const server = await subject.server();
    const { php } = await server.ask<{ php: string }>('version');
    const cli = await server.php('echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;');
    const wanted = subject.image.php.version;
    return verdict(php === wanted && cli === wanted, `server ${php}, command line ${cli}, manifest ${wanted}`);
  },
};
