import type { LogGrammar } from "../../model/log-grammar.ts";
import { OLLAMA_SERVER } from "./ollama-server.ts";

/** Every way in which logs are written that Corral reads; recognition takes the surest, the first of equals. */
export const LOG_GRAMMARS: readonly LogGrammar[] = [OLLAMA_SERVER];
