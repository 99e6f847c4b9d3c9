import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const JAR = join(import.meta.dirname, "../../../node_modules/.cache/corral/spl/pth_03-9.4.1.jar");
/** The parser's own package carries ANTLR's program that reads files with a grammar and says what is wrong in each. */
const TEST_RIG = ["com.teragrep.pth_03.shaded.org.antlr.v4.gui.TestRig", "com.teragrep.pth_03.antlr.DPL", "root"];
/** Splunk's comments. */
const COMMENT = /```[^\n]*?```/gu;

/** Whether the parser of `.ci/spl/pom.xml` is there. On a user's machine what needs it is named as not run; CI must have it. */
export const HAS_SPL_PARSER = existsSync(JAR) || process.env["CI"] === "true";

/** Lets one process read searches; gives by name what is wrong in each, `line L:C what`, in the order of the text. */
export function splFaults(searches: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  const folder = mkdtempSync(join(tmpdir(), "corral-spl-"));
  try {
    const names = new Map<string, string>();
    for (const [name, text] of Object.entries(searches)) {
      const path = join(folder, `${name}.spl`);
      writeFileSync(path, text.replaceAll(COMMENT, ""));
      names.set(path, name);
    }
    return faultsOf(names, read([...names.keys()], folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the program writes of files. It names a file before it reads it only if there are several: an empty one makes them so. */
function read(paths: readonly string[], folder: string): string {
  const none = join(folder, "none");
  writeFileSync(none, "");
  const { stdout, stderr, status, error } = spawnSync(
    "java",
    ["-cp", JAR, ...TEST_RIG, "-encoding", "UTF-8", ...paths, none],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the parser ended with ${status}: ${stdout}${stderr}`);
  return stderr;
}

function faultsOf(names: ReadonlyMap<string, string>, told: string): Readonly<Record<string, readonly string[]>> {
  const faults: Record<string, string[]> = {};
  let about: string[] = [];
  for (const line of told.split("\n")) {
    const name = names.get(line);
    if (name !== undefined) about = faults[name] = [];
    else if (line.startsWith("line ")) about.push(line);
  }
  return faults;
}
