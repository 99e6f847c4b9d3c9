import { above, all, below, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { PUT_GATEWAY } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { listens, story } from "./story.ts";

const FILTER = {
  by: "filter",
  product: "windows",
  version: null,
  executable: String.raw`\device\harddiskvolume3\users\alice\appdata\local\programs\ollama\ollama.exe`,
} as const;

/** Events 5154 and 5158 of the Windows Filtering Platform. */
export const WINDOWS_LISTEN_BEYOND_LOOPBACK: Detection = {
  id: "windows-listen-beyond-loopback",
  uuid: "01cee0b8-c3b2-4c97-88a7-299fc7775d4a",
  title: "Windows let Ollama listen beyond loopback",
  hypothesis:
    "The Windows Filtering Platform writes 5154 when it lets a program listen and 5158 when it lets it bind, with the address and the program's path: the switch `Expose Ollama to the network` shows here even where nobody keeps Ollama's own log.",
  severity: "high",
  ...STABLE_1,
  selections: {
    listen: {
      class: "listen",
      where: all(
        is("by", "filter"),
        OLLAMA_PROGRAM,
        not(network("address", "loopback")),
        above("port", 0),
        below("port", 49_152),
      ),
    },
  },
  correlation: { kind: "each", of: "listen", by: ["observer", "port"], withinSeconds: 86_400 },
  falsePositives: [
    "A machine in a network of its own, behind a firewall that lets nobody in.",
    "The desktop app's switch turned on for a moment on purpose.",
  ],
  blindTo: [
    "Ports from 49152 up: Windows binds those for outgoing connections too.",
    "Machines that do not audit `Filtering Platform Connection`, as is the default.",
  ],
  ids: { attack: ["T1190", "T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.windowsFiltering, REFERENCES.ollamaWindows],
  whatNow: {
    confirm: [
      "Show it now: `Get-NetTCPConnection -State Listen | Where-Object OwningProcess -in (Get-Process ollama).Id`.",
      "Show who set it: `[Environment]::GetEnvironmentVariable('OLLAMA_HOST','User')`, the same with `'Machine'`, and the app's settings.",
    ],
    contain: [
      "Remove the setting: `[Environment]::SetEnvironmentVariable('OLLAMA_HOST',$null,'User')`, turn the app's switch off, quit Ollama and start it again.",
      "Close the port: `New-NetFirewallRule -DisplayName 'Ollama closed' -Direction Inbound -Protocol TCP -LocalPort 11434 -Action Block`.",
    ],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("every address", () => [listens(0, "0.0.0.0", FILTER)]),
    story("every IPv6 address", () => [listens(0, "::", FILTER)]),
    story("bind and listen, one after the other", () => [listens(0, "::", FILTER), listens(0.5, "::", FILTER)]),
    story("an address of the network", () => [listens(0, "192.168.1.5", FILTER)]),
    story("another port", () => [listens(0, "0.0.0.0", { ...FILTER, port: 8080 })]),
    story("another drive", () => [
      listens(0, "0.0.0.0", { ...FILTER, executable: String.raw`\device\harddiskvolume7\ai\OLLAMA.EXE` }),
    ]),
  ],
  silent: [
    story("loopback", () => [listens(0, "127.0.0.1", FILTER)]),
    story("IPv6 loopback", () => [listens(0, "::1", FILTER)]),
    story("the port of an outgoing connection", () => [listens(0, "0.0.0.0", { ...FILTER, port: 50_123 })]),
    story("the port of an outgoing IPv6 connection", () => [listens(0, "::", { ...FILTER, port: 49_152 })]),
    story("no port yet", () => [listens(0, "0.0.0.0", { ...FILTER, port: 0 })]),
    story("the desktop app's own window", () => [
      listens(0, "127.0.0.1", {
        ...FILTER,
        executable: String.raw`\device\harddiskvolume3\users\alice\appdata\local\programs\ollama\ollama app.exe`,
        port: 3001,
      }),
    ]),
    story("the runner", () => [
      listens(0, "127.0.0.1", {
        ...FILTER,
        executable: String.raw`\device\harddiskvolume3\ollama\lib\ollama\llama-server.exe`,
        port: 40_111,
      }),
    ]),
    story("another program on the port", () => [
      listens(0, "0.0.0.0", {
        ...FILTER,
        executable: String.raw`\device\harddiskvolume3\windows\system32\svchost.exe`,
      }),
    ]),
    story("the part of Docker that publishes ports", () => [
      listens(0, "0.0.0.0", {
        ...FILTER,
        executable: String.raw`\device\harddiskvolume3\program files\docker\docker\resources\com.docker.backend.exe`,
      }),
    ]),
    story("a program whose name ends alike", () => [
      listens(0, "0.0.0.0", { ...FILTER, executable: String.raw`\device\harddiskvolume3\tools\notollama.exe` }),
    ]),
    story("a bind call on Linux, which has its own detection", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", executable: "/usr/local/bin/ollama" }),
    ]),
  ],
};
