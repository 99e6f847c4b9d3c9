import { canonicalModel } from "../request/canonical-model.ts";
import { remoteModels } from "../stream/list-filter.ts";
import type { ModelList } from "./desk.ts";
import type { Forward, UpstreamSink } from "./forward.ts";

const OWN_HEADERS = ["accept", "application/json", "user-agent", "corral-gateway"];
/** What the upstream listed is believed for this long; a name that is not on the list is looked for anew. */
const OLD_MS = 5000;
/** While models change, a list may be old before it is here. */
const MOST_TRIES = 3;
const LONGEST_BYTES = 16 * 1024 * 1024;

const OK = 200;
const NOT_FOUND = 404;
const NO_MODELS = { all: [], remote: [] };

interface Known {
  readonly all: ReadonlySet<string>;
  readonly remote: ReadonlySet<string>;
  /** Whether the server has such a list at all. */
  readonly isListed: boolean;
  readonly atMs: number;
}

/**
 * Knows which of the upstream's models are stubs of models that run elsewhere, by its own list: a name alone does not tell.
 * While the list cannot be read, nothing is known of a model that was not on it before: a role without `cloud` gets none such.
 */
export class UpstreamModels implements ModelList {
  readonly #forward: Forward;
  readonly #elapsed: () => number;
  #known: Known | null = null;
  #asking: Promise<Known | null> | null = null;
  /** Grows when what is known is old: a list that was asked for before does not count. */
  #changes = 0;

  constructor(forward: Forward, elapsed: () => number) {
    this.#forward = forward;
    this.#elapsed = elapsed;
  }

  isRemote(canonical: string): boolean | Promise<boolean | null> {
    const known = this.#fresh();
    if (known !== null && (!known.isListed || known.all.has(canonical))) return known.remote.has(canonical);
    return this.#look().then((list) => list?.remote.has(canonical) ?? null);
  }

  remotes(): ReadonlySet<string> | Promise<ReadonlySet<string> | null> {
    return this.#fresh()?.remote ?? this.#look().then((list) => list?.remote ?? null);
  }

  changed(): void {
    this.#changes += 1;
    this.#known = null;
  }

  #fresh(): Known | null {
    return this.#known !== null && this.#elapsed() - this.#known.atMs < OLD_MS ? this.#known : null;
  }

  #look(): Promise<Known | null> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<Known | null> {
    for (let tried = 0; tried < MOST_TRIES; tried += 1) {
      const before = this.#changes;
      const answer = await collected(this.#forward, "/api/tags");
      // A server of another make has no such list, and no stubs either.
      const list = answer === "none" ? NO_MODELS : answer === null ? null : remoteModels(answer);
      if (list === null) return null;
      if (before !== this.#changes) continue;
      const isListed = answer !== "none";
      this.#known = { all: keysOf(list.all), remote: keysOf(list.remote), isListed, atMs: this.#elapsed() };
      return this.#known;
    }
    return null;
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
    forward({ method: "GET", path, headers: OWN_HEADERS, bodyBytes: null }, null, sink);
  });
}
