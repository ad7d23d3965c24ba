import { rawText, type BreakingCase } from '../support';

export const DOCKERFILE_CASES: readonly BreakingCase[] = [
  rawText('DF-001', 'Dockerfile', (text) => `${text}USER root\n`, {
    story: 'a USER root is put at the end',
    says: 'USER is root, not two numbers',
  }),
];
