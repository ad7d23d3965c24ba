import { libraryCheck } from '../libraries';

export const certificates = libraryCheck(
  'libraries/certificates',
  'PHP reads a bundle of at least 50 certificate authorities, for HTTPS',
  ({ certificates: count }) => [Number(count) >= 50, count],
);
