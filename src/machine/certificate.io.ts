import type { TLSSocket } from "node:tls";
import { instantOf } from "../model/instant.ts";
import type { CertificateFacts } from "../model/observation.ts";

const MAX_TEXT = 512;
const MAX_NAMES = 100;
// oxlint-disable-next-line no-control-regex -- a stranger's certificate may hold them
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/gu;

/** Reads the facts of the certificate that the other side showed; `null` when it showed none. */
export function readCertificate(socket: TLSSocket): CertificateFacts | null {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  return {
    sha256: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
    subject: bounded(certificate.subject),
    issuer: bounded(certificate.issuer),
    not_before: instantOf(certificate.validFromDate.getTime()),
    not_after: instantOf(certificate.validToDate.getTime()),
    names: namesOf(certificate.subjectAltName),
    self_signed: certificate.checkIssued(certificate),
  };
}

function bounded(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text.replaceAll(CONTROL, ", ").slice(0, MAX_TEXT);
}

/** `DNS:a.example, IP Address:192.0.2.1` → the names themselves. */
function namesOf(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return text
    .slice(0, MAX_NAMES * MAX_TEXT)
    .split(", ")
    .slice(0, MAX_NAMES)
    .map((name) => bounded(name.slice(name.indexOf(":") + 1)) ?? "")
    .filter((name) => name !== "");
}
