import type { OptionValues } from "../../model/command.ts";
import type { Problem } from "../../model/complaint.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import { textOption, textOptions } from "../../store/command-option.ts";
import { addressKind } from "../config/address-kind.ts";
import type { Listen } from "../config/gateway-config.ts";
import type { Wishes } from "../config/gateway-yaml.ts";

/** One thing that `gateway init` asks when no flag says it. */
export interface Question {
  readonly option: string;
  readonly asks: string;
  /** Answer when nothing is typed. */
  readonly usual: string;
}

const UPSTREAM: Question = { option: "upstream", asks: "Where is the model server?", usual: "http://127.0.0.1:11434" };
const LISTEN: Question = {
  option: "listen",
  asks: "On which address and port should clients come in? (0.0.0.0:11435 for other machines)",
  usual: "127.0.0.1:11435",
};
const TLS: Question = {
  option: "tls",
  asks: "Beyond this machine keys need TLS: local-ca (the gateway makes its own authority), CERT.pem,KEY.pem, or none",
  usual: "local-ca",
};
const ROLE: Question = {
  option: "role",
  asks: "Role of the first key: user (may use models), admin (may also change them), or another name",
  usual: "user",
};

/** What is still to be asked, given what was said: TLS only where it matters. */
export function nextQuestion(said: OptionValues): Question | null {
  const unsaid = [UPSTREAM, LISTEN].find(({ option }) => said[option] === undefined);
  if (unsaid !== undefined) return unsaid;
  if (said["tls"] === undefined && needsTls(said)) return TLS;
  return said["role"] === undefined ? ROLE : null;
}

function needsTls(said: OptionValues): boolean {
  const place = readPlace(textOption(said, "listen") ?? LISTEN.usual);
  const isShut = said["private-ranges"] === true || textOptions(said, "behind").length > 0;
  return place !== null && addressKind(place.address) !== "loopback" && !isShut;
}

const PLACE = /^(?:\[([^\]]{1,45})\]|([^:[\]]{1,64}))(?::(\d{1,5}))?$/u;
const DEFAULT_PORT = 11_435;

/** `127.0.0.1:11435`, `[::1]:11435`, or an address alone. */
function readPlace(text: string): { readonly address: string; readonly port: number } | null {
  const isBareIpv6 = addressKind(text) !== null && text.includes(":");
  const [, bracketed, plain, port] = isBareIpv6 ? ["", text] : (PLACE.exec(text) ?? []);
  const address = bracketed ?? plain;
  return address === undefined ? null : { address, port: port === undefined ? DEFAULT_PORT : Number(port) };
}

/** What the configuration is to hold, from flags and answers; every problem at once. Rules that it breaks beyond are told by its own reader. */
export function initWishes(said: OptionValues): Result<Wishes, readonly Problem[]> {
  const problems: Problem[] = [];
  const place = readPlace(textOption(said, "listen") ?? LISTEN.usual);
  if (place === null)
    problems.push({ place: "--listen", message: "is no address and port, such as 127.0.0.1:11435 or [::1]:11435" });
  const tls = readTls(textOption(said, "tls") ?? "none");
  if (tls === undefined) problems.push({ place: "--tls", message: "is neither local-ca, CERT.pem,KEY.pem nor none" });
  if (place === null || tls === undefined) return fail(problems);
  const listen: Partial<Listen> = {
    ...place,
    tls,
    behind: textOptions(said, "behind"),
    plain: said["private-ranges"] === true ? "private-ranges" : "no",
    names: textOptions(said, "name"),
  };
  return ok({
    upstream: textOption(said, "upstream") ?? UPSTREAM.usual,
    listen,
    role: textOption(said, "role") ?? ROLE.usual,
  });
}

function readTls(text: string): Listen["tls"] | undefined {
  if (text === "none") return null;
  if (text === "local-ca") return text;
  const [certificate, key, ...surplus] = text.split(",");
  return certificate === undefined || certificate === "" || key === undefined || key === "" || surplus.length > 0
    ? undefined
    : { certificate, key };
}
