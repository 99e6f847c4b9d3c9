import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { type ImportFolder, importFolder, lines } from "../../test/import/import-folder.ts";
import { detectFormat } from "./detect-format.ts";

/** A copy with one byte turned over. */
function changed(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte));
}

test.each<[string, string, readonly string[]]>([
  ["own lines", '{"kind":"observation","schema":1,', ["jsonl"]],
  ["a Censys host", '{"ip":"192.0.2.1","services":[{"port":1,"endpoints":[', ["censys"]],
  ["a wrapped Censys host", '[\n {"host": {"ip": "192.0.2.1",', ["censys"]],
  ["Shodan, cut in the middle of a text", '{"hash":0,"ip_str":"192.0.2.1","data":"HTTP/1.1 200 \\"O', ["shodan"]],
  ["zgrab2 under another module name", '{"ip":"192.0.2.1","data":{"my-http":{"status":"success"', ["zgrab2"]],
  ["httpx", '{"timestamp":"2026","url":"http://192.0.2.1/","status_code":200}', ["httpx"]],
  [
    "masscan's JSON",
    '[\n{   "ip": "192.0.2.1",   "timestamp": "1", "ports": [ {"port": 1, "proto": "tcp"',
    ["masscan"],
  ],
  ["masscan's NDJSON", '{"ip":"192.0.2.1","rec_type":"status","data":{"status":"open"}}', ["masscan"]],
  ["masscan's list", "#masscan\nopen tcp 1 192.0.2.1 1\n", ["masscan"]],
  ["masscan's XML", '<?xml version="1.0"?>\n<nmaprun scanner="masscan" start="1">', ["masscan"]],
  ["nmap's XML", '<?xml version="1.0"?><!DOCTYPE nmaprun>\n<nmaprun args="x" scanner="nmap" start="1">', ["nmap"]],
  ["zmap's header", "saddr,sport\n", ["zmap"]],
  ["zmap's bare addresses", "192.0.2.1\n192.0.2.2\n", ["zmap"]],
  ["IntelMQ, flat", '{"feed.name":"x","source.ip":"192.0.2.1"}', ["intelmq"]],
  ["IntelMQ, nested", '{"classification":{"type":"other"},"source":{"ip":"192.0.2.1"}}', ["intelmq"]],
  ["Shadowserver", '\u{feff}"timestamp","severity","ip","protocol","port","tag"\r\n', ["shadowserver"]],
  ["FOFA", "ip,port,host,link,base_protocol\n", ["fofa"]],
  ["a header of both shapes", "timestamp,ip,port,geo,host,link\n", ["shadowserver", "fofa"]],
  ["keys deeper than they belong", '{"a":{"b":{"ip_str":"192.0.2.1"}}}', []],
  ["keys of the second object", '{"a":1}\n{"ip_str":"192.0.2.1"}', []],
  ["words", "Dear reader,\n", []],
  ["another XML", '<feed scanner="nmap">', []],
  ["nothing", "", []],
])("%s", (_, head, formats) => {
  expect(detectFormat(head)).toEqual(formats);
});

describe("corral import --detect", () => {
  let folder: ImportFolder;
  beforeEach(async () => {
    folder = await importFolder();
  });
  afterEach(() => folder.remove());
  const masscan = "#masscan\nopen tcp 11434 192.0.2.10 1768014245\n";

  test("imports each file as what it is, packed files and standard input too", async () => {
    const names = [await folder.file("a.gz", gzipSync(masscan)), await folder.file("b", lines(3))];
    expect(await folder.run([...names, "-"], { detect: true }, "192.0.2.1,80,1\nsaddr")).toMatchObject({
      exit: 3,
      files: [
        { format: "masscan", new_observations: 1 },
        { format: "jsonl", new_observations: 3 },
      ],
      errors: expect.stringContaining("standard input: begins like none of") as string,
    });
    const zmap = { detect: true, port: "80", "seen-at": "2026-01-10" };
    expect(await folder.run(["-"], zmap, "192.0.2.1\n192.0.2.2\n")).toMatchObject({
      exit: 0,
      files: [{ format: "zmap", new_observations: 2 }],
    });
  });

  test("without a lake it tells and reads no further", async () => {
    const ended = await folder.run([await folder.file("a", masscan)], { detect: true, lake: undefined });
    expect(ended).toMatchObject({ exit: 0, files: [{ format: "masscan" }] });
  });

  test.each([
    ["cut", gzipSync(masscan).subarray(0, 12), "ends in the middle of its gz data"],
    ["damaged", changed(gzipSync(masscan), 12), "holds damaged gz data"],
    ["damaged", changed(zstdCompressSync(masscan.repeat(50)), 9), "holds damaged zst data"],
    ["of nobody knows what", gzipSync("what is this\n"), "begins like none of"],
  ])("a packed file that is %s is told to be so", async (_name, bytes, told) => {
    const ended = await folder.run([await folder.file("a", bytes)], { detect: true });
    expect(ended).toMatchObject({ exit: 2, errors: expect.stringContaining(told) as string });
    const piped = await folder.run(["-"], { detect: true }, bytes);
    expect(piped).toMatchObject({ exit: 2, errors: expect.stringContaining(told) as string });
  });

  test("the packed beginning of a long standard input is not taken for a cut file", async () => {
    const noise = Array.from({ length: 30_000 }, (_, at) => createHash("sha256").update(String(at)).digest());
    const frame = zstdCompressSync(Buffer.concat(noise));
    const ended = await folder.run(["-"], { detect: true }, frame);
    expect(ended).toMatchObject({ exit: 2, errors: expect.stringContaining("begins like none of") as string });
  });

  test("names the candidates of an ambiguous file", async () => {
    const name = await folder.file("a", "timestamp,ip,port,geo,host,link\n");
    const ended = await folder.run([name], { detect: true });
    expect(ended).toMatchObject({ exit: 2, errors: expect.stringContaining("shadowserver, fofa") as string });
  });

  test.each(["shodan", "nmap", "fofa", "zmap"])(
    "a masscan file named %s is refused with the right name",
    async (format) => {
      const ended = await folder.run([format, await folder.file("a", masscan)]);
      expect(ended.exit).toBe(2);
      expect(ended.errors).toContain(`is no ${format} file, it looks like masscan`);
    },
  );
});
