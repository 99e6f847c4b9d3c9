import { all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { listens, SERVER, setting, story } from "./story.ts";

/** Somebody opened what was closed. */
export const LISTEN_FLIP: Detection = {
  id: "listen-flip",
  uuid: "8779bdd0-99f3-43c0-9434-c39e5fa9f72a",
  title: "Ollama listened on loopback before and listens beyond it now",
  hypothesis:
    "Between two starts the server's line `Listening on` changed from loopback to an address that others reach. Somebody changed its environment, its unit or its switch; whoever has a foot in a machine does so to share the model.",
  severity: "high",
  ...STABLE_1,
  selections: {
    closed: { class: "listen", where: all(is("by", "server-line"), network("address", "loopback")) },
    open: { class: "listen", where: all(is("by", "server-line"), not(network("address", "loopback"))) },
  },
  correlation: { kind: "change", from: "closed", to: "open", by: ["observer"] },
  falsePositives: [
    "The owner opened it on purpose: the change has a date and an account (`last`, `journalctl -u ollama`).",
    "Two servers on one machine that write into one log.",
  ],
  blindTo: [
    "A server that was open in all that was read.",
    "A change of the firewall, a tunnel or a published port, which leaves the line as it is.",
  ],
  ids: { attack: ["T1133", "T1685"], attackBefore: ["T1562.001"], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Show both lines: `journalctl -u ollama -o short-iso | grep 'Listening on'`.",
      "Show what was changed and when: `systemctl cat ollama`, `ls -l --time-style=full-iso /etc/systemd/system/ollama.service.d/`, `last -F | head`.",
    ],
    contain: [BIND_LOOPBACK],
    recover: [SHOW_ACCESS, PUT_GATEWAY],
  },
  fires: [
    story("loopback, then every address", () => [listens(0, "127.0.0.1"), listens(3600, "0.0.0.0")]),
    story("IPv6 loopback, then every address", () => [listens(0, "::1"), listens(60, "::")]),
    story("days between", () => [listens(0, "127.0.0.1"), listens(864_000, SERVER)]),
    story("loopback, then an address of the network", () => [listens(0, "127.0.0.1"), listens(60, "192.168.1.5")]),
    story("opened, closed and opened again", () => [
      listens(0, "0.0.0.0"),
      listens(60, "127.0.0.1"),
      listens(120, "0.0.0.0"),
    ]),
    story("a log that does not name its machine, another port", () => [
      listens(0, "127.0.0.1", { observer: null }),
      listens(60, "::", { observer: null, port: 8080 }),
    ]),
  ],
  silent: [
    story("another program was closed, and the server open from the beginning", () => [
      listens(0, "127.0.0.1", { by: "bind", product: "auditd", version: null }),
      listens(60, "0.0.0.0"),
    ]),
    story("loopback again and again", () => [listens(0, "127.0.0.1"), listens(60, "127.0.0.1"), listens(120, "::1")]),
    story("open from the beginning", () => [listens(0, "0.0.0.0"), listens(60, "0.0.0.0")]),
    story("open, then closed", () => [listens(0, "0.0.0.0"), listens(60, "127.0.0.1")]),
    story("one start alone, open", () => [listens(0, "::")]),
    story("one start alone, closed", () => [listens(0, "127.0.0.1")]),
    story("two machines, one closed and one open", () => [
      listens(0, "127.0.0.1"),
      listens(60, "0.0.0.0", { observer: "gpu-2" }),
    ]),
    story("two machines, three of each start", () => [
      listens(0, "0.0.0.0", { observer: "gpu-2" }),
      listens(60, "127.0.0.1"),
      listens(120, "0.0.0.0", { observer: "gpu-2" }),
    ]),
    story("the runner's socket beside", () => [
      listens(0, "127.0.0.1"),
      listens(5, "0.0.0.0", { by: "socket", product: "ss", executable: "/usr/sbin/nginx", port: 443 }),
    ]),
    story("a bind call, which has its own detection", () => [
      listens(0, "127.0.0.1"),
      listens(60, "0.0.0.0", { by: "bind", product: "auditd" }),
    ]),
    story("another loopback address", () => [listens(0, "127.0.0.1"), listens(60, "127.0.0.2")]),
    story("loopback in its three spellings", () => [
      listens(0, "127.0.0.1"),
      listens(60, "::ffff:127.0.0.1"),
      listens(120, "::1"),
    ]),
    story("the setting alone", () => [listens(0, "127.0.0.1"), setting(60, "OLLAMA_HOST", "http://0.0.0.0:11434")]),
  ],
};
