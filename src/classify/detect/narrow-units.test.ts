import fc from "fast-check";
import { expect, test } from "vitest";
import { trialDetection, trialRow, TRIAL_SETTING } from "../../../test/support/detect-trial.ts";
import { absent, all, any, cidr, ends, is, network, not, starts } from "../../model/condition.ts";
import type { Condition } from "../../model/condition.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import { networkEvent, processEvent } from "../../model/make-event.ts";
import { compileCondition } from "./compile-condition.ts";
import { eventWorld } from "./event-world.ts";
import { isCandidate, planDetections } from "./plan.ts";

const HEAD = { at: 0, observer: "gpu-1", product: "x", place: { source: 0, line: 1, offset: 0, text: "" } };

function planOf(condition: Condition, eventClass: EventClass): ReturnType<typeof planDetections> {
  const selections = { one: { class: eventClass, where: condition } };
  return planDetections([trialDetection({ kind: "first", of: "one", by: [] }, selections)], TRIAL_SETTING);
}

// An oracle of its own: facts of these few values by hand, conditions by recursion.

const WORDS: Readonly<Record<string, readonly string[]>> = {
  "127.0.0.1": ["loopback"],
  "::1": ["loopback"],
  "10.1.2.3": ["private"],
  "192.0.2.65": ["known"],
  "203.0.113.9": ["public"],
  "2001:db8::1": ["public"],
  "169.254.169.254": ["link-local", "metadata"],
  "not an address": [],
};
const IN_PREFIX: Readonly<Record<string, readonly string[]>> = {
  "203.0.113.0/24": ["203.0.113.9"],
  "::/0": ["::1", "2001:db8::1"],
  "10.0.0.0/8": ["10.1.2.3"],
};
const ROUTES: Readonly<Record<string, readonly [route: string, risk: string]>> = {
  "GET /": ["root", "A"],
  "HEAD /": ["root", "A"],
  "POST /api/chat": ["chat", "B"],
  "GET /api/tags": ["tags", "A"],
  "GET /api/%74ags": ["tags", "A"],
  "HEAD /api/%74ags": ["tags", "A"],
  "POST /api/blobs/x": ["blob", "D"],
  "POST /api/blobs/y": ["blob", "D"],
  "HEAD /api/blobs/x": ["blob", "D"],
  "HEAD /api/blobs/y": ["blob", "D"],
  "HEAD /api/tags": ["tags", "A"],
  "POST /api/pull": ["pull", "D"],
};

function fieldOf(event: LogEvent, field: string): unknown {
  const route = (event.class === "http" ? ROUTES[`${event.method} ${event.path}`] : undefined) ?? [null, null];
  if (field === "route") return route[0];
  if (field === "risk") return route[1];
  if (field === "toServer") {
    const port = event.class === "http" || event.class === "network" ? event.destinationPort : null;
    return port === null ? null : port === 11_434;
  }
  return Object.entries(event).find(([key]) => key === field)?.[1] ?? null;
}

const lower = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);

function meets(condition: Condition, event: LogEvent): boolean {
  if (condition.kind === "all") return condition.of.every((one) => meets(one, event));
  if (condition.kind === "any") return condition.of.some((one) => meets(one, event));
  if (condition.kind === "not") return !meets(condition.of, event);
  const value = fieldOf(event, condition.field);
  const text = typeof value === "string" ? value.toLowerCase() : null;
  switch (condition.kind) {
    case "is":
      return value !== null && condition.values.some((one) => lower(one) === lower(value));
    case "starts":
      return condition.values.some((one) => text?.startsWith(one.toLowerCase()));
    case "ends":
      return condition.values.some((one) => text?.endsWith(one.toLowerCase()));
    case "contains":
      return condition.values.some((one) => text?.includes(one.toLowerCase()));
    case "above":
      return typeof value === "number" && value > condition.value;
    case "below":
      return typeof value === "number" && value < condition.value;
    case "network":
      return condition.words.some((word) => WORDS[String(value)]?.includes(word));
    case "cidr":
      return condition.prefixes.some((prefix) => IN_PREFIX[prefix]?.includes(String(value)));
    case "absent":
      return value === null;
  }
}

