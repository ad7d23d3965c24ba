import { libraryCheck } from '../libraries';

export const collation = libraryCheck('libraries/collation', 'ICU sorts Czech: c, č, h, ch', ({ collation: words }) => [
  words?.join() === 'c,č,h,ch',
  words,
]);
