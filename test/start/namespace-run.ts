import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startFarm } from "../farm/farm.ts";

/** What one `corral start` did inside a network namespace of its own. */
export interface NamespaceRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Request lines that each server received, by where it listens. */
  readonly asked: Readonly<Record<string, readonly string[]>>;
  readonly strayed: Stray;
  /** The same after this file itself connected elsewhere: proof that straying would show. */
  readonly strayedAfterControl: Stray;
}

/** Traces of connections to anything but this machine: sends without a route, and neighbours asked for. */
export interface Stray {
  readonly withoutRoute: number;
  readonly neighbours: number;
}

const OWN = "10.77.0.10";
const CORRAL = join(import.meta.dirname, "../../bin/corral.js");

function ip(words: string): string {
  return execFileSync("ip", words.split(" "), { encoding: "utf8" });
}

/** A network of one: loopback, and an interface to nobody. */
function makeNetwork(): void {
  ip("link set lo up");
  ip("link add v0 type veth peer name v1");
  ip(`address add ${OWN}/24 dev v0`);
  ip("link set v0 up");
  ip("link set v1 up");
}

function strayed(): Stray {
  const [names = "", values = ""] = readFileSync("/proc/net/snmp", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("Ip:"));
  const at = names.split(" ").indexOf("OutNoRoutes");
  const ipv6 = /^Ip6OutNoRoutes\s+(\d+)$/mu.exec(readFileSync("/proc/net/snmp6", "utf8"))?.[1] ?? "0";
  const neighbours = ip("-4 neighbour show")
    .split("\n")
    .filter((line) => line !== "");
  return { withoutRoute: Number(values.split(" ")[at]) + Number(ipv6), neighbours: neighbours.length };
}

/** Connects as a straying program would: to an address without a route, and to a neighbour that is not there. */
async function strayOnPurpose(): Promise<void> {
  for (const host of ["198.51.100.1", "10.77.0.99"]) {
    await new Promise<void>((resolve) => {
      const socket = connect({ host, port: 80 });
      const end = (): void => {
        socket.destroy();
        resolve();
      };
      socket.once("error", end).once("connect", end).setTimeout(200, end);
    });
  }
}

async function start(args: readonly string[]): Promise<Pick<NamespaceRun, "exitCode" | "stdout" | "stderr">> {
  const child = spawn(process.execPath, [CORRAL, "start", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { exitCode, stdout, stderr };
}

makeNetwork();
const farm = await startFarm([
  { kind: "ollama", version: "0.12.3", address: "127.0.0.1", port: 11_434 },
  { kind: "ollama", version: "0.30.1", address: "0.0.0.0", port: 8_081 },
  { kind: "ollama", version: "0.5.7", address: OWN, port: 8_082 },
]);
const ran = await start(process.argv.slice(2));
const asked: Record<string, string[]> = {};
for (const { address, port, line } of farm.log()) (asked[`${address}:${port}`] ??= []).push(line);
const before = strayed();
await strayOnPurpose();
const run: NamespaceRun = { ...ran, asked, strayed: before, strayedAfterControl: strayed() };
await farm.close();
process.stdout.write(JSON.stringify(run));
