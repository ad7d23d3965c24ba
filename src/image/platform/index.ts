export * from './apk-platform';
export * from './apt-platform';
export * from './image-description';
export { Platform, type PlatformOutput } from './platform';
export * from './shipped-platforms';
