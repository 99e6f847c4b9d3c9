import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = join(import.meta.dirname, "../../../node_modules/.cache/corral/engines/bin/suricata-check");

/** Keys of metadata that are ours. */
const OWN_METADATA = "Metadata option corral_";
/** A bit is set on every match whatever the threshold says: just so a connection is counted once. */
const MEANT = '"code": "C000"';

/** What suricata-check read of rules for Suricata, and what it complains of at level WARNING or above. */
export interface StyleVerdict {
  readonly read: number;
  readonly complaints: readonly string[];
}

/** Lets suricata-check read rules. It knows options and style, and runs nothing. */
export function styleOf(rules: string): StyleVerdict {
  const folder = mkdtempSync(join(tmpdir(), "corral-suricata-"));
  try {
    const file = join(folder, "corral.rules");
    writeFileSync(file, rules);
    const levels = ["--issue-severity", "WARNING", "--log-level", "WARNING"];
    const { stdout, stderr } = spawnSync(PROGRAM, ["-r", file, "-o", folder, ...levels], {
      encoding: "utf8",
      timeout: 60_000,
    });
    const rows = readFileSync(join(folder, "suricata-check.jsonl"), "utf8").split("\n");
    const issues = rows.filter((row) => row !== "" && !row.includes('"total_issues": 0') && !row.includes(MEANT));
    const said = `${stdout}\n${stderr}`
      .split("\n")
      .filter((line) => / - (?:WARNING|ERROR) - /u.test(line) && !line.includes(OWN_METADATA));
    return { read: rows.filter((row) => row !== "").length, complaints: [...said, ...issues] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
