import { all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { RUNNER_PROGRAM } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { CHECK_MODELS, REBUILD, ROTATE_SECRETS, SHOW_OUTGOING, STOP_SERVER } from "./measures.ts";
import { COLLEAGUE, outbound, story, STRANGER, STRANGER_6 } from "./story.ts";

/** It computes. It asks nobody. */
export const RUNNER_REACHES_OUT: Detection = {
  id: "runner-reaches-out",
  uuid: "56b30f7e-7db8-434b-a091-e7e6381c2634",
  title: "A runner of models opened a connection",
  hypothesis:
    "A runner takes requests from the server on loopback and opens no connection. One that does carries something out, or fetches something in: code that came with a model file.",
  severity: "high",
  ...STABLE_1,
  selections: {
    connection: {
      class: "network",
      where: all(is("direction", "outbound"), RUNNER_PROGRAM, not(network("destinationIp", "loopback"))),
    },
  },
  correlation: { kind: "each", of: "connection", by: ["observer", "destinationIp"], withinSeconds: 3_600 },
  falsePositives: ["A llama.cpp server of one's own that fetches its model (`-hf`)."],
  blindTo: ["Sources that do not tell the program.", "Versions whose runner is `ollama` itself."],
  ids: {
    attack: ["T1048", "T1105"],
    attackBefore: [],
    atlas: ["AML.T0072", "AML.T0112", "AML.T0025"],
    owaspLlm: ["LLM03:2025"],
  },
  references: [],
  whatNow: {
    confirm: [
      SHOW_OUTGOING,
      "Show which model was loaded: `journalctl -u ollama --since TIME --until TIME | grep -E 'starting (llama-server|runner)'`.",
    ],
    contain: [STOP_SERVER],
    recover: [CHECK_MODELS, ROTATE_SECRETS, REBUILD],
  },
  fires: [
    story("outside", () => [outbound(0, STRANGER, 443, { executable: "/usr/local/lib/ollama/llama-server" })]),
    story("inside", () => [outbound(0, "10.0.0.5", 445, { executable: "/usr/local/lib/ollama/llama-server" })]),
    story("IPv6", () => [outbound(0, STRANGER_6, 443, { executable: "/usr/local/lib/ollama/llama-server" })]),
    story("the runner of older versions", () => [
      outbound(0, STRANGER, 4444, { executable: "/tmp/ollama77/runners/cpu/ollama_llama_server" }),
    ]),
    story("Windows, stopped by a filter", () => [
      outbound(0, STRANGER, 443, {
        executable: String.raw`C:\Ollama\lib\ollama\llama-server.exe`,
        action: "blocked",
        established: false,
      }),
    ]),
  ],
  silent: [
    story("loopback", () => [outbound(0, "127.0.0.1", 40_112, { executable: "/usr/local/lib/ollama/llama-server" })]),
    story("IPv6 loopback", () => [outbound(0, "::1", 40_112, { executable: "/usr/local/lib/ollama/llama-server" })]),
    story("loopback written as IPv6", () => [
      outbound(0, "::ffff:127.0.0.1", 40_112, { executable: "/usr/local/lib/ollama/llama-server" }),
    ]),
    story("the server asks the runner", () => [outbound(0, "127.0.0.1", 40_111)]),
    story("the server asks a registry", () => [outbound(0, STRANGER, 443)]),
    story("the server comes in", () => [
      outbound(0, "127.0.0.1", 50_000, { executable: "/usr/local/lib/ollama/llama-server", direction: "inbound" }),
    ]),
    story("a client comes in to a server of one's own", () => [
      outbound(0, COLLEAGUE, 50_000, { executable: "/opt/llama-server", direction: "inbound" }),
    ]),
    story("a program whose name ends alike", () => [
      outbound(0, STRANGER, 443, { executable: "/opt/my-llama-server", user: "alice" }),
    ]),
    story("a program whose name begins alike", () => [
      outbound(0, STRANGER, 443, { executable: "/opt/llama-server-exporter", user: "alice" }),
    ]),
    story("no program told", () => [outbound(0, STRANGER, 443, { executable: null })]),
    story("no direction told", () => [
      outbound(0, STRANGER, 443, { executable: "/usr/local/lib/ollama/llama-server", direction: null }),
    ]),
  ],
};
