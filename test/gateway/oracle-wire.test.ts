import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "./gateway.ts";
import type { TestGateway } from "./gateway.ts";
import { dice, fuzzPlan } from "./oracle-dice.ts";
import { fuzzWire } from "./oracle-wires.ts";
import { startUpstream } from "./upstream.ts";
import type { SeenRequest, Upstream } from "./upstream.ts";

const BATCH = 200;
const AT_ONCE = 20;
/** After this long without a byte a connection that waits for more is given up. */
const QUIET_MS = 400;
const LONG_MS = 3_600_000;

const PASSED_ON = new Set([
  "host",
  "connection",
  "content-length",
  "accept",
  "accept-language",
  "content-type",
  "user-agent",
  "anthropic-beta",
  "anthropic-version",
]);

let upstream: Upstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url, {
    roles: { user: { allow: ["A", "B"], models: ["llama3"] } },
    access: { guesses: { perMinute: 10_000 } },
  });
}, 300_000);

afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

/** Writes bytes and reads until the other side closes or falls silent. */
async function exchange(text: string): Promise<void> {
  const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => socket.destroy());
  socket.setTimeout(QUIET_MS, () => socket.destroy());
  socket.resume();
  socket.write(Buffer.from(text, "latin1"));
  await closed;
}

/** What the upstream should never have seen. */
function strangeness(seen: SeenRequest): readonly string[] {
  const [line = "", ...headers] = seen.head;
  const names = headers.map((header) => header.slice(0, Math.max(0, header.indexOf(":"))).toLowerCase());
  const count = (name: string): number => names.filter((one) => one === name).length;
  const isChat = seen.route === "chat" && line === "POST /api/chat HTTP/1.1";
  const found = names.filter((name) => !PASSED_ON.has(name)).map((name) => `header ${JSON.stringify(name)}`);
  if (!isChat && !["version", "tags"].includes(seen.route)) found.push(`route ${seen.route}: ${line}`);
  if (isChat && (seen.model !== "llama3" || seen.decodeError !== ""))
    found.push(`model ${seen.model} ${seen.decodeError}`);
  if (count("host") !== 1 || count("content-length") !== (isChat ? 1 : 0)) found.push("framing");
  return found;
}

test(
  "whatever bytes a client writes, the upstream sees whole requests that were judged, framed once, with headers that it may have",
  async () => {
    const { cases, seed, isLong } = fuzzPlan(1000);
    const choices = dice(seed);
    const key = gateway.keys["user"]?.secret ?? "";
    let total = 0;
    for (let done = 0; done < cases; done += BATCH) {
      await upstream.reset();
      const texts = Array.from({ length: Math.min(BATCH, cases - done) }, () => fuzzWire(choices, key).text);
      for (let at = 0; at < texts.length; at += AT_ONCE) await Promise.all(texts.slice(at, at + AT_ONCE).map(exchange));
      const seen = await upstream.seen();
      total += seen.total;
      const chats = seen.requests.filter(({ route }) => route === "chat");
      expect(seen.requests.flatMap(strangeness)).toEqual([]);
      expect(chats.length).toBeLessThanOrEqual(texts.length);
    }
    expect(total).toBeGreaterThan(cases / 2);
    if (isLong)
      console.log(
        `fuzz: ${cases} connections from seed ${seed}, ${total} requests reached the upstream, each as judged`,
      );
  },
  LONG_MS,
);
