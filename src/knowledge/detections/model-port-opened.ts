import { all, contains, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { PUT_GATEWAY, SHOW_ACTOR, SHOW_LISTENERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { control, story } from "./story.ts";

/** Somebody let somebody in. */
export const MODEL_PORT_OPENED: Detection = {
  id: "model-port-opened",
  uuid: "7d692c26-acf7-4324-b8db-892a1361c57f",
  title: "A firewall rule for the model server's port was added",
  hypothesis:
    "A rule that names Ollama or its port was added: mostly to let others reach it. Installers and set-up guides do so for everybody, IPv6 included.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    added: {
      class: "control",
      where: all(
        is("control", "firewall"),
        is("action", "added"),
        contains("name", "11434", "ollama"),
        not(contains("name", "deny", "drop", "reject", "block", "closed")),
      ),
    },
  },
  correlation: { kind: "each", of: "added", by: ["observer", "name"], withinSeconds: 3_600 },
  falsePositives: [
    "A rule for named addresses alone.",
    "Windows asks at the program's first start, and writes a rule for private networks.",
  ],
  blindTo: ["Rules whose name tells neither port nor program, and those of a cloud's security group."],
  ids: { attack: ["T1686", "T1133"], attackBefore: ["T1562.004"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Show the rule and for whom it is: `sudo ufw status numbered`, `sudo nft list ruleset | grep -n 11434`, `Get-NetFirewallRule -DisplayName *ollama* | Get-NetFirewallAddressFilter`.",
      SHOW_ACTOR,
    ],
    contain: [
      "Take it away, or name addresses: `sudo ufw delete NUMBER`, `Set-NetFirewallRule -DisplayName NAME -RemoteAddress LocalSubnet`.",
    ],
    recover: [SHOW_LISTENERS, PUT_GATEWAY],
  },
  fires: [
    story("ufw", () => [control(0, "firewall", "added", "allow 11434/tcp")]),
    story("Windows", () => [control(0, "firewall", "added", "ollama.exe", { product: "windows" })]),
    story("nftables", () => [
      control(0, "firewall", "added", "tcp dport 11434 accept", { executable: "/usr/sbin/nft" }),
    ]),
    story("firewalld", () => [control(0, "firewall", "added", "11434/tcp")]),
    story("IPv6 too", () => [control(0, "firewall", "added", "allow 11434/tcp (v6)")]),
  ],
  silent: [
    story("a rule that closes it", () => [control(0, "firewall", "added", "deny 11434/tcp")]),
    story("a rule that drops", () => [control(0, "firewall", "added", "tcp dport 11434 drop")]),
    story("a rule that refuses", () => [control(0, "firewall", "added", "-p tcp --dport 11434 -j REJECT")]),
    story("a rule of Windows that closes it", () => [
      control(0, "firewall", "added", "Ollama closed", { product: "windows" }),
    ]),
    story("a rule about another port", () => [control(0, "firewall", "added", "allow 443/tcp")]),
    story("a rule about another program", () => [control(0, "firewall", "added", "node.exe", { product: "windows" })]),
    story("a rule was removed", () => [control(0, "firewall", "removed", "allow 11434/tcp")]),
    story("the service was added", () => [control(0, "service", "added", "ollama.service")]),
    story("an audit rule was added", () => [control(0, "audit", "added", "exe=/usr/local/bin/ollama")]),
    story("a port that begins alike", () => [control(0, "firewall", "added", "allow 1143/tcp")]),
    story("a name with the word in another one", () => [control(0, "firewall", "added", "allow llama-node 8080/tcp")]),
  ],
};
