import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { CHECKS } from "../knowledge/checks/checks.ts";
import type { Outcome } from "../model/finding.ts";
import type { CheckInput } from "../model/judgements.ts";
import { ANSWERS } from "../model/observation.ts";
import type { Service } from "../model/service.ts";
import { checkOf, evidenceText, findingsOf, recheckCommand, versionFindingsOf } from "./findings.ts";

/** An open Ollama of which nothing was listed. */
const open: CheckInput = {
  loopback: false,
  answer: "open",
  confirmed: true,
  product: "ollama",
  fingerprint: null,
  signs: [],
  fronted: false,
  completion: null,
  tools: null,
  vision: null,
  embedding: null,
  has_cloud_model: null,
  guard_off: null,
  tier: null,
  vector_store_beside: null,
  open_days: 1,
  looked_days: 1,
};
const behindLogin = { answer: "login", confirmed: false, product: null } as const;
const silent = { answer: "silent", confirmed: false, product: null } as const;
const service: Service = { scheme: "http", address: "192.0.2.10", port: 11434, host_name: null, base_path: "/" };

const outcomeOf = (input: CheckInput, id: string): Outcome | undefined =>
  findingsOf(input).find((one) => one.check === id)?.outcome;

/** Ids are public: a row may be added below, none may change or go without a major release. */
test("the frozen list of ids and severities", () => {
  expect(CHECKS.map((check) => `${check.id} ${check.severity}`)).toEqual([
    "no-login critical",
    "tools-without-login critical",
    "laundering-triple critical",
    "management-reachable critical",
    "no-admin critical",
    "auth-disabled critical",
    "rag-exposed high",
    "cloud-models-open high",
    "guard-off-prompt high",
    "persistent-and-capable high",
    "open-signup medium",
    "cve-2024-28224 high",
    "cve-2024-37032 high",
    "cve-2025-44779 medium",
    "cve-2024-39721 high",
    "cve-2024-39720 high",
    "cve-2024-39722 high",
    "cve-2024-45436 critical",
    "cve-2024-39719 high",
    "cve-2024-8063 high",
    "cve-2024-12055 high",
    "cve-2024-12886 high",
    "cve-2025-0312 high",
    "cve-2025-0315 high",
    "cve-2025-0317 high",
    "cve-2025-1975 high",
    "cve-2025-51471 medium",
    "cve-2025-66960 high",
    "cve-2025-15514 high",
    "cve-2026-7020 low",
    "cve-2026-7482 critical",
  ]);
});

test("every check is judged once, in the order of the table", () => {
  const version = { answer: "open", confirmed: true, product: "ollama", version: "0.17.0" } as const;
  const judged = [...findingsOf(open), ...versionFindingsOf(version)];
  expect(judged.map((one) => one.check)).toEqual(CHECKS.map((check) => check.id));
});

test.for([
  [{}, "fail"],
  [{ fronted: true }, "fail"],
  [{ confirmed: false, product: null }, "unknown"],
  [{ confirmed: false }, "unknown"],
  [{ confirmed: false, product: "koboldcpp" }, "fail"],
  [{ confirmed: false, product: "qdrant" }, "fail"],
  [{ answer: "login", confirmed: false, product: "open-webui" }, "pass"],
  [{ answer: "denied", confirmed: false, product: "vllm" }, "unknown"],
  [behindLogin, "pass"],
  [{ answer: "denied", confirmed: false, product: null }, "unknown"],
  [silent, "unknown"],
  [{ answer: "refused", confirmed: false, product: null }, "unknown"],
  [{ answer: "other", confirmed: false, product: null }, "unknown"],
  [{ loopback: true }, "not-applicable"],
  [{ confirmed: false, product: "llama-cpp" }, "unknown"],
  [{ confirmed: false, product: "tgi" }, "unknown"],
  [{ confirmed: false, product: "llama-cpp", answer: "login" }, "pass"],
] as const)("no-login of %j", ([change, outcome]) => {
  expect(outcomeOf({ ...open, ...change }, "no-login")).toBe(outcome);
});

const triple = { tools: true, vision: true, tier: "telecom-residential" } as const;
const persistent = { tools: true, open_days: 7, looked_days: 7 } as const;
const webui = { confirmed: false, product: "open-webui", fingerprint: "open-webui.config", answer: "login" } as const;

