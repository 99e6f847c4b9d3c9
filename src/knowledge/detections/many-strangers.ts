import type { Detection } from "../../model/detection.ts";
import { CONNECTED_BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_ACCESS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, inbound, many, noConnections, SERVER, SERVER_6, story, STRANGER } from "./story.ts";

/** The address is on a list. */
export const MANY_STRANGERS: Detection = {
  id: "many-strangers",
  uuid: "b4e4ebc5-4a03-429e-b515-07d50c310054",
  title: "Many strangers use the model server",
  hypothesis:
    "Ten different strangers who are answered within an hour are more than chance: the server's address stands in a list that people share or sell, or behind a reseller's balancer.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: { connection: { class: "network", where: CONNECTED_BY_STRANGER } },
  correlation: {
    kind: "distinct",
    of: "connection",
    field: "sourceIp",
    by: ["destinationIp"],
    atLeast: 10,
    withinSeconds: 3_600,
  },
  falsePositives: [
    "A public service that is meant so, behind a gateway on the same port.",
    "Scanners of search engines come in groups: look at the bytes they took.",
  ],
  blindTo: ["Strangers behind one address, of a reseller's proxy for one.", "Flows that end at a proxy or tunnel."],
  ids: { attack: ["T1133", "T1496"], attackBefore: [], atlas: ["AML.T0040", "AML.T0034"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.exposed],
  whatNow: {
    confirm: [SHOW_PEERS, SHOW_ACCESS],
    contain: [BIND_LOOPBACK],
    recover: [
      PUT_GATEWAY,
      "Take the address out of lists by changing it, if the line allows, and look for it in search engines for devices.",
    ],
  },
  fires: [
    story("ten in almost an hour", () => [many(10, 390, (second, index) => inbound(second, `203.0.113.${index + 1}`))]),
    story("ten in half an hour", () => [many(10, 180, (second, index) => inbound(second, `203.0.113.${index + 1}`))]),
    story("ten over IPv6", () => [
      many(10, 60, (second, index) => inbound(second, `2001:db8:bad::${index + 1}`, { destinationIp: SERVER_6 })),
    ]),
    story("fifty, each twice", () => [
      many(100, 20, (second, index) => inbound(second, `203.0.113.${(index % 50) + 1}`)),
    ]),
    story("ten between connections of the network's own", () => [
      many(20, 60, (second, index) => inbound(second, index % 2 === 0 ? `203.0.113.${index + 1}` : COLLEAGUE)),
    ]),
    story("a cloud's flow log", () => [
      many(10, 60, (second, index) =>
        inbound(second, `203.0.113.${index + 1}`, {
          product: "gcp-vpc-flow",
          direction: null,
          established: null,
          action: "allowed",
        }),
      ),
    ]),
  ],
  silent: [
    ...noConnections((more) => [many(10, 60, (second, index) => inbound(second, `203.0.113.${index + 1}`, more))]),
    story("nine", () => [many(9, 60, (second, index) => inbound(second, `203.0.113.${index + 1}`))]),
    story("nine, each many times", () => [
      many(90, 20, (second, index) => inbound(second, `203.0.113.${(index % 9) + 1}`)),
    ]),
    story("ten over more than an hour", () => [
      many(10, 410, (second, index) => inbound(second, `203.0.113.${index + 1}`)),
    ]),
    story("ten, five at each of two servers", () => [
      many(10, 60, (second, index) =>
        inbound(second, `203.0.113.${index + 1}`, { destinationIp: index % 2 === 0 ? SERVER : "198.51.100.11" }),
      ),
    ]),
    story("twenty machines of the network", () => [
      many(20, 60, (second, index) => inbound(second, `192.168.1.${index + 1}`)),
    ]),
    story("twenty addresses of a carrier's shared space", () => [
      many(20, 60, (second, index) => inbound(second, `100.64.0.${index + 1}`)),
    ]),
    story("twenty addresses that the user knows", () => [
      many(20, 60, (second, index) => inbound(second, `192.0.2.${index + 65}`)),
    ]),
    story("twenty of the network over IPv6", () => [
      many(20, 60, (second, index) => inbound(second, `fd12::${index + 1}`)),
    ]),
    story("twenty scanners that nobody answered", () => [
      many(20, 60, (second, index) => inbound(second, `203.0.113.${index + 1}`, { established: false })),
    ]),
    story("twenty whom a filter stopped", () => [
      many(20, 60, (second, index) =>
        inbound(second, `203.0.113.${index + 1}`, { action: "blocked", established: null }),
      ),
    ]),
    story("twenty at the web server", () => [
      many(20, 60, (second, index) => inbound(second, `203.0.113.${index + 1}`, { destinationPort: 443 })),
    ]),
    story("one stranger a hundred times", () => [many(100, 20, (second) => inbound(second, STRANGER))]),
  ],
};
