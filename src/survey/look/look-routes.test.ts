import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFarm } from "../../../test/farm/farm.ts";
import type { Farm, FarmSpec } from "../../../test/farm/farm.ts";
import { lookerOptions, orderFor } from "../../../test/farm/look-order.ts";
import { receivedPatterns, routeTablePatterns } from "../../../test/farm/request-log.ts";
import { NEVER_SENT } from "../../knowledge/never-sent.ts";
import type { Product } from "../../knowledge/product.ts";
import { PRODUCTS } from "../../knowledge/products/index.ts";
import { READ_ONLY_ROUTES } from "../../knowledge/read-only-routes.ts";
import { createLooker } from "./look.io.ts";

const SOURCES = join(import.meta.dirname, "../..");

/** A fleet that makes a survey ask everything it can ask. */
const FLEET: readonly FarmSpec[] = [
  { kind: "ollama", version: "0.17.1" },
  { kind: "ollama", version: "0.0.20" },
  { kind: "ollama", version: "0.5.1", basePath: "/ollama" },
  { kind: "ollama", version: "0.5.1", keeping: "answers-first-only" },
  { kind: "login", at: "tags" },
  { kind: "emulator", product: "koboldcpp" },
  { kind: "emulator", product: "localai" },
  { kind: "emulator", product: "localai-empty" },
  { kind: "emulator", product: "open-webui" },
  { kind: "emulator", product: "sglang" },
  { kind: "emulator", product: "llama-cpp" },
  { kind: "tls-only", says: "400" },
  { kind: "hostile", deed: "redirect" },
  ...PRODUCTS.flatMap((product: Product) =>
    product.examples.flatMap((example): readonly FarmSpec[] => [
      { kind: "product", example },
      ...product.ports.slice(0, 1).map((port) => ({ kind: "product", example, port }) as const),
    ]),
  ),
];

let farm: Farm;
beforeAll(async () => {
  farm = await startFarm(FLEET);
  const looker = createLooker(lookerOptions());
  for (const [index, host] of farm.hosts.entries()) {
    const spec = FLEET[index];
    const base_path = spec !== undefined && "basePath" in spec ? spec.basePath : "/";
    await looker.look(orderFor(host, { target: { base_path }, cards: { limit: 9, wants: () => true } }));
  }
  looker.close();
});
afterAll(async () => farm.close());

describe("R10 and R11: the published allow-list", () => {
  test("is exactly what servers receive from a survey", () => {
    expect(receivedPatterns(farm.log())).toEqual(routeTablePatterns());
  });

  test("holds no method but GET, and POST only for the card", () => {
    expect(routeTablePatterns().filter((line) => !line.startsWith("GET "))).toEqual(["POST /api/show {model,name}"]);
  });

  test("names nothing of the never-call list", () => {
    const paths = Object.values(READ_ONLY_ROUTES).map(({ path }) => path);
    expect(paths.filter((path) => NEVER_SENT.some((row) => row.path.test(path)))).toEqual([]);
    const wholly = ["/health", "/health_generate", "/api/pull", "/v1/chat/completions", "/v2/repository/models/x/load"];
    for (const path of wholly) expect(NEVER_SENT.some((row) => row.path.test(path))).toBe(true);
  });
});

describe("the sources", () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => ({ file, text: readFileSync(join(SOURCES, file), "utf8") }));

  test("make requests for strangers in one place only", () => {
    const making = files.filter(({ text }) => /\bas RequestText\b/u.test(text)).map(({ file }) => file);
    expect(making).toEqual(["knowledge/read-only-routes.ts"]);
  });

  test("open sockets to strangers in one place only", () => {
    const opening = files
      .filter(
        ({ file, text }) => file.startsWith("survey/") && /from "node:(?:net|tls|http|https|http2|dgram)"/u.test(text),
      )
      .map(({ file }) => file);
    expect(opening).toEqual([]);
    // The gateway takes connections over TLS: what makes a listener opens no socket to anybody.
    const speaking = files
      .filter(({ text }) => /\bconnect\b[^;]*from "node:tls"|\* as \w+ from "node:tls"/u.test(text))
      .map(({ file }) => file);
    expect(speaking).toEqual(["machine/http-exchange.io.ts"]);
  });
});
