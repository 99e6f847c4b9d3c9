import type { InnerGrammar } from "./inner-grammar.ts";
import { OLLAMA_INNER } from "./ollama-server.ts";

/** Messages that journald, syslog and Docker logs carry for other programs; the first that says a message is its own reads it. */
export const INNER_GRAMMARS: readonly InnerGrammar[] = [OLLAMA_INNER];
