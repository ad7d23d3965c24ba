import { endOf, removeTemporaryDirectories, startChild, temporaryDirectory } from './support';

afterEach(removeTemporaryDirectories);

test('a synthesis loads none of the modules that cost time: projen, execa, prettier, commander, pino', async () => {
  // GIVEN, WHEN
  const { status, stdout, stderr } = await endOf(startChild('synth-child.ts', [temporaryDirectory()]));
  // THEN
  expect([status, stderr]).toEqual([0, '']);
  const { slow, own } = JSON.parse(stdout.split('\n')[1]!) as { slow: string[]; own: number };
  expect(slow).toEqual([]);
  expect(own).toBeGreaterThan(50);
});
