import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { parseGateway } from "./parse-gateway.ts";

const ROUTES = { ids: ["chat", "pull"] };

function problemsOf(text: string): string[] {
  const read = parseGateway(text, "gateway.yaml", ROUTES);
  return read.ok ? [] : read.error.map(({ place, message }) => `${place}: ${message}`);
}

const withRest = (rest: string): string => `upstream: http://127.0.0.1:11434\n${rest}\n`;

test("one key is enough: everything else has a default that is safe", () => {
  const read = parseGateway("upstream: http://127.0.0.1:11434/\n", "gateway.yaml", ROUTES);
  expect(read).toEqual({
    ok: true,
    value: {
      upstream: "http://127.0.0.1:11434",
      listen: { address: "127.0.0.1", port: 11_435, tls: null, names: [], behind: [], plain: "no" },
      operations: { address: "127.0.0.1", port: 11_436 },
      state: "gateway-state",
      workers: 1,
      access: { pathToken: false, basic: true, signatures: null, guesses: { perMinute: 20 } },
      origins: [],
      capacity: { concurrent: 8, queue: 64, queueSeconds: 30 },
      roles: {},
      redis: null,
      audit: { checkpointSeconds: 60 },
      tariff: {},
    },
  });
});

test("a role without keys lists and computes, with models of this machine alone, and manages nothing", () => {
  const read = parseGateway(withRest("roles: { user: {} }"), "gateway.yaml", ROUTES);
  const none = { requests: [], tokens: [], concurrent: null };
  expect(read.ok && read.value.roles["user"]).toEqual({
    allow: ["A", "B"],
    routes: { allow: [], deny: [] },
    models: ["*"],
    deniedModels: [],
    cloud: false,
    remoteMedia: false,
    chatTemplates: false,
    limits: { perKey: none, total: none },
    clamp: { numCtx: null, numPredict: null, keepAliveSeconds: null, numGpu: null, images: null, bodyBytes: 8_388_608 },
    reserveTokens: 1024,
    system: null,
    tools: { allow: ["*"], arguments: {} },
    priority: 5,
  });
});

