import { recoveryCheck } from '../recovery';

export const phpFpmKilled = recoveryCheck('lifecycle/php-fpm-killed', "PHP-FPM's master", 'php-fpm', 'master');
