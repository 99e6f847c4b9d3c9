import type { OptionValues } from "../model/command.ts";
import { Complaint } from "../model/complaint.ts";

/** Which tables of networks a command was told to use. */
export interface NetworkOptions {
  /** Files of `--networks`; empty = those that come with Corral. */
  readonly files: readonly string[];
  /** `--no-networks`: nothing is placed. */
  readonly off: boolean;
}

/** Reads `--networks` and `--no-networks`. */
export function networkOptions(values: OptionValues): NetworkOptions {
  const files = values["networks"];
  const off = values["no-networks"] === true;
  const list = Array.isArray(files) ? files.filter((file) => typeof file === "string") : [];
  if (off && list.length > 0) throw new Complaint([{ place: "--no-networks", message: "does not go with --networks" }]);
  return { files: list, off };
}
