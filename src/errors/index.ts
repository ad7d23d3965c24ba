export * from './did-you-mean';
export * from './dockerfile-generator-error';
export * from './error-type';
export * from './problem';
export * from './why-not-read';
