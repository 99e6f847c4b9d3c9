import { afterAll, beforeAll, expect, test } from "vitest";
import { decoyOf } from "../../src/classify/decoy.ts";
import { NOTHING_ODD } from "../../src/knowledge/decoy-signs.ts";
import { LM_STUDIO } from "../../src/knowledge/products/lm-studio.ts";
import type { Observation } from "../../src/model/observation.ts";
import { createLooker } from "../../src/survey/look/look.io.ts";
import type { FarmReply } from "../farm/farm-reply.ts";
import { listen } from "../farm/farm-server.ts";
import { lookerOptions, orderFor } from "../farm/look-order.ts";
import { answering } from "../farm/ollama-host.ts";
import { productReply } from "../farm/product-server.ts";

const EXAMPLE = LM_STUDIO.examples[0];
const KNOWN = ["/lmstudio-greeting", "/api/v0/models", "/v1/models"];

/** LM Studio without a token: a path that it does not know gets 200 and an error that names the path. */
function lmStudioReply(path: string): FarmReply {
  const reply = productReply(EXAMPLE, path);
  if (KNOWN.includes(path)) return reply;
  return { ...reply, body: JSON.stringify({ error: `Unexpected endpoint or method. (GET ${path})` }) };
}

let observation: Observation;
let close: () => Promise<void>;
beforeAll(async () => {
  const behaviour = answering(({ path }) => lmStudioReply(path));
  const server = await listen(behaviour, "127.0.0.1", 0, []);
  close = () => server.close();
  const looker = createLooker(lookerOptions());
  const look = await looker.look(orderFor({ address: "127.0.0.1", port: server.port }));
  looker.close();
  if (look.observation === null) throw new Error(`no verdict: ${look.again ?? ""}`);
  observation = look.observation;
});
afterAll(() => close());

const signsAs = (product: string): readonly string[] =>
  decoyOf({
    ...NOTHING_ODD,
    answer: observation.answer,
    confirmed: observation.confirmed,
    product,
    products: [product],
    signs: observation.signs,
    entries: observation.models?.length ?? null,
  }).evidence.map(({ sign }) => sign);

test("a look notes that LM Studio answers a path that nobody can know", () => {
  expect(observation).toMatchObject({ product: "lm-studio", answer: "open", signs: ["control-answered"] });
});

test("of LM Studio that is no sign of a decoy; of an engine that refuses such paths it is one", () => {
  expect(signsAs("lm-studio")).toEqual([]);
  expect(signsAs("vllm")).toEqual(["control-answered"]);
});
