/** Which products tell strangers a matter of accounts, and by which tells of theirs it was read, so that its absence says something. */
interface AccountTell {
  readonly products: readonly string[];
  /** Products that have the matter, too, and tell it on no route that is asked: of them it stays unknown. */
  readonly untold: readonly string[];
  /** Fingerprints whose route shows it either way. */
  readonly tells: readonly string[];
}

/** By sign; sources are those of the products' own tells (`knowledge/products/`, read 2026-11-21). */
export const ACCOUNT_TELLS = {
  "open-signup": {
    products: ["open-webui", "librechat", "ragflow"],
    untold: [],
    tells: ["open-webui.config", "librechat.config", "ragflow.config"],
  },
  // n8n shows a page for its owner's account, or a login: only `/rest/settings` says which (facts/survey.md 5).
  "no-admin": { products: ["open-webui", "dify"], untold: ["n8n"], tells: ["open-webui.config", "dify.setup"] },
  "auth-disabled": { products: ["open-webui", "nextchat", "anythingllm", "xinference", "ray"], untold: [], tells: [] },
} as const satisfies Record<string, AccountTell>;
