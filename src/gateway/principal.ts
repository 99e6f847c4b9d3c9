/** Who asks: what a key or a signature that was recognised stands for. Never holds the secret. */
export interface Principal {
  /** Public id of the key: 8 hex digits, or `sig-` and 8 hex digits of the public key's SHA-256. */
  readonly keyId: string;
  readonly name: string;
  readonly owner: string;
  readonly role: string;
  readonly via: "key" | "signature";
  /** Paths that `authorized_keys` lists for it; `null` = the role alone decides. */
  readonly endpoints: readonly string[] | null;
}
