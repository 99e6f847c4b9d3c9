import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Access } from "../../src/gateway/config/gateway-config.ts";
import { gatewaySchema } from "../../src/gateway/config/gateway-schema.ts";
import { Authenticator, isDenied } from "../../src/gateway/keys/authenticator.ts";
import type { AskedAccess } from "../../src/gateway/keys/authenticator.ts";
import { readAuthorizedKeys } from "../../src/gateway/keys/authorized-keys.ts";
import { createKeyTable } from "../../src/gateway/keys/key-table.ts";
import { ReplayMemory } from "../../src/gateway/keys/replay-memory.ts";
import { goBinary } from "./go-binary.ts";

/** Signs with golang.org/x/crypto/ssh exactly as Ollama's client does, so that the wire format is the real one. */
let client: ChildProcessWithoutNullStreams;
let lines: AsyncIterator<string>;
let publicLine = "";

async function nextLine(): Promise<string> {
  const line = await lines.next();
  if (line.done === true) throw new Error("the signer has ended");
  return line.value;
}

async function sign(text: string): Promise<string> {
  client.stdin.write(`${text}\n`);
  return nextLine();
}

beforeAll(async () => {
  client = spawn(await goBinary("signer"));
  lines = createInterface(client.stdout)[Symbol.asyncIterator]();
  publicLine = await nextLine();
}, 300_000);
afterAll(() => {
  client.kill();
});

const SECOND = 1_800_000_000;
const NOW = SECOND * 1000;
const ACCESS: Access = gatewaySchema.parse({
  upstream: "http://127.0.0.1:1",
  access: { signatures: { authorizedKeys: "authorized_keys", role: "user" } },
}).access;

let door: Authenticator;
beforeEach(() => {
  const { signers } = readAuthorizedKeys(`${publicLine} bob /api/chat,/api/tags`, "authorized_keys", "user");
  door = new Authenticator(ACCESS, createKeyTable([]), signers, new ReplayMemory());
});

function asked(authorization: string, more: Partial<AskedAccess> = {}): AskedAccess {
  return {
    rawHeaders: ["Host", "gateway", "Authorization", authorization],
    pathToken: null,
    method: "POST",
    path: "/api/chat",
    query: `ts=${SECOND}`,
    address: "192.0.2.1",
    isOwnAddress: true,
    isSafeWay: true,
    ...more,
  };
}

test("the stock client's signature stands for its line of authorized_keys", async () => {
  const header = await sign(`POST,/api/chat?ts=${SECOND}`);
  const bob = { name: "bob", role: "user", via: "signature", endpoints: ["/api/chat", "/api/tags"] };
  expect(door.ask(asked(header), NOW + 59_000)).toMatchObject(bob);
});

describe("case 38: everything else is the one 401", () => {
  test.for<[string, string, Partial<AskedAccess>, number]>([
    ["signature-window", "replayed after the window", {}, 60_001],
    ["signature-window", "from the future", {}, -5001],
    ["bad-signature", "other method", { method: "DELETE" }, 0],
    ["bad-signature", "other path", { path: "/api/tags" }, 0],
    ["bad-signature", "other time", { query: `ts=${SECOND + 1}` }, 0],
    ["signature-query", "no ts", { query: "" }, 0],
    ["signature-query", "ts twice", { query: `ts=${SECOND}&ts=${SECOND}` }, 0],
    ["signature-query", "more than what was signed", { query: `ts=${SECOND}&x=1` }, 0],
    ["signature-query", "no number", { query: `ts=${SECOND}.0` }, 0],
    ["signature-query", "leading zero", { query: `ts=0${SECOND}` }, 0],
    ["signature-over-plain", "readable on the way", { isSafeWay: false }, 0],
  ])("%s: %s", async ([why, , change, laterMs]) => {
    const header = await sign(`POST,/api/chat?ts=${SECOND}`);
    expect(door.ask(asked(header, change), NOW + laterMs)).toMatchObject({ why, refusal: { reason: "unauthorized" } });
  });

  test("an unknown signer, a broken signature, another encoding of a good one", async () => {
    const header = await sign(`POST,/api/chat?ts=${SECOND}`);
    const [publicKey = "", signature = ""] = header.split(":");
    const whyOf = (authorization: string): unknown => {
      const answer = door.ask(asked(authorization), NOW);
      return isDenied(answer) ? answer.why : answer.name;
    };
    expect(whyOf(`${publicKey.replace(/.$/u, "A")}:${signature}`)).toBe("unknown-signer");
    expect(whyOf(`${publicKey}:${"A".repeat(86)}==`)).toBe("bad-signature");
    expect(whyOf(`${publicKey}:${signature.slice(0, -2)}`)).toBe("bad-signature");
    expect(whyOf(header)).toBe("bob");
    expect(whyOf(`${publicKey}:${signature.replace(/(.)==$/u, (_, last: string) => `${next(last)}==`)}`)).toBe(
      "bad-signature",
    );
  });

  test("replayed within the window by another, or by the same much later", async () => {
    const header = await sign(`POST,/api/chat?ts=${SECOND}`);
    const whyOf = (address: string, laterMs: number): unknown => {
      const answer = door.ask(asked(header, { address }), NOW + laterMs);
      return isDenied(answer) ? answer.why : answer.name;
    };
    expect(whyOf("192.0.2.1", 0)).toBe("bob");
    expect(whyOf("192.0.2.1", 900)).toBe("bob");
    expect(whyOf("198.51.100.9", 900)).toBe("signature-replayed");
    expect(whyOf("192.0.2.1", 30_000)).toBe("signature-replayed");
  });
});

/** The next letter of base64: the last one before == carries four bits that mean nothing. */
function next(letter: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return letters[(letters.indexOf(letter) + 1) % 64] ?? "A";
}
