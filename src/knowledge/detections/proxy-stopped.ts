import { all, contains, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { SHOW_ACCESS, SHOW_ACTOR, SHOW_LISTENERS } from "./measures.ts";
import { control, story } from "./story.ts";

/** Whatever asked for the login may be gone. */
export const PROXY_STOPPED: Detection = {
  id: "proxy-stopped",
  uuid: "e0707ac8-138b-48be-989b-0a02b915985c",
  title: "A proxy in front of the model server stopped",
  hypothesis:
    "Where a proxy asks for the login, stopping it is a step: either nobody gets in any more, or they get in past it.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    stopped: {
      class: "control",
      where: all(
        is("control", "gateway"),
        not(contains("name", "corral")),
        is("action", "stopped", "failed", "removed"),
      ),
    },
  },
  correlation: { kind: "each", of: "stopped", by: ["observer", "name"], withinSeconds: 3_600 },
  falsePositives: [
    "A restart or an update: `started` follows within seconds.",
    "Proxies that have nothing to do with a model server.",
  ],
  blindTo: ["Proxies in containers, and those that no service manager starts."],
  ids: { attack: ["T1685"], attackBefore: ["T1562.001"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: ["Show it: `systemctl status NAME`, `journalctl -u NAME -n 50`.", SHOW_LISTENERS, SHOW_ACTOR],
    contain: ["Start it again, or stop what it guards: `sudo systemctl start NAME`, `sudo systemctl stop ollama`."],
    recover: [SHOW_ACCESS],
  },
  fires: [
    story("nginx", () => [control(0, "gateway", "stopped", "nginx.service")]),
    story("Caddy failed", () => [control(0, "gateway", "failed", "caddy.service")]),
    story("Traefik", () => [control(0, "gateway", "stopped", "traefik.service", { user: "root" })]),
    story("HAProxy, in a log that does not name its machine", () => [
      control(0, "gateway", "stopped", "haproxy.service", { observer: null }),
    ]),
    story("Apache, as auditd names it", () => [control(0, "gateway", "stopped", "apache2", { product: "auditd" })]),
  ],
  silent: [
    story("started", () => [control(0, "gateway", "started", "nginx.service")]),
    story("changed", () => [control(0, "gateway", "changed", "nginx.service")]),
    story("started again and again", () => [
      control(0, "gateway", "started", "nginx.service"),
      control(60, "gateway", "started", "nginx.service"),
    ]),
    story("Corral's gateway, which has its own detection", () => [
      control(0, "gateway", "stopped", "corral-gateway.service"),
    ]),
    story("a gap in its trail", () => [control(0, "gateway", "failed", "corral gateway audit trail")]),
    story("Ollama", () => [control(0, "service", "stopped", "ollama.service")]),
    story("another service", () => [control(0, "service", "stopped", "cups.service")]),
    story("the firewall", () => [control(0, "firewall", "stopped", "ufw.service")]),
    story("recording", () => [control(0, "audit", "stopped", "auditd.service")]),
    story("the log service", () => [control(0, "log", "stopped", "rsyslog.service")]),
    story("a service whose name holds the word", () => [control(0, "service", "stopped", "nginx-exporter.service")]),
  ],
};
