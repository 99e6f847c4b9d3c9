import { all, is, network } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { TO_API } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { PUT_GATEWAY } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, OTHER_STRANGER, story, STRANGER, STRANGER_6 } from "./story.ts";

/** A proxy that appends to the header instead of writing it. */
export const FORGED_ADDRESS_BEHIND_PROXY: Detection = {
  id: "forged-address-behind-proxy",
  uuid: "961af263-2d28-4d36-a892-85f7b711d696",
  title: "The address in Ollama's log is none that its proxy saw",
  hypothesis:
    "Behind a proxy that appends to X-Forwarded-For, Ollama logs the first address in the header, which is the asker's own word. A public address in its log that the proxy did not see at that moment was written by the asker.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    claimed: { class: "http", where: all(is("sourceTrust", "claimed"), network("sourceIp", "public"), TO_API) },
    seen: { class: "http", where: all(is("sourceTrust", "connection"), TO_API) },
  },
  correlation: { kind: "disagree", claimed: "claimed", seen: "seen", withinSeconds: 5 },
  falsePositives: [
    "Several servers in one hunt, of which only some have their connections recorded.",
    "A second way to the server beside the proxy, whose log is not there.",
    "Clocks that differ by more than some seconds.",
  ],
  blindTo: ["A proxy that sets no header: then Ollama logs the proxy's own address."],
  ids: { attack: ["T1036", "T1090"], attackBefore: [], atlas: ["AML.T0040"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.trustedProxies],
  whatNow: {
    confirm: [
      "Show what the proxy sends: `nginx -T | grep -n X-Forwarded-For`; `$proxy_add_x_forwarded_for` appends.",
      "Show both rows of that second: `grep TIME ACCESS.LOG` and `journalctl -u ollama --since TIME --until TIME`.",
    ],
    contain: [
      "Write the header anew: nginx `proxy_set_header X-Forwarded-For $remote_addr;`, Apache `RequestHeader unset X-Forwarded-For early`, then reload.",
      "Act against the address that the proxy saw.",
    ],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("the server's row some seconds later", () => [
      http(0, "POST /api/chat", STRANGER),
      gin(4, "POST /api/chat", "198.51.100.99"),
    ]),
    story("nginx saw one address, Ollama logs another", () => [
      http(0, "POST /api/chat", STRANGER),
      gin(0.5, "POST /api/chat", "198.51.100.99"),
    ]),
    story("over IPv6", () => [http(0, "GET /api/tags", STRANGER_6), gin(0.5, "GET /api/tags", "198.51.100.99")]),
    story("Caddy", () => [
      http(0, "POST /api/pull", STRANGER, { product: "caddy" }),
      gin(2, "POST /api/pull", "198.51.100.99"),
    ]),
    story("a colleague claims a public address", () => [
      http(0, "POST /api/chat", COLLEAGUE),
      gin(1, "POST /api/chat", "198.51.100.99"),
    ]),
    story("two at the proxy, a third in the log", () => [
      http(0, "POST /api/chat", STRANGER),
      http(1, "POST /api/chat", OTHER_STRANGER),
      gin(2, "POST /api/chat", "198.51.100.99"),
    ]),
  ],
  silent: [
    story("a first page in the proxy's log", () => [
      http(0, "GET /", OTHER_STRANGER),
      gin(1, "POST /api/chat", STRANGER),
    ]),
    story("a first page in the server's log", () => [
      http(0, "POST /api/chat", OTHER_STRANGER),
      gin(1, "GET /", STRANGER),
    ]),
    story("a path that is no model server's", () => [
      http(0, "POST /api/chat", OTHER_STRANGER),
      gin(1, "GET /favicon.ico", STRANGER),
    ]),
    story("the proxy's row too long before", () => [
      http(0, "POST /api/chat", STRANGER),
      gin(6, "POST /api/chat", "198.51.100.99"),
    ]),
    story("both say the same", () => [http(0, "POST /api/chat", STRANGER), gin(0.5, "POST /api/chat", STRANGER)]),
    story("both say the same, in two spellings", () => [
      http(0, "POST /api/chat", `::ffff:${STRANGER}`),
      gin(0.5, "POST /api/chat", STRANGER),
    ]),
    story("the proxy sets no header", () => [
      http(0, "POST /api/chat", STRANGER),
      gin(0.5, "POST /api/chat", "127.0.0.1"),
    ]),
    story("the proxy in another container", () => [
      http(0, "POST /api/chat", STRANGER),
      gin(0.5, "POST /api/chat", "172.18.0.3"),
    ]),
    story("no proxy's log", () => [gin(0, "POST /api/chat", STRANGER)]),
    story("a proxy's log alone", () => [http(0, "POST /api/chat", STRANGER)]),
    story("a proxy's log of another hour", () => [
      http(0, "POST /api/chat", OTHER_STRANGER),
      gin(3_600, "POST /api/chat", STRANGER),
    ]),
    story("visitors of a web site in the proxy's log", () => [
      http(0, "GET /about", OTHER_STRANGER),
      gin(1, "POST /api/chat", STRANGER),
    ]),
    story("two at the proxy, both in the log", () => [
      http(0, "POST /api/chat", STRANGER),
      http(1, "POST /api/chat", OTHER_STRANGER),
      gin(2, "POST /api/chat", OTHER_STRANGER),
      gin(3, "POST /api/chat", STRANGER),
    ]),
    story("the same address some seconds later", () => [
      http(0, "POST /api/chat", STRANGER),
      gin(4, "POST /api/chat", STRANGER),
    ]),
    story("first pages", () => [http(0, "GET /", OTHER_STRANGER), gin(1, "GET /", STRANGER)]),
  ],
};
