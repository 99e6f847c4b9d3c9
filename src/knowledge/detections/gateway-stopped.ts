import { all, contains, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { SHOW_ACCESS, SHOW_ACTOR, SHOW_LISTENERS } from "./measures.ts";
import { control, story } from "./story.ts";

/** The door with the lock is gone; is there another? */
export const GATEWAY_STOPPED: Detection = {
  id: "gateway-stopped",
  uuid: "63d7fb6e-61aa-4e12-8614-1c4c84206450",
  title: "The gateway in front of the model server stopped",
  hypothesis:
    "The gateway asks for keys and writes who asked what. Who stops it takes away both; if the server is reached past it, nothing is asked and nothing is written.",
  severity: "high",
  ...STABLE_1,
  selections: {
    stopped: {
      class: "control",
      where: all(
        is("control", "gateway", "service"),
        contains("name", "corral"),
        not(contains("name", "audit trail")),
        is("action", "stopped", "failed", "removed"),
      ),
    },
  },
  correlation: { kind: "each", of: "stopped", by: ["observer", "name"], withinSeconds: 3_600 },
  falsePositives: ["A restart or an update: `started` follows within seconds.", "A machine that goes down."],
  blindTo: [
    "Another proxy in front of the server: see `proxy-stopped`.",
    "A gateway that still runs while requests pass by it: compare its trail with the server's log.",
  ],
  ids: { attack: ["T1685"], attackBefore: ["T1562.001"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show it: `systemctl status corral-gateway`, `journalctl -u corral-gateway -n 50`.",
      SHOW_ACTOR,
      SHOW_LISTENERS,
    ],
    contain: ["Start it again: `sudo systemctl start corral-gateway`; until then: `sudo systemctl stop ollama`."],
    recover: ["Look into the trail: `corral gateway audit verify`.", SHOW_ACCESS],
  },
  fires: [
    story("stopped", () => [control(0, "gateway", "stopped", "corral-gateway.service", { user: "root" })]),
    story("failed", () => [control(0, "gateway", "failed", "corral-gateway.service")]),
    story("told as a service", () => [control(0, "service", "stopped", "corral-gateway.service")]),
    story("its service was removed on Windows", () => [
      control(0, "service", "removed", "Corral gateway", { product: "windows" }),
    ]),
    story("a log that does not name its machine", () => [
      control(0, "gateway", "stopped", "corral-gateway", { observer: null }),
    ]),
  ],
  silent: [
    story("a rule of the firewall about it, which has its own detection", () => [
      control(0, "firewall", "removed", "corral-gateway only"),
    ]),
    story("started", () => [control(0, "gateway", "started", "corral-gateway.service")]),
    story("changed: a reload", () => [control(0, "gateway", "changed", "corral-gateway.service")]),
    story("added", () => [control(0, "service", "added", "corral-gateway.service")]),
    story("another service stopped", () => [control(0, "service", "stopped", "cups.service")]),
    story("Ollama stopped", () => [control(0, "service", "stopped", "ollama.service")]),
    story("another proxy stopped", () => [control(0, "gateway", "stopped", "nginx.service")]),
    story("a gap in its trail, which has its own detection", () => [
      control(0, "gateway", "failed", "corral gateway audit trail"),
    ]),
    story("a gateway of another kind", () => [control(0, "service", "stopped", "api-gateway.service")]),
    story("recording stopped, which has its own detection", () => [control(0, "audit", "stopped", "auditd.service")]),
    story("the firewall stopped, which has its own detection", () => [
      control(0, "firewall", "stopped", "nftables.service"),
    ]),
    story("the trail of the gateway was cut, which has its own detection", () => [
      control(0, "log", "truncated", "/var/lib/corral/audit/2026-03-01.jsonl"),
    ]),
    story("another service failed", () => [control(0, "service", "failed", "ollama.service")]),
  ],
};
