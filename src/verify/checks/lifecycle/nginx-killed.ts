import { recoveryCheck } from '../recovery';

export const nginxKilled = recoveryCheck('lifecycle/nginx-killed', "nginx's master", 'nginx', 'master');
