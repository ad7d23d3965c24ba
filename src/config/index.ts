export * from './base-config';
export * from './grants';
export * from './image-config';
export * from './layers';
export * from './plain-text';
export * from './resolved-config';
export * from './units';
export * from './reserved-paths';
