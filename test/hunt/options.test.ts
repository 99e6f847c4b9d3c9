import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv";
import draft4 from "ajv/lib/refs/json-schema-draft-04.json" with { type: "json" };
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAS_VALIDATORS, validated } from "../export/validators.ts";
import { hasChromium, seenIn } from "../study/browser.ts";
import { gin, huntCase, listening } from "./hunt-case.ts";
import type { HuntCase } from "./hunt-case.ts";

const holding = (piece: string): unknown => expect.stringContaining(piece);

let here: HuntCase;
const ACCESS = [
  '203.0.113.7 - - [30/Jan/2026:10:06:00 +0000] "POST /api/chat HTTP/1.1" 200 5 "-" "x"\n',
  '203.0.113.7 - - [30/Jan/2026:10:06:05 +0000] "DELETE /api/delete HTTP/1.1" 200 5 "-" "=cmd|x\u001b[2J"\n',
].join("");

beforeAll(() => {
  here = huntCase();
  here.write(
    "server.log",
    [
      listening("2026-01-30T10:00:00.520+00:00", "[::]:11434"),
      gin("2026/01/30 - 10:05:12", "203.0.113.9", "POST /api/chat", 200, "2m14s"),
      gin("2026/01/30 - 10:05:13", "203.0.113.9", "DELETE /api/delete"),
    ].join(""),
  );
  here.write("access.log", ACCESS);
});
afterAll(() => {
  here.remove();
});

describe("every mistake at once", () => {
  test("options", async () => {
    const wrong = here.hunt([], {
      tz: "Berlin",
      year: "26",
      port: ["0", "70000,22"],
      server: ["gpu"],
      known: ["10.0.0.1/8"],
      since: "yesterday",
      only: ["remote-delet"],
      format: "xml",
      "fail-on": "bad",
    });
    await expect(wrong).rejects.toMatchObject({
      exitCode: 2,
      problems: [
        { place: "--format", message: holding("not terminal, json") },
        {
          place: "--tz",
          message: "Berlin: not an offset such as +02:00, -05:30 or UTC, nor a zone such as Europe/Berlin",
        },
        { place: "--year", message: "26: not a year" },
        { place: "--port", message: "0: not a port, 1 to 65535" },
        { place: "--port", message: "70000: not a port, 1 to 65535" },
        { place: "--server", message: "gpu: not an IP address" },
        { place: "--known", message: holding("did you mean 10.0.0.0/8?") },
        { place: "--since", message: holding("yesterday: not a time") },
        { place: "--only", message: "remote-delet: no such detection; did you mean remote-delete?" },
        { place: "--fail-on", message: "bad: not critical, high, medium, low, info" },
        { place: "LOG", message: holding("is required") },
      ],
    });
  });

  test("suppressions", async () => {
    here.write(
      "quiet.yaml",
      [
        "suppressions:",
        "  - detection: remote-delet",
        "    reason: x",
        "    expires: 2026-02-30",
        "  - detection: remote-delete",
        "    until: 2027-01-01",
        "    expires: soon",
      ].join("\n"),
    );
    await expect(here.hunt(["access.log"], { suppressions: "quiet.yaml" })).rejects.toMatchObject({
      exitCode: 2,
      problems: [
        {
          place: "quiet.yaml:2:5 suppressions[0].detection",
          message: "no such detection; did you mean remote-delete?",
        },
        { place: "quiet.yaml:3:5 suppressions[0].reason", message: holding("") },
        { place: "quiet.yaml:4:5 suppressions[0].expires", message: "is not a day such as 2027-01-31" },
        { place: "quiet.yaml:5:5 suppressions[1].reason", message: holding("") },
        { place: "quiet.yaml:6:5 suppressions[1].until", message: holding("is no key here") },
        { place: "quiet.yaml:7:5 suppressions[1].expires", message: "is not a day such as 2027-01-31" },
      ],
    });
  });
});

describe("suppressions", () => {
  const rule = (expires: string, match = ""): string =>
    `suppressions:\n  - detection: remote-delete\n${match}    reason: our own cleaner\n    expires: ${expires}\n`;

  test("hold back what they name, and are told", async () => {
    here.write("quiet.yaml", rule("9999-12-31"));
    const { alerts, suppressed } = await here.told(["access.log"], { suppressions: "quiet.yaml" });
    expect(alerts.map(({ detection }) => detection)).not.toContain("remote-delete");
    expect(suppressed.map(({ detection, reason }) => [detection, reason])).toEqual([
      ["remote-delete", "our own cleaner"],
    ]);
    const { out } = await here.hunt(["access.log"], { suppressions: "quiet.yaml" });
    expect(out).toContain("\nsuppressed: 1 alerts\n");
  });

  test("hold back only the group they name", async () => {
    here.write("quiet.yaml", rule("9999-12-31", "    match: { peer: 203.0.113.8 }\n"));
    const { alerts } = await here.told(["access.log"], { suppressions: "quiet.yaml" });
    expect(alerts.map(({ detection }) => detection)).toContain("remote-delete");
  });

  test("hold back nothing after their day, and are told", async () => {
    here.write("quiet.yaml", rule("2026-02-28"));
    const { alerts, expired_suppressions: expired } = await here.told(["access.log"], { suppressions: "quiet.yaml" });
    expect(alerts.map(({ detection }) => detection)).toContain("remote-delete");
    expect(expired.map(({ detection }) => detection)).toEqual(["remote-delete"]);
  });
});

