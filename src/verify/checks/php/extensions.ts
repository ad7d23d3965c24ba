import { judge, type Check } from '../../check';

/** Extensions that call themselves otherwise. */
const LOADED_NAMES: Readonly<Record<string, string>> = { opcache: 'zend opcache' };

export const extensions: Check = {
  id: 'php/extensions',
  expectation: 'every extension that the image promises is loaded, in the server and in the command line',
  async run(subject) {
    const { extensions: promisedNames, cliOnlyExtensions } = subject.image.php;
    const promised = {
      server: promisedNames.filter((name) => !cliOnlyExtensions.includes(name)),
      cli: promisedNames,
    };
    const server = await subject.server();
    const loaded = {
      server: await server.ask<string[]>('extensions'),
      cli: JSON.parse(
        await server.php('echo json_encode(array_map("strtolower", get_loaded_extensions()));'),
      ) as string[],
    };
    const missing = (['server', 'cli'] as const).flatMap((place) =>
      promised[place]
        .filter((name) => !loaded[place].includes(LOADED_NAMES[name.toLowerCase()] ?? name.toLowerCase()))
        .map((name) => `${name} is not loaded in the ${place === 'cli' ? 'command line' : 'server'}`),
    );
    return judge(missing, `${promised.server.length} in the server, ${promised.cli.length} in the command line`);
  },
};
