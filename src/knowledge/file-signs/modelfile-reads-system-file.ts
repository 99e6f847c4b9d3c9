import { some } from "../../model/file-sign.ts";
import type { FileSign } from "../../model/file-sign.ts";
import { FIRST_VERSION } from "./first-version.ts";
import { ORDINARY_FILES } from "./ordinary-files.ts";
import { textSample } from "./sample.ts";

/** A Modelfile that takes something else than a model. */
export const MODELFILE_READS_SYSTEM_FILE: FileSign = {
  id: "modelfile-reads-system-file",
  title: "A Modelfile takes its model or adapter from the system's files",
  hypothesis:
    "FROM and ADAPTER take paths. A path to settings, keys or processes is no model: it asks whether a file is there, or makes the server carry it into a layer that can be pushed (CVE-2024-39719, CVE-2024-39722).",
  severity: "high",
  ...FIRST_VERSION,
  ids: ["T1552.001"],
  references: ["https://docs.ollama.com/modelfile.md"],
  falsePositives: ["A Modelfile made for a test of this."],
  blindTo: ["Paths in requests to `/api/create`, which are no files.", "Links that lead there."],
  texts: {
    from: {
      kind: "pattern",
      pattern:
        "(FROM|ADAPTER)[ \\t]{1,4}[\"']?(/etc/|/proc/|/root/|/dev/|/var/run/|/run/secrets|/home/[^\\s/]{1,32}/\\.(ssh|aws|kube|config/gcloud|gnupg)|~/\\.(ssh|aws|kube)|[A-Za-z]:\\\\Windows\\\\|(\\.\\./){3,12}(etc|proc|root|dev|var/run)/)",
      anyCase: true,
    },
  },
  condition: some(1, "from"),
  matches: [
    textSample("a list of accounts", "FROM /etc/passwd\n"),
    textSample("a process's environment", "FROM /proc/self/environ\n"),
    textSample("a key", "FROM llama3.2\nADAPTER /home/alice/.ssh/id_ed25519\n"),
    textSample("up and down", "FROM ../../../../etc/shadow\n"),
    textSample("quoted", 'FROM "/root/.bashrc"\n'),
    textSample("small letters", "from /etc/hostname\n"),
    textSample("Windows", "FROM C:\\Windows\\System32\\config\\SAM\n"),
  ],
  lookalikes: [
    textSample("a file beside", "FROM ./model.gguf\n"),
    textSample("a folder of models", "FROM /srv/models/llama/model.gguf\nADAPTER /srv/models/lora.gguf\n"),
    textSample("a home", "FROM /home/alice/models/a.gguf\n"),
    textSample("up once", "FROM ../model.gguf\n"),
    textSample("up thrice to models", "FROM ../../../models/etc-llama.gguf\n"),
    textSample("a name with a slash", "FROM library/llama3.2:latest\n"),
    textSample("another registry", "FROM hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M\n"),
    textSample("a Dockerfile", "FROM debian:12\nCOPY --from=build /etc/passwd /etc/passwd\n"),
    textSample("SQL", "SELECT * FROM etc.passwd WHERE path = '/etc/passwd'"),
    textSample("a prompt on Linux", 'FROM llama3.2\nSYSTEM """Explain files such as /etc/passwd."""\n'),
    textSample("a drive for models", "FROM D:\\models\\a.gguf\n"),
    ...ORDINARY_FILES,
  ],
};
