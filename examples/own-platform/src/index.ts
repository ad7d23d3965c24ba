export * from './acme-agent';
export * from './acme-platform';
export * from './acme-rules';
