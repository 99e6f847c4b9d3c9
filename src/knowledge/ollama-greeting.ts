/** The whole body that Ollama sends for `/` (ollama/ollama@fb307608 server/routes.go). */
export const OLLAMA_GREETING = "Ollama is running";
