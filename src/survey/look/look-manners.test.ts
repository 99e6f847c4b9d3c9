import { afterEach, describe, expect, test } from "vitest";
import { startFarm } from "../../../test/farm/farm.ts";
import type { Farm, FarmSpec } from "../../../test/farm/farm.ts";
import { INVENTORY, manyModels } from "../../../test/farm/inventory.ts";
import { lookerOptions, orderFor } from "../../../test/farm/look-order.ts";
import { createLooker } from "./look.io.ts";
import { LOOK_LIMITS } from "./look.ts";
import type { Look, LookOrder, LookerOptions } from "./look.ts";

const [CHAT, EMBED, CLOUD] = INVENTORY;
if (CHAT === undefined || EMBED === undefined || CLOUD === undefined) throw new Error("inventory");
const EVERY_CARD = { limit: 100, wants: () => true };
const SHOW = "POST /api/show";

let farm: Farm | null = null;
afterEach(async () => {
  await farm?.close();
  farm = null;
});

async function lookAt(
  spec: FarmSpec,
  changes: Partial<LookOrder> = {},
  options: Partial<LookerOptions> = {},
): Promise<Look> {
  farm = await startFarm([spec]);
  const [host] = farm.hosts;
  if (host === undefined) throw new Error("no host");
  const looker = createLooker(lookerOptions(options));
  const look = await looker.look(orderFor(host, changes));
  expect(looker.inFlight).toBe(0);
  looker.close();
  return look;
}

const asked = (): readonly string[] => farm?.asked(0) ?? [];

describe("a re-visit", () => {
  const known = { seenBefore: true, confirmedBefore: true, isDigestKnown: () => true };

  test("that shows known digests ends after three requests", async () => {
    const look = await lookAt({ kind: "ollama", version: "0.5.1" }, { known });
    expect(look.observation).toMatchObject({ answer: "open", confirmed: true, requests: 3 });
    expect(asked()).toEqual(["GET /api/version", "GET /api/tags", "GET /api/ps"]);
  });

  test("that shows a digest not known before may go on to six", async () => {
    const isDigestKnown = (digest: string): boolean => digest !== CHAT.digest;
    const look = await lookAt({ kind: "ollama", version: "0.5.1" }, { known: { ...known, isDigestKnown } });
    expect(look.observation).toMatchObject({ confirmed: true, requests: 6 });
    expect(asked()).toHaveLength(6);
  });

  test("asked for cards of a service whose control path was not tried lends none", async () => {
    const look = await lookAt({ kind: "ollama", version: "0.12.0" }, { known, cards: EVERY_CARD });
    expect(look.cards.map((card) => card.lends)).toEqual([false, false]);
  });
});

describe("cards", () => {
  test("are asked one by one, of local models only, each digest once, after the GETs", async () => {
    const models = [
      CHAT,
      { ...CHAT, name: "alias:latest" },
      EMBED,
      CLOUD,
      { ...EMBED, name: "x:120b-cloud", digest: "f".repeat(64) },
    ];
    const look = await lookAt({ kind: "ollama", version: "0.17.1", models }, { cards: EVERY_CARD });
    expect(asked().slice(6)).toEqual([SHOW, SHOW]);
    expect(look.cards.map(({ name, digest, lends }) => ({ name, digest, lends }))).toEqual([
      { name: "example-chat:latest", digest: CHAT.digest, lends: true },
      { name: "example-embed:latest", digest: EMBED.digest, lends: true },
    ]);
    expect(look.observation?.requests).toBe(8);
  });

  test("hold nothing personal", async () => {
    const look = await lookAt({ kind: "ollama", version: "0.17.1" }, { cards: EVERY_CARD });
    const text = JSON.stringify(look.cards);
    for (const secret of ["Example Corporation", "somebody", "im_end", "licence", "token_embd", ".Prompt"]) {
      expect(text).not.toContain(secret);
    }
    expect(look.cards[0]).toMatchObject({
      architecture: "qwen2",
      parameter_count: 7_600_000_000,
      context_length: 131_072,
      capabilities: ["completion", "tools", "thinking"],
      template_uses_tools: true,
      // SHA-256 of "You are the assistant of Example Corporation."
      system: { sha256: "a2df59081b195fde872d4b46133727545e172ec13ae7ed97fe08091d80730e5d", length: 45 },
      requires: "0.14.0",
    });
  });

  test("stop at the host's cap and at what nobody wants", async () => {
    const models = manyModels(10);
    const wants = (digest: string): boolean => !digest.endsWith("2");
    const look = await lookAt({ kind: "ollama", version: "0.5.1", models }, { cards: { limit: 3, wants } });
    expect(look.cards.map((card) => card.name)).toEqual(["example-0:7b", "example-2:7b", "example-3:7b"]);
    expect(asked().filter((line) => line === SHOW)).toHaveLength(3);
  });

  test("of a service that answers its control path stay its own", async () => {
    const spec = { kind: "ollama", version: "0.5.1", everyPath: "/api/version" } as const;
    const look = await lookAt(spec, { cards: EVERY_CARD });
    expect(look.cards.map((card) => card.lends)).toEqual([false, false]);
  });

  test("are not asked of an emulator", async () => {
    await lookAt({ kind: "emulator", product: "koboldcpp" }, { cards: EVERY_CARD });
    expect(asked()).not.toContain(SHOW);
  });

  test("of a server that closes after each answer come over new connections", async () => {
    const look = await lookAt({ kind: "ollama", version: "0.5.1", keeping: "closes-each" }, { cards: EVERY_CARD });
    expect(look.cards).toHaveLength(2);
  });
});

