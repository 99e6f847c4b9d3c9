import type { RolePolicy } from "../config/gateway-config.ts";
import type { Principal } from "../principal.ts";
import type { Refusal } from "../refusal.ts";
import type { RouteMatch } from "../request/find-route.ts";
import { canonicalModel } from "../request/canonical-model.ts";
import type { Desk } from "./desk.ts";
import type { UpstreamBody } from "./forward.ts";

export interface Judged {
  readonly body: UpstreamBody;
  readonly model: string | null;
  readonly asked: string | null;
  readonly promptBytes: number;
  readonly answerTokens: number;
  readonly promptDigest: string | null;
  readonly passes: boolean;
}

export function judgeBody(
  desk: Desk,
  { role, match }: { principal: Principal; role: RolePolicy; match: RouteMatch },
  body: Buffer,
): Judged | Refusal | Promise<Judged | Refusal> {
  const o =
    body.length === 0 ? {} : (JSON.parse(body.toString()) as { model?: string; options?: { num_predict?: number } });
  const asked = o.model ?? null;
  const canonical = asked === null ? null : canonicalModel(asked);
  if (canonical !== null && !canonical.ok) return canonical.error;
  return {
    body: body.length === 0 ? null : body,
    model: canonical?.value.key ?? null,
    asked,
    promptBytes: body.length,
    answerTokens: match.route.generates ? (o.options?.num_predict ?? role.reserveTokens) : 0,
    promptDigest: match.route.generates ? desk.digest(body) : null,
    passes: false,
  };
}
