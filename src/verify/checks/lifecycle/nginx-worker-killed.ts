import { recoveryCheck } from '../recovery';

export const nginxWorkerKilled = recoveryCheck('lifecycle/nginx-worker-killed', 'a worker of nginx', 'nginx', 'worker');
