import type * as Project from './project';
import { addLazyExports } from './project/lazy-exports';

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
  type ApplicationProps,
  type BuildStepProps,
  type ComposerSource,
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
export * from './presets';
export type { ContextFile, Dockerfile, Instruction, Service, Stage, StopSignal } from './model';
export * from './synth';
export {
  CHECK_PACKS,
  DockerEngine,
  judge,
  renderJson,
  renderJUnit,
  renderTable,
  skip,
  verdict,
  verifyImage,
  verifyOutput,
  type Check,
  type CheckPack,
  type CheckResult,
  type Engine,
  type Subject,
  type Verdict,
  type VerifiedImage,
  type VerifyImageOptions,
  type VerifyReport,
} from './verify';
export {
  assess,
  HARDENING_PACKS,
  HardeningRules,
  isOff,
  isOn,
  parseDockerfile,
  parseIni,
  parseNginx,
  RuleContext,
  Rules,
  RuleSubject,
  violationsOf,
  walkNginx,
  type ArchitectureFacts,
  type Assessment,
  type FileRule,
  type Finding,
  type ImageFacts,
  type IniSetting,
  type NginxDirective,
  type ParsedDockerfile,
  type ParsedInstruction,
  type ParsedStage,
  type Rule,
  type RuleFile,
  type RulePack,
  type RuleResult,
  type RuleText,
  type Severity,
  type TreeRule,
} from './rules';
export {
  Aspects,
  DEFAULT_PRIORITY,
  SECURITY_PRIORITY,
  SecurityAspect,
  type Aspect,
  type AspectOptions,
} from './aspects';
export {
  ComplianceReport,
  complianceSchema,
  type Compliance,
  type ReportedArchitecture,
  type ReportedImage,
  type ReportedPackage,
  type ReportFile,
  type ReportTexts,
} from './report';

export type { CiSystem, ImageMatrixOptions, NginxPhpProjectOptions, PipelineOptions } from './project';

// Declared here and defined below, so that projen is loaded by those alone who use it.
export declare const ArgoCd: typeof Project.ArgoCd;
export type ArgoCd = Project.ArgoCd;
export declare const GithubPipeline: typeof Project.GithubPipeline;
export type GithubPipeline = Project.GithubPipeline;
export declare const GitlabPipeline: typeof Project.GitlabPipeline;
export type GitlabPipeline = Project.GitlabPipeline;
export declare const ImageMatrix: typeof Project.ImageMatrix;
export type ImageMatrix = Project.ImageMatrix;
export declare const Jenkinsfile: typeof Project.Jenkinsfile;
export type Jenkinsfile = Project.Jenkinsfile;
export declare const NginxPhpProject: typeof Project.NginxPhpProject;
export type NginxPhpProject = Project.NginxPhpProject;
export declare const RenovatePreset: typeof Project.RenovatePreset;
export type RenovatePreset = Project.RenovatePreset;
addLazyExports(module.exports as object);
export {
  BuildxBuilder,
  checkPlan,
  findEnvironment,
  HttpRegistry,
  ImageList,
  makePlan,
  PLAN_RULES,
  planPublish,
  publish,
  renderPlan,
  renderPlanJson,
  type Environment,
  type Facts as PublishFacts,
  type Listener as PublishListener,
  type Plan as PublishPlan,
  type PlanRule as PublishRule,
  type PublishEvent,
  type PublishOptions,
  type Receipt,
  type Registry,
  type Scanner,
  type Signer,
} from './publish';
