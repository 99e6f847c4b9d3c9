import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { judgementsWith } from "../classify/judgements.ts";
import { NO_OVERRIDES, parseNetworkOverrides } from "../classify/network-overrides.ts";
import { unreadableFile } from "../machine/unreadable-file.ts";
import type { OptionValues } from "../model/command.ts";
import { Complaint } from "../model/complaint.ts";
import type { Judgements } from "../model/judgements.ts";

const MOST_BYTES = 4 << 20;

/**
 * The judgements that a command's views are made with: Corral's own, and over them the rows of `--network-overrides`.
 *
 * @throws a `Complaint` when that file cannot be read or holds a line that does not fit.
 */
export async function judgementsOf(options: OptionValues, cwd: string): Promise<Judgements> {
  const file = options["network-overrides"];
  if (typeof file !== "string") return judgementsWith(NO_OVERRIDES);
  const overrides = parseNetworkOverrides(await textOf(resolve(cwd, file), file), file);
  if (!overrides.ok) throw new Complaint(overrides.error, "docs/networks.md shows such a file");
  return judgementsWith(overrides.value);
}

async function textOf(path: string, named: string): Promise<string> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size <= MOST_BYTES) return await file.readFile("utf8");
  } catch (error) {
    throw unreadableFile(named, error);
  }
  throw new Complaint([{ place: named, message: "is larger than 4 MiB" }]);
}