describe("time", () => {
  test("a passed deadline while the event loop lagged is no verdict", async () => {
    const effects = { ...lookerOptions().effects, worstLagMs: () => 251 };
    const limits = { ...LOOK_LIMITS, connectMs: 200, lookMs: 300 };
    const look = await lookAt({ kind: "hostile", deed: "silence" }, {}, { effects, limits });
    expect(look).toMatchObject({ observation: null, again: "lag" });
    expect(look.requests).toHaveLength(1);
  });

  test("a lag below the limit changes nothing", async () => {
    const effects = { ...lookerOptions().effects, worstLagMs: () => 250 };
    const limits = { ...LOOK_LIMITS, connectMs: 200, lookMs: 300 };
    const look = await lookAt({ kind: "hostile", deed: "silence" }, {}, { effects, limits });
    expect(look.observation).toMatchObject({ answer: "silent", failure: "silent" });
  });

  test("every write but the first is booked, and waits as long as it is told", async () => {
    const booked: number[] = [];
    const pace = (requests: number): number => {
      booked.push(requests);
      return 150;
    };
    const limits = { ...LOOK_LIMITS, connectMs: 100, lookMs: 200 };
    const look = await lookAt({ kind: "ollama", version: "0.5.1" }, { pace }, { limits });
    expect(booked).toEqual([2, 3]);
    expect(look.observation).toMatchObject({ confirmed: true, requests: 6 });
  });

  test("stopping ends a look without a verdict", async () => {
    farm = await startFarm([{ kind: "hostile", deed: "silence" }]);
    const [host] = farm.hosts;
    if (host === undefined) throw new Error("no host");
    const looker = createLooker(lookerOptions());
    const look = looker.look(orderFor(host));
    looker.close();
    await expect(look).resolves.toMatchObject({ observation: null, again: "stopped" });
    await expect(looker.look(orderFor(host))).resolves.toMatchObject({ again: "stopped", requests: [] });
  });
});

describe("a TLS service", () => {
  test("is kept with the facts of its certificate", async () => {
    farm = await startFarm([{ kind: "ollama", version: "0.5.1", tls: "always" }]);
    const [host] = farm.hosts;
    if (host === undefined) throw new Error("no host");
    const looker = createLooker(lookerOptions());
    const { observation } = await looker.look(
      orderFor(host, { target: { scheme: "https", host_name: "farm.example" } }),
    );
    looker.close();
    expect(observation).toMatchObject({ confirmed: true, scheme: "https", host_name: "farm.example" });
    // Read with `openssl x509 -noout -text` from test/farm/certificate.ts.
    expect(observation?.certificate).toEqual({
      sha256: "369b6b71f50c459e573c095b496d578f5d66bd5ae060a26f0b964106ce5a1123",
      subject: "O=Example Farm, CN=farm.example",
      issuer: "O=Example Farm, CN=farm.example",
      not_before: "2026-11-21T01:47:46.000Z",
      not_after: "2126-10-28T01:47:46.000Z",
      names: ["farm.example", "www.farm.example", "127.0.0.1"],
      self_signed: true,
    });
  });
});
