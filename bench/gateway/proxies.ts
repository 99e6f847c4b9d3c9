import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import process from "node:process";
import { LOAD_CORE, PROXY_CORE, freePort, listening, startPinned, tree, type Pinned } from "./pinned.ts";
import { startCorral } from "./corral.ts";
import type { Door } from "./stream-client.ts";
import { TAGS } from "./stream-upstream.ts";

/** What stands between load and upstream. */
export const PROXIES = ["no proxy", "nginx", "caddy", "haproxy", "fastify", "bare", "corral"] as const;
export type ProxyName = (typeof PROXIES)[number];

/** A proxy at work. */
export interface Proxy extends Door {
  readonly name: ProxyName;
  /** The first process of it; null without a proxy. */
  readonly pid: number | null;
  /** The process that carries requests. */
  readonly carrier: number | null;
  /** What it wrote to standard error. */
  readonly said: () => string;
  stop(): Promise<void>;
}

const KEY = "corral_peersofthebenchpeersofthebenchpeersofthebenc";
const PEERS = path.join(import.meta.dirname, "peers");

interface Place {
  readonly folder: string;
  readonly port: number;
  readonly upstreamPort: number;
}

interface Peer {
  /** The program, or what is missing. */
  version(): string;
  /** Writes its configuration and tells its command line. */
  command(place: Place): readonly string[];
}

const first = (text: string): string => text.split("\n")[0]?.trim() ?? "";
const said = (file: string, ...args: readonly string[]): string =>
  first(execFileSync("/bin/sh", ["-c", '"$@" 2>&1', "sh", file, ...args], { encoding: "utf8" }));

