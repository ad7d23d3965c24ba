import { DOCKERFILE_RULES } from './dockerfile';
import { IMAGE_RULES } from './image';
import { NGINX_RULES } from './nginx';
import { PHP_RULES } from './php';
import type { Rule, RulePack } from './rule';
import { RUNTIME_RULES } from './runtime';
import { SUPERVISOR_RULES } from './supervisor';
import { SUPPLY_CHAIN_RULES } from './supply-chain';
import { flatMap } from '../config/flat-map';

/** The rules that every image keeps. They cannot be changed: packs and rules are frozen. */
export const HardeningRules = deepFreeze({
  image: IMAGE_RULES,
  dockerfile: DOCKERFILE_RULES,
  runtime: RUNTIME_RULES,
  nginx: NGINX_RULES,
  php: PHP_RULES,
  supervisor: SUPERVISOR_RULES,
  supplyChain: SUPPLY_CHAIN_RULES,
}) satisfies Readonly<Record<string, RulePack>>;

/** All of them, by pack. */
export const HARDENING_PACKS: readonly RulePack[] = Object.freeze(Object.values(HardeningRules));

/** A rule of any of the packs, by its id. */
export function hardeningRule(id: string): Rule | undefined {
  return flatMap(HARDENING_PACKS, ({ rules }) => rules).find((rule) => rule.id === id);
}

function deepFreeze<T extends object>(value: T): T {
  Object.values(value).forEach((inner: unknown) => {
    if (typeof inner === 'object' && inner !== null) {
      deepFreeze(inner);
    }
  });
  return Object.freeze(value);
}
