import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineSchema } from "../model/observation-schema.ts";
import { CENSYS_CARRIES, readCensysHost } from "./censys.ts";

const OLLAMA = {
  version: "0.6.2",
  models: [
    {
      name: "example-chat:latest",
      model: "example-chat:latest",
      digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      family: "llama",
      size: 2_000_000_000,
    },
  ],
  running_models: [
    {
      name: "example-chat:latest",
      digest: "9f",
      size: 5,
      size_vram: 4,
      expires_at: "2026-01-10T03:09:05Z",
      family: "llama",
    },
  ],
};
const ENDPOINT = {
  endpoint_type: "OLLAMA",
  path: "/api/tags",
  port: 11434,
  scan_time: "2026-01-10T03:04:05Z",
  ollama: OLLAMA,
};
const HOST = {
  ip: "192.0.2.10",
  location: { country: "Germany", country_code: "de", province: "Saxony", city: "Sampletown" },
  autonomous_system: { asn: 64496, name: "EXAMPLE-AS", organization: "Example Hosting" },
  network: [{ hosting: true, mobile: false, satellite: false, source: "example" }],
  privacy: [{ vpn: false, proxy: false, tor: false }],
  services: [
    { port: 22, protocol: "SSH", scan_time: "2026-01-10T03:00:00Z" },
    {
      port: 11434,
      protocol: "HTTP",
      scan_time: "2026-01-10T03:04:00Z",
      endpoints: [{ endpoint_type: "HTTP", path: "/" }, ENDPOINT],
    },
  ],
};

/** The only observation of a host with one changed endpoint. */
function only(endpoint: object, service: object = {}): unknown {
  const read = readCensysHost({ ip: "192.0.2.10", services: [{ port: 11434, ...service, endpoints: [endpoint] }] });
  if (!read.ok) throw new Error(read.error.reason);
  return read.value.endpoints[0];
}

