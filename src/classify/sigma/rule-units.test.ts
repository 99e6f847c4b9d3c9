import fc from "fast-check";
import { expect, test } from "vitest";
import type { SigmaEvents } from "../../knowledge/sigma/logsources.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import { httpEvent, networkEvent, processEvent } from "../../model/make-event.ts";
import type { PatternPiece, SigmaExpression, SigmaHead, SigmaRule, SigmaTest } from "../../model/sigma.ts";
import { eventWorld } from "../detect/event-world.ts";
import type { SigmaJob } from "./link-rules.ts";
import { ruleUnits } from "./rule-units.ts";

const SETTING = { known: [], serverPorts: new Set([11_434]) };
const FIELDS = (
  "Image process.name CommandLine ParentImage User ProcessId Hashes EventID cs-method cs-uri-stem cs-uri-query cs-uri sc-status c-ip src_ip " +
  "DestinationPort DestinationIp Initiated established OriginalFileName"
).split(" ");
/** Texts of rules and of rows alike, so that they meet; some change their length or kind with their case. */
const WORDS = [
  "abc",
  "ABd",
  "kiss",
  "\u212a",
  "ſ",
  "É",
  "é",
  "İ",
  ".exe",
  "\\",
  "/",
  "-enc",
  "443",
  "1",
  "true",
  " ",
  "xyzxyz",
];
const PATTERNS = [
  "abc",
  "ab[cd]",
  "(?:abc|kiss)",
  "kisse?",
  "ab+d",
  String.raw`\.exe$`,
  "^abc.{0,9}enc",
  "abc|enc",
  "É",
  "iſ",
];
const ADDRESSES = ["192.0.2.1", "198.51.100.7", "2001:db8::1", "no address"];

const words = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...WORDS), { maxLength }).map((of) => of.join(""));
const pieces: fc.Arbitrary<readonly PatternPiece[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: words(3).map((text): PatternPiece => ({ kind: "text", text })) },
    { weight: 2, arbitrary: fc.constant<PatternPiece>({ kind: "many" }) },
    { weight: 1, arbitrary: fc.constant<PatternPiece>({ kind: "one" }) },
  ),
  { maxLength: 4 },
);
const asked: fc.Arbitrary<SigmaTest> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("text"), pieces, cased: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("number"), value: fc.constantFrom(1, 0, 443, 1.5, 4688) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("regex"),
      source: fc.constantFrom(...PATTERNS),
      flags: fc.constantFrom("", "i", "m"),
    }),
  },
  fc.record({ kind: fc.constant("flag"), value: fc.boolean() }),
  fc.constantFrom<SigmaTest>({ kind: "null" }, { kind: "exists" }, { kind: "compare", by: "gt", value: 100 }),
  fc.record({ kind: fc.constant("cidr"), prefix: fc.constantFrom("192.0.2.0/24", "2001:db8::/32") }),
  fc.record({
    kind: fc.constant("field"),
    other: fc.constantFrom(...FIELDS),
    how: fc.constant("contains"),
    cased: fc.boolean(),
  }),
);
const { where } = fc.letrec<{ where: SigmaExpression }>((tie) => ({
  where: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ kind: fc.constant("field" as const), field: fc.constantFrom(...FIELDS), test: asked }),
    fc.record({ kind: fc.constant("keyword" as const), test: asked }),
    fc.record({ kind: fc.constantFrom("all", "any"), of: fc.array(tie("where"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("not" as const), of: tie("where") }),
  ),
}));

const said = fc.option(
  fc.oneof(
    words(5),
    words(2).map((text) => `${"y".repeat(4090)}${text}`),
  ),
  { freq: 4 },
);
const number = fc.option(fc.constantFrom(1, 0, 443, 4688));
const address = fc.option(fc.constantFrom(...ADDRESSES));
const event: fc.Arbitrary<LogEvent> = fc
  .record({
    line: words(6),
    a: said,
    b: said,
    c: said,
    n: number,
    from: address,
    to: address,
    is: fc.option(fc.boolean()),
  })
  .chain(({ line, a, b, c, n, from, to, is }) => {
    const place = { source: 0, line: 1, offset: 0, text: line };
    const head = { at: 0, observer: a, product: "windows", place };
    return fc.constantFrom<LogEvent>(
      processEvent(head, { executable: a, commandLine: b, parentExecutable: c, user: a, pid: n, sha256: b }),
      httpEvent(head, { method: a ?? "GET", path: b ?? "/", query: c, status: n, sourceIp: from }),
      networkEvent(head, {
        executable: a,
        user: c,
        sourceIp: from,
        destinationIp: to,
        destinationPort: n,
        established: is,
        direction: is === null ? null : is ? "outbound" : "inbound",
      }),
    );
  });

const CLASSES: readonly EventClass[] = ["process", "http", "network"];
const EVENTS: SigmaEvents = { classes: CLASSES, products: null };

function jobOf(expression: SigmaExpression): SigmaJob {
  const head: SigmaHead = {
    id: null,
    name: null,
    title: "t",
    description: "",
    level: null,
    severity: "low",
    tags: [],
    falsePositives: [],
    references: [],
    place: "r.yml:1:1",
  };
  const logsource = { category: "process_creation", product: null, service: null };
  const rule: SigmaRule = { ...head, kind: "rule", logsource, where: expression };
  return { head, correlation: null, members: [{ rule, where: expression, events: EVENTS }] };
}

test("rules that an event meets are among those that are asked of it, in order and once", () => {
  let met = 0;
  let spared = 0;
  fc.assert(
    fc.property(
      fc.array(where, { minLength: 1, maxLength: 12 }),
      fc.array(event, { minLength: 8, maxLength: 8 }),
      (rules, events) => {
        const byClass = ruleUnits(rules.map(jobOf), eventWorld(SETTING));
        for (const one of events) {
          const { units, mayMeet } = byClass[one.class];
          const plain = [...units.keys()].filter((at) => units[at]?.test(one) === true);
          const narrowed = mayMeet(one);
          expect(narrowed.filter((at) => units[at]?.test(one) === true)).toEqual(plain);
          expect(narrowed).toEqual([...new Set(narrowed)].toSorted((a, b) => a - b));
          met += plain.length;
          spared += units.length - narrowed.length;
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect(met).toBeGreaterThan(1000);
  expect(spared).toBeGreaterThan(1000);
});
