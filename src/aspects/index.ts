export { applyAspects } from './apply-aspects';
export { DEFAULT_PRIORITY, SECURITY_PRIORITY, type Aspect, type AspectOptions } from './aspect';
export { Aspects } from './aspects';
export { lockTree } from './lock-tree';
export { SecurityAspect } from './security-aspect';
