import { describe, expect, test } from "vitest";
import type { Condition, EventField } from "../../model/condition.ts";
import type { Correlation, Detection } from "../../model/detection.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import {
  controlEvent,
  dnsEvent,
  fileEvent,
  httpEvent,
  listenEvent,
  networkEvent,
  processEvent,
  settingEvent,
} from "../../model/make-event.ts";
import { DETECTIONS } from "./detections.ts";

/** Ids and UUIDs are public: what stands here never changes, and nothing leaves but by `deprecated`. */
const FROZEN: Readonly<Record<string, string>> = {
  "account-asked": "9a3c1659-d3a9-470a-88a5-b18a7b0ee77c",
  "agent-settings-written": "7ce71646-792c-40fd-96ef-85951bf34281",
  "audit-stopped": "8e6139c8-fb9a-43c2-91ab-bff0a6b033d8",
  "audit-trail-gap": "e8663096-7bfa-4789-8b3f-46c2e7dc66cb",
  "bind-call-beyond-loopback": "8afd3722-e685-44da-9f7d-4ebcf7b47215",
  "blob-create-push": "1121225c-a8d6-42fa-a6c1-708d47bb4c26",
  "catalogue-then-inference": "ca25b3b4-6fb5-4b65-a0e6-091b9813ba84",
  "container-publishes-model-port": "bba5a576-cbfc-461d-a5cc-613fca5a0d21",
  "debug-path-answered": "68f45a2a-064d-4eca-a376-43ab578f61b3",
  "debug-path-asked": "45efd46f-9da4-4920-9f88-0fa40a2ab051",
  "download-tool-child": "9cb90f5c-f648-47f9-83d7-c98c8c7403da",
  "endpoint-enumeration": "4ab978bc-c506-4f3e-ba74-5bf61318b3e2",
  "firewall-rule-removed": "00af24b2-d8f8-473a-8fcc-7ae5d7d9d018",
  "firewall-stopped": "341e4e21-52a6-4f3d-9b83-922b3b7a97da",
  "foreign-registry-pull": "104a2700-1a8b-43a3-8445-287446d42121",
  "forged-address": "72848168-6294-499a-a129-e56eeeb1e1d7",
  "forged-address-behind-proxy": "961af263-2d28-4d36-a892-85f7b711d696",
  "gateway-stopped": "63d7fb6e-61aa-4e12-8614-1c4c84206450",
  "guard-off-by-command": "653ffffe-2c83-43a3-8100-b51a4d4383d2",
  "host-refusal-burst": "77387fd5-6db4-42e2-aa19-93b949f2bf62",
  "host-set-by-command": "318da85d-957f-4628-b321-9959f59ed8e0",
  "host-setting-beyond-loopback": "e6210a58-c570-4e86-83bc-d3e00321fbc6",
  "large-answers": "015b7f19-83f1-43db-9c55-22cb77a84f24",
  "large-answers-over-connections": "00f0b8dc-07c0-4aee-983d-97dd32556d3d",
  "listen-flip": "8779bdd0-99f3-43c0-9434-c39e5fa9f72a",
  "listen-on-every-address": "a2701c3e-c173-40c5-b11b-1a632814f344",
  "listen-on-local-network": "dd8e2147-b241-4028-b943-f6c1cd715586",
  "llm-framework-install": "5c4eaa7d-4541-414a-b66c-b7f1617fdebc",
  "llm-framework-run": "df870ac1-385b-4d2a-a844-d03cb345b94d",
  "llm-registry-lookup": "80dc10f7-71a3-4cd2-a74f-f6cf3f17cba5",
  "local-address-while-stranger-connected": "9f96d7e8-a39c-4fab-90c3-0fb2f2aca436",
  "log-file-removed": "369cd1fa-af4b-407a-8931-3b09f8bf90b0",
  "log-truncated": "1db22db2-387b-4d7a-aaed-c519a2b2cb23",
  "long-answers-all-day": "a12d13fc-46b0-49ab-8b52-b113055d6b36",
  "many-origins": "9a31f0f6-d2f1-4552-b2fc-3c6a64262edf",
  "many-strangers": "b4e4ebc5-4a03-429e-b515-07d50c310054",
  "model-card-harvest": "eb70486b-5774-4f21-9b74-822dca301e54",
  "model-file-outside-store": "e2b64188-0fbd-4723-9912-fa68007b519e",
  "model-port-opened": "7d692c26-acf7-4324-b8db-892a1361c57f",
  "model-server-beyond-loopback": "4c2c8e1e-57cf-4afb-bffe-67d16613b37a",
  "model-store-changed": "ccecd9e1-4f12-4d3c-ad23-dc5830ae01c8",
  "origins-for-everybody": "bff4809d-d450-4688-a12f-c6fa7eef1e51",
  "path-guessing": "3d700e17-657c-4d87-abb3-a9a3466f8f06",
  "portproxy-to-model-port": "c87c4b39-661d-4720-b7ad-e420bd3b1958",
  "preflight-burst": "b72bf95f-c66a-4a11-9f1a-daff0187c4f0",
  "proxy-stopped": "e0707ac8-138b-48be-989b-0a02b915985c",
  "pull-then-push": "085bc876-4ed0-4fa0-ac7d-ebdcf231c893",
  "queue-full-burst": "36b1d8af-143f-4dfc-a400-35f5fe255bad",
  "remote-copy": "3271d45e-4685-4d5b-ac50-1a1c7b6bb083",
  "remote-delete": "b4e3f895-0653-4587-b48c-2ecd52d14b84",
  "remote-signout": "34ef5395-9159-4bca-b7b6-c0d57e52dab8",
  "request-bodies-logged": "70390754-f908-4d3e-9c1e-77d77dda9150",
  "runner-beyond-loopback": "70a6fd51-da20-48fa-9864-64e9d4c678cc",
  "runner-child": "0d6abb6b-78ee-49aa-ba94-16ac3a54f25d",
  "runner-reaches-out": "56b30f7e-7db8-434b-a091-e7e6381c2634",
  "scanner-agent": "84d8fa39-896b-4665-bf89-971b0ee80200",
  "server-error-burst": "c7944271-1dfb-4ebd-8830-4dc7d81668ff",
  "server-looks-up-foreign-name": "fe087005-6b31-4554-b428-b7eb31218c39",
  "server-reaches-inside": "bd2c61bb-0840-4ec1-a735-6e951b9b689b",
  "server-reaches-metadata": "32a19dc4-0f0e-4f55-80c0-65d46a540a8e",
  "server-reaches-odd-port": "f0db8372-d177-4f63-8361-89dabfe2bc99",
  "server-scans-inside": "ffa3a407-1bd5-401e-b1dd-b36f3d1caf88",
  "server-uploads-much": "0b986552-9e67-4b7c-893e-539dbd83fdc8",
  "server-writes-persistence": "fd65d372-7fd5-4bfc-aa29-3b5e25de6701",
  "service-child-reaches-out": "ddadc24a-9097-4297-9dab-f155d7d595ed",
  "service-key-changed": "9f73cc37-1df2-4081-8a25-324c687d001f",
  "service-reads-secrets": "a0693dd6-9d40-43d3-b0e1-fbca68ee150e",
  "service-runs-dropped-program": "b15a48b4-1eb1-494a-8c78-71f2f1f95e43",
  "service-runs-foreign-program": "1f4f0495-c334-4406-b3fa-3098ea4cf2f6",
  "shell-child": "3f06e07f-52d6-4093-a9bf-2c3764eb26c6",
  "signin-refusal-burst": "d364381c-908e-48f8-85ac-6d3f692d7485",
  "slow-exfiltration": "049cf3e8-febc-4b5d-9a80-9564a4833615",
  "slow-inference-burst": "1fe35f6f-99c0-4c77-a6f8-0ae22a6d4a5f",
  "stranger-changes-models": "b235723b-7782-4cc0-8a51-64b58bc7da88",
  "stranger-cloud-model": "f543e8ab-90b2-4d33-a223-2b42d2204230",
  "stranger-connected": "9637ea54-d5a2-4f01-ae55-0930a375a23b",
  "stranger-connection-burst": "929a2870-8caf-4bb1-ba16-f977fcfd5721",
  "stranger-inference": "e0663d46-f1c8-45fd-acc3-ce7da880611c",
  "stranger-request-burst": "62496277-f94d-4dca-a7f6-4c1694fba50e",
  "tunnel-to-model-port": "e3d6d0b4-e60a-4c03-8cda-e09eb3e57095",
  "unexpected-child": "87b415a2-1819-4462-b48f-ad3b5fa0542d",
  "web-tools-used": "65470b2c-7656-46f9-9e6e-28758651ffc4",
  "windows-listen-beyond-loopback": "01cee0b8-c3b2-4c97-88a7-299fc7775d4a",
  "wrong-key-burst": "5aff48ed-b7d4-451c-a4a0-ca43c91caf93",
};
const ALL: readonly Detection[] = Object.values(DETECTIONS);

