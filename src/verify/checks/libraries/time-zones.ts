import { libraryCheck } from '../libraries';

export const timeZones = libraryCheck(
  'libraries/time-zones',
  'time zones are there, with their summer time',
  ({ summer, zones }) => [summer === 'CEST +02:00' && zones > 300, `${zones} zones, Prague in July: ${summer}`],
);
