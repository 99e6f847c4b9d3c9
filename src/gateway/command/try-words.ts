import type { RiskClass } from "../config/gateway-config.ts";
import { visibleText } from "../../render/visible-text.ts";

/** What a request would be decided. */
export interface Trial {
  readonly decision: "allowed" | "denied";
  /** Status that the gateway would answer itself with; `null` when the upstream answers. */
  readonly status: number | null;
  /** The reason as the record would have it, `ok` when allowed. */
  readonly reason: string;
  /** What the client would be told. */
  readonly message: string | null;
  readonly key: string | null;
  readonly role: string | null;
  /** Id of the route. */
  readonly route: string | null;
  readonly risk: RiskClass | null;
  /** Canonical name of the model. */
  readonly model: string | null;
  /** Tokens that would be held back for the answer. */
  readonly answerTokens: number | null;
  /** The body as it would be sent on, when it would be changed. */
  readonly sends: string | null;
}

const CLASS_WORDS: Readonly<Record<RiskClass, string>> = {
  A: "reads lists",
  B: "computes",
  C: "discloses prompts or identity",
  D: "changes models or disk, or calls outside",
};
const LONGEST_BODY = 4000;

/** A trial in words, a line each. */
export function trialWords(trial: Trial): string {
  const { status, reason, message, risk } = trial;
  const verdict = trial.decision === "allowed" ? "allowed" : `denied: ${status ?? ""} ${reason}`;
  const lines: readonly (readonly [string, string | null])[] = [
    ["would be", verdict],
    ["client is told", message],
    ["key", trial.key],
    ["role", trial.role],
    ["route", trial.route === null || risk === null ? null : `${trial.route}, class ${risk}: ${CLASS_WORDS[risk]}`],
    ["model", trial.model],
    ["held back", trial.answerTokens === null ? null : `${trial.answerTokens} tokens for the answer`],
    ["sent on as", trial.sends === null ? null : visibleText(trial.sends.trimEnd(), LONGEST_BODY)],
    [
      "not judged",
      trial.decision === "allowed" ? "quotas and places; whether a local name stands for a model elsewhere" : null,
    ],
  ];
  return lines.map(([name, value]) => (value === null ? "" : `${`${name}:`.padEnd(16)}${value}\n`)).join("");
}
