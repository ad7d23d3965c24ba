import { recoveryCheck } from '../recovery';

export const phpFpmWorkerKilled = recoveryCheck(
  'lifecycle/php-fpm-worker-killed',
  'a worker of PHP-FPM',
  'php-fpm',
  'worker',
);
