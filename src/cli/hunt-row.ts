import type { CommandRow } from "./command-row.ts";
import { JSON_FLAG } from "./shared-options.ts";

/** `corral hunt`. */
export const HUNT: CommandRow = {
  name: "hunt",
  summary: "read logs of a model server and what stands around it, and tell what happened to it",
  about: [
    "Ollama, journald, Zeek, Suricata, flow records, Windows events, auditd, web servers, firewalls: told by content, plain, gz or zst,",
    "streamed; parts of one log are put in order, several logs merged by time. Nothing is changed, nothing is asked of anybody.",
    "Each alert shows its first row and its last, the command that shows them again, and what to do now. An address that only a header",
    "claims is never blamed. What could not be read is told with file and offset (exit 3). docs/hunt.md",
  ],
  args: [{ name: "LOG", describe: "files, folders (walked), or - for standard input", required: false, many: true }],
  options: {
    tz: {
      value: "ZONE",
      describe: "zone of times that bear none: +02:00, Europe/Berlin (default: as neighbouring rows tell)",
    },
    year: { value: "YYYY", describe: "year of times that bear none (default: of the file's last change)" },
    port: { value: "N", describe: "port on which a model server listens (default: 11434)", multiple: true },
    server: { value: "ADDR", describe: "address of the machine with the model server", multiple: true },
    known: { value: "CIDR", describe: "prefixes of no strangers, with commas between", multiple: true },
    since: { value: "TIME", describe: "nothing before: 2026-01-30T10:00:00Z, 2026-01-30, or 36h (ago)" },
    until: { value: "TIME", describe: "nothing after" },
    only: { value: "ID", describe: "only these detections", multiple: true },
    skip: { value: "ID", describe: "all but these detections", multiple: true },
    format: {
      value: "NAME",
      describe: "terminal (default) | json | csv | markdown | html | sarif | ocsf | stix",
    },
    out: { value: "FILE", describe: "into a file, whole or not at all" },
    "fail-on": { value: "SEVERITY", describe: "exit 1 at an alert of critical, high, medium, low or info, or above" },
    suppressions: { value: "FILE", describe: "alerts not to hear of, each with reason and last day (YAML)" },
    sigma: { value: "DIR", describe: "your own Sigma rules (.yml, walked), run over the same rows; docs/sigma.md" },
    cost: { describe: "what strangers spent: requests, model seconds, calls of cloud models, tokens where told" },
    show: { value: "FILE:N", describe: "print row or record N of a file, made visible, and nothing else" },
    json: JSON_FLAG,
  },
  examples: [
    { line: "journalctl -u ollama -o json | corral hunt -", tells: "this machine's server" },
    { line: "corral hunt /var/log/nginx server.log --known 198.51.100.0/24", tells: "one timeline of both" },
    { line: "corral hunt logs --format html --out hunt.html", tells: "a page to hand on" },
    { line: "corral hunt logs --since 7d --fail-on high", tells: "for a job of every night" },
    { line: "corral hunt logs --sigma rules", tells: "your own Sigma rules beside Corral's" },
    { line: "corral hunt server.log --cost", tells: "what strangers spent" },
  ],
  load: async () => (await import("../hunt/hunt-command.io.ts")).runHunt,
};
