import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeReplies } from "../../src/intake/judge-replies.ts";
import type { Product, ProductExample } from "../../src/knowledge/product.ts";
import { PRODUCTS } from "../../src/knowledge/products/index.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { StoredReply } from "../../src/model/reply.ts";
import { createLooker } from "../../src/survey/look/look.io.ts";
import { startFarm } from "../farm/farm.ts";
import type { Farm } from "../farm/farm.ts";
import { lookerOptions, orderFor } from "../farm/look-order.ts";
import { confusionTable } from "./confusion-table.ts";
import { exampleBody, replyTo } from "./whole-evidence.ts";

interface Case {
  readonly id: string;
  readonly example: ProductExample;
  readonly port: number;
  readonly isLookAlike: boolean;
}

const products: readonly Product[] = PRODUCTS;
/** Every example at its product's own port and at one that hints at nothing; look-alikes likewise. */
const CASES: readonly Case[] = products.flatMap(({ id, ports, examples, lookAlikes }) => {
  const places = [ports[0], 0].filter((port) => port !== undefined);
  const all = [
    ...examples.map((example) => ({ example, isLookAlike: false })),
    ...lookAlikes.map((example) => ({ example, isLookAlike: true })),
  ];
  return places.flatMap((port) => all.map((one) => ({ id, port, ...one })));
});

let farm: Farm;
const seen: Observation[] = [];
beforeAll(async () => {
  farm = await startFarm(CASES.map(({ example, port }) => ({ kind: "product", example, port })));
  const looker = createLooker(lookerOptions());
  for (const host of farm.hosts) {
    const look = await looker.look(orderFor(host));
    if (look.observation === null) throw new Error(`no verdict: ${look.again ?? ""}`);
    seen.push(look.observation);
  }
  looker.close();
}, 120_000);
afterAll(async () => farm.close());

const names = CASES.map(({ id, example, port, isLookAlike }, index) => ({
  name: `${isLookAlike ? "not " : ""}${id} at ${port === 0 ? "any port" : String(port)}: ${example.name}`,
  index,
}));

describe("over a socket", () => {
  test.each(names)("$name", ({ index }) => {
    const { id, example, port, isLookAlike } = CASES[index]!;
    const look = seen[index]!;
    expect(farm.asked(index).length).toBeLessThanOrEqual(6);
    if (isLookAlike) return expect(look.product).not.toBe(id);
    // At another port a product may stay untold; it is never taken for a different one.
    if (port === 0 && look.product === null) return;
    expect(look.product).toBe(id);
    const { answer, version, models } = look;
    expect({ answer, version, models: models?.map(({ name }) => name) ?? null }).toEqual({
      answer: example.told.answer,
      // Where six requests were spent on telling it, its version may be left unasked.
      version: version === null && farm.asked(index).length === 6 ? null : example.told.version,
      models: example.told.models,
    });
    expect(look.signs).toEqual(expect.arrayContaining([...(example.told.signs ?? [])]));
  });

  test("a stored reply is judged as a fresh one", () => {
    for (const [index, { example }] of CASES.entries()) {
      const look = seen[index]!;
      const stored = farm.asked(index).map((line): StoredReply => {
        const path = line.split(" ")[1] ?? "/";
        const reply = replyTo(example, path);
        const { status, headers = {} } = reply;
        return { path, status, headers, body: exampleBody(reply).toString(), isCut: false };
      });
      const judged = judgeReplies(stored);
      const told = ({ product, fingerprint, version, answer, confirmed }: typeof judged): object => ({
        product,
        fingerprint,
        version,
        answer,
        confirmed,
      });
      expect(told(judged)).toEqual(told(look));
      expect(judged.models).toEqual(look.models);
    }
  });

  test("the confusion of products is the stored one: nothing is taken for another", async () => {
    const rows = CASES.flatMap(({ id, port, isLookAlike }, index) =>
      isLookAlike ? [] : [{ id, port, told: seen[index]?.product ?? null, requests: farm.asked(index).length }],
    );
    const wrong = rows.filter(({ id, told }) => told !== null && told !== id);
    expect(wrong).toEqual([]);
    await expect(confusionTable(rows)).toMatchFileSnapshot("confusion.md");
  });
});
