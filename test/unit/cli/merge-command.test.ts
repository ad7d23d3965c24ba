import { mergeCommand } from '../../../src/cli/merge-command';

const OPTIONS = { output: 'output', state: '.publish' } as Parameters<typeof mergeCommand>[1];

test('publish merge without receipts says what to name, and joins nothing', async () => {
  await expect(mergeCommand([], OPTIONS)).rejects.toMatchObject({
    type: 'VALIDATION_ERROR',
    details: [{ what: 'no receipt is named', next: expect.stringContaining('publish --receipt FILE') as unknown }],
  });
});
