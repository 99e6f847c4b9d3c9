import type { OptionValues } from "../../model/command.ts";
import { Complaint } from "../../model/complaint.ts";
import type { Problem } from "../../model/complaint.ts";
import { epochMsOf } from "../../model/instant.ts";
import { formatPrefix, parsePrefix } from "../../model/prefix.ts";
import { textOption, textOptions } from "../../store/command-option.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";

/** What a new key is to be, as asked. */
export interface KeyWish {
  readonly name: string;
  readonly owner: string;
  readonly role: string;
  /** Milliseconds since 1970; `null` = never. */
  readonly expiresAt: number | null;
  /** Prefixes; `null` = from anywhere. */
  readonly addresses: readonly string[] | null;
}

const SPAN = /^([1-9]\d{0,4})([hd])$/u;
const SPAN_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };
const LABEL = /^[^\p{C}\p{Z}](?:[^\p{C}]{0,98}[^\p{C}\p{Z}])?$/u;

/** Milliseconds of `24h` or `90d`; `null` for anything else. */
export function spanMs(text: string): number | null {
  const [, count, unit = ""] = SPAN.exec(text) ?? [];
  const unitMs = SPAN_MS[unit];
  return count === undefined || unitMs === undefined ? null : Number(count) * unitMs;
}

/** Reads what a new key is to be. @throws a `Complaint` with every problem at once. */
export function keyWish(options: OptionValues, config: GatewayConfig, nowMs: number): KeyWish {
  const problems: Problem[] = [];
  const name = label(options, "name", problems) ?? "";
  const owner = label(options, "owner", problems) ?? name;
  const role = textOption(options, "role") ?? onlyRole(config);
  if (role === null) problems.push({ place: "--role", message: `is required: one of ${roleNames(config)}` });
  else if (!Object.hasOwn(config.roles, role))
    problems.push({ place: "--role", message: `is none of the configuration: ${roleNames(config)}` });
  const expiresAt = expiry(options, nowMs, problems);
  const addresses = prefixes(options, problems);
  if (problems.length > 0) throw new Complaint(problems, "corral gateway key add --help");
  return { name, owner, role: role ?? "", expiresAt, addresses };
}

function roleNames(config: GatewayConfig): string {
  return Object.keys(config.roles).join(", ") || "(it has no role)";
}

function onlyRole(config: GatewayConfig): string | null {
  const names = Object.keys(config.roles);
  return names.length === 1 ? (names[0] ?? null) : null;
}

function label(options: OptionValues, name: string, problems: Problem[]): string | null {
  const text = textOption(options, name);
  if (text !== null && !LABEL.test(text))
    problems.push({ place: `--${name}`, message: "must be 1 to 100 visible characters" });
  return text;
}

function expiry(options: OptionValues, nowMs: number, problems: Problem[]): number | null {
  const text = textOption(options, "expires");
  if (text === null || text === "never") return null;
  const span = spanMs(text);
  const at = span === null ? epochMsOf(text) : nowMs + span;
  if (at === null)
    problems.push({ place: "--expires", message: "is neither 24h, 90d, a date such as 2027-01-31, nor never" });
  else if (at <= nowMs) problems.push({ place: "--expires", message: "is past" });
  return at;
}

function prefixes(options: OptionValues, problems: Problem[]): readonly string[] | null {
  const texts = textOptions(options, "address");
  if (texts.length === 0) return null;
  return texts.flatMap((text) => {
    const prefix = parsePrefix(text);
    if (!prefix.ok) problems.push({ place: "--address", message: prefix.error });
    return prefix.ok ? [formatPrefix(prefix.value)] : [];
  });
}
