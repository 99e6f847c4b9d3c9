import type { RolePolicy } from "../config/gateway-config.ts";
import type { Principal } from "../principal.ts";
import type { Refusal } from "../refusal.ts";
import type { RiskClass } from "../config/gateway-config.ts";

const ROUTE_DENIED: Refusal = { status: 403, reason: "route-denied", message: "this key may not use this route" };
const SIGNATURE_DENIED: Refusal = {
  status: 403,
  reason: "signature-denied",
  message: "a client signature does not cover the body: this route needs a key",
};
const ENDPOINT_DENIED: Refusal = {
  status: 403,
  reason: "endpoint-denied",
  message: "this client key may not use this route",
};

/** Whether somebody may call a route at all: by its class, by what the role names, by what `authorized_keys` lists; a denial wins. */
export function mayCall(
  principal: Principal,
  role: RolePolicy,
  { id, risk, path }: { readonly id: string; readonly risk: RiskClass; readonly path: string },
): Refusal | null {
  if (role.routes.deny.includes(id)) return ROUTE_DENIED;
  if (!role.routes.allow.includes(id) && !role.allow.includes(risk)) return ROUTE_DENIED;
  if (principal.via === "signature" && risk === "D") return SIGNATURE_DENIED;
  return principal.endpoints === null || principal.endpoints.includes(path) ? null : ENDPOINT_DENIED;
}
