import type { Card } from "../../src/model/card.ts";
import type { ModelEntry } from "../../src/model/observation.ts";
import { lakeCard } from "../support/lake-lines.ts";
import { loaded, look, looks, model } from "./study-lines.ts";

const MONDAY = "2026-03-30T10:00";
const TUESDAY = "2026-03-31T10:00";
const MINUTES = Array.from(
  { length: 101 },
  (_, at) => `2026-03-30T${11 + Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}`,
);
/** The first version whose lists tell capabilities. */
const TELLS = { version: "0.30.1" };

const AGENT = model("agent:7b", { capabilities: ["completion", "tools", "vision"] });
const CHAT = model("chat:7b", { capabilities: ["completion", "tools"] });
const EMBED = model("embed:1b", { capabilities: ["embedding"] });
const PLAIN = model("plain:7b", { capabilities: ["completion"] });
const CUSTOM = model("custom:latest");

/** The card of a listed model as its own host shows it; its version differs, so that it tells nothing of capabilities. */
function card(address: string, { name, digest }: ModelEntry, changes: Partial<Card>): Card {
  return { ...lakeCard(address, false), seen_at: `${MONDAY}:00.000Z`, name, digest: digest ?? "", ...changes };
}

const prompt = (letter: string) => ({ system: { sha256: letter.repeat(64), length: 40 } });

/** Seven hosts with what they can do and show; the last is a likely decoy. */
export const RISK_CAMPAIGN = [
  ...looks("192.0.2.1", MINUTES, { ...TELLS, asn: 64496, labels: ["mobile"], models: [AGENT], running: [loaded("a")] }),
  card("192.0.2.1", AGENT, { ...prompt("a"), system_class: "hacking" }),
  ...looks("192.0.2.2", [MONDAY, TUESDAY], {
    ...TELLS,
    asn: 64497,
    labels: ["hosting"],
    models: [CHAT],
    running: [loaded("a"), loaded("b")],
  }),
  look("192.0.2.2", TUESDAY, { ...TELLS, port: 80, asn: 64497, labels: ["hosting"], models: [EMBED], running: [] }),
  card("192.0.2.2", CHAT, { system_class: "none", template_class: "guard-off" }),
  ...looks("192.0.2.3", MINUTES, TELLS),
  look("192.0.2.4", MONDAY, { ...TELLS, models: [PLAIN] }),
  card("192.0.2.4", PLAIN, { ...prompt("b"), system_class: "fraud" }),
  look("192.0.2.5", TUESDAY, { ...TELLS, models: [] }),
  ...looks("2001:db8::6", [MONDAY, TUESDAY], { version: "0.12.0", models: [CUSTOM] }),
  ...looks("198.51.100.9", [MONDAY, TUESDAY], { ...TELLS, models: [CHAT], signs: ["control-same-body"] }),
];
