import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { createSecureContext } from "node:tls";
import { readHostNetwork } from "../../machine/listening-sockets.io.ts";
import { Complaint } from "../../model/complaint.ts";
import type { CertificateFiles, GatewayConfig } from "../config/gateway-config.ts";
import { ensureLocalCertificate } from "../tls/local-ca.io.ts";
import { ownNames } from "../tls/local-names.ts";
import { trustWords } from "../tls/trust-words.ts";

/** A certificate with its chain, and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Reads, or makes, the certificate that a configuration names; null without TLS. Throws a `Complaint` when it cannot be had. */
export async function certificateOf(config: GatewayConfig, say: (text: string) => void): Promise<Certificate | null> {
  const { listen, state } = config;
  if (listen.tls === null) return null;
  if (listen.tls !== "local-ca") {
    const [cert, key] = await Promise.all([pem(listen.tls.certificate), pem(listen.tls.key)]);
    return fitting(listen.tls, { cert, key });
  }
  const names = ownNames(listen, hostname(), (await readHostNetwork()).interfaces);
  const made = await ensureLocalCertificate(state, names, Date.now());
  if (made.isNewAuthority) for (const line of trustWords(made.authorityFile, made.fingerprint)) say(line);
  if (made.leftOut.length > 0) {
    say(
      `warning: the authority that clients trust was made before these names came and does not vouch for them: ${made.leftOut.join(", ")}`,
    );
  }
  return { cert: made.certificate, key: made.key };
}

/** The pair as it is, once TLS has taken it: workers would fail one after the other, and say less. */
function fitting(files: CertificateFiles, pair: Certificate): Certificate {
  try {
    createSecureContext(pair);
    return pair;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const place = `${files.certificate}, ${files.key}`;
    throw new Complaint([{ place, message: `are no certificate and its key: ${reason}` }], "both as PEM");
  }
}

async function pem(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Complaint(
      [{ place: path, message: `cannot be read: ${reason}` }],
      "listen.tls names the files of certificate and key",
    );
  }
}
