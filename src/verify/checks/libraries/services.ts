import { libraryCheck } from '../libraries';

export const services = libraryCheck('libraries/services', 'the service https is port 443', ({ https }) => [
  https === 443,
  https,
]);
