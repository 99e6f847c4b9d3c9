import { expect, test } from "vitest";
import { parsePort, parseTargetLine } from "./target-line.ts";

const AUTO = { scheme: "auto", name: null, port: null, base_path: "/" } as const;

test.each([
  ["192.0.2.1", { ...AUTO, address: "192.0.2.1" }],
  ["  192.0.2.1:11434 ", { ...AUTO, address: "192.0.2.1", port: 11_434 }],
  ["2001:DB8::1", { ...AUTO, address: "2001:db8::1" }],
  ["[2001:db8:0:0::1]", { ...AUTO, address: "2001:db8::1" }],
  ["[2001:db8::1]:80", { ...AUTO, address: "2001:db8::1", port: 80 }],
  ["::ffff:192.0.2.1", { ...AUTO, address: "192.0.2.1" }],
  ["ollama.example.net:8080", { ...AUTO, address: null, name: "ollama.example.net", port: 8080 }],
  ["http://192.0.2.1", { ...AUTO, scheme: "http", address: "192.0.2.1", port: 80 }],
  ["https://192.0.2.1/", { ...AUTO, scheme: "https", address: "192.0.2.1", port: 443 }],
  [
    "https://LLM.example.net:8443/a/b/",
    { scheme: "https", address: null, name: "llm.example.net", port: 8443, base_path: "/a/b" },
  ],
  [
    "http://[2001:db8::1]:11434/ollama",
    { ...AUTO, scheme: "http", address: "2001:db8::1", port: 11_434, base_path: "/ollama" },
  ],
  ["http://192.0.2.1:8080/a/%2e%2e/b", { ...AUTO, scheme: "http", address: "192.0.2.1", port: 8080, base_path: "/b" }],
])("%j is a target", (line, target) => {
  expect(parseTargetLine(line)).toEqual({ ok: true, value: target });
});

test.each([
  "192.0.2.1:0",
  "192.0.2.1:65536",
  "192.0.2.1:80:80",
  "192.0.2.256:80",
  "192.0.2.0/24",
  "[2001:db8::1",
  "[2001:db8::1]:x",
  "fe80::1%eth0",
  "ftp://192.0.2.1/",
  "http://user:secret@192.0.2.1/",
  "http://192.0.2.1/?q=1",
  "http://192.0.2.1/#x",
  "http://192.0.2.1/a b",
  "http://192.0.2.1/%0d%0aHost: x",
  "http://192.0.2.1/a%20b",
  "http://192.0.2.1/a@b",
  "http://192.0.2.1/a:b",
  "http://192.0.2.1//elsewhere.example/",
  "http://192.0.2.1/a/..//",
  `http://192.0.2.1/${"x".repeat(256)}`,
  "http://",
  "*.example.net",
  "x".repeat(3000),
])("%j is none", (line) => {
  expect(parseTargetLine(line).ok).toBe(false);
});

test.each([
  ["1", 1],
  ["65535", 65_535],
  ["0", null],
  ["65536", null],
  ["080", null],
  ["1e3", null],
  ["", null],
])("port %j is %j", (text, port) => {
  expect(parsePort(text)).toBe(port);
});
