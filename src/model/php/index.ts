export * from './ini';
