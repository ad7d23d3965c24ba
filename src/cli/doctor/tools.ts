import { good, poor, type Finding } from './finding';
import { findFpm } from '../checks/find-fpm';
import { findProgram } from '../checks/program';

/** Programs that a command uses, and what for. */
const TOOLS: ReadonlyArray<readonly [name: string, purpose: string]> = [
  ['cosign', 'publish signs with it'],
  ['trivy', 'scan looks for vulnerabilities with it'],
  ['nginx', 'validate:config asks it about nginx.conf'],
  ['php-fpm', 'validate:config asks it about php-fpm.conf'],
  ['execlineb', 'validate:config asks it about the scripts of s6'],
];

/** Programs that make more possible. */
export function examineTools(): readonly Finding[] {
  return TOOLS.map(([name, purpose]) => {
    const path = name === 'php-fpm' ? findFpm() : findProgram(name);
    return path ? good(name, path) : poor(name, 'it is not installed', `install ${name}: ${purpose}`);
  });
}
