import { expect, test } from "vitest";
import { parse } from "yaml";
import { configWarnings } from "./config-warnings.ts";
import { gatewayJsonSchema, gatewaySchema } from "./gateway-schema.ts";
import { gatewayExample, gatewayYaml, wishedConfig } from "./gateway-yaml.ts";
import { parseGateway } from "./parse-gateway.ts";

const KEYS = [
  "upstream listen operations state workers access origins capacity roles redis audit tariff",
  "address port tls names behind plain certificate key",
  "pathToken basic signatures guesses authorizedKeys role windowSeconds perMinute",
  "concurrent queue queueSeconds checkpointSeconds url whenGone",
  "allow routes deny models deniedModels cloud limits perKey total requests tokens",
  "clamp numCtx numPredict keepAliveSeconds numGpu images bodyBytes",
  "reserveTokens system tools arguments priority perMillionPrompt perMillionAnswer currency",
].flatMap((line) => line.split(" "));

test.each(KEYS)("the example holds the key %s, explained", (key) => {
  const lines = gatewayExample().split("\n");
  const at = lines.findIndex((line) => new RegExp(`^[# ]*${key}:`, "u").test(line));
  expect(lines[at - 1]).toMatch(/^[# ]*# \S.*\.$/u);
});

test("the example is a configuration, and so is what is commented out in its place", () => {
  const example = parseGateway(gatewayExample(), "gateway.yaml", { ids: [] });
  expect(example.ok && Object.keys(example.value.roles)).toEqual(["user"]);
  const [, unused = ""] = gatewayExample().split("empty above:\n");
  const rest: unknown = parse(unused.replaceAll(/^# ?/gmu, ""));
  const both = gatewaySchema.safeParse({ ...(parse(gatewayExample()) as object), ...(rest as object) });
  expect(both.error).toBeUndefined();
  expect(both.data?.redis?.whenGone).toBe("closed");
});

test.for(["user", "admin", "staff"])("what is written for %s reads back as what was wished", (role) => {
  const listen = { address: "0.0.0.0", tls: "local-ca" as const, names: ["gpu.lan"] };
  const config = wishedConfig({ upstream: "http://127.0.0.1:11434", listen, role });
  expect(parseGateway(gatewayYaml(config), "gateway.yaml", { ids: [] })).toEqual({ ok: true, value: config });
  expect(config.roles[role]?.allow.includes("D")).toBe(role === "admin");
});

test("the JSON Schema is of what people write: only the upstream is required, nothing unknown is taken", () => {
  expect(gatewayJsonSchema()).toMatchObject({ additionalProperties: false, required: ["upstream"] });
});

test("what a person should know is said", () => {
  const config = gatewaySchema.parse({
    upstream: "http://192.168.1.9:11434",
    operations: { address: "10.0.0.1" },
    access: { pathToken: true },
    roles: { ops: { allow: ["D"] } },
  });
  expect(configWarnings(config).map((line) => line.split(/[:;]/u)[0])).toEqual([
    "the way to the upstream is plain http beyond this machine",
    "the operations listener is open beyond this machine without TLS",
    "keys in paths end up in histories and logs of clients and proxies",
    "role ops may change models and make this machine call others (class D)",
  ]);
  expect(configWarnings(wishedConfig({ upstream: "http://localhost:11434", listen: {}, role: "user" }))).toEqual([]);
  expect(configWarnings(gatewaySchema.parse({ upstream: "https://192.0.2.1" }))).toEqual([
    "there is no role: no key may do anything",
  ]);
});
