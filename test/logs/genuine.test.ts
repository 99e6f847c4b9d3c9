import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOG_GRAMMARS } from "../../src/format/log/grammars.ts";
import type { HttpEvent, LogEvent } from "../../src/model/event.ts";
import type { LogGrammar } from "../../src/model/log-grammar.ts";
import { goBinary } from "../gateway/go-binary.ts";
import { freePort } from "../support/free-port.ts";
import { LOG_SETTING, rowsOf } from "../support/log-reading.ts";
import { ask, type Answered, type Asked, startServer } from "./real-server.ts";

/** Requests that a log must tell apart, as they go onto the wire. */
const ASKED: readonly Asked[] = [
  { method: "GET", target: "/api/tags" },
  { method: "HEAD", target: "/" },
  {
    method: "POST",
    target: "/api/chat?stream=1&x=%22y%22",
    body: "{}",
    headers: { "user-agent": 'client "odd" \\ 1' },
  },
  { method: "DELETE", target: "/api/delete", headers: { "x-forwarded-for": "198.51.100.77" } },
  { method: "OPTIONS", target: "/v1/models", headers: { origin: "https://evil.example" } },
  { method: "GET", target: "/caf%C3%A9/%22quoted%22?q=%0A" },
  { method: "GET", target: `/${"a".repeat(3000)}` },
  { method: "POST", target: "/api/generate?pause=120&status=503", body: "x".repeat(5000) },
];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-log-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function askAll(host: string, port: number): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const asked of ASKED) answers.push(await ask(host, port, asked));
  return answers;
}

/** Reads a log by the grammar that recognition takes. */
function read(
  text: string,
  id: string,
): { readonly events: readonly LogEvent[]; readonly rejected: readonly string[] } {
  const rows = rowsOf(text);
  const sample = rows.slice(0, 64).map((row) => row.text);
  const grammar = LOG_GRAMMARS.reduce<LogGrammar | null>(
    (best, one) => (one.recognise(sample) > (best?.recognise(sample) ?? 0) ? one : best),
    null,
  );
  expect(grammar?.id).toBe(id);
  const events: LogEvent[] = [];
  const rejected: string[] = [];
  const reader = grammar?.read(LOG_SETTING);
  const sink = {
    event: (event: LogEvent): void => void events.push(event),
    reject: (row: { readonly text: string }): void => void rejected.push(row.text),
    pass: (): void => {},
  };
  for (const row of rows) reader?.row(row, sink);
  reader?.end(sink);
  return { events, rejected };
}

function requests(events: readonly LogEvent[]): readonly HttpEvent[] {
  return events.filter((event) => event.class === "http");
}

/** Whether an event lies within the exchange, as exactly as the log tells. */
function expectTimes(events: readonly HttpEvent[], answers: readonly Answered[], graceMs: number): void {
  for (const [index, event] of events.entries()) {
    const answer = answers[index];
    expect(event.at).toBeGreaterThanOrEqual((answer?.sentMs ?? 0) - graceMs);
    expect(event.at).toBeLessThanOrEqual((answer?.doneMs ?? 0) + graceMs);
  }
}

function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? "";
}

function queryOf(target: string): string | null {
  const at = target.indexOf("?");
  return at === -1 ? null : target.slice(at + 1);
}

describe("the real gin", () => {
  test.for([
    { zone: "Asia/Kolkata", colour: "plain", host: "127.0.0.1" },
    { zone: "America/St_Johns", colour: "colour", host: "::1" },
    { zone: "UTC", colour: "plain", host: "127.0.0.1" },
  ])("in $zone, $colour, on $host: the log tells what was asked", async ({ zone, colour, host }) => {
    const port = await freePort();
    const listen = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
    const server = await startServer(await goBinary("ginlog"), [listen, colour], { host, port }, { TZ: zone });
    const answers = await askAll(host, port);
    const { events, rejected } = read(await server.stop(), "ollama-server");
    expect(rejected).toEqual([]);
    expect(events[0]).toMatchObject({ class: "listen", address: host, port, version: "0.5.7" });
    const http = requests(events);
    expect(
      http.map(({ method, path, query, status, sourceIp, sourceTrust }) => ({
        method,
        path,
        query,
        status,
        sourceIp,
        sourceTrust,
      })),
    ).toEqual(
      ASKED.map((asked, index) => ({
        method: asked.method,
        path: decodeURIComponent(pathOf(asked.target)),
        query: queryOf(asked.target),
        status: answers[index]?.status,
        // gin believes the header: that is why its addresses are only claimed.
        sourceIp: asked.headers?.["x-forwarded-for"] ?? host,
        sourceTrust: "claimed",
      })),
    );
    // The clock of gin's rows is to the second.
    expectTimes(http, answers, 1000);
    expect(http.at(-1)?.durationMs).toBeGreaterThanOrEqual(120);
  });
});

