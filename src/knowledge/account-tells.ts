/** Which products tell strangers a matter of accounts, and by which tells of theirs it was read, so that its absence says something. */
interface AccountTell {
  readonly products: readonly string[];
  /** Fingerprints whose route shows it either way. */
  readonly tells: readonly string[];
}

/** By sign; sources are those of the products' own tells (`knowledge/products/`, read 2026-11-21). */
export const ACCOUNT_TELLS = {
  "open-signup": {
    products: ["open-webui", "librechat", "ragflow"],
    tells: ["open-webui.config", "librechat.config", "ragflow.config"],
  },
  "no-admin": { products: ["open-webui", "dify"], tells: ["open-webui.config", "dify.setup"] },
  "auth-disabled": { products: ["open-webui", "nextchat", "anythingllm", "xinference", "ray"], tells: [] },
} as const satisfies Record<string, AccountTell>;
