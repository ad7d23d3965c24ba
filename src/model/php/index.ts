export * from './ini';
export * from './literal';
