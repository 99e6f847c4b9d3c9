import { goBinary } from "./go-binary.ts";

/** Path of the compiled stand-in for Ollama. */
export async function upstreamBinary(): Promise<string> {
  return await goBinary("upstream");
}
