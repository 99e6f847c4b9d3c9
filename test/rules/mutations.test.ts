import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { rulesMutationsPage } from "../../scripts/reference/rules-mutations-page.ts";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import { child, gin, http, inbound, listens, STRANGER } from "../../src/knowledge/detections/story.ts";
import type { LogEvent } from "../../src/model/event.ts";
import { mutationRows } from "./mutation-cells.ts";
import { MUTATIONS } from "./mutations.ts";

const PAGE = "docs/reference/rules-mutations.md";

function mutated(id: string, events: readonly LogEvent[]): readonly (readonly LogEvent[])[] {
  return MUTATIONS.find((one) => one.id === id)?.runs(events) ?? [];
}

test("the page says what the evaluator says today", async () => {
  const made = await format(rulesMutationsPage(), { ...(await resolveConfig(PAGE)), filepath: PAGE });
  expect(await readFile(PAGE, "utf8")).toBe(made);
});

test("each mutation changes stories of some detection, and each detection's stories are changed by some", () => {
  const rows = mutationRows(Object.values(DETECTIONS));
  const idle = MUTATIONS.filter(({ id }) => rows.every(({ cells }) => cells[id]?.changed === 0));
  expect(idle.map(({ id }) => id)).toEqual([]);
  expect(rows.filter(({ cells }) => Object.values(cells).every(({ changed }) => changed === 0))).toEqual([]);
});

test.for([
  ["other port", inbound(0, STRANGER), { destinationPort: 8434 }],
  ["other port", listens(0, "0.0.0.0"), { port: 8434 }],
  ["IPv6", inbound(0, STRANGER), { sourceIp: "2001:db8:bad::cb00:7109" }],
  ["IPv6", listens(0, "0.0.0.0"), { address: "::" }],
  [
    "IPv6",
    child(0, "/bin/env", "env OLLAMA_HOST=0.0.0.0:1 x"),
    { commandLine: "env OLLAMA_HOST=[::]:1 x", executable: "/bin/env" },
  ],
  ["IPv4 as IPv6", http(0, "GET /", STRANGER), { sourceIp: `::ffff:${STRANGER}` }],
  ["forged: loopback", gin(0, "GET /", STRANGER), { sourceIp: "127.0.0.1" }],
  ["forged: loopback", http(0, "GET /", STRANGER), { sourceIp: STRANGER }],
  ["own log, forged", http(0, "GET /", STRANGER), { sourceIp: "127.0.0.1", sourceTrust: "claimed", product: "ollama" }],
  ["own log alone", http(0, "GET /", STRANGER, { userAgent: "x" }), { sourceIp: STRANGER, userAgent: null }],
  ["docker-proxy", inbound(0, STRANGER), { sourceIp: "172.17.0.1" }],
  ["docker-proxy", inbound(0, "127.0.0.1"), { sourceIp: "127.0.0.1" }],
  ["reparented", child(0, "/bin/sh", "sh"), { parentPid: 1, parentExecutable: "/usr/lib/systemd/systemd" }],
  ["no parent", child(0, "/bin/sh", "sh"), { parentPid: null, parentCommandLine: null }],
  [
    "program renamed",
    child(0, "/usr/bin/curl", "/usr/bin/curl -s x"),
    { executable: "/usr/bin/updater", commandLine: "/usr/bin/updater -s x" },
  ],
  [
    "server renamed",
    child(0, "/bin/sh", "sh"),
    { parentExecutable: "/usr/local/bin/modeld", parentCommandLine: "/usr/local/bin/modeld serve" },
  ],
] as const)("%s", ([id, event, told]) => {
  expect(mutated(id, [event])[0]?.[0]).toMatchObject(told);
});

test("rows are cut, doubled and put in order of a clock that was set", () => {
  const rows = [0, 1, 2].map((second) => http(second, "GET /", STRANGER));
  const seconds = (id: string): readonly (readonly number[])[] =>
    mutated(id, rows).map((run) => run.map(({ at }) => (at - (rows[0]?.at ?? 0)) / 1000));
  expect(seconds("cut, parts apart")).toEqual([[0, 1], [2]]);
  expect(seconds("rows doubled")).toEqual([[0, 0, 1, 1, 2, 2]]);
  expect(seconds("clock + 1 day")).toEqual([[0, 1, 86_402]]);
  expect(seconds("clock − 1 hour")).toEqual([[-3598, 0, 1]]);
});
