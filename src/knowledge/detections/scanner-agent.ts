import { all, any, contains, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { TO_API } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, KNOWN, story, STRANGER, STRANGER_6 } from "./story.ts";

/** It says who it is, and shows that the address is known. */
export const SCANNER_AGENT: Detection = {
  id: "scanner-agent",
  uuid: "84d8fa39-896b-4665-bf89-971b0ee80200",
  title: "A scanner that names itself asked the model server",
  hypothesis:
    "Search engines for devices and scanners name themselves. One of them at the model server means that its address stands, or will stand, in a public index.",
  severity: "low",
  ...EXPERIMENTAL_1,
  selections: {
    request: {
      class: "http",
      where: all(
        not(network("sourceIp", "loopback", "known")),
        contains(
          "userAgent",
          "zgrab",
          "masscan",
          "nuclei",
          "censys",
          "shodan",
          "expanse",
          "internetmeasurement",
          "internet-measurement",
          "l9explore",
          "l9tcpid",
          "leakix",
          "nmap scripting engine",
          "nikto",
          "gobuster",
          "dirbuster",
          "feroxbuster",
          "wfuzz",
          "ffuf",
          "sqlmap",
          "netsystemsresearch",
          "binaryedge",
          "fofa",
          "zoomeye",
          "onyphe",
          "criminalip",
        ),
        any(TO_API, is("toServer", true), is("product", "corral-gateway")),
      ),
    },
  },
  correlation: { kind: "each", of: "request", by: ["sourceIp"], withinSeconds: 86_400 },
  falsePositives: ["A scan that the organisation ordered or does itself."],
  blindTo: ["Logs that do not tell the user agent: Ollama's own.", "Scanners that name themselves a browser."],
  ids: { attack: ["T1595"], attackBefore: [], atlas: ["AML.T0006"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.exposed],
  whatNow: {
    confirm: [
      "Show what it got: `grep -F ADDRESS ACCESS.LOG | awk '{print $6,$7,$9,$10}'`.",
      "Look whether the address is indexed: ask the scanner's own search page for it.",
    ],
    contain: [BIND_LOOPBACK, "Let only named addresses reach the port."],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("zgrab at the list", () => [http(0, "GET /api/tags", STRANGER, { userAgent: "Mozilla/5.0 zgrab/0.x" })]),
    story("nuclei over IPv6", () => [
      http(0, "GET /api/version", STRANGER_6, { userAgent: "Nuclei - Open-source project" }),
    ]),
    story("a search engine at the first page of the server's port", () => [
      http(0, "GET /", STRANGER, {
        userAgent: "Mozilla/5.0 (compatible; CensysInspect/1.1)",
        product: "zeek",
        destinationPort: 11_434,
      }),
    ]),
    story("refused by the gateway", () => [
      http(0, "GET /admin", STRANGER, { userAgent: "masscan/1.3", product: "corral-gateway", status: 401 }),
    ]),
    story("a scanner inside of the network", () => [
      http(0, "GET /v1/models", COLLEAGUE, { userAgent: "Mozilla/5.0 (compatible; Nmap Scripting Engine)" }),
    ]),
  ],
  silent: [
    story("a browser", () => [
      http(0, "GET /api/tags", STRANGER, { userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" }),
    ]),
    story("Ollama's own client", () => [
      http(0, "GET /api/tags", STRANGER, { userAgent: "ollama/0.33.0 (amd64 linux) Go/go1.24" }),
    ]),
    story("a library", () => [http(0, "POST /v1/chat/completions", STRANGER, { userAgent: "OpenAI/Python 2.1.0" })]),
    story("curl", () => [http(0, "GET /api/tags", STRANGER, { userAgent: "curl/8.5.0" })]),
    story("no user agent told", () => [gin(0, "GET /api/tags", STRANGER)]),
    story("an empty user agent", () => [http(0, "GET /api/tags", STRANGER, { userAgent: "-" })]),
    story("a scanner at a web site", () => [
      http(0, "GET /wp-login.php", STRANGER, { userAgent: "zgrab/0.x", status: 404 }),
    ]),
    story("a scanner at a web site's first page", () => [http(0, "GET /", STRANGER, { userAgent: "zgrab/0.x" })]),
    story("one's own scan from the machine", () => [http(0, "GET /api/tags", "127.0.0.1", { userAgent: "Nuclei" })]),
    story("one's own scan from an address that the user knows", () => [
      http(0, "GET /api/tags", KNOWN, { userAgent: "Nuclei" }),
    ]),
    story("the scanner's name in the path alone", () => [
      http(0, "GET /v1/models/nuclei", STRANGER, { userAgent: "curl/8.5.0" }),
    ]),
  ],
};
