import { describe, expect, test } from "vitest";
import { trialDetection, trialRow, TRIAL_SETTING } from "../../../test/support/detect-trial.ts";
import {
  absent,
  above,
  all,
  any,
  below,
  cidr,
  contains,
  ends,
  is,
  network,
  not,
  starts,
} from "../../model/condition.ts";
import type { Condition } from "../../model/condition.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import { controlEvent, dnsEvent, listenEvent, networkEvent, processEvent } from "../../model/make-event.ts";
import { compileCondition } from "./compile-condition.ts";
import { eventWorld } from "./event-world.ts";
import { isCandidate, planDetections } from "./plan.ts";

const HEAD = {
  at: 3_600_000 * 25,
  observer: "gpu-1",
  product: "x",
  place: { source: 0, line: 1, offset: 0, text: "" },
};
const CHAT = trialRow(90_000, {
  method: "POST",
  path: "/api/chat",
  status: 200,
  userAgent: "Ollama-Client/1.0",
  destinationPort: 11_434,
  model: null,
});
const FLOW = networkEvent(HEAD, {
  sourceIp: "2001:DB8::9",
  destinationPort: 443,
  established: true,
  direction: "inbound",
});
const LISTEN = listenEvent(HEAD, { address: "0.0.0.0", port: 11_434, by: "server-line" });
const CHILD = processEvent(HEAD, {
  executable: String.raw`C:\Ollama\OLLAMA.EXE`,
  commandLine: "ollama runner --model x",
});
const SHELL = processEvent(HEAD, { executable: "/bin/sh", commandLine: "sh -c id" });
const RULE = controlEvent(HEAD, { control: "firewall", action: "removed", name: "ufw" });
const NAME = dnsEvent(HEAD, { question: "registry.ollama.ai" });

describe("one condition of each kind", () => {
  test.for<[string, Condition, LogEvent, boolean]>([
    ["nothing to ask", all(), CHAT, true],
    ["no way to meet it", any(), CHAT, false],
    ["all of two", all(is("method", "POST"), is("status", 200)), CHAT, true],
    ["not all of two", all(is("method", "POST"), is("status", 201)), CHAT, false],
    ["all of five", all(is("method", "POST"), all(), all(), all(), is("status", 201)), CHAT, false],
    ["any of two", any(is("method", "GET"), is("status", 200)), CHAT, true],
    ["any of five", any(any(), any(), any(), any(), is("status", 200)), CHAT, true],
    ["not", not(is("method", "GET")), CHAT, true],
    ["not of a field that is null", not(is("model", "x")), CHAT, true],
    ["is, in other case", is("method", "post"), CHAT, true],
    ["is one of several", is("path", "/x", "/API/chat"), CHAT, true],
    ["is, a part only", is("path", "/api"), CHAT, false],
    ["is a number", is("status", 403, 200), CHAT, true],
    ["is a number, not its text", is("status", "200"), CHAT, false],
    ["is a text, not its number", is("path", 200), CHAT, false],
    ["is text or number", is("status", "x", 200), CHAT, true],
    ["is true", is("established", true), FLOW, true],
    ["is false", is("established", false), FLOW, false],
    ["is, of null", is("model", "null", ""), CHAT, false],
    ["starts", starts("path", "/v1", "/API"), CHAT, true],
    ["starts with more than there is", starts("path", "/api/chat/"), CHAT, false],
    ["ends", ends("path", "/Chat"), CHAT, true],
    ["ends, elsewhere", ends("path", "/api"), CHAT, false],
    ["contains", contains("userAgent", "client"), CHAT, true],
    ["contains at the end", contains("userAgent", "/1.0"), CHAT, true],
    ["contains not", contains("userAgent", "curl", "clientele"), CHAT, false],
    ["the empty pattern is in every text", contains("userAgent", ""), CHAT, true],
    ["and in no null", contains("model", ""), CHAT, false],
    ["a text of a number", contains("status", "2"), CHAT, false],
    ["above", above("status", 199), CHAT, true],
    ["above leaves the value out", above("status", 200), CHAT, false],
    ["below", below("status", 201), CHAT, true],
    ["below leaves the value out", below("status", 200), CHAT, false],
    ["above, of null", above("promptTokens", -1), CHAT, false],
    ["below, of null", below("promptTokens", 1), CHAT, false],
    ["network", network("sourceIp", "public"), CHAT, true],
    ["network, another word", network("sourceIp", "private", "loopback"), CHAT, false],
    ["network, of no address", network("path", "public"), CHAT, false],
    ["network of IPv6", network("sourceIp", "public"), FLOW, true],
    ["network any", network("address", "any"), LISTEN, true],
    ["cidr", cidr("sourceIp", "198.51.100.0/24", "203.0.113.0/29"), CHAT, false],
    ["cidr inside", cidr("sourceIp", "198.51.100.0/24", "203.0.113.8/29"), CHAT, true],
    ["cidr of IPv6", cidr("sourceIp", "2001:db8::/32"), FLOW, true],
    ["absent", absent("model"), CHAT, true],
    ["absent, but there", absent("method"), CHAT, false],
    ["absent, a field that the class lacks", absent("commandLine"), CHAT, true],
    ["is, a field that the class lacks", is("commandLine", "x"), CHAT, false],
    ["route", is("route", "chat"), CHAT, true],
    ["risk", is("risk", "B"), CHAT, true],
    ["route of nothing", absent("route"), trialRow(0, { path: "/index.html" }), true],
    ["route of a class without", absent("route"), FLOW, true],
    ["toServer", is("toServer", true), CHAT, true],
    ["toServer, another port", is("toServer", false), FLOW, true],
    ["toServer, no port told", absent("toServer"), trialRow(0), true],
    ["hour", is("hour", 1), FLOW, true],
    ["hour before 1970", is("hour", 23), trialRow(-1), true],
    ["known child", is("knownChild", true), CHILD, true],
    ["unknown child", is("knownChild", false), SHELL, true],
    ["child of no program", absent("knownChild"), processEvent(HEAD, {}), true],
    ["of a control event", is("action", "REMOVED"), RULE, true],
    ["of a name", ends("question", ".ollama.ai"), NAME, true],
    ["letters beyond A to Z are exact", is("path", "/Ä"), trialRow(0, { path: "/ä" }), false],
    ["and equal to themselves", is("path", "/äX"), trialRow(0, { path: "/äx" }), true],
  ])("%s", ([, condition, event, expected]) => {
    const world = eventWorld(TRIAL_SETTING);
    expect(compileCondition(condition, event.class, world)(event)).toBe(expected);
    expect(isCandidate(planOf(condition, event.class), event)).toBe(expected || event === CHILD || event === SHELL);
  });
});

function planOf(condition: Condition, eventClass: EventClass): ReturnType<typeof planDetections> {
  const selections = { one: { class: eventClass, where: condition } };
  return planDetections([trialDetection({ kind: "first", of: "one", by: [] }, selections)], TRIAL_SETTING);
}
