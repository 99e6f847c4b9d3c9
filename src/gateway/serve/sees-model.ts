import type { GatewayConfig } from "../config/gateway-config.ts";
import { canonicalModel } from "../request/canonical-model.ts";
import { mayUse, modelRules } from "../request/model-rules.ts";

/** Makes the rule of which models the lists of each role show: those that it may use. */
export function seesModel({ roles }: GatewayConfig): (role: string, model: string, isRemote: boolean) => boolean {
  return (name, model, isRemote) => {
    const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
    const canonical = canonicalModel(model);
    return role !== undefined && canonical.ok && mayUse(modelRules(role), canonical.value, isRemote);
  };
}
