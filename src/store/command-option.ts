import { Complaint } from "../model/complaint.ts";
import type { OptionValues } from "../model/command.ts";

/** The text of an option; `null` when it was not given. */
export function textOption(options: OptionValues, name: string): string | null {
  const value = options[name];
  return typeof value === "string" ? value : null;
}

/** The texts of an option that may be given several times. */
export function textOptions(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

/** The text of an option that must be given. */
export function neededOption(options: OptionValues, name: string): string {
  const text = textOption(options, name);
  if (text === null) throw new Complaint([{ place: `--${name}`, message: "missing" }]);
  return text;
}
