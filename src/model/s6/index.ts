export * from './distribution-tree';
export * from './execline';
export * from './order';
export * from './overlay-tree';
export * from './service';
export { withOtherProgram, type ServiceFile } from './service-files';