const JSON_FORMAT = [
  "time_iso8601",
  "msec",
  "remote_addr",
  "remote_port",
  "request_method",
  "request_uri",
  "status",
  "body_bytes_sent",
  "request_length",
  "request_time",
  "http_user_agent",
  "http_origin",
  "http_host",
  "server_port",
];

describe("the real nginx", () => {
  test("its combined log and its log in JSON tell what was asked", async () => {
    const port = await freePort();
    const at = join(folder, "nginx");
    const json = JSON_FORMAT.map((name) => `"${name}":"$${name}"`).join(",");
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${at}-${name};`,
    );
    const lines = [
      "daemon off; worker_processes 1; events { worker_connections 64; }",
      process.getuid?.() === 0 ? "user root;" : "",
      `pid ${at}.pid; error_log ${at}-error.log;`,
      `http { ${temporary.join(" ")} large_client_header_buffers 4 16k;`,
      `log_format rows escape=json '{${json}}';`,
      `server { listen 127.0.0.1:${port}; access_log ${at}-combined.log combined; access_log ${at}-rows.log rows;`,
      'location / { return 200 "ok"; } location /api/generate { return 503 "busy"; } } }',
    ];
    await writeFile(`${at}.conf`, lines.join("\n"));
    const place = { host: "127.0.0.1", port };
    const server = await startServer("nginx", ["-p", folder, "-c", `${at}.conf`], place, {}, "SIGQUIT");
    const answers = await askAll("127.0.0.1", port);
    await server.stop();

    const combined = read(await readFile(`${at}-combined.log`, "utf8"), "access-log");
    expect(combined.rejected).toEqual([]);
    const told = requests(combined.events);
    expect(
      told.map(({ method, path, query, status, sourceIp, sourceTrust, responseBytes, userAgent }) => ({
        method,
        path,
        query,
        status,
        sourceIp,
        sourceTrust,
        responseBytes,
        userAgent,
      })),
    ).toEqual(
      ASKED.map((asked, index) => ({
        method: asked.method,
        path: pathOf(asked.target),
        query: queryOf(asked.target),
        status: answers[index]?.status,
        sourceIp: "127.0.0.1",
        sourceTrust: "connection",
        responseBytes: answers[index]?.bytes,
        userAgent: asked.headers?.["user-agent"] ?? null,
      })),
    );
    expectTimes(told, answers, 1000);

    const rows = read(await readFile(`${at}-rows.log`, "utf8"), "nginx-json");
    expect(rows.rejected).toEqual([]);
    expect(
      requests(rows.events).map(
        ({ method, path, query, status, sourcePort, destinationPort, origin, userAgent, host }) => ({
          method,
          path,
          query,
          status,
          sourcePort,
          destinationPort,
          origin,
          userAgent,
          host,
        }),
      ),
    ).toEqual(
      ASKED.map((asked, index) => ({
        method: asked.method,
        path: pathOf(asked.target),
        query: queryOf(asked.target),
        status: answers[index]?.status,
        sourcePort: answers[index]?.localPort,
        destinationPort: port,
        origin: asked.headers?.["origin"] ?? null,
        userAgent: asked.headers?.["user-agent"] ?? null,
        host: `127.0.0.1:${port}`,
      })),
    );
    expectTimes(requests(rows.events), answers, 1000);
  });
});

describe("the real Caddy", () => {
  test("its log tells what was asked", async () => {
    const port = await freePort();
    const log = join(folder, "caddy.log");
    const lines = [
      "{",
      "admin off",
      "auto_https off",
      "}",
      `http://127.0.0.1:${port} {`,
      "bind 127.0.0.1",
      `log {\noutput file ${log}\n}`,
      'respond /api/generate "busy" 503',
      'respond "ok" 200',
      "}",
    ];
    await writeFile(join(folder, "Caddyfile"), lines.join("\n"));
    const server = await startServer(
      "caddy",
      ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"],
      { host: "127.0.0.1", port },
      { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    );
    const answers = await askAll("127.0.0.1", port);
    await server.stop();
    const { events, rejected } = read(await readFile(log, "utf8"), "caddy-access");
    expect(rejected).toEqual([]);
    const told = requests(events);
    expect(
      told.map(({ method, path, query, status, sourceIp, sourcePort, sourceTrust, origin, userAgent, host }) => ({
        method,
        path,
        query,
        status,
        sourceIp,
        sourcePort,
        sourceTrust,
        origin,
        userAgent,
        host,
      })),
    ).toEqual(
      ASKED.map((asked, index) => ({
        method: asked.method,
        path: pathOf(asked.target),
        query: queryOf(asked.target),
        status: answers[index]?.status,
        sourceIp: "127.0.0.1",
        sourcePort: answers[index]?.localPort,
        sourceTrust: "connection",
        origin: asked.headers?.["origin"] ?? null,
        userAgent: asked.headers?.["user-agent"] ?? null,
        host: `127.0.0.1:${port}`,
      })),
    );
    // Its clock is to the microsecond, ours to the millisecond.
    expectTimes(told, answers, 2);
    expect(server.said()).toContain("serving initial configuration");
  });
});
