import { judge, skip, type Check } from '../../check';
import { serverPorts } from '../../verified-image';

export const ipv6: Check = {
  id: 'http/ipv6',
  expectation: 'the server listens on IPv6 as well, where the kernel has it',
  async run(subject) {
    const server = await subject.server();
    const sockets = await server.php('echo @file_get_contents("/proc/net/tcp6");');
    if (sockets === '') {
      return skip('the kernel has no IPv6');
    }
    const ports = serverPorts(subject.image);
    const deaf = ports.filter(
      (port) => !new RegExp(`^ *\\d+: 0{32}:${hexadecimal(port)} \\S+ ${LISTEN} `, 'm').test(sockets),
    );
    return judge(
      deaf.map((port) => `nothing listens on [::]:${port}`),
      `it listens on ${ports.map((port) => `[::]:${port}`).join(', ')}`,
    );
  },
};

/** State of a socket that listens, in /proc/net/tcp6. */
const LISTEN = '0A';

function hexadecimal(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
