export * from './context';
export * from './dockerfile';
export * from './nginx';
export * from './php';
export * from './s6';
