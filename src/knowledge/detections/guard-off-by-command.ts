import { all, contains, ends, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, SHOW_ACTOR, SHOW_LISTENERS, SHOW_PEERS } from "./measures.ts";
import { run, story } from "./story.ts";

/** The command line tells it even where the guard itself is silent. */
export const GUARD_OFF_BY_COMMAND: Detection = {
  id: "guard-off-by-command",
  uuid: "653ffffe-2c83-43a3-8100-b51a4d4383d2",
  title: "A command switched a guard or a record off",
  hypothesis:
    "Firewalls, audit rules, the gateway and logs are switched off by a few known commands. Their command line stands in the record of programs, with the account, even when the thing that is stopped writes nothing any more.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    command: {
      class: "process",
      where: all(
        contains(
          "commandLine",
          "ufw disable",
          "ufw --force disable",
          "ufw --force reset",
          "iptables -F",
          "iptables --flush",
          "ip6tables -F",
          "iptables -P INPUT ACCEPT",
          "nft flush ruleset",
          "nft delete table",
          "systemctl stop ufw",
          "systemctl stop nftables",
          "systemctl stop firewalld",
          "systemctl disable ufw",
          "systemctl disable nftables",
          "systemctl disable firewalld",
          "systemctl disable --now ufw",
          "systemctl disable --now nftables",
          "systemctl disable --now firewalld",
          "setenforce 0",
          "pfctl -d",
          "auditctl -D",
          "auditctl -e 0",
          "auditctl -e0",
          "systemctl stop auditd",
          "service auditd stop",
          "systemctl disable auditd",
          "systemctl disable --now auditd",
          "systemctl stop corral",
          "systemctl disable corral",
          "systemctl disable --now corral",
          "systemctl stop rsyslog",
          "systemctl stop systemd-journald",
          "journalctl --vacuum",
          "journalctl --rotate --vacuum",
          "advfirewall set allprofiles state off",
          "advfirewall set publicprofile state off",
          "wevtutil cl ",
          "wevtutil.exe cl ",
          "wevtutil clear-log",
          "wevtutil.exe clear-log",
          "Clear-EventLog",
          "auditpol /clear",
          "sysmon -u",
          "sysmon64 -u",
          "sysmon64.exe -u",
          "fltmc unload sysmon",
          "socketfilterfw --setglobalstate off",
        ),
        not(ends("executable", "/grep", "/rg", "/man", "/less", "/cat", "/vim", "/nano", "/apropos")),
      ),
    },
  },
  correlation: { kind: "each", of: "command", by: ["observer", "user"], withinSeconds: 3_600 },
  falsePositives: [
    "Administrators at work, and tools that set up machines; a job that keeps the journal small.",
    "`iptables -F` of one chain alone, as Docker and VPN programs do.",
  ],
  blindTo: ["Other words for the same, scripts whose contents are not recorded, and interfaces with windows."],
  ids: { attack: ["T1685", "T1686"], attackBefore: ["T1562.001", "T1562.004"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      SHOW_ACTOR,
      "Show what is on now: `sudo ufw status`, `sudo nft list ruleset | head`, `sudo auditctl -s`, `systemctl is-active corral-gateway auditd rsyslog`, `Get-NetFirewallProfile`.",
    ],
    contain: ["Switch it on again: `sudo ufw enable`, `sudo augenrules --load`, `sudo systemctl start NAME`."],
    recover: [SHOW_LISTENERS, SHOW_PEERS, LOOK_FOR_TRACES],
  },
  fires: [
    story("ufw", () => [
      run(0, "/usr/sbin/ufw", "/usr/sbin/ufw disable", {
        user: "root",
        parentExecutable: "sudo",
        parentCommandLine: null,
        product: "sudo",
      }),
    ]),
    story("all rules flushed", () => [run(0, "/usr/sbin/nft", "nft flush ruleset", { user: "root" })]),
    story("audit rules", () => [run(0, "/usr/sbin/auditctl", "auditctl -D", { user: "root" })]),
    story("the gateway", () => [run(0, "/usr/bin/systemctl", "systemctl stop corral-gateway", { user: "root" })]),
    story("Windows' log", () => [
      run(0, String.raw`C:\Windows\System32\wevtutil.exe`, "wevtutil cl Security", { product: "windows" }),
    ]),
    story("Windows' firewall", () => [
      run(0, String.raw`C:\Windows\System32\netsh.exe`, "netsh advfirewall set allprofiles state off", {
        product: "sysmon",
      }),
    ]),
  ],
  silent: [
    story("ufw on", () => [run(0, "/usr/sbin/ufw", "ufw enable", { user: "root" })]),
    story("ufw shown", () => [run(0, "/usr/sbin/ufw", "ufw status verbose", { user: "root" })]),
    story("rules listed", () => [run(0, "/usr/sbin/nft", "nft list ruleset", { user: "root" })]),
    story("a rule added", () => [
      run(0, "/usr/sbin/iptables", "iptables -A INPUT -p tcp --dport 11434 -j DROP", { user: "root" }),
    ]),
    story("audit rules listed", () => [run(0, "/usr/sbin/auditctl", "auditctl -l", { user: "root" })]),
    story("audit rules added", () => [
      run(0, "/usr/sbin/auditctl", "auditctl -a always,exit -F arch=b64 -S execve -k corral", { user: "root" }),
    ]),
    story("the gateway restarted", () => [
      run(0, "/usr/bin/systemctl", "systemctl restart corral-gateway", { user: "root" }),
    ]),
    story("another service stopped", () => [run(0, "/usr/bin/systemctl", "systemctl stop cups", { user: "root" })]),
    story("Ollama stopped", () => [run(0, "/usr/bin/systemctl", "systemctl stop ollama", { user: "root" })]),
    story("the journal read", () => [run(0, "/usr/bin/journalctl", "journalctl -u ollama -n 100")]),
    story("Windows' log read", () => [
      run(0, String.raw`C:\Windows\System32\wevtutil.exe`, "wevtutil qe Security /c:10", { product: "windows" }),
    ]),
    story("the words searched for", () => [run(0, "/usr/bin/grep", "grep -r 'ufw disable' /root")]),
  ],
};