const HEAD = { at: 0, observer: null, product: "x", place: { source: 0, line: 1, offset: 0, text: "" } };
const SAMPLES: Readonly<Record<EventClass, LogEvent>> = {
  http: httpEvent(HEAD, { method: "GET", path: "/" }),
  network: networkEvent(HEAD, {}),
  process: processEvent(HEAD, {}),
  listen: listenEvent(HEAD, { address: "::1", port: 1, by: "bind" }),
  setting: settingEvent(HEAD, { name: "", value: "" }),
  file: fileEvent(HEAD, { action: "created", path: "" }),
  dns: dnsEvent(HEAD, { question: "" }),
  control: controlEvent(HEAD, { control: "log", action: "added", name: "" }),
};
const DERIVED: Readonly<Partial<Record<EventClass, readonly EventField[]>>> = {
  http: ["route", "risk", "toServer"],
  network: ["toServer"],
  process: ["knownChild"],
};
const ATTACK = new Set(
  (
    "T1190 T1133 T1090 T1090.002 T1496 T1496.001 T1595 T1046 T1059 T1059.001 T1059.003 T1059.004 T1059.006 T1105 T1048 T1567 T1195 " +
    "T1195.002 T1552.001 T1552.004 T1572 T1498 T1499 T1685 T1685.001 T1685.002 T1685.005 T1685.006 T1686 T1686.001 T1689 T1036 T1574 " +
    "T1565 T1189 T1078 T1005 T1548"
  ).split(" "),
);
const ATTACK_BEFORE = new Set(["T1562.001", "T1562.004", "T1562.007", "T1562.010"]);

