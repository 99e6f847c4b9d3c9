/** Products whose list of models stays open to strangers even when everything else asks for a key: such a list tells nothing of access. */
export const PUBLIC_LISTS: ReadonlySet<string> = new Set([
  "llama-cpp", // ggml-org/llama.cpp tools/server/server-http.cpp, public_endpoints: /models, /v1/models, /api/tags
  "tgi", // huggingface/text-generation-inference router/src/server.rs: the key guards the POST routes alone
]);