/** Rows that differ from one of them in one field each: what tells them apart must be told apart. */
function alike<Fields extends object>(fields: fc.Arbitrary<Fields>): fc.Arbitrary<readonly Fields[]> {
  const change = fc.tuple(fields, fc.nat());
  return fc.tuple(fields, fc.array(change, { minLength: 1, maxLength: 30 })).map(([base, changes]) =>
    changes.map(([other, nth]) => {
      const entries = Object.entries(other);
      return { ...base, ...Object.fromEntries(entries.slice(nth % entries.length).slice(0, 1)) };
    }),
  );
}

const events: fc.Arbitrary<readonly LogEvent[]> = alike(
  fc.record({
    method: fc.constantFrom("GET", "POST", "HEAD", "DELETE", "OPTIONS", "PUT", "PATCH", "PRI", ""),
    path: fc.constantFrom(
      "/api/chat",
      "/api/tags",
      "/api/pull",
      "/",
      "/x",
      "/API/CHAT",
      "/api/%74ags",
      "/api/blobs/x",
      "/api/blobs/y",
    ),
    status: fc.constantFrom(null, 0, 200, 401, 403, 404, 500, 999, 1000, -1),
    sourceIp: fc.constantFrom(null, ...Object.keys(WORDS)),
    sourceTrust: fc.constantFrom("connection" as const, "claimed" as const),
    destinationPort: fc.constantFrom(null, 80, 11_434),
    model: fc.constantFrom(null, "llama3", "x:cloud"),
    origin: fc.constantFrom(null, "http://evil.example"),
    userAgent: fc.constantFrom(null, "curl/8", ""),
    user: fc.constantFrom(null, "x"),
    durationMs: fc.constantFrom(null, 0, 5, 60_000),
  }),
).map((rows) => rows.map((rest) => trialRow(0, rest)));

const TEXT_FIELDS = [
  "method",
  "path",
  "sourceIp",
  "sourceTrust",
  "model",
  "origin",
  "userAgent",
  "user",
  "route",
  "risk",
  "host",
] as const;
const texts = fc.constantFrom(
  ..." GET post PATCH /api /API/chat CHAT tags b claimed :CLOUD curl 127.0.0.1 x".split(" "),
);
const values = fc.array(texts, { minLength: 1, maxLength: 3 });
const textField = fc.constantFrom(...TEXT_FIELDS);
const numberField = fc.constantFrom("status" as const, "durationMs" as const, "destinationPort" as const);
const atoms: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: textField, values }).map(({ field, values: of }) => is(field, ...of)),
  fc
    .record({
      field: numberField,
      of: fc.array(fc.constantFrom(0, 200, 401, 403, 1000), { minLength: 1, maxLength: 2 }),
    })
    .map(({ field, of }) => is(field, ...of)),
  fc.boolean().map((flag) => is("toServer", flag)),
  fc.record({
    kind: fc.constantFrom("starts" as const, "ends" as const, "contains" as const),
    field: textField,
    values,
  }),
  fc.record({
    kind: fc.constantFrom("above" as const, "below" as const),
    field: numberField,
    value: fc.constantFrom(-1, 0, 200, 399, 403, 500),
  }),
  fc
    .array(
      fc.constantFrom(
        "loopback" as const,
        "private" as const,
        "known" as const,
        "public" as const,
        "metadata" as const,
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((words) => network("sourceIp", ...words)),
  fc
    .array(fc.constantFrom(...Object.keys(IN_PREFIX)), { minLength: 1, maxLength: 2 })
    .map((prefixes) => cidr("sourceIp", ...prefixes)),
  fc
    .constantFrom(...TEXT_FIELDS, "status" as const, "durationMs" as const, "toServer" as const)
    .map((field) => absent(field)),
);
const conditionsOf = (of: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      of,
      fc.array(tie("node"), { maxLength: 5 }).map((parts) => all(...parts)),
      fc.array(tie("node"), { maxLength: 5 }).map((parts) => any(...parts)),
      tie("node").map((part) => not(part)),
    ),
  })).node;

