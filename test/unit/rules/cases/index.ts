import { DOCKERFILE_CASES } from './dockerfile';
import { IMAGE_CASES } from './image';
import { NGINX_CASES } from './nginx';
import { PHP_CASES } from './php';
import { RUNTIME_CASES } from './runtime';
import { SUPERVISOR_CASES } from './supervisor';
import { SUPPLY_CHAIN_CASES } from './supply-chain';
import type { BreakingCase } from '../support';

/** Every case, by pack. */
export const CASES: readonly BreakingCase[] = [
  ...IMAGE_CASES,
  ...DOCKERFILE_CASES,
  ...RUNTIME_CASES,
  ...NGINX_CASES,
  ...PHP_CASES,
  ...SUPERVISOR_CASES,
  ...SUPPLY_CHAIN_CASES,
];
