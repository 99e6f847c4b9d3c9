import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { RolePolicy } from "../config/gateway-config.ts";
import type { Refusal } from "../refusal.ts";
import type { BodyFacts } from "./body-facts.ts";
import { clampEdits } from "./clamp-edits.ts";
import type { Edit } from "./edit.ts";
import { mayChange, mayUse, modelRules } from "./model-rules.ts";
import { forceSystemPrompt } from "./system-prompt.ts";

function denial(reason: string, message: string): Refusal {
  return { status: 403, reason, message };
}

const MODEL_DENIED = denial("model-denied", "this key may not use this model");
const UNNAMED_SOURCE = denial("model-denied", "this key may make models of named models alone");
const WEB_SEARCH = denial("web-search-denied", "this key may not make the server search the web");
const DEBUG = denial("debug-denied", "this key may not see rendered prompts");
const IMAGES = denial("too-many-images", "the request holds more images than this key may send");
const REMOTE_MEDIA = denial(
  "remote-media-denied",
  "this key may not make the server fetch images or other media; send them within the request",
);
const TEMPLATE = denial("template-denied", "this key may not change the template of the prompt");
const TOOL = denial("tool-denied", "the request speaks of a tool that this key may not use");

/**
 * Judges what a request asks for by its role, and says what must be changed in its bytes before it is sent on.
 *
 * @returns Edits for `spliceBody`, none where the bytes may go as they are; a 403 that names nothing of the role.
 */
export function applyPolicy(id: ModelRouteId, facts: BodyFacts, role: RolePolicy): Result<readonly Edit[], Refusal> {
  const denied = modelDenial(id, facts, role) ?? contentDenial(facts, role);
  if (denied !== null) return fail(denied);
  if (!MODEL_ROUTES[id].generates) return ok([]);
  const clamps = clampEdits(id, facts, role.clamp);
  if (role.system === null) return ok(clamps);
  const forced = forceSystemPrompt(id, facts, role.system);
  return forced.ok ? ok([...clamps, ...forced.value]) : forced;
}

/** Most tokens that an answer can have once the role's clamp is applied; `null` = nothing bounds it. */
export function answerBound(facts: BodyFacts, role: RolePolicy): number | null {
  const cap = role.clamp.numPredict === null ? null : role.clamp.numPredict * facts.choices;
  if (cap === null || facts.answerTokens === null) return facts.answerTokens ?? cap;
  return Math.min(cap, facts.answerTokens);
}

function modelDenial(
  id: ModelRouteId,
  { model, others, hasUnnamedSource }: BodyFacts,
  role: RolePolicy,
): Refusal | null {
  if (model === null) return null;
  const rules = modelRules(role);
  const isChange = MODEL_ROUTES[id].risk === "D";
  for (const named of [model, ...others]) {
    if (!(isChange ? mayChange(rules, named) : mayUse(rules, named, false))) return MODEL_DENIED;
  }
  const isWide = rules.isOpen && rules.denied.size === 0 && rules.cloud;
  return hasUnnamedSource && !isWide ? UNNAMED_SOURCE : null;
}

function contentDenial(facts: BodyFacts, role: RolePolicy): Refusal | null {
  const { images } = role.clamp;
  if (images !== null && facts.images > images) return IMAGES;
  if (facts.hasRemoteMedia && !role.remoteMedia) return REMOTE_MEDIA;
  // A template decides whether a system prompt is said at all.
  if (facts.hasTemplate && (!role.chatTemplates || role.system !== null)) return TEMPLATE;
  if (facts.hasWebSearch && !isGranted(role, "web-search")) return WEB_SEARCH;
  if (facts.isDebug && !isGranted(role, "show")) return DEBUG;
  const { allow } = role.tools;
  if (allow.includes("*")) return null;
  const isFine = (name: string): boolean => allow.includes(name);
  return facts.tools.every(isFine) && facts.calledTools.every(isFine) ? null : TOOL;
}

/** Whether a role may call a route: what it may not do there it may not do in the middle of another request. */
function isGranted(role: RolePolicy, id: ModelRouteId): boolean {
  if (role.routes.deny.includes(id)) return false;
  return role.routes.allow.includes(id) || role.allow.includes(MODEL_ROUTES[id].risk);
}
