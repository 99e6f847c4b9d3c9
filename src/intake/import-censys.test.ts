import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ImportFolder, importFolder, rejectsOf } from "../../test/import/import-folder.ts";

let folder: ImportFolder;
beforeEach(async () => {
  folder = await importFolder();
});
afterEach(() => folder.remove());

describe("corral import censys", () => {
  const host = (ip: string, endpoints: readonly object[]): object => ({
    ip,
    location: { country_code: "de" },
    autonomous_system: { asn: 0 },
    services: [{ port: 11434, scan_time: "2026-01-10T03:04:05Z", endpoints }],
  });
  const ollama = {
    path: "/api/tags",
    ollama: { version: "0.6.2", models: [{ name: "a", digest: "d", family: "llama", size: 5 }], running_models: null },
  };
  const hosts = [
    host("192.0.2.1", [ollama, { path: "/" }]),
    { host: host("2001:DB8::1", [ollama]) },
    { resource: host("192.0.2.3", []) },
  ];

  test.each<[string, string]>([
    ["JSON lines", hosts.map((one) => JSON.stringify(one)).join("\n")],
    ["an array", JSON.stringify(hosts)],
    ["a printed array", JSON.stringify(hosts, null, 2)],
    ["printed objects", hosts.map((one) => JSON.stringify(one, null, 2)).join("\n")],
  ])("as %s", async (_, content) => {
    const ended = await folder.run([
      "censys",
      await folder.file("hosts.json", content),
      await folder.file("hosts.json.gz", gzipSync(content)),
    ]);
    expect(ended).toMatchObject({
      exit: 0,
      files: [
        { lines: 3, new_observations: 2, skipped: 1, rejected: 0 },
        { lines: 3, new_observations: 0, already_there: 2 },
      ],
    });
  });

  test("a bad endpoint is rejected with its place, its neighbours are taken", async () => {
    const bad = { path: "/x/api/tags", ollama: { models: [{ size: 1.5 }] } };
    const content = JSON.stringify([hosts[0], host("192.0.2.9", [ollama, bad]), 5], null, 1);
    const ended = await folder.run(["censys", await folder.file("hosts.json", content)]);
    expect(ended).toMatchObject({ exit: 3, files: [{ lines: 3, new_observations: 2, rejected: 2 }] });
    expect(await rejectsOf(ended.files[0])).toEqual([
      {
        file: join(folder.path, "hosts.json"),
        line: expect.any(Number) as number,
        field: "services[0].endpoints[1].ollama.models[0].size",
        reason: "is not a whole number below 2^53",
      },
      {
        file: join(folder.path, "hosts.json"),
        line: expect.any(Number) as number,
        field: "",
        reason: "is not a host of the Censys Platform",
      },
    ]);
  });
});
