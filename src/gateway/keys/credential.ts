import type { Unknown } from "./key-table.ts";

/** What a caller shows; not yet whom it stands for. */
export type Credential =
  | { readonly kind: "key"; readonly secret: string; readonly from: "bearer" | "api-key" | "basic" | "path" }
  | { readonly kind: "signature"; readonly publicKey: string; readonly signature: string }
  | { readonly kind: "none"; readonly why: Unknown }
  | { readonly kind: "ambiguous" };

const AUTHORIZATION = "authorization";
const API_KEY = "x-api-key";
/** Longest header that is read: a key is 50 characters, a signature 158. */
const LONGEST_HEADER = 1024;
const SCHEME = /^([A-Za-z][A-Za-z0-9-]{0,31})(?: {1,4}(\S{1,1024}))?$/u;
const SIGNED = /^([A-Za-z0-9+/]{40,400}={0,2}):([A-Za-z0-9+/]{80,100}={0,2})$/u;
const PRINTABLE = /^[\u0021-\u007e]{1,512}$/u;
const BASE64 = /^[A-Za-z0-9+/]{1,1024}={0,2}$/u;

const NONE: Credential = { kind: "none", why: "no-credential" };
const MALFORMED: Credential = { kind: "none", why: "malformed-credential" };
const AMBIGUOUS: Credential = { kind: "ambiguous" };

/** What was read of headers that come again and again. */
const known = new WeakMap<readonly string[], Credential>();

/**
 * Reads what a request shows: `Authorization: Bearer KEY`, `Basic` with the key as password, `x-api-key`, the path token, or Ollama's own
 * signature. The same key in two of these places is one; two headers of one name, or two different credentials, are ambiguous.
 *
 * @param rawHeaders - As Node gives them: name, value, name, value …
 */
export function credentialOf(rawHeaders: readonly string[], pathToken: string | null): Credential {
  if (pathToken !== null) return shownIn(rawHeaders, pathToken);
  const before = known.get(rawHeaders);
  if (before !== undefined) return before;
  const credential = shownIn(rawHeaders, null);
  known.set(rawHeaders, credential);
  return credential;
}

function shownIn(rawHeaders: readonly string[], pathToken: string | null): Credential {
  let authorization: string | null = null;
  let apiKey: string | null = null;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    if (name.length === AUTHORIZATION.length && name.toLowerCase() === AUTHORIZATION) {
      if (authorization !== null) return AMBIGUOUS;
      authorization = rawHeaders[at + 1] ?? "";
    } else if (name.length === API_KEY.length && name.toLowerCase() === API_KEY) {
      if (apiKey !== null) return AMBIGUOUS;
      apiKey = rawHeaders[at + 1] ?? "";
    }
  }
  let shown = authorization === null ? NONE : fromAuthorization(authorization);
  if (apiKey !== null) shown = both(shown, fromText(apiKey, "api-key"));
  return pathToken === null ? shown : both(shown, fromText(pathToken, "path"));
}

/** Two places that show something: one credential only when it is the same key. */
function both(first: Credential, second: Credential): Credential {
  if (first === NONE) return second;
  return first.kind === "key" && second.kind === "key" && first.secret === second.secret ? first : AMBIGUOUS;
}

function fromText(secret: string, from: "bearer" | "api-key" | "path"): Credential {
  return PRINTABLE.test(secret) ? { kind: "key", secret, from } : MALFORMED;
}

function fromAuthorization(header: string): Credential {
  if (header.length > LONGEST_HEADER) return MALFORMED;
  const words = SCHEME.exec(header);
  const [scheme, rest] = [words?.[1]?.toLowerCase(), words?.[2]];
  if (scheme === "bearer" && rest !== undefined) return fromText(rest, "bearer");
  if (scheme === "basic" && rest !== undefined) return fromBasic(rest);
  const signed = SIGNED.exec(header);
  return signed?.[1] === undefined || signed[2] === undefined
    ? MALFORMED
    : { kind: "signature", publicKey: signed[1], signature: signed[2] };
}

/** The password; the user name is the client's to choose. */
function fromBasic(encoded: string): Credential {
  if (!BASE64.test(encoded)) return MALFORMED;
  const text = Buffer.from(encoded, "base64").toString("latin1");
  const colon = text.indexOf(":");
  const secret = colon === -1 ? "" : text.slice(colon + 1);
  return PRINTABLE.test(secret) ? { kind: "key", secret, from: "basic" } : MALFORMED;
}
