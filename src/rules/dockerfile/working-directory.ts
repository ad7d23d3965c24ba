import { posix } from 'node:path';
import type { FileRule } from '../rule';
import { findInstructions, lastStage, stageFinding, unquote } from './stages';

const SYSTEM = /^\/(?:bin|boot|dev|etc|lib\w*|proc|root|run|sbin|sys|usr\/(?:bin|lib\w*|sbin))(?:\/|$)/;

/** DF-009 */
export const WORKING_DIRECTORY: FileRule = {
  id: 'DF-009',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'WORKDIR is an absolute path and no directory of the system, and the image has one',
  why: 'a relative one depends on the lines above it; in one of the system a slip of a program changes the system',
  next: 'take out what changes WORKDIR: the application lies below /var/www/html',
  fix: 'the platform writes WORKDIR with the directory of the application',
  sources: ['Trivy DS-0009', 'hadolint DL3000', 'BuildKit WorkdirRelativePath', 'Checkov CKV_DOCKER_10'],
  check: (subject) =>
    subject.eachContext((context) => {
      const stage = lastStage(context);
      const hasOne = stage.instructions.some(({ keyword }) => keyword === 'WORKDIR');
      return [
        ...(hasOne ? [] : [stageFinding(context, stage.from, 'the image has no WORKDIR')]),
        ...findInstructions(context, ['WORKDIR'], ({ text }) => {
          const path = unquote(text.trim());
          if (!path.startsWith('/') || path.includes('$')) {
            return `WORKDIR ${path} is not an absolute path`;
          }
          const normal = posix.normalize(path).replace(/^\/+/, '/');
          return SYSTEM.test(normal) || normal === '/' ? `WORKDIR ${path} is a directory of the system` : undefined;
        }),
      ];
    }),
};
