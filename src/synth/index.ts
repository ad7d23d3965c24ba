export * from './image-app';
export {
  MANIFEST_FILE,
  manifestJsonSchema,
  manifestSchema,
  type Manifest,
  type ManifestFile,
  type ManifestImage,
} from './manifest';
export * from './synthesize';
export * from './testing';
export type { OutputReport } from './write-output';
