import { Buffer } from "node:buffer";
import type { RolePolicy, Limits } from "../../src/gateway/config/gateway-config.ts";
import type { Refusal } from "../../src/gateway/refusal.ts";
import { applyPolicy } from "../../src/gateway/request/apply-policy.ts";
import { bodyFacts } from "../../src/gateway/request/body-facts.ts";
import type { BodyFacts } from "../../src/gateway/request/body-facts.ts";
import { BODY_FORMS } from "../../src/gateway/request/body-form.ts";
import { JsonScan } from "../../src/gateway/request/json-scan.ts";
import { spliceBody } from "../../src/gateway/request/splice-body.ts";
import type { ModelRouteId } from "../../src/knowledge/ollama-routes.ts";
import type { Result } from "../../src/model/result.ts";

const NO_LIMITS: Limits = { requests: [], tokens: [], concurrent: null };

/** A role that may do what a key usually may, with nothing clamped. */
export const OPEN_ROLE: RolePolicy = {
  allow: ["A", "B"],
  routes: { allow: [], deny: [] },
  models: ["*"],
  deniedModels: [],
  cloud: false,
  remoteMedia: false,
  chatTemplates: false,
  limits: { perKey: NO_LIMITS, total: NO_LIMITS },
  clamp: { numCtx: null, numPredict: null, keepAliveSeconds: null, numGpu: null, images: null, bodyBytes: 8_388_608 },
  reserveTokens: 1024,
  system: null,
  tools: { allow: ["*"], arguments: {} },
  priority: 5,
};

/** That role with some of its fields in other words. */
export function roleOf(change: Partial<RolePolicy>): RolePolicy {
  return { ...OPEN_ROLE, ...change };
}

/** That role with clamps. */
export function clampedRole(clamp: Partial<RolePolicy["clamp"]>): RolePolicy {
  return roleOf({ clamp: { ...OPEN_ROLE.clamp, ...clamp } });
}

/** Facts of a body, scanned to its end. */
export function factsOf(id: ModelRouteId, bytes: Buffer): Result<BodyFacts, Refusal> {
  const form = BODY_FORMS[id];
  if (form === undefined) throw new TypeError(`${id} takes no JSON`);
  const scan = new JsonScan(bytes, form);
  while (!scan.step(65_536));
  return bodyFacts(id, bytes, scan);
}

/** The bytes that are sent on, or why nothing is (`403 model-denied`). */
export function sentBytes(id: ModelRouteId, bytes: Buffer, role: RolePolicy): Buffer | string {
  const facts = factsOf(id, bytes);
  const edits = facts.ok ? applyPolicy(id, facts.value, role) : facts;
  return edits.ok ? spliceBody(bytes, edits.value) : `${edits.error.status} ${edits.error.reason}`;
}

/** The same with a body as a value or as text, and what is sent on as a value. */
export function sentBody(id: ModelRouteId, body: unknown, role: RolePolicy): unknown {
  const sent = sentBytes(id, Buffer.from(typeof body === "string" ? body : JSON.stringify(body)), role);
  return typeof sent === "string" ? sent : JSON.parse(sent.toString());
}