function fieldsOf(kind: EventClass): ReadonlySet<string> {
  const own = Object.keys(SAMPLES[kind]).filter((key) => !["class", "at", "place"].includes(key));
  return new Set([...own, ...(DERIVED[kind] ?? []), "hour"]);
}

function leaves(condition: Condition): readonly Exclude<Condition, { kind: "all" | "any" | "not" }>[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(leaves);
    case "not":
      return leaves(condition.of);
    case "is":
    case "starts":
    case "ends":
    case "contains":
    case "above":
    case "below":
    case "network":
    case "cidr":
    case "absent":
      return [condition];
  }
}

function branches(condition: Condition): readonly (readonly Condition[])[] {
  if (condition.kind === "not") return branches(condition.of);
  if (condition.kind !== "all" && condition.kind !== "any") return [];
  return [condition.of, ...condition.of.flatMap(branches)];
}

function valuesOf(leaf: ReturnType<typeof leaves>[number]): readonly unknown[] {
  switch (leaf.kind) {
    case "is":
    case "starts":
    case "ends":
    case "contains":
      return leaf.values;
    case "above":
    case "below":
      return [leaf.value];
    case "network":
      return leaf.words;
    case "cidr":
      return leaf.prefixes;
    case "absent":
      return [true];
  }
}

function namesOf(correlation: Correlation): readonly string[] {
  switch (correlation.kind) {
    case "sequence":
      return correlation.steps;
    case "change":
      return [correlation.from, correlation.to];
    case "disagree":
      return [correlation.claimed, correlation.seen];
    case "each":
    case "count":
    case "distinct":
    case "sum":
    case "first":
      return [correlation.of];
  }
}

function groupOf(correlation: Correlation): readonly EventField[] {
  const counted = correlation.kind === "distinct" || correlation.kind === "sum" ? [correlation.field] : [];
  return correlation.kind === "disagree" ? [] : [...correlation.by, ...counted];
}

test("ids and UUIDs are those of the first day", () => {
  expect(Object.fromEntries(ALL.map((one) => [one.id, one.uuid]))).toEqual(FROZEN);
});

test("every key is the id of its row, and no UUID, title or name of a constant is there twice", () => {
  expect(Object.entries(DETECTIONS).filter(([key, one]) => key !== one.id)).toEqual([]);
  expect(new Set(ALL.map((one) => one.uuid)).size).toBe(ALL.length);
  expect(new Set(ALL.map((one) => one.title)).size).toBe(ALL.length);
});

