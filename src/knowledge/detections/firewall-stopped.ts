import { all, any, contains, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { SHOW_ACTOR, SHOW_LISTENERS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { control, story } from "./story.ts";

/** All rules at once. */
export const FIREWALL_STOPPED: Detection = {
  id: "firewall-stopped",
  uuid: "341e4e21-52a6-4f3d-9b83-922b3b7a97da",
  title: "The firewall was stopped",
  hypothesis:
    "Whoever stops the whole firewall opens every port at once, the model server's too; behind it a wildcard bind that nobody noticed becomes reachable.",
  severity: "high",
  ...STABLE_1,
  selections: {
    stopped: {
      class: "control",
      where: all(
        any(
          is("control", "firewall"),
          all(is("control", "service"), contains("name", "Windows Defender Firewall", "Windows Firewall", "mpssvc")),
        ),
        is("action", "stopped", "failed"),
      ),
    },
  },
  correlation: { kind: "each", of: "stopped", by: ["observer", "name"], withinSeconds: 3_600 },
  falsePositives: ["A restart or an update: `started` follows within seconds.", "A machine that goes down."],
  blindTo: ["Rules taken away one by one, and those of a cloud's security group."],
  ids: { attack: ["T1686"], attackBefore: ["T1562.004"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.windowsFiltering],
  whatNow: {
    confirm: [
      "Show its state: `sudo ufw status`, `systemctl status nftables firewalld ufw`, `Get-NetFirewallProfile | Select-Object Name,Enabled`.",
      SHOW_ACTOR,
    ],
    contain: [
      "Start it again: `sudo ufw enable`, `sudo systemctl start nftables`, `Set-NetFirewallProfile -All -Enabled True`.",
    ],
    recover: [SHOW_LISTENERS, SHOW_PEERS],
  },
  fires: [
    story("the service of Windows by its short name", () => [
      control(0, "service", "stopped", "mpssvc", { product: "windows" }),
    ]),
    story("the service of older Windows", () => [
      control(0, "service", "stopped", "Windows Firewall", { product: "windows" }),
    ]),
    story("ufw", () => [control(0, "firewall", "stopped", "ufw.service")]),
    story("nftables", () => [control(0, "firewall", "stopped", "nftables.service", { user: "root" })]),
    story("Windows", () => [control(0, "firewall", "stopped", "Public profile", { product: "windows" })]),
    story("the service of Windows", () => [
      control(0, "service", "stopped", "Windows Defender Firewall", { product: "windows" }),
    ]),
    story("it failed to start", () => [control(0, "firewall", "failed", "firewalld.service")]),
    story("a log that does not name its machine", () => [control(0, "firewall", "stopped", "pf", { observer: null })]),
  ],
  silent: [
    story("the log of the firewall of Windows stopped", () => [
      control(0, "log", "stopped", "Windows Firewall log", { product: "windows" }),
    ]),
    story("started", () => [control(0, "firewall", "started", "ufw.service")]),
    story("started again and again", () => [
      control(0, "firewall", "started", "ufw.service"),
      control(60, "firewall", "started", "ufw.service"),
    ]),
    story("a rule was added", () => [control(0, "firewall", "added", "allow 22/tcp")]),
    story("a rule was removed, which has its own detection", () => [
      control(0, "firewall", "removed", "deny 11434/tcp"),
    ]),
    story("a rule was changed", () => [control(0, "firewall", "changed", "allow 22/tcp")]),
    story("another service was stopped", () => [control(0, "service", "stopped", "cups.service")]),
    story("Ollama was stopped", () => [control(0, "service", "stopped", "ollama.service")]),
    story("another service failed", () => [control(0, "service", "failed", "ollama.service")]),
    story("the gateway was stopped, which has its own detection", () => [
      control(0, "gateway", "stopped", "corral-gateway.service"),
    ]),
    story("recording was stopped, which has its own detection", () => [
      control(0, "audit", "stopped", "auditd.service"),
    ]),
    story("the log service was stopped", () => [control(0, "log", "stopped", "rsyslog.service")]),
  ],
};
