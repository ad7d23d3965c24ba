export * from './nginx-file';
