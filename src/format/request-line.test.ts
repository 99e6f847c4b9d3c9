import fc from "fast-check";
import { expect, test } from "vitest";
import type { RequestEntry } from "../model/request-entry.ts";
import { createRequestLines } from "./request-line.ts";

const ENTRY: RequestEntry = {
  kind: "request",
  schema: 1,
  scheme: "http",
  address: "192.0.2.7",
  port: 11_434,
  host_name: null,
  base_path: "/",
  sent_at: "2026-01-10T03:04:05.123Z",
  run: "00112233445566778899aabbccddeeff",
  method: "GET",
  path: "/api/version",
  status: 200,
  failure: null,
  bytes: 153,
};

const LINE =
  '{"kind":"request","schema":1,"scheme":"http","address":"192.0.2.7","port":11434,"host_name":null,"base_path":"/",' +
  '"sent_at":"2026-01-10T03:04:05.123Z","run":"00112233445566778899aabbccddeeff","method":"GET","path":"/api/version",' +
  '"status":200,"failure":null,"bytes":153}';

test("an entry is one line with every field in order", () => {
  expect(createRequestLines()(ENTRY)).toBe(LINE);
});

test("each entry names its own service, whichever part of it changed", () => {
  const write = createRequestLines();
  const entries: RequestEntry[] = [
    ENTRY,
    { ...ENTRY, path: "/api/tags" },
    { ...ENTRY, address: "192.0.2.8" },
    { ...ENTRY, port: 80 },
    { ...ENTRY, scheme: "https" },
    { ...ENTRY, host_name: "a.example" },
    { ...ENTRY, base_path: "/ollama" },
    ENTRY,
  ];
  expect(entries.map((entry) => JSON.parse(write(entry)) as unknown)).toEqual(entries);
});

test("whatever stands in it, the line is the one that JSON.stringify writes", () => {
  const write = createRequestLines();
  const any = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(any, fc.option(any), any, fc.option(any), fc.option(fc.nat()), (path, name, base, run, status) => {
      const entry: RequestEntry = { ...ENTRY, path, host_name: name, base_path: base, run, status };
      expect(write(entry)).toBe(JSON.stringify(entry));
    }),
  );
});