test.for([
  ["tools-without-login", { tools: true }, "fail"],
  ["tools-without-login", { tools: false }, "pass"],
  ["tools-without-login", { tools: null }, "unknown"],
  ["tools-without-login", { ...behindLogin, tools: true }, "pass"],
  ["tools-without-login", { ...silent, tools: true }, "unknown"],
  ["tools-without-login", { loopback: true, tools: true }, "not-applicable"],
  ["tools-without-login", { confirmed: false, product: "langflow" }, "fail"],
  ["tools-without-login", { confirmed: false, product: "langflow", answer: "login" }, "pass"],
  ["tools-without-login", { confirmed: false, product: "langflow", loopback: true }, "not-applicable"],
  ["tools-without-login", { confirmed: false, product: "qdrant" }, "not-applicable"],
  ["laundering-triple", triple, "fail"],
  ["laundering-triple", { ...triple, tier: null }, "unknown"],
  ["laundering-triple", { ...triple, tier: "hyperscaler" }, "pass"],
  ["laundering-triple", { ...triple, vision: false, tools: null }, "pass"],
  ["laundering-triple", { ...triple, vision: null }, "unknown"],
  ["laundering-triple", { ...triple, ...silent }, "unknown"],
  ["laundering-triple", { ...triple, loopback: true }, "not-applicable"],
  ["management-reachable", {}, "fail"],
  ["management-reachable", { fronted: true }, "unknown"],
  ["management-reachable", { confirmed: false }, "unknown"],
  ["management-reachable", behindLogin, "pass"],
  ["management-reachable", silent, "unknown"],
  ["management-reachable", { confirmed: false, product: "torchserve", signs: ["management-open"] }, "fail"],
  ["management-reachable", { confirmed: false, product: "torchserve" }, "not-applicable"],
  ["rag-exposed", { completion: true, embedding: true }, "fail"],
  ["rag-exposed", { completion: true, embedding: null }, "unknown"],
  ["rag-exposed", { completion: true, embedding: false }, "unknown"],
  ["rag-exposed", { completion: true, embedding: false, vector_store_beside: true }, "fail"],
  ["rag-exposed", { completion: true, embedding: false, vector_store_beside: false }, "pass"],
  ["rag-exposed", { completion: null, embedding: null, vector_store_beside: false }, "unknown"],
  ["rag-exposed", { confirmed: false, product: "qdrant" }, "fail"],
  ["rag-exposed", { confirmed: false, product: "qdrant", answer: "login" }, "pass"],
  ["rag-exposed", { confirmed: false, product: "vllm" }, "not-applicable"],
  ["guard-off-prompt", { guard_off: true }, "fail"],
  ["guard-off-prompt", { guard_off: false }, "pass"],
  ["guard-off-prompt", {}, "unknown"],
  ["cloud-models-open", { has_cloud_model: true }, "fail"],
  ["cloud-models-open", { has_cloud_model: false }, "pass"],
  ["cloud-models-open", {}, "unknown"],
  ["cloud-models-open", { ...silent, has_cloud_model: true }, "unknown"],
  ["persistent-and-capable", persistent, "fail"],
  ["persistent-and-capable", { ...persistent, open_days: 2 }, "pass"],
  ["persistent-and-capable", { ...persistent, open_days: 2, looked_days: 2 }, "unknown"],
  ["persistent-and-capable", { ...persistent, tools: false }, "pass"],
  ["persistent-and-capable", { ...persistent, tools: null }, "unknown"],
  ["open-signup", { ...webui, signs: ["open-signup"] }, "fail"],
  ["open-signup", webui, "pass"],
  ["open-signup", { ...webui, fingerprint: "open-webui.title" }, "unknown"],
  ["open-signup", { ...webui, answer: "silent", fingerprint: null }, "unknown"],
  ["open-signup", {}, "not-applicable"],
  ["no-admin", { ...webui, signs: ["no-admin"] }, "fail"],
  ["no-admin", { confirmed: false, product: "n8n", answer: "login", signs: ["no-admin"] }, "fail"],
  ["no-admin", { confirmed: false, product: "n8n", answer: "login" }, "unknown"],
  ["no-admin", { confirmed: false, product: "n8n", answer: "login", loopback: true }, "not-applicable"],
  ["no-admin", { confirmed: false, product: "vllm" }, "not-applicable"],
  ["no-admin", { confirmed: false, product: null, answer: "other" }, "unknown"],
  ["no-admin", behindLogin, "unknown"],
  ["no-admin", silent, "not-applicable"],
  ["no-admin", { ...silent, answer: "refused" }, "not-applicable"],
  ["open-signup", { confirmed: false, product: null, answer: "other" }, "unknown"],
  ["auth-disabled", { confirmed: false, product: null, answer: "denied" }, "unknown"],
  ["auth-disabled", behindLogin, "unknown"],
  ["no-admin", webui, "pass"],
  ["no-admin", { ...webui, fingerprint: null }, "unknown"],
  ["no-admin", { confirmed: false, product: "dify", fingerprint: "dify.setup", answer: "login" }, "pass"],
  ["open-signup", { confirmed: false, product: "dify", fingerprint: "dify.setup", answer: "login" }, "not-applicable"],
  ["open-signup", { ...webui, answer: "open", signs: ["auth-disabled"] }, "unknown"],
  ["auth-disabled", { confirmed: false, product: "ray", answer: "other" }, "unknown"],
  ["auth-disabled", { ...webui, answer: "open", signs: ["auth-disabled"] }, "fail"],
  ["auth-disabled", webui, "pass"],
  ["auth-disabled", { ...webui, answer: "other" }, "unknown"],
  ["auth-disabled", { ...webui, signs: ["auth-disabled"], loopback: true }, "not-applicable"],
] as const)("%s of %j → %s", ([id, change, outcome]) => {
  expect(outcomeOf({ ...open, ...change }, id)).toBe(outcome);
});

