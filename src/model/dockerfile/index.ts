export * from './dockerfile';
export * from './instruction';
export * from './render-dockerfile';
