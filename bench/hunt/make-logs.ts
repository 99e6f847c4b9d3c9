import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { hex, mulberry32 } from "../random.ts";

/** Logs of a quiet month, the same for the same seed: nearly all of it is local, one row in a thousand is a stranger's. */
export const SEED = 20260130;
const FLUSH_CHARS = 1 << 20;
const BEGIN = Date.UTC(2026, 0, 5);

/** A log that was written. */
export interface MadeLog {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** Rows in which the port of the model server or its path stands: what a person would count with grep. */
  readonly pattern: string;
}

type Random = () => number;
type RowOf = (at: number, random: Random) => string;

const PATHS = [
  "/api/chat",
  "/api/tags",
  "/api/generate",
  "/v1/chat/completions",
  "/api/ps",
  "/api/version",
  "/",
] as const;
const LOCALS = ["127.0.0.1", "127.0.0.1", "127.0.0.1", "192.168.1.23", "10.0.0.7", "::1"] as const;
const LATENCIES = ["441ns", "12.291µs", "1.234567ms", "87.5ms", "4.7s", "2m14s", "331.02µs", "912.4µs"] as const;

function one<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

function client(random: Random): string {
  return random() < 0.001 ? `203.0.113.${1 + Math.floor(random() * 200)}` : one(LOCALS, random);
}

const two = (value: number): string => String(value).padStart(2, "0");

const gin: RowOf = (at, random) => {
  if (random() < 0.01) {
    const zoned = new Date(at).toISOString().replace("Z", "+00:00");
    return `time=${zoned} level=INFO source=server.go:632 msg="llama runner started in 1.25 seconds"\n`;
  }
  const day = new Date(at);
  const date = `${day.getUTCFullYear()}/${two(day.getUTCMonth() + 1)}/${two(day.getUTCDate())}`;
  const time = `${two(day.getUTCHours())}:${two(day.getUTCMinutes())}:${two(day.getUTCSeconds())}`;
  const method = random() < 0.6 ? "POST" : "GET";
  const latency = one(LATENCIES, random).padStart(13);
  return `[GIN] ${date} - ${time} | 200 | ${latency} | ${client(random).padStart(15)} | ${method.padEnd(7)}  "${one(PATHS, random)}"\n`;
};

const zeek: RowOf = (at, random) => {
  const row = {
    ts: at / 1000,
    uid: `C${hex(16, random)}`,
    "id.orig_h": client(random),
    "id.orig_p": 1024 + Math.floor(random() * 60_000),
    "id.resp_h": "192.168.1.5",
    "id.resp_p": random() < 0.2 ? 11_434 : 443,
    proto: "tcp",
    service: "http",
    duration: Math.floor(random() * 9e6) / 1e6,
    orig_bytes: Math.floor(random() * 5000),
    resp_bytes: Math.floor(random() * 90_000),
    conn_state: "SF",
    local_orig: true,
    local_resp: true,
    missed_bytes: 0,
    history: "ShADadFf",
    orig_pkts: 12,
    orig_ip_bytes: 1800,
    resp_pkts: 40,
    resp_ip_bytes: 62_000,
  };
  return `${JSON.stringify(row)}\n`;
};

const eve: RowOf = (at, random) => {
  const head = {
    timestamp: new Date(at).toISOString().replace("Z", "000+0000"),
    flow_id: Math.floor(random() * 2 ** 50),
    in_iface: "eth0",
    event_type: "flow",
    src_ip: client(random),
    src_port: 1024 + Math.floor(random() * 60_000),
    dest_ip: "192.168.1.5",
    dest_port: random() < 0.2 ? 11_434 : 443,
    proto: "TCP",
  };
  if (random() < 0.5) {
    const http = {
      hostname: "gpu.lan:11434",
      http_port: 11_434,
      url: one(PATHS, random),
      http_user_agent: "python-requests/2.32.3",
      http_method: "POST",
      protocol: "HTTP/1.1",
      status: 200,
      length: Math.floor(random() * 9000),
    };
    return `${JSON.stringify({ ...head, event_type: "http", tx_id: 0, http })}\n`;
  }
  const flow = {
    pkts_toserver: 12,
    pkts_toclient: 14,
    bytes_toserver: Math.floor(random() * 5000),
    bytes_toclient: Math.floor(random() * 90_000),
    start: new Date(at - 3000).toISOString().replace("Z", "000+0000"),
    end: new Date(at).toISOString().replace("Z", "000+0000"),
    age: 3,
    state: "closed",
    reason: "timeout",
    alerted: false,
  };
  return `${JSON.stringify({ ...head, app_proto: "http", flow })}\n`;
};