const flows: fc.Arbitrary<readonly LogEvent[]> = alike(
  fc.record({
    sourceIp: fc.constantFrom(null, ...Object.keys(WORDS)),
    destinationIp: fc.constantFrom(null, ...Object.keys(WORDS)),
    destinationPort: fc.constantFrom(null, 80, 11_434),
    direction: fc.constantFrom(null, "inbound" as const, "outbound" as const),
    executable: fc.constantFrom(null, "/bin/ollama"),
  }),
).map((rows) => rows.map((rest) => networkEvent(HEAD, rest)));
const flowAtoms: fc.Arbitrary<Condition> = fc.oneof(
  fc.boolean().map((flag) => is("toServer", flag)),
  fc.constantFrom("inbound", "OUTBOUND", "x").map((value) => is("direction", value)),
  fc
    .record({
      field: fc.constantFrom("sourceIp" as const, "destinationIp" as const),
      words: fc.array(fc.constantFrom("loopback" as const, "private" as const, "known" as const, "public" as const), {
        minLength: 1,
        maxLength: 2,
      }),
    })
    .map(({ field, words }) => network(field, ...words)),
  fc
    .constantFrom(
      "sourceIp" as const,
      "destinationIp" as const,
      "direction" as const,
      "toServer" as const,
      "destinationPort" as const,
      "executable" as const,
    )
    .map((field) => absent(field)),
  fc.constantFrom("203.0.113.9", "::1").map((value) => is("destinationIp", value)),
);
const programs: fc.Arbitrary<readonly LogEvent[]> = alike(
  fc.record({
    executable: fc.constantFrom(null, "", "/bin/sh", "/usr/bin/ollama", String.raw`C:\OLLAMA.EXE`),
    parentExecutable: fc.constantFrom(null, "", "/usr/bin/ollama", "/sbin/init"),
    commandLine: fc.constantFrom(null, "sh -c id", "ollama serve"),
    user: fc.constantFrom(null, "ollama"),
  }),
).map((rows) => rows.map((rest) => processEvent(HEAD, rest)));
const programTexts = fc.array(fc.constantFrom("", "ollama", "/BIN/", ".exe", "sh", "/usr/bin/ollama"), {
  minLength: 1,
  maxLength: 3,
});
const programField = fc.constantFrom(
  "executable" as const,
  "parentExecutable" as const,
  "commandLine" as const,
  "user" as const,
);
const programAtoms: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: programField, of: programTexts }).map(({ field, of }) => is(field, ...of)),
  fc.record({
    kind: fc.constantFrom("starts" as const, "ends" as const, "contains" as const),
    field: programField,
    values: programTexts,
  }),
  programField.map((field) => absent(field)),
);

test.for<[EventClass, fc.Arbitrary<Condition>, fc.Arbitrary<readonly LogEvent[]>]>([
  ["http", atoms, events],
  ["network", flowAtoms, flows],
  ["process", programAtoms, programs],
])("conditions mean what they say, compiled and narrowed by what is cheap to tell: %s", ([eventClass, of, told]) => {
  fc.assert(
    fc.property(conditionsOf(of), told, (condition, rows) => {
      const compiled = compileCondition(condition, eventClass, eventWorld(TRIAL_SETTING));
      const plan = planOf(condition, eventClass);
      const expected = rows.map((row) => meets(condition, row));
      expect(rows.map(compiled)).toEqual(expected);
      expect(rows.map((row) => isCandidate(plan, row))).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test.for([
  ["executable", "parentExecutable"],
  ["parentExecutable", "executable"],
] as const)("values of which there are too many for numbers of their own are still told right: %s", ([many, few]) => {
  const plan = planOf(all(ends(many, "7"), not(starts(few, "/p1"))), "process");
  let wrong = 0;
  for (let n = 0; n < 10_000; n += 1) {
    const event = processEvent(HEAD, { [many]: `/bin/${n}`, [few]: `/p${n % 7}` });
    if (isCandidate(plan, event) !== (n % 10 === 7 && n % 7 !== 1)) wrong += 1;
  }
  expect(wrong).toBe(0);
});

test("paths of one route that are not the same path are told apart", () => {
  const plan = planOf(ends("path", "x"), "http");
  const asked = (path: string): boolean => isCandidate(plan, trialRow(0, { method: "POST", path }));
  expect(["/api/blobs/x", "/api/blobs/y", "/api/blobs/x"].map(asked)).toEqual([true, false, true]);
});