describe.each(ALL.map((one) => [one.id, one] as const))("%s", (_id, detection) => {
  test("its id is kebab-case and its UUID a version 4", () => {
    expect(detection.id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u);
    expect(detection.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  });

  test("it tells at least five stories on which it speaks and ten on which it does not, none of them twice", () => {
    expect(detection.fires.length).toBeGreaterThanOrEqual(5);
    expect(detection.silent.length).toBeGreaterThanOrEqual(10);
    const stories = [...detection.fires, ...detection.silent];
    expect(new Set(stories.map((story) => JSON.stringify(story.events))).size).toBe(stories.length);
    expect(new Set(detection.fires.map((story) => story.title)).size).toBe(detection.fires.length);
    expect(new Set(detection.silent.map((story) => story.title)).size).toBe(detection.silent.length);
  });

  test("its stories have events, in order of time, and each holds a class that the detection reads", () => {
    const classes = new Set(Object.values(detection.selections).map((one) => one.class));
    for (const { title, events } of [...detection.fires, ...detection.silent]) {
      const times = events.map((event) => event.at);
      const isRead = events.some((event) => classes.has(event.class));
      expect([title, times, isRead]).toEqual([title, times.toSorted((a, b) => a - b), true]);
    }
  });

  test("its conditions ask fields of their class, and no list or value is empty", () => {
    for (const [name, { class: kind, where }] of Object.entries(detection.selections)) {
      const fields = fieldsOf(kind);
      for (const leaf of leaves(where)) {
        expect([name, leaf.field, fields.has(leaf.field)]).toEqual([name, leaf.field, true]);
        expect(valuesOf(leaf).length).toBeGreaterThan(0);
        expect(valuesOf(leaf)).not.toContain("");
        expect(new Set(valuesOf(leaf)).size).toBe(valuesOf(leaf).length);
      }
      for (const branch of branches(where)) expect(branch.length).toBeGreaterThan(0);
    }
  });

  test("its correlation names its selections, all of them, and groups by fields that all of them have", () => {
    const names = namesOf(detection.correlation);
    expect(new Set(names)).toEqual(new Set(Object.keys(detection.selections)));
    const { correlation } = detection;
    if (correlation.kind === "count" || correlation.kind === "distinct") {
      expect(correlation.atLeast).toBeGreaterThanOrEqual(2);
    }
    if ("withinSeconds" in correlation) expect(correlation.withinSeconds).toBeGreaterThan(0);
    for (const { class: kind } of Object.values(detection.selections)) {
      for (const field of groupOf(correlation)) expect([...fieldsOf(kind)]).toContain(field);
    }
  });

  test("its numbers are of the lists, its dates in order, its pages reachable by https", () => {
    const { ids, since, changed, references } = detection;
    expect(ids.attack.filter((id) => !ATTACK.has(id))).toEqual([]);
    expect(ids.attackBefore.filter((id) => !ATTACK_BEFORE.has(id))).toEqual([]);
    for (const id of ids.atlas) expect(id).toMatch(/^AML\.T\d{4}(?:\.\d{3})?$/u);
    for (const id of ids.owaspLlm) expect(id).toMatch(/^LLM(?:0\d|10):2025$/u);
    expect(since <= changed).toBe(true);
    for (const reference of references) expect(reference).toMatch(/^https:\/\//u);
  });

  test("its texts say what it is, where it errs, what it misses and what to do", () => {
    const { whatNow, falsePositives, blindTo, title, hypothesis } = detection;
    const texts = [...whatNow.confirm, ...whatNow.contain, ...whatNow.recover, ...falsePositives, ...blindTo];
    for (const list of [whatNow.confirm, whatNow.contain, whatNow.recover, falsePositives, blindTo]) {
      expect(list.length).toBeGreaterThan(0);
    }
    expect(title).not.toMatch(/[.]$/u);
    for (const text of [...texts, hypothesis]) {
      expect(text).toMatch(/[.]$/u);
      expect(text).not.toMatch(/\b(?:victim|vulnerable|hit|info)\b/iu);
    }
    expect(whatNow.confirm.some((text) => text.includes("`"))).toBe(true);
  });
});