describe("each mistake with its place, the key probably meant, and what to do", () => {
  test.for<[string, readonly string[]]>([
    ["{}", ["gateway.yaml:1:1 upstream: is missing"]],
    ["just text", ["gateway.yaml:1:1: must be a group of keys"]],
    [withRest("liste: {}"), ["gateway.yaml:2:1 liste: is no key here; did you mean listen?"]],
    [
      withRest("roles:\n  user:\n    alow: [A]"),
      ["gateway.yaml:4:5 roles.user.alow: is no key here; did you mean allow?"],
    ],
    [
      withRest("roles: { User: {} }"),
      ["gateway.yaml:2:10 roles.User: a role's name is lower-case letters, digits and -"],
    ],
    [withRest("roles: { user: { allow: [E] } }"), ["gateway.yaml:2:26 roles.user.allow[0]: must be one of A, B, C, D"]],
    [
      withRest("listen: { tls: yes }"),
      ["gateway.yaml:2:11 listen.tls: must be null, local-ca, or certificate and key files"],
    ],
    [withRest("workers: 0"), ["gateway.yaml:2:1 workers: must be at least 1"]],
    [
      withRest("roles: { user: { routes: { deny: [chat, tag] } } }"),
      ["gateway.yaml:2:41 roles.user.routes.deny[1]: is no route; docs/reference/gateway-routes.md lists them"],
    ],
    [
      withRest("roles: { user: { limits: { perKey: { tokens: [{count: 1, per: day}, {count: 2, per: day}] } } } }"),
      ["gateway.yaml:2:69 roles.user.limits.perKey.tokens[1]: is a second amount for the same window"],
    ],
    [
      withRest("access: { signatures: { authorizedKeys: f, role: user } }"),
      ["gateway.yaml:2:44 access.signatures.role: is no role of this file"],
    ],
    [
      withRest("operations: { port: 11435 }"),
      ["gateway.yaml:2:15 operations.port: is the port of listen; take another"],
    ],
    [
      withRest("operations: { address: 192.0.2.1 }"),
      ["gateway.yaml:2:15 operations.address: is a public address: its token would cross the internet readable"],
    ],
    [
      "upstream: ftp://127.0.0.1",
      ["gateway.yaml:1:1 upstream: is no http or https URL, such as http://127.0.0.1:11434"],
    ],
    ["upstream: http://127.0.0.1:1?a=b", ["gateway.yaml:1:1 upstream: must end with its path"]],
    [
      "upstream: http://localhost:11435",
      ["gateway.yaml:1:1 upstream: is the gateway's own address; it would ask itself"],
    ],
    ["upstream: http://[::1]:11435", ["gateway.yaml:1:1 upstream: is the gateway's own address; it would ask itself"]],
    ...(
      [
        [
          "'*'",
          "would let every page that anybody here opens reach the gateway, try keys, and use one it got hold of; name each page's origin",
        ],
        ["'null'", "is what any page in a sandbox calls itself; serve the page from a place with a name"],
        ["https://a.example/", "is no origin, such as https://chat.example.org: no path, no slash at its end"],
        ["a.example", "is no origin, such as https://chat.example.org: no path, no slash at its end"],
        ["https://me:pw@a.example", "is no origin, such as https://chat.example.org: no path, no slash at its end"],
        ["https://A.example", "is not as browsers write it: https://a.example"],
        ["https://a.example:443", "is not as browsers write it: https://a.example"],
        ["'https://*.example'", "is no origin, such as https://chat.example.org: no path, no slash at its end"],
      ] as const
    ).map(([origin, message]): [string, readonly string[]] => [
      withRest(`origins: [https://ok.example:8443, app://obsidian.md, ${origin}]`),
      [`gateway.yaml:2:55 origins[2]: ${message}`],
    ]),
    [
      "upstream: http://127.0.0.1:1\nupstream: http://127.0.0.1:2",
      ['gateway.yaml:2:1: the key "upstream" is given twice'],
    ],
  ])("%s", ([text, problems]) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test("all at once, in the order of the file: of what cannot be read and of what breaks a rule", () => {
    const text = `upstream: nowhere
listen: { address: 0.0.0.0, port: many }
roles:
  user: { models: 3, routes: { allow: [nothing] } }
  Guest: { priority: 99 }
tariff: { llama3: { perMillionPrompt: 1 } }
`;
    expect(problemsOf(text).map((line) => line.split(": ")[0])).toEqual([
      "gateway.yaml:1:1 upstream",
      "gateway.yaml:2:11 listen.address",
      "gateway.yaml:2:29 listen.port",
      "gateway.yaml:4:11 roles.user.models",
      "gateway.yaml:4:40 roles.user.routes.allow[0]",
      "gateway.yaml:5:3 roles.Guest",
      "gateway.yaml:6:11 tariff.llama3.perMillionAnswer",
      "gateway.yaml:6:11 tariff.llama3.currency",
    ]);
  });
});

describe("case 45: no message quotes what may be a secret", () => {
  test.for([
    "upstream: http://user:hunter2@127.0.0.1:1",
    "upstream: hunter2://127.0.0.1:1",
    withRest("redis: { url: 'http://:hunter2@192.0.2.1' }"),
    withRest("redis: { url: hunter2 }"),
    withRest("redis: { url: [hunter2] }"),
    withRest("access: { signatures: hunter2 }"),
  ])("%s", (text) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).not.toContain("hunter2");
  });
});

test("whatever the file says, it is a configuration that keeps every rule, or problems with places", () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(null, "0.0.0.0", "::", "local-ca", "private-ranges", 0, -1, [], ["10.0.0.0/8"], {}, "*"),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const group = (...keys: string[]): fc.Arbitrary<unknown> =>
    fc.oneof(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4 }), value);
  const file = fc.record(
    {
      upstream: fc.constantFrom("http://127.0.0.1:1", "https://192.0.2.1/ollama/", "x"),
      listen: group("address", "port", "tls", "behind", "plain", "names"),
      operations: group("address", "port"),
      access: group("pathToken", "basic", "signatures", "guesses"),
      roles: fc.dictionary(fc.constantFrom("user", "admin", "__proto__"), group("allow", "routes", "limits", "clamp")),
    },
    { requiredKeys: ["upstream"] },
  );
  fc.assert(
    fc.property(file, (written) => {
      const read = parseGateway(stringify(written), "gateway.yaml", ROUTES);
      if (!read.ok) {
        expect(read.error.length).toBeGreaterThan(0);
        for (const { place } of read.error) expect(place).toMatch(/^gateway\.yaml:\d+:\d+/u);
        return;
      }
      const { listen } = read.value;
      const isLocal = listen.address.startsWith("127.") || listen.address === "::1";
      expect(isLocal || listen.tls !== null || listen.behind.length > 0 || listen.plain === "private-ranges").toBe(
        true,
      );
    }),
    { numRuns: 100 },
  );
});
