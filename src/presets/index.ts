export * from './application';
export * from './cron-job';
export * from './laravel';
export * from './queue-worker';
export * from './symfony';
export * from './word-press';