describe("a Censys host", () => {
  test.each([
    ["bare", HOST],
    ["in host", { host: HOST }],
    ["in resource", { resource: HOST, extensions: {} }],
  ])("%s", (_, value) => {
    const read = readCensysHost(value);
    expect(read).toEqual({
      ok: true,
      value: {
        address: "192.0.2.10",
        skipped: 1,
        endpoints: [
          {
            ok: true,
            value: {
              kind: "observation",
              schema: 1,
              scheme: "http",
              address: "192.0.2.10",
              port: 11434,
              host_name: null,
              base_path: "/",
              seen_at: "2026-01-10T03:04:05.000Z",
              run: null,
              vantage: "outside",
              source: "censys",
              answer: "open",
              confirmed: true,
              product: "ollama",
              fingerprint: null,
              version: "0.6.2",
              status: null,
              failure: null,
              signs: [],
              server: null,
              title: null,
              page: null,
              models: [
                {
                  name: "example-chat:latest",
                  model: "example-chat:latest",
                  modified_at: null,
                  size: 2_000_000_000,
                  digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                  details: {
                    parent_model: null,
                    format: null,
                    family: "llama",
                    families: null,
                    parameter_size: null,
                    quantization_level: null,
                    context_length: null,
                    embedding_length: null,
                  },
                  capabilities: null,
                  remote_model: null,
                  remote_host: null,
                },
              ],
              running: [
                {
                  name: "example-chat:latest",
                  digest: "9f",
                  size: 5,
                  size_vram: 4,
                  context_length: null,
                  expires_at: "2026-01-10T03:09:05Z",
                },
              ],
              certificate: null,
              country: "DE",
              region: "Saxony",
              city: "Sampletown",
              asn: 64496,
              organisation: "Example Hosting",
              labels: ["hosting"],
              place_source: "record",
              requests: null,
              duration_ms: null,
            },
          },
        ],
      },
    });
  });

  test.each<[string, object, object]>([
    [
      "null models are a list that nobody saw, and still confirm",
      { ollama: { version: "0.1.30", models: null } },
      { models: null, confirmed: true, running: null },
    ],
    ["no models key does not confirm", { ollama: { version: "0.1.30" } }, { models: null, confirmed: false }],
    ["no version does not confirm", { ollama: { models: [] } }, { models: [], confirmed: false, version: null }],
    ["a sub-path", { path: "/llm/api/tags" }, { base_path: "/llm" }],
    ["a virtual host", { hostname: "Models.Example." }, { host_name: "models.example" }],
    ["a port as text", { port: "8080" }, { port: 8080 }],
    ["the port of its service", { port: undefined }, { port: 11434 }],
    ["epoch seconds", { scan_time: 1_768_014_245 }, { seen_at: "2026-01-10T03:04:05.000Z" }],
    ["another zone", { scan_time: "2026-01-10T04:04:05.123456789+01:00" }, { seen_at: "2026-01-10T03:04:05.123Z" }],
  ])("%s", (_, change, expected) => {
    expect(only({ ...ENDPOINT, ...change })).toMatchObject({ ok: true, value: expected });
  });

  test("over TLS", () => {
    expect(only(ENDPOINT, { tls: { version_selected: "TLSv1_3" } })).toMatchObject({ value: { scheme: "https" } });
  });

  test.each<[string, object, string, string]>([
    [
      "a size beyond doubles",
      { ollama: { models: [{ name: "a" }, { name: "b", size: 2 ** 60 }] } },
      "ollama.models[1].size",
      "is not a whole number below 2^53",
    ],
    ["models that are no list", { ollama: { models: {} } }, "ollama.models", "is not a list"],
    [
      "a long name",
      { ollama: { running_models: [{ name: "a".repeat(5000) }] } },
      "ollama.running_models[0].name",
      "is longer than 4096 characters",
    ],
    ["no time", { scan_time: undefined }, "scan_time", "is no moment"],
    ["a wild port", { port: 70_000 }, "port", "is not between 1 and 65535"],
    ["a path with spaces", { path: "/a b/api/tags" }, "path", "is no path"],
  ])("%s is told with its place", (_, change, field, reason) => {
    expect(only({ ...ENDPOINT, ...change })).toEqual({
      ok: false,
      error: { field: `services[0].endpoints[0].${field}`, reason },
    });
  });

  test.each([
    null,
    1,
    "x",
    [],
    {},
    { ip: 1 },
    { ip: "192.0.2.300" },
    { host: { ip: null } },
    { ip: "192.0.2.1", services: {} },
  ])("%j is none", (value) => {
    expect(readCensysHost(value).ok).toBe(false);
  });

  test("of any JSON gives only lines that fit the published schema", () => {
    const wild = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>("/api/tags", "2026-01-10T03:04:05Z", 443, null, {}, [], OLLAMA),
    );
    const endpoint = fc.record({
      path: wild,
      port: wild,
      scan_time: wild,
      hostname: wild,
      ollama: fc.oneof(wild, fc.constant(OLLAMA), fc.record({ version: wild, models: wild, running_models: wild })),
    });
    const likely = fc.record({
      ...Object.fromEntries(
        Object.keys(ENDPOINT).map((key) => [key, fc.constant(ENDPOINT[key as keyof typeof ENDPOINT])]),
      ),
      hostname: wild,
    });
    const host = fc.record({
      ip: fc.oneof(fc.ipV4(), fc.ipV6()),
      location: wild,
      autonomous_system: fc.oneof(wild, fc.record({ asn: wild, organization: wild, name: wild })),
      services: fc.array(fc.record({ port: wild, tls: wild, endpoints: fc.array(fc.oneof(wild, endpoint, likely)) })),
    });
    let taken = 0;
    fc.assert(
      fc.property(host, (value) => {
        const read = readCensysHost(value);
        if (!read.ok) return;
        for (const one of read.value.endpoints) {
          if (!one.ok) continue;
          taken += 1;
          expect(lineSchema.safeParse(one.value)).toEqual({ success: true, data: one.value });
        }
      }),
    );
    expect(taken).toBeGreaterThan(20);
  });

  test("fills exactly the columns that it says it carries", () => {
    const models = [{ ...OLLAMA.models[0], parent_model: "example" }];
    const full = { ...ENDPOINT, hostname: "models.example", ollama: { ...OLLAMA, models } };
    const read = readCensysHost({ ...HOST, services: [{ endpoints: [full] }] });
    if (!read.ok || read.value.endpoints[0]?.ok !== true) throw new Error("not read");
    const given = ["kind", "schema", "vantage", "signs"];
    const filled = filledPaths(read.value.endpoints[0].value).filter((path) => !given.includes(path));
    expect(new Set(filled)).toEqual(new Set(CENSYS_CARRIES));
  });
});

/** Paths of everything that is not null; entries of a list count under its name. */
function filledPaths(value: unknown, path = ""): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return [path, ...value.flatMap((entry) => filledPaths(entry, path))];
  if (typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, inner]) => filledPaths(inner, path === "" ? key : `${path}.${key}`));
}
