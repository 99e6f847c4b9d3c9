import type { GatewayConfig, RolePolicy } from "../config/gateway-config.ts";
import { canonicalModel } from "../request/canonical-model.ts";

interface Sight {
  readonly all: boolean;
  readonly allowed: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
  readonly cloud: boolean;
}

/** Makes the rule of which models the lists of each role show: those that it may use. */
export function seesModel({ roles }: GatewayConfig): (role: string, model: string, isRemote: boolean) => boolean {
  const sights = new Map(Object.entries(roles).map(([name, role]) => [name, sightOf(role)]));
  return (role, model, isRemote) => {
    const sight = sights.get(role);
    const canonical = canonicalModel(model);
    if (sight === undefined || !canonical.ok) return false;
    const { key, cloud } = canonical.value;
    if ((cloud || isRemote) && !sight.cloud) return false;
    return !sight.denied.has(key) && (sight.all || sight.allowed.has(key));
  };
}

function sightOf({ models, deniedModels, cloud }: RolePolicy): Sight {
  return { all: models.includes("*"), allowed: keysOf(models), denied: keysOf(deniedModels), cloud };
}

function keysOf(names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names.flatMap((name) => {
      const canonical = canonicalModel(name);
      return canonical.ok ? [canonical.value.key] : [];
    }),
  );
}
