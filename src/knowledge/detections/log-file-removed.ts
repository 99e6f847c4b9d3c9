import { all, any, contains, ends, is, not, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, SHOW_ACTOR } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { file, story } from "./story.ts";

const BY_HAND = { executable: "/usr/bin/rm", user: "root", product: "auditd" } as const;

/** Files, where nobody records the act itself. */
export const LOG_FILE_REMOVED: Detection = {
  id: "log-file-removed",
  uuid: "369cd1fa-af4b-407a-8931-3b09f8bf90b0",
  title: "A log of the model server or its guards was deleted or emptied",
  hypothesis:
    "Ollama's logs on macOS and Windows, a proxy's access log, the audit log and the journal are files. Who deletes or empties one by hand removes who asked and what ran.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    gone: {
      class: "file",
      where: all(
        is("action", "deleted", "truncated"),
        any(
          contains("path", "/.ollama/logs/", "\\Ollama\\server.log", "\\Ollama\\server-", "\\Ollama\\app.log"),
          starts(
            "path",
            "/var/log/journal/",
            "/var/log/audit/",
            "/var/log/nginx/",
            "/var/log/caddy/",
            "/var/log/apache2/",
            "/var/log/syslog",
            "/var/log/auth.log",
            "/var/log/ollama",
            "/var/lib/corral/audit/",
          ),
        ),
        not(
          ends(
            "executable",
            "/logrotate",
            "/systemd-journald",
            "/journalctl",
            "/auditd",
            "/rsyslogd",
            "/nginx",
            "/caddy",
            "/newsyslog",
            "/savelog",
            "/gzip",
            "/zstd",
            "/xz",
            "/ollama",
            "/Ollama",
            "\\ollama.exe",
            "\\ollama app.exe",
          ),
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "gone", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: ["Somebody who makes room on a full disk.", "A rotation of one's own, by a script."],
  blindTo: [
    "Logs that the server's own program deletes, and rotation that was set to keep nothing.",
    "Rows taken out of a file.",
  ],
  ids: { attack: ["T1685"], attackBefore: ["T1562.001"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaWindows],
  whatNow: {
    confirm: [
      "Show what is left: `sudo ls -l --time-style=full-iso /var/log/nginx /var/log/audit ~/.ollama/logs`.",
      SHOW_ACTOR,
      "A file that a program still holds can be read: `sudo lsof +L1 | grep -E 'log|audit'`, then `sudo cp /proc/PID/fd/N copy`.",
    ],
    contain: ["Stop writing to the disk where a deleted file may be brought back."],
    recover: ["Send logs to another machine as they are written.", LOOK_FOR_TRACES],
  },
  fires: [
    story("Ollama's log on macOS", () => [
      file(0, "deleted", "/Users/alice/.ollama/logs/server.log", { ...BY_HAND, executable: "/bin/rm", user: "alice" }),
    ]),
    story("Ollama's log on Windows", () => [
      file(0, "deleted", String.raw`C:\Users\alice\AppData\Local\Ollama\server.log`, {
        executable: String.raw`C:\Windows\explorer.exe`,
        user: "alice",
      }),
    ]),
    story("the proxy's log, emptied", () => [
      file(0, "truncated", "/var/log/nginx/access.log", { ...BY_HAND, executable: "/usr/bin/truncate" }),
    ]),
    story("the audit log", () => [file(0, "deleted", "/var/log/audit/audit.log", BY_HAND)]),
    story("the journal", () => [file(0, "deleted", "/var/log/journal/0123456789abcdef/system.journal", BY_HAND)]),
  ],
  silent: [
    story("rotation", () => [
      file(0, "deleted", "/var/log/nginx/access.log.14.gz", { ...BY_HAND, executable: "/usr/sbin/logrotate" }),
    ]),
    story("the journal keeps its size", () => [
      file(0, "deleted", "/var/log/journal/0123456789abcdef/system@1.journal", {
        ...BY_HAND,
        executable: "/usr/lib/systemd/systemd-journald",
      }),
    ]),
    story("packing", () => [
      file(0, "deleted", "/var/log/nginx/access.log.1", { ...BY_HAND, executable: "/usr/bin/gzip" }),
    ]),
    story("Ollama's own rotation", () => [
      file(0, "deleted", "/Users/alice/.ollama/logs/server-5.log", {
        executable: "/Applications/Ollama.app/Contents/MacOS/Ollama",
        user: "alice",
      }),
    ]),
    story("Ollama's own rotation on Windows", () => [
      file(0, "deleted", String.raw`C:\Users\alice\AppData\Local\Ollama\server-5.log`, {
        executable: String.raw`C:\Users\alice\AppData\Local\Programs\Ollama\ollama app.exe`,
        user: "alice",
      }),
    ]),
    story("the audit log turns over", () => [
      file(0, "deleted", "/var/log/audit/audit.log.4", { ...BY_HAND, executable: "/usr/sbin/auditd" }),
    ]),
    story("written to", () => [
      file(0, "changed", "/var/log/nginx/access.log", { ...BY_HAND, executable: "/usr/sbin/nginx" }),
    ]),
    story("made", () => [file(0, "created", "/var/log/nginx/access.log", BY_HAND)]),
    story("another log", () => [file(0, "deleted", "/home/alice/build.log", BY_HAND)]),
    story("a model", () => [file(0, "deleted", "/usr/share/ollama/.ollama/models/blobs/sha256-ab", BY_HAND)]),
    story("a copy elsewhere", () => [file(0, "deleted", "/tmp/var/log/nginx/access.log", BY_HAND)]),
  ],
};
