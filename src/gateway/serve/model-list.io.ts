import { canonicalModel } from "../request/canonical-model.ts";
import { remoteModels } from "../stream/list-filter.ts";
import type { ModelList } from "./desk.ts";
import type { Forward, UpstreamSink } from "./forward.ts";

const OWN_HEADERS = ["accept", "application/json", "user-agent", "corral-gateway"];
/** What the upstream listed is believed for this long; a name that is not on the list is looked for anew, at most once in the shorter time. */
const OLD_MS = 30_000;
const EAGER_MS = 1000;
const LONGEST_BYTES = 16 * 1024 * 1024;

const OK = 200;
const NOT_FOUND = 404;
const NO_MODELS = { all: [], remote: [] };

interface Known {
  readonly all: ReadonlySet<string>;
  readonly remote: ReadonlySet<string>;
  readonly atMs: number;
}

/**
 * Knows which of the upstream's models are stubs of models that run elsewhere, by its own list: a name alone does not tell.
 * While the list cannot be read, every model counts as remote that is not known to be local: a role without `cloud` gets none.
 */
export class UpstreamModels implements ModelList {
  readonly #forward: Forward;
  readonly #elapsed: () => number;
  #known: Known | null = null;
  #asking: Promise<Known | null> | null = null;
  #triedMs = Number.NEGATIVE_INFINITY;

  constructor(forward: Forward, elapsed: () => number) {
    this.#forward = forward;
    this.#elapsed = elapsed;
  }

  isRemote(canonical: string): boolean | Promise<boolean> {
    const known = this.#known;
    const now = this.#elapsed();
    if (known !== null && now - known.atMs < OLD_MS) {
      if (known.all.has(canonical)) return known.remote.has(canonical);
      // What is not listed cannot be run either: the upstream will say so. Only a list that may be out of date is asked again.
      if (now - this.#triedMs < EAGER_MS) return false;
    }
    return this.#look().then((list) => list === null || list.remote.has(canonical));
  }

  changed(): void {
    this.#known = null;
  }

  #look(): Promise<Known | null> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<Known | null> {
    this.#triedMs = this.#elapsed();
    const answer = await collected(this.#forward, "/api/tags");
    // A server of another make has no such list, and no stubs either.
    const list = answer === "none" ? NO_MODELS : answer === null ? null : remoteModels(answer);
    this.#known = list === null ? null : { all: keysOf(list.all), remote: keysOf(list.remote), atMs: this.#elapsed() };
    return this.#known;
  }
}

function keysOf(names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names.flatMap((name) => {
      const canonical = canonicalModel(name);
      return canonical.ok ? [canonical.value.key] : [];
    }),
  );
}

/** Reads a whole answer of the upstream; `none` where it has no such path, null unless it is a 200 of a bearable size. */
function collected(forward: Forward, path: string): Promise<Buffer | "none" | null> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    let status = 0;
    const sink: UpstreamSink = {
      begun: (told) => {
        status = told;
      },
      data: (chunk) => {
        bytes += chunk.length;
        if (bytes <= LONGEST_BYTES) pieces.push(chunk);
        return true;
      },
      ended: () => {
        if (status === NOT_FOUND) resolve("none");
        else resolve(status === OK && bytes <= LONGEST_BYTES ? Buffer.concat(pieces) : null);
      },
      failed: () => resolve(null),
    };
    forward({ method: "GET", path, headers: [...OWN_HEADERS] }, null, sink);
  });
}
