import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pflogFile } from "./pflog-file.ts";

/** Logs that programs of Debian wrote of a few connections in a network namespace of their own. */
export interface NamespaceLogs {
  /** Ports that the clients were given, in this order: two requests over IPv4, one over IPv6, one refused. */
  readonly ports: readonly number[];
  readonly ulogd: string;
  readonly conntrack: string;
  readonly nfdumpCsv: string;
  readonly nfdumpJson: string;
  readonly pf: string;
}

const SERVER = "192.0.2.10";
const CLIENT = "203.0.113.9";
const SERVER6 = "2001:db8::10";
const CLIENT6 = "2001:db8::99";
const PORT = 11_434;
const PATIENCE_MS = 20_000;

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8", env: { ...process.env, TZ: "UTC" }, maxBuffer: 1 << 24 });
}

/** Loopback with the addresses of a server and its client, and rules that tell of packets through the netlink log. */
function makeNetwork(): void {
  run("ip", "link", "set", "lo", "up");
  for (const address of [SERVER, CLIENT]) run("ip", "address", "add", `${address}/32`, "dev", "lo");
  for (const address of [SERVER6, CLIENT6]) run("ip", "-6", "address", "add", `${address}/128`, "dev", "lo", "nodad");
  run("nft", "add table inet t; add chain inet t i { type filter hook input priority 0; }");
  run("nft", `add rule inet t i tcp dport ${PORT} ct state new log prefix "ollama-in: " group 3`);
  run("nft", `add rule inet t i tcp dport ${PORT + 1} log prefix "[UFW BLOCK] " group 3`);
}

function writeUlogdConfig(folder: string): string {
  const plugins = readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "ulogd"));
  const home = plugins.find((path) => isFolder(path)) ?? "/usr/lib/ulogd";
  const names = [
    "inppkt_NFLOG",
    "raw2packet_BASE",
    "filter_IFINDEX",
    "filter_IP2STR",
    "filter_PRINTPKT",
    "output_LOGEMU",
  ];
  const config = [
    "[global]",
    `logfile="${folder}/ulogd.log"`,
    "loglevel=3",
    ...names.map((name) => `plugin="${home}/ulogd_${name}.so"`),
    "stack=log1:NFLOG,base1:BASE,ifi1:IFINDEX,ip2str1:IP2STR,print1:PRINTPKT,emu1:LOGEMU",
    "[log1]",
    "group=3",
    "[emu1]",
    `file="${folder}/emu.log"`,
    "sync=1",
  ];
  const path = join(folder, "ulogd.conf");
  writeFileSync(path, `${config.join("\n")}\n`);
  return path;
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await sleep(50);
  }
}

function ask(host: string, localAddress: string, method: string, path: string, body: string): Promise<number> {
  return new Promise((done, failed) => {
    const asked = request({ host, port: PORT, localAddress, method, path, agent: false }, (answer) => {
      const port = answer.socket.localPort ?? 0;
      answer.resume();
      answer.once("close", () => {
        done(port);
      });
    });
    asked.once("error", failed);
    asked.end(body);
  });
}

/** Tries a port on which nobody listens. */
function refused(): Promise<number> {
  return new Promise((done) => {
    const socket = connect({ host: SERVER, port: PORT + 1, localAddress: CLIENT, localPort: 46_525 });
    socket.once("error", () => {
      done(46_525);
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill("SIGINT");
  if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once("close", done));
}

async function makeLogs(folder: string): Promise<NamespaceLogs> {
  makeNetwork();
  const ulogd = spawn("ulogd", ["-c", writeUlogdConfig(folder)], { stdio: "ignore" });
  const conntrackLog = join(folder, "conntrack.log");
  const conntrack = spawn("conntrack", ["-E", "-o", "timestamp,extended"], {
    stdio: ["ignore", openSync(conntrackLog, "w"), "ignore"],
  });
  const pcap = join(folder, "lo.pcap");
  const tcpdump = spawn("tcpdump", ["-i", "lo", "-Z", "root", "-U", "-w", pcap, "tcp"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  tcpdump.stderr.on("data", (words: Buffer) => {
    said += words.toString();
  });
  await until("ulogd", () => textOf(join(folder, "ulogd.log")).includes("initialization finished"));
  await until("tcpdump", () => said.includes("listening on"));
  const server = createServer((asked, answer) => {
    asked.resume();
    answer.end("x".repeat(3000));
  });
  await new Promise<void>((done) => server.listen({ host: "::", port: PORT }, done));
  await until("conntrack", async () => {
    await ask("127.0.0.1", "127.0.0.1", "GET", "/", "");
    return textOf(conntrackLog).includes("ESTABLISHED");
  });
  const ports = [
    await ask(SERVER, CLIENT, "GET", "/api/tags", ""),
    await ask(SERVER, CLIENT, "POST", "/api/chat", "y".repeat(500)),
    await ask(SERVER6, CLIENT6, "GET", "/api/version", ""),
    await refused(),
  ];
  server.close();
  await until("rows of all", () => ports.every((port) => textOf(conntrackLog).includes(`sport=${port} `)));
  await until("packets of all", () => ports.every((port) => textOf(join(folder, "emu.log")).includes(`SPT=${port} `)));
  await until("packets of the capture", () => run("tcpdump", "-n", "-r", pcap).includes(`.${ports[3]}: Flags [R.]`));
  await Promise.all([tcpdump, conntrack, ulogd].map((child) => ended(child)));
  const flows = join(folder, "flows");
  mkdirSync(flows);
  run("nfpcapd", "-r", pcap, "-l", flows);
  const pflog = join(folder, "pflog.pcap");
  writeFileSync(pflog, pflogFile());
  return {
    ports,
    ulogd: textOf(join(folder, "emu.log")),
    conntrack: textOf(conntrackLog),
    nfdumpCsv: run("nfdump", "-R", flows, "-o", "csv"),
    nfdumpJson: run("nfdump", "-R", flows, "-o", "json"),
    pf: run("tcpdump", "-n", "-e", "-tttt", "-r", pflog),
  };
}

console.log(JSON.stringify(await makeLogs(process.argv[2] ?? "")));
process.exit(0);
