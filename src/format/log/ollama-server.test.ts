import { describe, expect, test } from "vitest";
import { LOG_SETTING, readLog } from "../../../test/support/log-reading.ts";
import type { LogEvent } from "../../model/event.ts";
import { httpEvent } from "../../model/make-event.ts";
import { OLLAMA_SERVER } from "./ollama-server.ts";

const slog = (time: string): string => `time=${time} level=INFO source=sched.go:1 msg="loading"`;
const gin = (day: string, clock: string): string => `[GIN] ${day} - ${clock} | 200 | 0s | 192.0.2.1 | GET "/"`;

/** Times of the requests of a log. */
function times(rows: readonly string[], zoneMinutes: number | null = null): readonly unknown[] {
  return readLog(OLLAMA_SERVER, rows.join("\n"), { zoneMinutes }).events.map(({ at }) => at);
}

describe("the zone of gin's rows", () => {
  test("is that of the next row that tells one, when none came before", () => {
    const rows = [gin("2026/06/01", "09:59:58"), gin("2026/06/01", "09:59:59"), slog("2026-06-01T10:00:00.000+05:30")];
    expect(times(rows)).toEqual(["2026-06-01T04:29:58.000Z", "2026-06-01T04:29:59.000Z"]);
  });

  test("is the user's word against every row", () => {
    const rows = [slog("2026-06-01T09:00:00.000+05:30"), gin("2026/06/01", "10:00:00")];
    expect(times(rows, -180)).toEqual(["2026-06-01T13:00:00.000Z"]);
    const { zone } = readLog(OLLAMA_SERVER, rows.join("\n"), { zoneMinutes: -180 });
    expect(zone).toBe("times without zone were read as -03:00, as you said");
  });

  test("is UTC when no row tells it, and rows do not wait for ever", () => {
    const rows = Array.from({ length: 10_000 }, () => gin("2026/06/01", "10:00:00"));
    let early = 0;
    const reader = OLLAMA_SERVER.read(LOG_SETTING);
    const events: LogEvent[] = [];
    const sink = { event: (event: LogEvent): void => void events.push(event), reject: () => {}, pass: () => {} };
    for (const [index, text] of rows.entries()) {
      reader.row({ line: index + 1, offset: 0, text }, sink);
      if (index === 4999) early = events.length;
    }
    reader.end(sink);
    expect(early).toBe(5000);
    expect(events.map(({ place }) => place.line)).toEqual(rows.map((_, index) => index + 1));
    expect(reader.zone).toBe("times without zone were read as UTC: no row tells the zone");
  });

  test("goes an hour back with the clock at the end of summer time, though no row says so", () => {
    const rows = [
      slog("2025-10-26T02:59:00.000+02:00"),
      gin("2025/10/26", "02:59:59"),
      gin("2025/10/26", "02:00:01"),
      gin("2025/10/26", "02:00:02"),
    ];
    expect(times(rows)).toEqual(["2025-10-26T00:59:59.000Z", "2025-10-26T01:00:01.000Z", "2025-10-26T01:00:02.000Z"]);
  });

  test("stays after a quiet night, and follows a row that tells another", () => {
    const quiet = [slog("2026-03-01T20:00:00.000+01:00"), gin("2026/03/02", "08:00:00"), gin("2026/03/02", "08:00:01")];
    expect(times(quiet)).toEqual(["2026-03-02T07:00:00.000Z", "2026-03-02T07:00:01.000Z"]);
    const moved = [
      slog("2026-03-28T20:00:00.000+01:00"),
      gin("2026/03/29", "08:00:00"),
      slog("2026-03-29T08:00:01.000+02:00"),
    ];
    expect(times(moved)).toEqual(["2026-03-29T06:00:00.000Z"]);
  });
});

describe("what the server says of itself", () => {
  const said = (message: string): readonly Readonly<Record<string, unknown>>[] =>
    readLog(OLLAMA_SERVER, `time=2026-01-30T10:00:00.000Z level=INFO source=routes.go:1 ${message}`).events.map(
      ({ line: _line, at: _at, product: _product, ...told }) => told,
    );

  test.for([
    ["Listening on 127.0.0.1:11434 (version 0.1.20)", "127.0.0.1", 11_434, "0.1.20"],
    ["Listening on 0.0.0.0:80 (version 0.33.0-rc2)", "0.0.0.0", 80, "0.33.0-rc2"],
    ["Listening on [::]:11434 (version 0.5.7-dirty)", "::", 11_434, "0.5.7-dirty"],
    ["Listening on [2001:DB8::1]:11434", "2001:db8::1", 11_434, undefined],
  ] as const)("%s", ([message, address, port, version]) => {
    const listens = { class: "listen", address, port, by: "server-line" };
    expect(said(`msg="${message}"`)).toEqual([version === undefined ? listens : { ...listens, version }]);
  });

  test.for([
    'msg="Listening on nowhere:1"',
    'msg="Listening on 192.0.2.1:99999 (version 1)"',
    'msg="model says" text="Listening on 0.0.0.0:11434 (version 1)"',
    'msg="model says msg=\\"Listening on 0.0.0.0:11434 (version 1)\\""',
    'msg=x msg="Listening on 0.0.0.0:11434 (version 1)"',
    'msg="server config" env=nonsense',
    'msg="starting runner"',
  ])("%s tells nothing", (message) => {
    expect(said(message)).toEqual([]);
  });

  test.for([
    [String.raw`cmd="/usr/local/bin/ollama runner --model /x --port 1"`, "/usr/local/bin/ollama"],
    [
      String.raw`cmd="C:\\Users\\a b\\AppData\\Local\\Programs\\Ollama\\ollama.exe runner --ollama-engine"`,
      String.raw`C:\Users\a b\AppData\Local\Programs\Ollama\ollama.exe`,
    ],
    [`cmd="/usr/lib/ollama/llama-server --host 127.0.0.1 --port 2 --offline"`, "/usr/lib/ollama/llama-server"],
    [`cmd=/usr/bin/x`, "/usr/bin/x"],
  ] as const)("the child started by %s", ([attribute, executable]) => {
    for (const verb of ["starting runner", "starting llama server", "starting llama-server"])
      expect(said(`msg="${verb}" ${attribute}`)).toMatchObject([
        { class: "process", executable, parentCommandLine: "ollama serve" },
      ]);
  });
});

test("a request's event is what httpEvent makes of the same words", () => {
  const events: LogEvent[] = [];
  const reader = OLLAMA_SERVER.read({ ...LOG_SETTING, zoneMinutes: 0 });
  const text = '[GIN] 2026/01/30 - 10:05:11 | 403 | 1.5s | 192.0.2.1 | POST "/api/chat?x=1"';
  reader.row(
    { line: 7, offset: 99, text },
    { event: (event) => void events.push(event), reject: () => {}, pass: () => {} },
  );
  const place = { source: 0, line: 7, offset: 99, text };
  const head = { at: Date.UTC(2026, 0, 30, 10, 5, 9, 500), observer: null, product: "ollama", place };
  const made = httpEvent(head, {
    method: "POST",
    path: "/api/chat",
    query: "x=1",
    status: 403,
    durationMs: 1500,
    sourceIp: "192.0.2.1",
    sourceTrust: "claimed",
  });
  expect(events).toEqual([made]);
  expect(Object.keys(events[0] ?? {})).toEqual(Object.keys(made));
});
