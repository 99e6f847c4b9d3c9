import type { Correlation, Detection } from "../../model/detection.ts";
import { Unsayable } from "../unsayable.ts";
import { NO_CONTENT } from "./packet-rule.ts";
import type { PacketBit, PacketContent, PacketLimit, PacketRule, PacketRules } from "./packet-rule.ts";
import { packetStep } from "./packet-step.ts";
import type { PacketStep } from "./packet-step.ts";

type Counted = Extract<Correlation, { readonly kind: "each" | "first" | "count" }>;

/** A day: how long engines remember that they spoke of a first row. */
const FIRST_SECONDS = 86_400;
const CROSSED = "Methods and paths are asked apart: a method of one route with the path of another counts too.";
const ANSWERED = "On a connection with several requests the status of a later answer may count for an earlier request.";

/** Says a detection in rules about packets to and from the server's ports. Throws {@link Unsayable}. */
export function packetRules(detection: Detection): PacketRules {
  const { correlation, selections } = detection;
  const unseen = Object.values(selections).find((one) => one.class !== "http" && one.class !== "network");
  if (unseen !== undefined) throw new Unsayable(`packets to the server do not tell it (${unseen.class})`);
  switch (correlation.kind) {
    case "each":
    case "first":
    case "count":
      return countedRules(detection, correlation);
    case "sequence":
      return sequenceRules(detection, correlation.steps, correlation.withinSeconds);
    case "distinct":
      throw new Unsayable("rules on packets count packets, not different values");
    case "sum":
      throw new Unsayable("rules on packets add up nothing over several connections");
    case "change":
      throw new Unsayable("rules on packets compare no earlier value with a later one");
    case "disagree":
      throw new Unsayable("rules on packets read no other log to compare with");
  }
}

function countedRules(detection: Detection, correlation: Counted): PacketRules {
  const limit = limitOf(correlation);
  const whole = stepOf(detection, correlation.of);
  const step = correlation.kind === "count" ? crossed(whole) : whole;
  const name = `corral.${detection.id}`;
  const differs = [
    ...(step === whole ? [] : [CROSSED]),
    ...(step.statuses === null || step.requests.length === 0 ? [] : [ANSWERED]),
    ...(correlation.kind === "first" ? ["It speaks once a day of an address, not of the first time alone."] : []),
    ...(correlation.kind === "count" ? ["Its window begins with the first packet and does not slide."] : []),
  ];
  return { rules: stepRules(step, name, [], { bits: [], limit }), differs };
}

function sequenceRules(detection: Detection, steps: readonly string[], seconds: number): PacketRules {
  const said = steps.map((name) => stepOf(detection, name));
  const bitOf = (index: number, does: "set" | "isset"): PacketBit => ({
    of: "client",
    does,
    name: `corral.${detection.id}.${index + 1}`,
    seconds,
  });
  const rules = said.flatMap((step, index) => {
    const isLast = index === said.length - 1;
    const before = index === 0 ? [] : [bitOf(index - 1, "isset")];
    const limit: PacketLimit | null = isLast ? { kind: "once", count: 1, seconds, by: "client" } : null;
    return stepRules(step, `corral.${detection.id}.${index + 1}.asked`, before, {
      bits: isLast ? [] : [bitOf(index, "set")],
      limit,
    });
  });
  const differs = [
    ...(said.some(({ statuses }) => statuses !== null) ? [ANSWERED] : []),
    "Each step must follow the one before it within the window; Corral wants all of them within one.",
  ];
  return { rules, differs };
}

function stepOf(detection: Detection, name: string): PacketStep {
  const selection = detection.selections[name];
  if (selection === undefined) throw new Unsayable(`it has no selection ${name}`);
  return packetStep(selection);
}

/** One request for several, since rules count each by itself. */
function crossed(step: PacketStep): PacketStep {
  if (step.requests.length < 2) return step;
  const [first = NO_CONTENT] = step.requests;
  const methods = [...new Set(step.requests.flatMap((one) => one.methods ?? []))];
  const paths = step.requests.flatMap((one) => one.paths ?? []);
  const single = paths.filter(({ path }, index) => paths.findIndex((one) => one.path === path) === index);
  return { ...step, requests: [{ ...first, methods, paths: single }] };
}

type End = Pick<PacketRule, "bits" | "limit">;

/** A status is told by the answer: the request is remembered on its connection until it comes. */
function stepRules(step: PacketStep, name: string, before: readonly PacketBit[], end: End): readonly PacketRule[] {
  const { clients, requests, statuses } = step;
  const bit = (does: PacketBit["does"]): PacketBit => ({ of: "connection", does, name, seconds: 0 });
  if (requests.length === 0) {
    const bits = [...before, bit("isnotset"), bit("set"), ...end.bits];
    return [{ looksAt: "connection", clients, content: NO_CONTENT, bits, limit: end.limit }];
  }
  const asks = (content: PacketContent): boolean =>
    content.methods !== null || content.paths !== null || content.agents !== null;
  const asking = requests.filter(asks);
  const ends = { clients, limit: end.limit };
  if (statuses === null)
    return requests.map((content) => ({ looksAt: "request", content, bits: [...before, ...end.bits], ...ends }));
  return [
    ...asking.map((content): PacketRule => ({
      looksAt: "request",
      clients,
      content,
      bits: [...before, bit("set")],
      limit: null,
    })),
    {
      looksAt: "response",
      content: { ...NO_CONTENT, statuses },
      bits: [...(asking.length === 0 ? before : [bit("isset")]), ...end.bits],
      ...ends,
    },
  ];
}

function limitOf(correlation: Counted): PacketLimit {
  const by = correlation.by.includes("sourceIp") ? "client" : "server";
  if (correlation.by.some((field) => field !== "sourceIp" && field !== "observer"))
    throw new Unsayable(`rules on packets group by addresses alone, not by \`${correlation.by.join("`, `")}\``);
  if (correlation.kind === "first") return { kind: "once", count: 1, seconds: FIRST_SECONDS, by };
  const seconds = correlation.withinSeconds;
  return correlation.kind === "count"
    ? { kind: "after", count: correlation.atLeast, seconds, by }
    : { kind: "once", count: 1, seconds, by };
}
