import { execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startCaddy, startGin, startNginx } from "./servers.ts";
import type { Running } from "./servers.ts";
import { clientsOf, everyday } from "./shapes.ts";
import type { BenignClient, Crowd } from "./shapes.ts";

/**
 * Honest traffic inside of a network namespace that `benign.ts` made: nothing of it can leave the machine.
 * Usage (by `benign.ts` alone): unshare -n node traffic.ts FOLDER SCALE
 */
const [folder = "", scaleText = "1"] = process.argv.slice(2);
const scale = Number(scaleText);
const MODEL = { host: "127.0.0.1", port: 11_434 };
const LAN = "10.20.0.10";

for (const words of [
  "link set lo up",
  ...["10.20.0.0/16", "192.168.0.0/16", "198.51.100.0/24"].map((one) => `route add local ${one} dev lo`),
])
  execFileSync("ip", words.split(" "));

interface Played {
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
  /** Times by which the busiest kind of client is faster than in life. */
  readonly compressed: number;
}

async function play(name: string, clients: readonly BenignClient[], asked: readonly Crowd[]): Promise<Played> {
  const since = Date.now();
  const child = spawn(join(folder, "clients"), { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(clients));
  const statuses = JSON.parse(await text(child.stdout)) as Record<string, number>;
  const requests = Object.values(statuses).reduce((all, one) => all + one, 0);
  const due = clients.reduce((all, one) => all + one.Rounds * one.Requests.length, 0);
  if (requests < due * 0.99) throw new Error(`${name}: ${requests} of ${due} answers; ${JSON.stringify(statuses)}`);
  const seconds = (Date.now() - since) / 1000;
  return { name, requests, seconds, compressed: compression(clients, asked, seconds) };
}

function compression(clients: readonly BenignClient[], crowds: readonly Crowd[], seconds: number): number {
  const perMinute = clientsOf(crowds, "", 0).map(({ Rounds, Requests }) => (Rounds * Requests.length * 60) / seconds);
  const sum = perMinute.reduce((all, one) => all + one, 0);
  return Math.round(sum / clients.length / LIFE_PER_MINUTE);
}

/** Requests a minute of a client in life, over the mixture: people ask 1 to 30, one worker of embeddings 300. */
const LIFE_PER_MINUTE = 18;

async function stopped<Result>(running: readonly Running[], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } finally {
    for (const one of running) await one.stop();
  }
}

const inFolder = (name: string): string => {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
};

async function bare(name: string, host: string, crowds: readonly Crowd[]): Promise<Played> {
  const server = await startGin(join(folder, "gin"), host, MODEL.port, join(inFolder(name), "server.log"));
  return await stopped([server], async () => play(name, clientsOf(crowds, `${host}:${MODEL.port}`, 20), crowds));
}

async function behind(
  name: string,
  start: (at: string, host: string, port: number, upstream: string) => Promise<Running>,
  crowds: readonly Crowd[],
): Promise<Played> {
  const at = inFolder(name);
  const server = await startGin(join(folder, "gin"), MODEL.host, MODEL.port, join(at, "server.log"));
  const proxy = await start(at, LAN, 8080, `${MODEL.host}:${MODEL.port}`);
  return await stopped([proxy, server], async () => play(name, clientsOf(crowds, `${LAN}:8080`, 20), crowds));
}

const near = everyday((kind) => `10.20.${kind}.`, scale * 0.4);
const known = everyday(() => "198.51.100.", scale * 0.2);
const played = [
  await bare("loopback", MODEL.host, [
    ...everyday((kind) => `127.20.${kind}.`, scale),
    { shape: "owner", from: "127.0.0.", clients: 1, rounds: Math.ceil(40 * scale) },
  ]),
  await bare("lan", LAN, [
    ...everyday((kind) => `10.20.${kind}.`, scale * 0.5),
    ...everyday((kind) => `192.168.${kind}.`, scale * 0.5),
  ]),
  await behind("nginx", startNginx, [...near, ...known]),
  await behind("caddy", startCaddy, [
    ...everyday((kind) => `10.20.${kind}.`, scale * 0.2),
    ...everyday(() => "198.51.100.", scale * 0.1),
  ]),
];
process.stdout.write(JSON.stringify(played));