test("--fail-on: 1 at or above, else 0; findings come before what is incomplete", async () => {
  const only = ["remote-delete"];
  const { alerts } = await here.told(["access.log"], { only });
  const severities = ["critical", "high", "medium", "low", "info"];
  const at = severities.indexOf(alerts[0]?.severity ?? "");
  const codes = await Promise.all(
    severities.map(async (severity) => (await here.hunt(["access.log"], { only, "fail-on": severity })).code),
  );
  expect(codes).toEqual(severities.map((_, index) => (index >= at ? 1 : 0)));
  expect((await here.hunt(["access.log", "absent"], { only, "fail-on": "info" })).code).toBe(1);
  expect((await here.hunt(["access.log", "absent"], { only })).code).toBe(3);
});

test("--since and --until leave out what lies outside, --known what is no stranger's, --skip a detection", async () => {
  const ids = async (options: Record<string, string | readonly string[]>): Promise<readonly string[]> =>
    (await here.told(["access.log"], options)).alerts.map(({ detection }) => detection);
  expect(await ids({})).toContain("remote-delete");
  expect(await ids({ until: "2026-01-30T10:06:04Z" })).not.toContain("remote-delete");
  expect(await ids({ since: "2026-01-30T10:06:04Z" })).toEqual(await ids({ since: "2026-01-30T10:06:05Z" }));
  expect(await ids({ since: "2026-01-30T10:06:06Z" })).toEqual([]);
  expect(await ids({ skip: ["remote-delete"] })).not.toContain("remote-delete");
  expect(await ids({ known: ["203.0.113.0/24"] })).not.toContain("stranger-inference");
});

test("--cost: by address, what a header claims apart, what no row tells said to be so", async () => {
  const { cost } = await here.told(["server.log", "access.log"], { cost: true });
  expect(
    cost?.peers.map((one) => [one["peer"], one["trust"], one["requests"], one["model_requests"], one["model_ms"]]),
  ).toEqual([
    ["203.0.113.9", "claimed", 2, 1, 134_000],
    ["203.0.113.7", "connection", 2, 1, null],
  ]);
  expect((await here.hunt(["access.log"], { cost: true })).out).toContain("1 of a model, model seconds not told");
  const { out } = await here.hunt(["server.log"], { cost: true });
  expect(out).toMatch(
    /claimed.*: 1 address, 2 requests, 1 of a model, 134\.0 model seconds, cloud calls not told, tokens not told/u,
  );
});

test("--out writes a file, whole, and refuses what is none", async () => {
  const { code, out } = await here.hunt(["access.log"], { format: "html", out: "hunt.html" });
  expect([code, out]).toEqual([0, ""]);
  expect(readFileSync(join(here.folder, "hunt.html"), "utf8")).toContain("What the logs tell");
  await expect(here.hunt(["access.log"], { out: "." })).rejects.toThrow("is a folder");
  expect(statSync(join(here.folder, "hunt.html")).mode & 0o077).toBe(0);
});

describe("shapes", () => {
  const LOGS = ["server.log", "access.log"];

  test("csv: a line for each row of evidence, no cell a formula", async () => {
    const { out } = await here.hunt(["access.log"], { format: "csv", only: ["remote-delete"] });
    const lines = out.trimEnd().split("\n");
    expect(lines.length).toBe(2);
    expect(lines[0]).toContain("alert,first_at,last_at,severity,detection");
    expect(out).not.toMatch(/(?:^|,)"?[=+@]/mu);
  });

  test("sarif fits the published schema; each row is a place in a file", async () => {
    const { out } = await here.hunt(LOGS, { format: "sarif" });
    const ajv = new Ajv({ schemaId: "auto", allErrors: true });
    ajv.addMetaSchema(draft4);
    const check = ajv.compile(sarifSchema);
    check(JSON.parse(out));
    expect(check.errors).toBe(null);
    expect(out).toContain('"uri":"access.log"');
    expect(out).toContain('"startLine":2');
  });

  test("no address that only a header claims is in what other programs act on", async () => {
    const { out: ocsf } = await here.hunt(["server.log"], { format: "ocsf" });
    expect(ocsf).not.toContain('"src_endpoint"');
    const { out: stix } = await here.hunt(["server.log"], { format: "stix" });
    expect(stix).not.toMatch(/"type":"(?:indicator|ipv4-addr)"/u);
    const { out: both } = await here.hunt(LOGS, { format: "stix" });
    expect(both).toContain("[ipv4-addr:value = '203.0.113.7']");
  });

  test("the same logs give the same bytes", async () => {
    for (const format of ["json", "stix", "sarif", "ocsf", "html"]) {
      const [first, again] = [await here.hunt(LOGS, { format }), await here.hunt(LOGS, { format })];
      expect(first.out).toBe(again.out);
    }
  });

  test.runIf(HAS_VALIDATORS)("stix and ocsf by validators of others", { timeout: 120_000 }, async () => {
    for (const format of ["stix", "ocsf"] as const) {
      await here.hunt(LOGS, { format, out: `hunt.${format}` });
      const { read, errors } = validated(format, join(here.folder, `hunt.${format}`));
      expect(errors).toEqual([]);
      expect(read).toBeGreaterThan(2);
    }
  });

  test.runIf(hasChromium)("html: no wider than a phone, no small letters", { timeout: 120_000 }, async () => {
    const { out } = await here.hunt(LOGS, { format: "html" });
    const [phone, screen] = await seenIn(out, [360, 1200]);
    expect([phone?.overflow, screen?.overflow]).toEqual([0, 0]);
    expect(phone?.smallest).toBeGreaterThanOrEqual(13);
  });
});
