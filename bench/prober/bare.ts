/**
 * The least that a prober on Node's own sockets can cost: connect, the same six GETs in three writes, whatever comes back thrown away,
 * close. Nothing is parsed, judged, paced or kept; what is above it is Corral's.
 *
 *   node bench/prober/bare.ts [addresses] [rounds]          prints µs of processor a host, user and kernel, and Go's beside it
 */
import { connect } from "node:net";
import type { Socket } from "node:net";
import { pipeline, buildRequest } from "../../src/knowledge/read-only-routes.ts";
import type { RequestText } from "../../src/model/request-text.ts";
import { addressOf, buildGo, startFarm } from "./farm.ts";
import { runPeer } from "./runs.ts";

const IN_FLIGHT = 256;
const addresses = Number(process.argv[2] ?? 16_384);
const rounds = Number(process.argv[3] ?? 3);
const BUFFER = Buffer.allocUnsafeSlow(65_536);
/** Answers due to each write. */
const ANSWERS = [1, 2, 3] as const;

function textsFor(address: string): readonly RequestText[] {
  const asker = {
    place: { address, port: 11_434, host_name: null, base_path: "/" },
    userAgent: "corral/0.1 (+bench@example.org)",
  };
  return [
    buildRequest("version", asker, null),
    pipeline([buildRequest("tags", asker, null), buildRequest("ps", asker, null)]),
    pipeline([
      buildRequest("control", asker, "0123456789abcdef"),
      buildRequest("v1-models", asker, null),
      buildRequest("root", asker, null),
    ]),
  ];
}

/** Counts the heads in what came, so that the next write leaves when the answers to the last one have begun. */
function headsIn(count: number): number {
  let heads = 0;
  for (let at = BUFFER.indexOf("HTTP/1.1 "); at >= 0 && at < count; at = BUFFER.indexOf("HTTP/1.1 ", at + 1))
    heads += 1;
  return heads;
}

function ask(address: string, done: () => void): void {
  const texts = textsFor(address);
  let step = 0;
  let due = 0;
  const next = (socket: Socket): void => {
    const text = texts[step];
    if (text === undefined) {
      socket.destroy();
      done();
      return;
    }
    due = ANSWERS[step] ?? 0;
    step += 1;
    socket.write(text, "latin1");
  };
  const callback = (count: number): boolean => {
    due -= headsIn(count);
    if (due <= 0) next(socket);
    return true;
  };
  const socket = connect({ host: address, port: 11_434, noDelay: true, onread: { buffer: BUFFER, callback } });
  socket.on("connect", () => {
    next(socket);
  });
}

async function askAll(): Promise<NodeJS.CpuUsage> {
  const before = process.cpuUsage();
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun < addresses) {
      const address = addressOf(begun++);
      await new Promise<void>((resolve) => {
        ask(address, resolve);
      });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return process.cpuUsage(before);
}

const folder = buildGo();
const farm = await startFarm(folder, addresses, { live: 10_000 });
for (let round = 0; round <= rounds; round += 1) {
  const { user, system } = await askAll();
  const theirs = await runPeer(folder, addresses);
  const peer = (theirs.cpuSeconds * 1e6) / addresses;
  const ours = (user + system) / addresses;
  process.stdout.write(
    `${round === 0 ? "warm-up" : `round ${round}`}: ${ours.toFixed(0)} µs a host, ${(system / addresses).toFixed(0)} of it in the kernel; ` +
      `go ${peer.toFixed(0)} µs; ratio ${(ours / peer).toFixed(3)}\n`,
  );
}
await farm.stop();
