import { afterAll, beforeAll, expect, test } from "vitest";
import { huntCase } from "./hunt-case.ts";
import type { HuntCase } from "./hunt-case.ts";

let here: HuntCase;
const PEERS = ["203.0.113.7", "203.0.113.200", "198.51.100.77", "2001:db8::7"];

beforeAll(() => {
  here = huntCase();
  const rows = PEERS.map(
    (peer, at) => `${peer} - - [30/Jan/2026:10:06:0${at} +0000] "DELETE /api/delete HTTP/1.1" 200 5 "-" "x"\n`,
  );
  here.write("access.log", rows.join(""));
});
afterAll(() => {
  here.remove();
});

function entry(match: string, more: { detection?: string; reason?: string } = {}): string {
  const { detection = "remote-delete", reason = "our own cleaner" } = more;
  return `suppressions:\n  - detection: ${detection}\n    match: { ${match} }\n    reason: ${reason}\n    expires: 9999-12-31\n`;
}

test.for<[string, readonly string[]]>([
  ["peer: 203.0.113.7", ["203.0.113.200", "198.51.100.77", "2001:db8::7"]],
  ["peer: 203.0.113.0/24", ["198.51.100.77", "2001:db8::7"]],
  ["sourceIp: 203.0.113.128/25", ["203.0.113.7", "198.51.100.77", "2001:db8::7"]],
  ["peer: 203.0.113.0/24, sourceIp: 203.0.113.7", ["203.0.113.200", "198.51.100.77", "2001:db8::7"]],
  ['peer: "2001:DB8:0::7"', ["203.0.113.7", "203.0.113.200", "198.51.100.77"]],
  ['peer: "2001:db8::/32"', ["203.0.113.7", "203.0.113.200", "198.51.100.77"]],
  ["peer: 192.0.2.0/24", PEERS],
])("{ %s } leaves these", async ([match, left]) => {
  here.write("quiet.yaml", entry(match));
  const { alerts } = await here.told(["access.log"], { suppressions: "quiet.yaml", only: ["remote-delete"] });
  expect(alerts.map(({ peer }) => peer)).toEqual(left);
});

test.for<[string, string, string, string]>([
  [
    "a key of no alert",
    entry('per: "203.0.113.9"'),
    "quiet.yaml:3:14 suppressions[0].match.per",
    "no alert of this detection has it; known are peer, sourceIp; did you mean peer?",
  ],
  [
    "a field of another detection's group",
    entry("route: /api/tags"),
    "quiet.yaml:3:14 suppressions[0].match.route",
    "no alert of this detection has it; known are peer, sourceIp",
  ],
  [
    "a prefix with host bits",
    entry("peer: 203.0.113.7/24"),
    "quiet.yaml:3:14 suppressions[0].match.peer",
    '"203.0.113.7/24" has host bits set; did you mean 203.0.113.0/24?',
  ],
  [
    "no address",
    entry("peer: gpu"),
    "quiet.yaml:3:14 suppressions[0].match.peer",
    '"gpu" is neither an IP address nor a prefix such as 192.0.2.0/24',
  ],
  [
    "a short reason",
    entry("peer: 203.0.113.7", { reason: "x" }),
    "quiet.yaml:4:5 suppressions[0].reason",
    "is too short: at least 3 characters",
  ],
  [
    "no reason",
    entry("peer: 203.0.113.7", { reason: '""' }),
    "quiet.yaml:4:5 suppressions[0].reason",
    "must not be empty",
  ],
])("%s is told with its place", async ([, text, place, message]) => {
  here.write("quiet.yaml", text);
  await expect(here.hunt(["access.log"], { suppressions: "quiet.yaml" })).rejects.toMatchObject({
    exitCode: 2,
    problems: [{ place, message }],
  });
});

test("one of a person's own rule is not used without --sigma; with it a wrong id is told", async () => {
  here.write("quiet.yaml", entry("anything: at all", { detection: "sigma-1b0d2f8e" }));
  expect((await here.hunt(["access.log"], { suppressions: "quiet.yaml" })).code).toBe(0);
  here.write(
    "rule.yml",
    [
      "title: Deleted",
      "id: 5f0c7d4e-4c0e-4a53-9d1c-6f1a2b3c4d5e",
      "logsource: { category: webserver }",
      "detection: { sel: { cs-method: DELETE }, condition: sel }",
    ].join("\n"),
  );
  const sigma = here.hunt(["access.log"], { suppressions: "quiet.yaml", sigma: "rule.yml" });
  await expect(sigma).rejects.toMatchObject({
    exitCode: 2,
    problems: [{ place: "quiet.yaml:2:5 suppressions[0].detection", message: "no such detection" }],
  });
});
