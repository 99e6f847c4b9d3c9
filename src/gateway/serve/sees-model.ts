import type { GatewayConfig } from "../config/gateway-config.ts";
import type { Desk } from "./desk.ts";
import { canonicalModel } from "../request/canonical-model.ts";
import { mayUse, modelRules } from "../request/model-rules.ts";

/** Makes the rule of which models the lists of each role show: those that it may use. */
export function seesModel({ roles }: GatewayConfig): Desk["sees"] {
  return (name, model, isRemote, remotes) => {
    const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
    const canonical = canonicalModel(model);
    if (role === undefined || !canonical.ok) return false;
    // What cannot be known may run elsewhere.
    const isElsewhere = isRemote || remotes === null || remotes.has(canonical.value.key);
    return mayUse(modelRules(role), canonical.value, isElsewhere);
  };
}
