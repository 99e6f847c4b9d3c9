/** Products whose work is to call tools for whoever asks (facts of the fingerprint table, read 2026-11-21). */
export const TOOL_PRODUCTS: ReadonlySet<string> = new Set(["dify", "flowise", "langflow", "mcp", "n8n", "openclaw"]);
