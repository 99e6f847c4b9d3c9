import { all, any, contains, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STARTED_BY_SERVER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, STOP_SERVER } from "./measures.ts";
import { child, otherParents, run, story } from "./story.ts";

/** What an intruder reads first. */
export const SERVICE_READS_SECRETS: Detection = {
  id: "service-reads-secrets",
  uuid: "a0693dd6-9d40-43d3-b0e1-fbca68ee150e",
  title: "A program of the model service named files with secrets",
  hypothesis:
    "After the first command an intruder reads keys: of clouds, of logins, of the cluster, the server's own environment and identity. A program under the account `ollama`, below the server or in its unit, whose command line names such a file has no honest reason.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    read: {
      class: "process",
      where: all(
        any(STARTED_BY_SERVER, is("user", "ollama"), contains("unit", "ollama.service")),
        contains(
          "commandLine",
          "/etc/shadow",
          "/.ssh/",
          "/.aws/",
          "/.config/gcloud",
          "/.azure/",
          "/.kube/config",
          "/.docker/config.json",
          "/.netrc",
          "/.git-credentials",
          "/.env",
          "/environ",
          "/var/run/secrets/",
          "/run/secrets/",
          "id_ed25519",
          "id_rsa",
          "\\.ssh\\",
          "\\.aws\\",
          "\\Login Data",
          "\\.ollama\\id_",
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "read", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: [
    "A script of one's own that runs under the service's account.",
    "A runner or model whose path holds such a word.",
  ],
  blindTo: [
    "Reading inside of the server's own process, and by programs whose command line does not name the file.",
    "Servers under a person's account.",
  ],
  ids: { attack: ["T1552.001", "T1552.004"], attackBefore: [], atlas: ["AML.T0112"], owaspLlm: ["LLM02:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show the record and its parents: `sudo ausearch -ua ollama -i --start TIME`, `ps -o pid,ppid,lstart,args -u ollama`.",
      "Show when the file was last read: `sudo stat -c '%x %n' PATH`.",
    ],
    contain: [STOP_SERVER, "Exchange the secret that was named."],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD],
  },
  fires: [
    story("below the server, which the row names without a path", () => [
      child(0, "/usr/bin/cat", "cat /etc/shadow", {
        parentExecutable: "ollama",
        parentCommandLine: "ollama serve",
        user: null,
        unit: null,
        product: "ollama",
      }),
    ]),
    story("the server's environment", () => [child(0, "/usr/bin/cat", "cat /proc/1234/environ")]),
    story("keys of a cloud", () => [child(0, "/usr/bin/find", "find / -path */.aws/credentials")]),
    story("the server's identity", () => [
      run(0, "/usr/bin/base64", "base64 /usr/share/ollama/.ollama/id_ed25519", { user: "ollama" }),
    ]),
    story("the cluster's token, in the unit", () => [
      run(0, "/usr/bin/cat", "cat /var/run/secrets/kubernetes.io/serviceaccount/token", {
        user: "root",
        unit: "ollama.service",
      }),
    ]),
    story("Windows", () => [
      child(0, String.raw`C:\Windows\System32\cmd.exe`, String.raw`cmd /c type C:\Users\alice\.ssh\config`, {
        user: "alice",
        parentExecutable: String.raw`C:\Ollama\ollama.exe`,
        parentCommandLine: "ollama.exe serve",
        product: "sysmon",
      }),
    ]),
  ],
  silent: [
    ...otherParents("/usr/bin/cat", "cat /home/alice/.ssh/config"),
    story("a runner with a model", () => [
      child(
        0,
        "/usr/local/lib/ollama/llama-server",
        "llama-server --model /usr/share/ollama/.ollama/models/blobs/sha256-ab --port 40111",
      ),
    ]),
    story("another file", () => [child(0, "/usr/bin/cat", "cat /etc/hostname")]),
    story("the public list of accounts", () => [run(0, "/usr/bin/cat", "cat /etc/passwd", { user: "ollama" })]),
    story("an environment set for a program", () => [run(0, "/usr/bin/env", "env A=1 true", { user: "ollama" })]),
  ],
};
