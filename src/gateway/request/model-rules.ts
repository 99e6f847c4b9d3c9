import type { RolePolicy } from "../config/gateway-config.ts";
import { canonicalModel, DEFAULT_HOST } from "./canonical-model.ts";
import type { CanonicalModel } from "./canonical-model.ts";

/** Which models a role may use, its names resolved. */
export interface ModelRules {
  /** Whether a role names no model in particular. */
  readonly isOpen: boolean;
  readonly allowed: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
  readonly cloud: boolean;
}

const EVERY = "*";
const known = new WeakMap<RolePolicy, ModelRules>();

/** Resolves a role's names once; a name that no server could resolve allows nothing, and denied it denies nothing else. */
export function modelRules(role: RolePolicy): ModelRules {
  const before = known.get(role);
  if (before !== undefined) return before;
  const rules = {
    isOpen: role.models.includes(EVERY),
    allowed: keysOf(role.models),
    denied: keysOf(role.deniedModels),
    cloud: role.cloud,
  };
  known.set(role, rules);
  return rules;
}

function keysOf(names: readonly string[]): ReadonlySet<string> {
  const keys = names.map((name) => canonicalModel(name)).filter((name) => name.ok);
  return new Set(keys.map((name) => name.value.key));
}

/** Whether a role may use a model; `isRemote` = the server's own list says that it runs elsewhere. */
export function mayUse(rules: ModelRules, model: Pick<CanonicalModel, "key" | "cloud">, isRemote: boolean): boolean {
  if (rules.denied.has(model.key) || rules.denied.has(localTwin(model))) return false;
  if ((model.cloud || isRemote) && !rules.cloud) return false;
  return rules.isOpen || rules.allowed.has(model.key);
}

/**
 * Whether a role may fetch, write or send away a model. Being open covers the default registry alone: any other host is asked for by
 * the server itself, and must be named. A name with a scheme is never named: it may turn encryption off.
 */
export function mayChange(rules: ModelRules, model: CanonicalModel): boolean {
  if (model.scheme !== null || !mayUse(rules, model, false)) return false;
  return model.host === DEFAULT_HOST || rules.allowed.has(model.key);
}

/** A model that is denied is denied wherever it runs. */
function localTwin({ key, cloud }: Pick<CanonicalModel, "key" | "cloud">): string {
  if (!cloud) return key;
  return key.endsWith(":cloud") ? `${key.slice(0, -"cloud".length)}latest` : key.slice(0, -"-cloud".length);
}