function write(folder: string, name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Temporary folders of nginx's, so that it writes nowhere else. */
const NGINX_FOLDERS = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  .map((name) => `${name}_temp_path ${name};`)
  .join(" ");

/** With its access log as it comes: what it is compared with keeps a record, too. */
const nginx = (place: Place, inside: string): readonly string[] => {
  const text = `user ${userInfo().username}; worker_processes 1; daemon off; pid nginx.pid; error_log stderr error;
events { worker_connections 16384; }
http { access_log access.log combined; ${NGINX_FOLDERS} keepalive_requests 1000000000; client_max_body_size 32m;
${inside} }`;
  const file = write(place.folder, "nginx.conf", text);
  return ["nginx", "-p", place.folder, "-c", file, "-e", "stderr"];
};

const PEER_TABLE: Readonly<Record<Exclude<ProxyName, "no proxy" | "corral">, Peer>> = {
  nginx: {
    version: () => said("nginx", "-v").replace("nginx version: ", ""),
    command: (place) =>
      nginx(
        place,
        `map_hash_bucket_size 256; map $http_authorization $allowed { default 0; "Bearer ${KEY}" 1; }
upstream models { server 127.0.0.1:${place.upstreamPort}; keepalive 256; keepalive_requests 1000000000; }
server { listen 127.0.0.1:${place.port} backlog=4096;
  location / { if ($allowed = 0) { return 401; }
    proxy_pass http://models; proxy_http_version 1.1; proxy_set_header Connection "";
    proxy_buffering off; proxy_read_timeout 600s; } }`,
      ),
  },
  caddy: {
    version: () => `caddy ${said("caddy", "version")}`,
    command: ({ folder, port, upstreamPort }) => {
      const file = write(
        folder,
        "Caddyfile",
        `{\n\tadmin off\n\tauto_https off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\nhttp://127.0.0.1:${port} {
\t@denied not header Authorization "Bearer ${KEY}"\n\trespond @denied 401\n\treverse_proxy 127.0.0.1:${upstreamPort} {
\t\tflush_interval -1\n\t\ttransport http {\n\t\t\tkeepalive_idle_conns_per_host 256\n\t\t}\n\t}\n}\n`,
      );
      return ["caddy", "run", "--adapter", "caddyfile", "--config", file];
    },
  },
  haproxy: {
    version: () => said("haproxy", "-v").split(" 20")[0] ?? "",
    command: ({ folder, port, upstreamPort }) => {
      const file = write(
        folder,
        "haproxy.cfg",
        `global\n  maxconn 8192\n  nbthread 1\ndefaults\n  mode http\n  option http-no-delay\n  http-reuse always
  timeout connect 5s\n  timeout client 600s\n  timeout server 600s\nfrontend clients\n  bind 127.0.0.1:${port} backlog 4096
  http-request deny deny_status 401 unless { req.hdr(authorization) -m str "Bearer ${KEY}" }
  default_backend models\nbackend models\n  server one 127.0.0.1:${upstreamPort}\n`,
      );
      return ["haproxy", "-db", "-f", file];
    },
  },
  fastify: {
    version: () => {
      const peers = createRequire(path.join(PEERS, "package.json"));
      const version = (name: string): string => (peers(`${name}/package.json`) as { version: string }).version;
      return `fastify ${version("fastify")}, @fastify/http-proxy ${version("@fastify/http-proxy")}`;
    },
    command: (place) => script("fastify-proxy.ts", place),
  },
  bare: {
    version: () => "bare: node:http and undici, a bearer check alone",
    command: (place) => script("bare-proxy.ts", place),
  },
};

/** Programs of Node's take port, upstream and key. */
function script(file: string, { port, upstreamPort }: Place): readonly string[] {
  const program = path.join(import.meta.dirname, file);
  return [process.execPath, program, String(port), `http://127.0.0.1:${upstreamPort}`, KEY];
}

const MISSING: Readonly<Record<string, string>> = {
  fastify: "not installed: npm ci --prefix bench/gateway/peers",
};

/** Which proxies can run here: the version of each, or null and why not. */
export function present(name: ProxyName): { readonly runs: boolean; readonly words: string } {
  if (name === "no proxy") return { runs: true, words: "" };
  if (name === "corral") return { runs: true, words: `corral, Node ${process.version}` };
  try {
    return { runs: true, words: PEER_TABLE[name].version() };
  } catch {
    return { runs: false, words: MISSING[name] ?? "no such program on the PATH" };
  }
}

/** Starts a proxy, held to its core, before an upstream on 127.0.0.1. */
export async function startProxy(name: ProxyName, upstreamPort: number, profile: string | null): Promise<Proxy> {
  if (name === "no proxy")
    return {
      name,
      port: upstreamPort,
      key: KEY,
      pid: null,
      carrier: null,
      said: () => "",
      stop: () => Promise.resolve(),
    };
  const folder = mkdtempSync(path.join(tmpdir(), "corral-bench-gateway-"));
  const port = await freePort();
  const place = { folder, port, upstreamPort };
  const { run, key } =
    name === "corral" ? startCorral(place, profile) : { run: startPeer(PEER_TABLE[name], place), key: KEY };
  const stop = async (): Promise<void> => {
    await run.stop();
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  };
  try {
    await listening(port, run);
  } catch (error) {
    await stop();
    throw error;
  }
  const pid = run.child.pid ?? 0;
  return { name, port, key, pid, carrier: tree(pid).at(-1) ?? pid, said: run.said, stop };
}

function startPeer(peer: Peer, place: Place): Pinned {
  const env = { HOME: place.folder, XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder, GOMAXPROCS: "1" };
  return startPinned(PROXY_CORE, peer.command(place), { cwd: place.folder, env });
}

/** An answer of 550 bytes as Ollama gives it, its counts at the end. */
function unaryAnswer(): string {
  const end =
    '"},"done":true,"done_reason":"stop","total_duration":1400000000,"load_duration":1000000,"prompt_eval_count":30,"prompt_eval_duration":20000000,"eval_count":64,"eval_duration":1300000000}';
  const start =
    '{"model":"bench:latest","created_at":"2026-01-01T00:00:00.000000000Z","message":{"role":"assistant","content":"';
  return start + "word ".repeat(100).slice(0, 550 - start.length - end.length) + end;
}

/** The upstream of single answers: nginx that returns one text, on the core of the load. */
export async function startUnaryUpstream(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "corral-bench-gateway-"));
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const place = { folder, port, upstreamPort: 0 };
  const inside = `default_type application/json;
server { listen 127.0.0.1:${port} backlog=4096; location / { return 200 '${unaryAnswer()}'; } location = /api/tags { return 200 '${TAGS}'; } }`;
  const run = startPinned(LOAD_CORE, nginx(place, inside), { cwd: folder });
  await listening(port, run);
  return {
    port,
    stop: async () => {
      await run.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