test("with nothing seen but silence, no check passes", () => {
  const passed = findingsOf({ ...open, ...silent }).filter((one) => one.outcome === "pass" || one.outcome === "fail");
  expect(passed).toEqual([]);
});

test.for([
  ["no-login", {}, "It gave its version and its list of models to a caller without credentials."],
  [
    "no-login",
    { product: "qdrant", confirmed: false },
    "It gave what only users of qdrant should get to a caller without credentials.",
  ],
  [
    "laundering-triple",
    triple,
    "It answers without credentials; a model of its list can call tools; a model reads images; its network is of the tier telecom-residential.",
  ],
  [
    "persistent-and-capable",
    { tools: true, open_days: 2, looked_days: 2 },
    "It last answered openly; seen open on 2 or more of 2 or more dates; a model of its list can call tools.",
  ],
  [
    "rag-exposed",
    { ...silent, completion: true },
    "It last answered with silence; a chat model is listed; embedding models were not told; the usual ports of vector stores were not all asked.",
  ],
  ["open-signup", {}, "The check does not concern it."],
] as const)("the evidence of %s for %j quotes the facts", ([id, change, text]) => {
  expect(findingsOf({ ...open, ...change }).find((one) => one.check === id)?.evidence).toBe(text);
});

test("nothing in braces is left, whatever comes out, and no raw text of a stranger comes in", () => {
  const hostile = "\u001b[31m{tools}";
  const inputs = ANSWERS.flatMap((answer) => [
    { ...open, answer },
    { ...open, ...triple, ...persistent, answer, product: hostile, tier: hostile, confirmed: false },
    { ...open, answer, product: "langflow", signs: ["management-open", "no-admin"] as const },
  ]);
  const texts = inputs.flatMap((input) => findingsOf(input).map((one) => one.evidence));
  const onVersions = versionFindingsOf({ answer: "open", confirmed: true, product: "ollama", version: hostile });
  texts.push(...onVersions.map((one) => evidenceText(one, service, hostile)));
  expect(texts.filter((text) => ["{", "}", "\u001b"].some((mark) => text.includes(mark)))).toEqual([]);
});

test("every check can be explained, sourced and closed", () => {
  const bare = CHECKS.filter(
    (check) =>
      check.source === "" ||
      check.clause === "" ||
      check.remediation.length === 0 ||
      !check.recheck.includes("{service}"),
  );
  expect(bare).toEqual([]);
  expect(checkOf("no-login")?.remediation.map((one) => one.measure)).toEqual([
    "bind",
    "firewall",
    "authenticating-proxy",
  ]);
  expect(checkOf("toString")).toBeNull();
});

test("evidence can name the service", () => {
  const [first] = findingsOf(open);
  if (first === undefined) throw new Error("no check");
  expect(evidenceText(first, service, null)).toBe(
    "http://192.0.2.10:11434/ gave its version and its list of models to a caller without credentials.",
  );
  expect(evidenceText({ ...first, evidence: "The check does not concern it." }, service, null)).toBe(
    "http://192.0.2.10:11434/: The check does not concern it.",
  );
  const version = { answer: "open", confirmed: true, product: "ollama", version: "0.17.0" } as const;
  const onVersion = versionFindingsOf(version).find((one) => one.check === "cve-2026-7482");
  if (onVersion === undefined) throw new Error("no such check");
  expect(evidenceText(onVersion, service, "0.17.0")).toBe(
    "http://192.0.2.10:11434/ says it is version 0.17.0; affected before 0.17.1, fixed in 0.17.1. A version can be spoofed or be a proxy's.",
  );
});

test("a hostile base path stays one word of the shell", () => {
  const check = checkOf("no-login");
  if (check === null) throw new Error("no such check");
  const hostile: Service = { ...service, base_path: "/'; echo pwned; '$(id){service}" };
  const command = recheckCommand(check, hostile);
  const shown = execFileSync("sh", ["-c", command.slice(0, command.indexOf(" | corral"))], { encoding: "utf8" });
  expect(shown).toBe("http://192.0.2.10:11434/'; echo pwned; '$(id){service}\n");
});
