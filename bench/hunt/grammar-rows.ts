/** Rows of every kind for the bench of grammars, the same for the same seed. */
type Random = () => number;
/** Writes the n-th row. */
export type Maker = (random: Random, at: number) => string;

const PATHS = [
  "/api/tags",
  "/api/chat",
  "/api/generate",
  "/",
  "/api/version",
  "/api/ps",
  "/v1/chat/completions",
  "/api/show",
];
const METHODS = ["GET", "POST", "POST", "GET", "GET", "GET", "POST", "POST"];
const AGENTS = [
  "curl/8.5.0",
  "python-requests/2.32.3",
  "ollama/0.5.7 (amd64 linux) Go/go1.23.4",
  "Mozilla/5.0 (X11; Linux x86_64)",
];

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

/** One of 5,000 addresses. */
function address(random: Random): string {
  const number = Math.floor(random() * 5000);
  return number < 500 ? `2001:db8::${number.toString(16)}` : `203.0.${113 + (number >> 10)}.${number & 255}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Twenty rows a second. */
function clock(at: number): string {
  const second = Math.floor(at / 20);
  return `${two(Math.floor(second / 3600) % 24)}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

function epoch(at: number): number {
  return 1_769_738_400_000 + at * 50;
}

const ginRow: Maker = (random, at) => {
  const route = Math.floor(random() * PATHS.length);
  const latency = pick(random, ["44.291µs", "1.234567ms", "4.703122955s", "2m14s", "441ns"]);
  const query = random() < 0.02 ? "?verbose=1" : "";
  return `[GIN] 2026/01/30 - ${clock(at)} | 200 | ${latency.padStart(13)} | ${address(random).padStart(15)} | ${METHODS[route]!.padEnd(7)}  "${PATHS[route]}${query}"`;
};

const asciiGin: Maker = (random, at) => ginRow(random, at).replace("µ", "u");

const coloured: Maker = (random, at) =>
  ginRow(random, at)
    .replace("| 200 |", "|\u001b[97;42m 200 \u001b[0m|")
    .replace(/\| (GET|POST) +/u, "|\u001b[97;44m $1     \u001b[0m ");

const slogRow: Maker = (random, at) =>
  `time=2026-01-30T${clock(at)}.520+01:00 level=INFO source=sched.go:715 msg="new model will fit in available VRAM in single GPU, loading" model=/srv/blobs/sha256-${Math.floor(random() * 1e9)} gpu=GPU-0 parallel=4 available=25196756992 required="6.2 GiB"`;

const accessRow: Maker = (random, at) => {
  const route = Math.floor(random() * PATHS.length);
  return `${address(random)} - - [30/Jan/2026:${clock(at)} +0000] "${METHODS[route]} ${PATHS[route]} HTTP/1.1" 200 ${Math.floor(random() * 9000)} "-" "${pick(random, AGENTS)}"`;
};

const nginxJson: Maker = (random, at) => {
  const route = Math.floor(random() * PATHS.length);
  return JSON.stringify({
    time_iso8601: `2026-01-30T${clock(at)}+00:00`,
    remote_addr: address(random),
    remote_user: "",
    request: `${METHODS[route]} ${PATHS[route]} HTTP/1.1`,
    status: "200",
    body_bytes_sent: String(Math.floor(random() * 9000)),
    request_time: "0.250",
    http_referer: "",
    http_user_agent: pick(random, AGENTS),
    http_x_forwarded_for: "",
    host: "ollama.example",
    upstream_addr: "127.0.0.1:11434",
  });
};

const caddyJson: Maker = (random, at) => {
  const route = Math.floor(random() * PATHS.length);
  return JSON.stringify({
    level: "info",
    ts: epoch(at) / 1000,
    logger: "http.log.access.log0",
    msg: "handled request",
    request: {
      remote_ip: address(random),
      remote_port: "51514",
      client_ip: address(random),
      proto: "HTTP/2.0",
      method: METHODS[route],
      host: "ollama.example",
      uri: PATHS[route],
      headers: { "User-Agent": [pick(random, AGENTS)], Accept: ["*/*"], "Accept-Encoding": ["gzip, deflate"] },
      tls: { resumed: false, version: 772, cipher_suite: 4865, proto: "h2", server_name: "ollama.example" },
    },
    bytes_read: 90,
    user_id: "",
    duration: 0.000929675,
    size: 612,
    status: 200,
    resp_headers: {
      Server: ["Caddy"],
      "Content-Type": ["application/json; charset=utf-8"],
      Date: ["Fri, 30 Jan 2026 10:05:11 GMT"],
    },
  });
};

const traefikJson: Maker = (random, at) => {
  const route = Math.floor(random() * PATHS.length);
  const time = new Date(epoch(at)).toISOString();
  return JSON.stringify({
    ClientAddr: "203.0.113.9:51514",
    ClientHost: "203.0.113.9",
    ClientPort: "51514",
    ClientUsername: "-",
    DownstreamContentSize: 612,
    DownstreamStatus: 200,
    Duration: 250_000_000,
    OriginContentSize: 612,
    OriginDuration: 240_000_000,
    OriginStatus: 200,
    Overhead: 10_000_000,
    RequestAddr: "ollama.example",
    RequestContentSize: 90,
    RequestCount: at,
    RequestHost: "ollama.example",
    RequestMethod: METHODS[route],
    RequestPath: PATHS[route],
    RequestPort: "-",
    RequestProtocol: "HTTP/1.1",
    RequestScheme: "https",
    RetryAttempts: 0,
    RouterName: "ollama@docker",
    ServiceAddr: "172.17.0.2:11434",
    StartLocal: time,
    StartUTC: time,
    entryPointName: "websecure",
    level: "info",
    msg: "",
    time,
  });
};

const journaldGin: Maker = (random, at) =>
  JSON.stringify({
    __CURSOR: `s=0a;i=${at};b=0b;m=1;t=2;x=3`,
    __REALTIME_TIMESTAMP: String(epoch(at) * 1000),
    __MONOTONIC_TIMESTAMP: String(at),
    _BOOT_ID: "0123456789abcdef0123456789abcdef",
    _MACHINE_ID: "0123456789abcdef0123456789abcdef",
    _HOSTNAME: "gpu-1",
    _TRANSPORT: "stdout",
    PRIORITY: "6",
    SYSLOG_FACILITY: "3",
    SYSLOG_IDENTIFIER: "ollama",
    _UID: "998",
    _GID: "998",
    _COMM: "ollama",
    _EXE: "/usr/local/bin/ollama",
    _CMDLINE: "/usr/local/bin/ollama serve",
    _SYSTEMD_CGROUP: "/system.slice/ollama.service",
    _SYSTEMD_UNIT: "ollama.service",
    _PID: "1234",
    MESSAGE: ginRow(random, at),
  });

const syslogGin: Maker = (random, at) => `Jan 30 ${clock(at)} gpu-1 ollama[1234]: ${ginRow(random, at)}`;

const dockerGin: Maker = (random, at) =>
  JSON.stringify({ log: `${ginRow(random, at)}\n`, stream: "stdout", time: new Date(epoch(at)).toISOString() });

const gatewayRow: Maker = (random, at) =>
  `{"seq":${at + 1},"prev":"${"0".repeat(64)}","at":"${new Date(epoch(at)).toISOString()}","id":"g-${at}","key":"0a1b2c3d","owner":"alice","role":"user","address":"${address(random)}","method":"POST","route":"chat","path":"/api/chat","model":"llama3.2:3b","decision":"allowed","reason":"ok","status":200,"promptTokens":120,"answerTokens":340,"counted":"server","bytesIn":512,"bytesOut":9001,"waitMs":3,"firstByteMs":210,"durationMs":4100,"promptDigest":null,"ended":"complete"}`;

/** A log of one kind of row, and the grammar that reads it. */
export const GRAMMAR_CASES: readonly {
  readonly name: string;
  readonly grammar: string;
  readonly make: Maker;
  readonly rows: number;
}[] = [
  { name: "GIN rows", grammar: "ollama-server", make: asciiGin, rows: 1_000_000 },
  { name: "GIN rows with µ", grammar: "ollama-server", make: ginRow, rows: 1_000_000 },
  { name: "GIN rows in colour", grammar: "ollama-server", make: coloured, rows: 500_000 },
  { name: "slog rows", grammar: "ollama-server", make: slogRow, rows: 300_000 },
  { name: "combined rows", grammar: "access-log", make: accessRow, rows: 500_000 },
  { name: "GIN in syslog", grammar: "syslog", make: syslogGin, rows: 500_000 },
  { name: "GIN in journald JSON", grammar: "journald-json", make: journaldGin, rows: 200_000 },
  { name: "GIN in Docker JSON", grammar: "docker-json", make: dockerGin, rows: 200_000 },
  { name: "nginx JSON", grammar: "nginx-json", make: nginxJson, rows: 200_000 },
  { name: "Caddy JSON", grammar: "caddy-access", make: caddyJson, rows: 200_000 },
  { name: "Traefik JSON", grammar: "traefik-json", make: traefikJson, rows: 200_000 },
  { name: "gateway audit trail", grammar: "gateway-audit", make: gatewayRow, rows: 200_000 },
];
