import { libraryCheck } from '../libraries';

export const iconv = libraryCheck('libraries/iconv', 'iconv writes SHIFT_JIS', ({ iconv: bytes }) => [
  bytes === '93fa967b',
  bytes,
]);
