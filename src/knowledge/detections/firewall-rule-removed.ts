import { all, contains, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, SHOW_ACCESS, SHOW_ACTOR, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { control, story } from "./story.ts";

/** What kept strangers away is gone. */
export const FIREWALL_RULE_REMOVED: Detection = {
  id: "firewall-rule-removed",
  uuid: "00af24b2-d8f8-473a-8fcc-7ae5d7d9d018",
  title: "A firewall rule about the model server was removed",
  hypothesis:
    "A rule that names Ollama, its port or the chain for published ports guards the server. Whoever removes it opens the door without a change of the server's own settings.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    removed: {
      class: "control",
      where: all(
        is("control", "firewall"),
        is("action", "removed", "changed"),
        contains("name", "11434", "ollama", "DOCKER-USER", "corral"),
      ),
    },
  },
  correlation: { kind: "each", of: "removed", by: ["observer", "name"], withinSeconds: 3_600 },
  falsePositives: [
    "A restart of the firewall, or a tool that writes its rules anew.",
    "A rule that let somebody in and was taken away: then it is closed better than before.",
  ],
  blindTo: [
    "Rules that name neither port nor program, and those of a cloud's security group.",
    "Rules changed by a program that writes no record; auditd's record of a changed table does not name the rule: see `guard-off-by-command`.",
  ],
  ids: {
    attack: ["T1686", "T1686.001"],
    attackBefore: ["T1562.004", "T1562.007"],
    atlas: [],
    owaspLlm: ["LLM10:2025"],
  },
  references: [REFERENCES.windowsFiltering],
  whatNow: {
    confirm: [
      "Show what guards the port now: `sudo nft list ruleset | grep -n 11434`, `sudo iptables -S DOCKER-USER`, `sudo ufw status numbered`, `Get-NetFirewallPortFilter | Where-Object LocalPort -eq 11434`.",
      SHOW_ACTOR,
    ],
    contain: ["Put the rule back: `sudo ufw deny 11434/tcp`, or restore the saved rules.", BIND_LOOPBACK],
    recover: [SHOW_PEERS, SHOW_ACCESS],
  },
  fires: [
    story("a rule of ufw", () => [control(0, "firewall", "removed", "deny 11434/tcp", { user: "root" })]),
    story("a rule of Windows", () => [
      control(0, "firewall", "removed", "Ollama closed", { product: "windows", observer: "pc-7" }),
    ]),
    story("the chain for published ports", () => [
      control(0, "firewall", "removed", "DOCKER-USER", { executable: "/usr/sbin/iptables" }),
    ]),
    story("a rule that was changed", () => [control(0, "firewall", "changed", "inbound tcp dport 11434 drop")]),
    story("a rule of the gateway", () => [control(0, "firewall", "removed", "corral-gateway only")]),
  ],
  silent: [
    story("a rule about another port", () => [control(0, "firewall", "removed", "deny 5432/tcp")]),
    story("a rule about a port that begins alike", () => [control(0, "firewall", "removed", "deny 1143/tcp")]),
    story("a rule of Windows about another program", () => [
      control(0, "firewall", "removed", "File and Printer Sharing"),
    ]),
    story("a rule was added", () => [control(0, "firewall", "added", "deny 11434/tcp")]),
    story("the firewall was started", () => [control(0, "firewall", "started", "ufw.service")]),
    story("the firewall was stopped, which has its own detection", () => [
      control(0, "firewall", "stopped", "ufw.service"),
    ]),
    story("the service was stopped", () => [control(0, "service", "stopped", "ollama.service")]),
    story("the service was changed", () => [control(0, "service", "changed", "ollama.service")]),
    story("another chain", () => [control(0, "firewall", "removed", "f2b-sshd")]),
    story("Docker's own chain, which it writes anew at each start", () => [
      control(0, "firewall", "removed", "DOCKER-ISOLATION-STAGE-1"),
    ]),
    story("an audit rule", () => [control(0, "audit", "removed", "exe=/usr/local/bin/ollama")]),
  ],
};
