import { expect, test } from "vitest";
import { parsePostUrl } from "./post-url.ts";

test.for([
  "https://hooks.example.net/services/token",
  "https://192.0.2.1:8443/",
  "http://127.0.0.1:8080/hook",
  "http://127.1.2.3/",
  "http://[::1]:9000/",
  "http://localhost:9000/",
])("may be posted to: %s", (text) => {
  expect(parsePostUrl(text)).toMatchObject({ ok: true });
});

test.for<readonly [string, string]>([
  ["hooks.example.net", "is no URL"],
  ["ftp://127.0.0.1/", "is neither https nor http"],
  ["file:///etc/passwd", "is neither https nor http"],
  ["http://hooks.example.net/", "is http beyond loopback: what it carries names hosts"],
  ["http://127.0.0.1.example.net/", "is http beyond loopback: what it carries names hosts"],
  ["http://localhost.example.net/", "is http beyond loopback: what it carries names hosts"],
  ["http://0.0.0.0/", "is http beyond loopback: what it carries names hosts"],
  ["https://user:word@hooks.example.net/", "holds a user or password"],
  [`https://hooks.example.net/${"a".repeat(2048)}`, "is no URL"],
])("may not: %s", ([text, error]) => {
  expect(parsePostUrl(text)).toEqual({ ok: false, error });
});
