import { expect, test } from "vitest";
import { rotatedLogs } from "./rotation.ts";

const at = (name: string, folder = "/var/log"): { readonly folder: string; readonly name: string } => ({
  folder,
  name,
});

test.for([
  [
    "numbers",
    ["access.log", "access.log.1", "access.log.10.gz", "access.log.2.gz"],
    ["access.log.10.gz", "access.log.2.gz", "access.log.1", "access.log"],
  ],
  ["days", ["x.log", "x.log-20260131.gz", "x.log-20260130.gz"], ["x.log-20260130.gz", "x.log-20260131.gz", "x.log"]],
  ["days with hyphens", ["x.log.2026-02-01", "x.log.2026-01-31"], ["x.log.2026-01-31", "x.log.2026-02-01"]],
  [
    "days with seconds",
    ["x-20260131-1769900000", "x-20260131-1769800000", "x"],
    ["x-20260131-1769800000", "x-20260131-1769900000", "x"],
  ],
  ["Ollama's app", ["server.log", "server-1.log", "server-2.log"], ["server-2.log", "server-1.log", "server.log"]],
] as const)("parts named by %s are one log, the oldest first", ([, given, expected]) => {
  const logs = rotatedLogs(given.map((name) => at(name)));
  expect(logs.map(({ files }) => files.map(({ name }) => name))).toEqual([expected]);
});

test("other folders and other names are other logs", () => {
  const logs = rotatedLogs([at("a.log"), at("a.log.1", "/srv"), at("b.log"), at("a.log.1")]);
  expect(logs.map(({ files }) => files.map(({ folder, name }) => `${folder}/${name}`))).toEqual([
    ["/var/log/a.log.1", "/var/log/a.log"],
    ["/srv/a.log.1"],
    ["/var/log/b.log"],
  ]);
});
