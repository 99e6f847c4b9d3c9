/** A program that `ollama serve` starts itself in some of its versions. */
export interface OllamaChild {
  /** First version that starts it. */
  readonly from: string;
  /** First version that no longer does; `null` = the newest known still does. */
  readonly before: string | null;
  /** Last part of the executable's path, in small letters, without `.exe`. */
  readonly name: string;
  /** What the path holds before it (written with `/`); `null` = any folder. */
  readonly folder: string | null;
  /** A word of the command line that must be there; `null` = any. */
  readonly argument: string | null;
  readonly source: string;
}

const TAGS = "ollama/ollama, release tags";

/**
 * Every child that the server is known to start, by version. A child in no row of the server's version is unexpected; when the version is
 * not known, a child in any row counts as known. Below 0.1.32 no child is known: nothing there can be called unexpected with confidence.
 */
export const OLLAMA_CHILDREN: readonly OllamaChild[] = [
  {
    from: "0.1.32",
    before: "0.5.2",
    name: "ollama_llama_server",
    folder: "/runners/",
    argument: null,
    source: `${TAGS} v0.1.32 to v0.5.1: llm/server.go, under /tmp/ollama*/runners`,
  },
  {
    from: "0.5.2",
    before: "0.5.8",
    name: "ollama_llama_server",
    folder: "lib/ollama/runners/",
    argument: "runner",
    source:
      "rows `starting llama server` of January 2025 in ollama/ollama issue 8525: installed below lib/ollama, not /tmp",
  },
  {
    from: "0.5.2",
    before: "0.30.0",
    name: "ollama",
    folder: null,
    argument: "runner",
    source: `${TAGS} v0.5.2 to v0.24.0: llm/server.go, \`ollama runner\`; --ollama-engine from v0.5.12`,
  },
  {
    from: "0.15.5",
    before: null,
    name: "ollama",
    folder: null,
    argument: "--mlx-engine",
    source: `${TAGS} from v0.15.5: \`ollama runner --mlx-engine\``,
  },
  {
    from: "0.30.0",
    before: null,
    name: "llama-server",
    folder: "lib/ollama/",
    argument: null,
    source: `${TAGS} from v0.30.0: --host 127.0.0.1 --port N --offline --no-webui, and --list-devices`,
  },
  {
    from: "0.30.0",
    before: null,
    name: "llama-quantize",
    folder: "lib/ollama/",
    argument: null,
    source: `${TAGS} from v0.30.0: on create`,
  },
  {
    from: "0.30.0",
    before: null,
    name: "ollama",
    folder: null,
    argument: "gpu-discover",
    source: `${TAGS} from v0.30.0: short-lived`,
  },
];