const caddy: RowOf = (at, random) => {
  const ip = client(random);
  const row = {
    level: "info",
    ts: at / 1000,
    logger: "http.log.access.log0",
    msg: "handled request",
    request: {
      remote_ip: ip,
      remote_port: String(1024 + Math.floor(random() * 60_000)),
      client_ip: ip,
      proto: "HTTP/1.1",
      method: "POST",
      host: "gpu.lan",
      uri: one(PATHS, random),
      headers: { "User-Agent": ["curl/8.5.0"], Accept: ["*/*"], "Content-Type": ["application/json"] },
    },
    bytes_read: 120,
    user_id: "",
    duration: Math.floor(random() * 9e6) / 1e6,
    size: Math.floor(random() * 9000),
    status: 200,
    resp_headers: { Server: ["Caddy"], "Content-Type": ["application/json; charset=utf-8"] },
  };
  return `${JSON.stringify(row)}\n`;
};

const journald: RowOf = (at, random) => {
  const row = {
    __CURSOR: `s=${hex(32, random)};i=${hex(6, random)}`,
    __REALTIME_TIMESTAMP: String(at * 1000),
    __MONOTONIC_TIMESTAMP: "98127391",
    _BOOT_ID: "6a0f1d2c3b4e5f60718293a4b5c6d7e8",
    _HOSTNAME: "gpu",
    PRIORITY: "6",
    SYSLOG_IDENTIFIER: "ollama",
    _TRANSPORT: "stdout",
    _UID: "998",
    _GID: "998",
    _PID: "1234",
    _COMM: "ollama",
    _EXE: "/usr/local/bin/ollama",
    _CMDLINE: "/usr/local/bin/ollama serve",
    _SYSTEMD_UNIT: "ollama.service",
    MESSAGE: gin(at, random).trimEnd(),
  };
  return `${JSON.stringify(row)}\n`;
};

const PROGRAMS = ["svchost.exe", "chrome.exe", "ollama.exe", "explorer.exe", "git.exe"] as const;

const sysmon: RowOf = (at, random) => {
  const program = one(PROGRAMS, random);
  const row = {
    EventID: 1,
    Channel: "Microsoft-Windows-Sysmon/Operational",
    Computer: "WS1.example.test",
    UtcTime: new Date(at).toISOString().replace("T", " ").replace("Z", ""),
    "@timestamp": new Date(at).toISOString(),
    ProcessGuid: `{${hex(8, random)}-0000-0000-0000-000000000000}`,
    ProcessId: String(Math.floor(random() * 60_000)),
    Image: `C:\\Program Files\\Example\\${program}`,
    CommandLine: `"C:\\Program Files\\Example\\${program}" --type=${hex(4, random)}`,
    CurrentDirectory: "C:\\Windows\\system32\\",
    User: "EXAMPLE\\user",
    IntegrityLevel: "Medium",
    Hashes: `SHA256=${hex(64, random).toUpperCase()}`,
    ParentProcessId: "4321",
    ParentImage: "C:\\Windows\\System32\\services.exe",
    ParentCommandLine: "C:\\Windows\\System32\\services.exe",
    ParentUser: "NT AUTHORITY\\SYSTEM",
  };
  return `${JSON.stringify(row)}\n`;
};

/** Kinds of logs that can be made: a row, and the milliseconds between two. */
export const KINDS = {
  gin: { rowOf: gin, file: "server.log", pattern: "/api/chat" },
  zeek: { rowOf: zeek, file: "conn.log", pattern: '"id.resp_p":11434' },
  eve: { rowOf: eve, file: "eve.json", pattern: '"dest_port":11434' },
  caddy: { rowOf: caddy, file: "caddy.log", pattern: "/api/chat" },
  journald: { rowOf: journald, file: "journal.json", pattern: "/api/chat" },
  sysmon: { rowOf: sysmon, file: "sysmon.json", pattern: "ollama.exe" },
} as const satisfies Record<string, { readonly rowOf: RowOf; readonly file: string; readonly pattern: string }>;
export type LogKind = keyof typeof KINDS;

/** Writes `rows` rows of a kind to a new file of a folder. */
export function makeLog(folder: string, kind: LogKind, rows: number): MadeLog {
  const { rowOf, file, pattern } = KINDS[kind];
  const random = mulberry32(SEED);
  const path = join(folder, file);
  const handle = openSync(path, "w");
  let bytes = 0;
  let text = "";
  try {
    let at = BEGIN;
    for (let row = 0; row < rows; row += 1) {
      at += Math.floor(random() * 3000);
      text += rowOf(at, random);
      if (text.length > FLUSH_CHARS) {
        bytes += writeSync(handle, text);
        text = "";
      }
    }
    bytes += writeSync(handle, text);
  } finally {
    closeSync(handle);
  }
  return { path, rows, bytes, pattern };
}
