import { all, any, contains, is, not, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_SERVICE } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, STOP_SERVER, UPGRADE } from "./measures.ts";
import { file, story } from "./story.ts";

/** To come back after a restart. */
export const SERVER_WRITES_PERSISTENCE: Detection = {
  id: "server-writes-persistence",
  uuid: "fd65d372-7fd5-4bfc-aa29-3b5e25de6701",
  title: "Ollama's program or account wrote where programs are started from",
  hypothesis:
    "Path traversal in older releases lets a registry write files anywhere (CVE-2024-37032), and an intruder wants to come back. Units, cron tables, start-up folders, login files and authorised keys are no place for a model server.",
  severity: "high",
  ...STABLE_1,
  selections: {
    written: {
      class: "file",
      where: all(
        is("action", "created", "changed"),
        BY_SERVICE,
        any(
          starts(
            "path",
            "/etc/cron",
            "/var/spool/cron/",
            "/etc/systemd/",
            "/usr/lib/systemd/",
            "/etc/ld.so.",
            "/etc/profile",
            "/etc/init.d/",
            "/etc/sudoers",
            "/etc/passwd",
            "/etc/shadow",
            "/etc/pam.d/",
            "/root/",
            "/Library/LaunchDaemons/",
            "/Library/LaunchAgents/",
          ),
          contains(
            "path",
            "/.ssh/",
            "/.bashrc",
            "/.bash_profile",
            "/.profile",
            "/.zshrc",
            "/.config/systemd/user/",
            "/.config/autostart/",
            "/Library/LaunchAgents/",
            "\\Start Menu\\Programs\\Startup\\",
            "\\Windows\\System32\\Tasks\\",
          ),
        ),
        not(contains("path", "/.ollama/")),
      ),
    },
  },
  correlation: { kind: "each", of: "written", by: ["observer", "path"], withinSeconds: 3_600 },
  falsePositives: ["A server that runs as root and whose models lie below /root in another folder than `.ollama`."],
  blindTo: [
    "Files that were written under another account, or by a child that no record ties to the service.",
    "Sources that do not record files.",
  ],
  ids: {
    attack: ["T1574", "T1565", "T1190"],
    attackBefore: [],
    atlas: ["AML.T0049", "AML.T0112"],
    owaspLlm: ["LLM03:2025", "LLM05:2025"],
  },
  references: [],
  whatNow: {
    confirm: [
      "Show the file and its time: `sudo ls -l --time-style=full-iso PATH && sudo cat -v PATH`.",
      "Read the version: `ollama --version`; before 0.1.34 a pull alone can write it.",
    ],
    contain: [STOP_SERVER, "Move the file away for whoever looks into it: `sudo mv PATH /root/evidence/`."],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD, UPGRADE],
  },
  fires: [
    story("a runner under a person's account", () => [
      file(0, "changed", "/home/alice/.bashrc", { executable: "/usr/local/lib/ollama/llama-server", user: "alice" }),
    ]),
    story("a library that every program loads", () => [file(0, "created", "/etc/ld.so.preload", { user: "root" })]),
    story("cron", () => [file(0, "created", "/etc/cron.d/x")]),
    story("a key for logins", () => [
      file(0, "changed", "/usr/share/ollama/.ssh/authorized_keys", { executable: "/bin/sh" }),
    ]),
    story("a unit of the user", () => [
      file(0, "created", "/usr/share/ollama/.config/systemd/user/x.service", { executable: "/usr/bin/python3" }),
    ]),
    story("macOS", () => [
      file(0, "created", "/Users/alice/Library/LaunchAgents/x.plist", {
        user: "alice",
        executable: "/Applications/Ollama.app/Contents/Resources/ollama",
      }),
    ]),
    story("Windows", () => [
      file(
        0,
        "created",
        String.raw`C:\Users\alice\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Startup\x.lnk`,
        { user: "alice", executable: String.raw`C:\Ollama\ollama.exe` },
      ),
    ]),
  ],
  silent: [
    story("a model", () => [file(0, "created", "/usr/share/ollama/.ollama/models/blobs/sha256-ab")]),
    story("a model of a server that runs as root", () => [
      file(0, "created", "/root/.ollama/models/blobs/sha256-ab", { user: "root" }),
    ]),
    story("the server's key", () => [file(0, "created", "/root/.ollama/id_ed25519", { user: "root" })]),
    story("an old runner is unpacked", () => [file(0, "created", "/tmp/ollama77/runners/cpu/ollama_llama_server")]),
    story("the installer writes the unit", () => [
      file(0, "created", "/etc/systemd/system/ollama.service", { executable: "/usr/bin/tee", user: "root" }),
    ]),
    story("the installer on Windows", () => [
      file(
        0,
        "created",
        String.raw`C:\Users\alice\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Startup\Ollama.lnk`,
        { executable: String.raw`C:\Users\alice\AppData\Local\Temp\is-1.tmp\OllamaSetup.tmp`, user: "alice" },
      ),
    ]),
    story("somebody's own login file", () => [
      file(0, "changed", "/home/alice/.bashrc", { executable: "/usr/bin/vim", user: "alice" }),
    ]),
    story("somebody's key", () => [
      file(0, "changed", "/home/alice/.ssh/authorized_keys", { executable: "/usr/bin/ssh-copy-id", user: "alice" }),
    ]),
    story("cron by its own tool", () => [
      file(0, "created", "/var/spool/cron/crontabs/alice", { executable: "/usr/bin/crontab", user: "alice" }),
    ]),
    story("deleted", () => [file(0, "deleted", "/etc/cron.d/x")]),
    story("a folder whose name begins alike", () => [file(0, "created", "/usr/share/ollama/.sshfs/x")]),
  ],
};
