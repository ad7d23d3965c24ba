import { readVersion } from './version';

async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && args[0] === '--version') {
    process.stdout.write(`${readVersion()}\n`);
    return 0;
  }
  const { runCli } = await import('./run-cli');
  return runCli(args);
}

// Whoever reads the output may stop reading: `dockerfile-generator ls | head -n 1` is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  process.exit(0);
});

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
