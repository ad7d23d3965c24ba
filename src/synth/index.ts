export * from './image-app';
export { MANIFEST_FILE, manifestSchema, type Manifest, type ManifestFile, type ManifestImage } from './manifest';
export { collectInputs, INPUT_LOCK_FILE, readInputLock } from './input-lock';
export { inputLockSchema, type InputLock } from './input-lock-schema';
export { assemble, type Assembly, type Judgement } from './assemble';
export * from './synthesize';
export * from './testing';
export type { OutputReport } from './write-output';
export * from './warnings';
