export * from './catalog';
export { BASE_CONFIG, ResolvedConfig, type ConfigLayer, type ImageConfig } from './config';
export { DockerfileGeneratorError, EXIT_STATUS, type ErrorType, type Problem } from './errors';
export {
  AlpinePlatform,
  ApkPlatform,
  AptPlatform,
  CronConstruct,
  DebianPlatform,
  ImageConstruct,
  ImagePart,
  NginxConstruct,
  PhpFpmConstruct,
  Platform,
  S6Construct,
  SHIPPED_PLATFORMS,
  UbuntuPlatform,
  type BuildStepProps,
  type Contributions,
  type CronJobProps,
  type DeepPartial,
  type FileProps,
  type ImageDescription,
  type ImageProps,
  type ImageTarget,
  type LongRunProps,
  type OneShotProps,
  type PackageName,
  type PlatformOutput,
  type WritablePath,
} from './image';
export type { ContextFile, Dockerfile, Instruction, Service, Stage, StopSignal } from './model';
export * from './synth';
export {
  CHECK_PACKS,
  renderJson,
  renderJUnit,
  renderTable,
  verifyImage,
  type Check,
  type CheckPack,
  type CheckResult,
  type VerifyImageOptions,
  type VerifyReport,
} from './verify';
