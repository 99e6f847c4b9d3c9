import { createHash, createHmac } from "node:crypto";

/** Services that one message carries at most; the rest is counted in `left_out`. */
export const MOST_SERVICES_SENT = 1_000;

/** Headers of a message: what repeats it, and with a secret when it was made and that it is ours. */
export type WebhookHeaders = Readonly<Record<string, string>>;

/**
 * Headers for a message: `corral-delivery` is the same for the same body, so that a receiver drops repetitions; with a secret
 * `corral-signature` is `v1=` and the HMAC-SHA256 (hex) over `<corral-timestamp>.<body>`.
 *
 * @param atMs - Now, milliseconds since 1970; the header tells it in whole seconds.
 */
export function webhookHeaders(body: string, secret: string | null, atMs: number): WebhookHeaders {
  const timestamp = String(Math.floor(atMs / 1000));
  const delivery = createHash("sha256").update(body).digest("hex").slice(0, 32);
  const headers = { "user-agent": "corral", "corral-delivery": delivery, "corral-timestamp": timestamp };
  if (secret === null) return headers;
  const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return { ...headers, "corral-signature": `v1=${signature}` };
}
