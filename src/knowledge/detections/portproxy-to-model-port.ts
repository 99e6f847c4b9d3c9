import { all, any, contains, ends } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { PUT_GATEWAY, SHOW_PEERS } from "./measures.ts";
import { run, story } from "./story.ts";

/** Another port, the same server. */
export const PORTPROXY_TO_MODEL_PORT: Detection = {
  id: "portproxy-to-model-port",
  uuid: "c87c4b39-661d-4720-b7ad-e420bd3b1958",
  title: "A port was forwarded to the model server's port",
  hypothesis:
    "`netsh interface portproxy`, socat or a rule of the firewall that translates addresses lets strangers in on another port and shows the server a local address. Set on a machine with WSL2 it often opens to everybody.",
  severity: "high",
  ...STABLE_1,
  selections: {
    forward: {
      class: "process",
      where: any(
        all(
          contains("commandLine", "portproxy"),
          contains("commandLine", " add ", " set "),
          contains("commandLine", "11434"),
        ),
        all(
          ends("executable", "/socat", "\\socat.exe"),
          contains("commandLine", "LISTEN"),
          contains("commandLine", "11434"),
        ),
        all(
          ends("executable", "/iptables", "/ip6tables", "/nft", "/xtables-nft-multi", "/xtables-legacy-multi"),
          contains("commandLine", "DNAT", "dnat to", "REDIRECT", "redirect to"),
          contains("commandLine", "11434"),
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "forward", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: [
    "Docker writes such rules for ports that it publishes: see `container-publishes-model-port`.",
    "A forwarding from loopback to WSL2 on the same machine.",
  ],
  blindTo: [
    "Forwardings that stand in the registry or in a file before the log begins.",
    "A router's port forwarding.",
  ],
  ids: { attack: ["T1090", "T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show forwardings: `netsh interface portproxy show all`, `sudo nft list table ip nat | grep 11434`, `ps -eo pid,user,args | grep socat`.",
    ],
    contain: [
      "Take it away: `netsh interface portproxy delete v4tov4 listenport=PORT listenaddress=ADDRESS`, `kill PID`, `sudo nft delete rule …`.",
    ],
    recover: [SHOW_PEERS, PUT_GATEWAY],
  },
  fires: [
    story("socat on Windows", () => [
      run(0, String.raw`C:\Tools\socat.exe`, "socat.exe TCP4-LISTEN:8080,fork TCP4:127.0.0.1:11434", {
        product: "sysmon",
      }),
    ]),
    story("netsh", () => [
      run(
        0,
        String.raw`C:\Windows\System32\netsh.exe`,
        "netsh interface portproxy add v4tov4 listenport=8080 listenaddress=0.0.0.0 connectport=11434 connectaddress=172.20.1.2",
        { product: "sysmon" },
      ),
    ]),
    story("netsh, the same port", () => [
      run(
        0,
        String.raw`C:\Windows\System32\netsh.exe`,
        "netsh interface portproxy set v6tov4 listenport=11434 connectport=11434",
        { product: "sysmon" },
      ),
    ]),
    story("socat", () => [run(0, "/usr/bin/socat", "socat TCP-LISTEN:8080,fork,reuseaddr TCP:127.0.0.1:11434")]),
    story("iptables", () => [
      run(0, "/usr/sbin/iptables", "iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-port 11434"),
    ]),
    story("nftables", () => [
      run(0, "/usr/sbin/nft", "nft add rule ip nat prerouting tcp dport 8080 dnat to 127.0.0.1:11434"),
    ]),
  ],
  silent: [
    story("a search for such rules", () => [run(0, "/usr/bin/grep", "grep -r REDIRECT.*11434 /etc/iptables")]),
    story("netsh shows", () => [
      run(0, String.raw`C:\Windows\System32\netsh.exe`, "netsh interface portproxy show all", { product: "sysmon" }),
    ]),
    story("netsh deletes", () => [
      run(0, String.raw`C:\Windows\System32\netsh.exe`, "netsh interface portproxy delete v4tov4 listenport=11434", {
        product: "sysmon",
      }),
    ]),
    story("netsh, another port", () => [
      run(
        0,
        String.raw`C:\Windows\System32\netsh.exe`,
        "netsh interface portproxy add v4tov4 listenport=2222 connectport=22",
        { product: "sysmon" },
      ),
    ]),
    story("netsh's firewall", () => [
      run(
        0,
        String.raw`C:\Windows\System32\netsh.exe`,
        "netsh advfirewall firewall add rule name=x dir=in localport=11434 action=block",
        { product: "sysmon" },
      ),
    ]),
    story("socat asks", () => [run(0, "/usr/bin/socat", "socat - TCP:127.0.0.1:11434")]),
    story("socat, another port", () => [run(0, "/usr/bin/socat", "socat TCP-LISTEN:8080,fork TCP:127.0.0.1:3000")]),
    story("iptables closes", () => [run(0, "/usr/sbin/iptables", "iptables -A INPUT -p tcp --dport 11434 -j DROP")]),
    story("iptables, another port", () => [
      run(0, "/usr/sbin/iptables", "iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-port 8080"),
    ]),
    story("nftables shows", () => [run(0, "/usr/sbin/nft", "nft list ruleset")]),
    story("a search for forwardings", () => [run(0, "/usr/bin/grep", "grep -r 11434 /etc/nftables.conf")]),
    story("a note about it", () => [
      run(0, String.raw`C:\Windows\System32\cmd.exe`, "cmd /c echo portproxy 11434", { product: "sysmon" }),
    ]),
  ],
};
