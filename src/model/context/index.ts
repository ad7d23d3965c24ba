export * from './context-file';
