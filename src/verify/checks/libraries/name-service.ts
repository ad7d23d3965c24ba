import { libraryCheck } from '../libraries';

export const nameService = libraryCheck('libraries/name-service', 'localhost is 127.0.0.1', ({ localhost }) => [
  localhost === '127.0.0.1',
  localhost,
]);
