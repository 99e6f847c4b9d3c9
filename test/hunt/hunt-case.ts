import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runHunt } from "../../src/hunt/hunt-command.io.ts";
import type { OptionValues } from "../../src/model/command.ts";
import type { ExitCode } from "../../src/model/complaint.ts";
import { testTerminal } from "../support/test-terminal.ts";

/** A row of a log as `--json` tells it. */
export interface ToldRow {
  readonly file: string;
  readonly line: number;
  readonly offset: number;
  readonly row: string;
  readonly show: string | null;
}

/** What `corral hunt --json` prints. */
export interface ToldHunt {
  readonly alerts: readonly {
    readonly detection: string;
    readonly severity: string;
    readonly peer: string | null;
    readonly peer_trust: string | null;
    readonly rows: number;
    readonly first_at: string;
    readonly group: Readonly<Record<string, string>>;
    readonly evidence: readonly ToldRow[];
  }[];
  readonly suppressed: readonly { readonly detection: string; readonly reason: string }[];
  readonly expired_suppressions: readonly { readonly detection: string }[];
  readonly cost: {
    readonly peers: readonly Readonly<Record<string, string | number | null>>[];
  } | null;
  readonly logs: readonly {
    readonly files: readonly string[];
    readonly grammars: readonly string[];
    readonly rows: number;
    readonly events: number;
    readonly late: number;
    readonly clock_set_back: number;
    readonly zones: Readonly<Record<string, string>>;
    readonly rejected: Readonly<
      Record<
        string,
        { readonly count: number; readonly first: readonly { file: string; line: number; offset: number }[] }
      >
    >;
  }[];
  readonly not_read: readonly { readonly path: string; readonly reason: string; readonly incomplete: boolean }[];
}

/** A folder with logs, and what a hunt there ends with. */
export interface HuntCase {
  readonly folder: string;
  write(name: string, content: string | Uint8Array): string;
  hunt(
    names: readonly string[],
    options?: OptionValues,
  ): Promise<{ readonly code: ExitCode; readonly out: string; readonly said: string }>;
  told(names: readonly string[], options?: OptionValues): Promise<ToldHunt & { readonly code: ExitCode }>;
  remove(): void;
}

/** Makes a folder of its own. */
export function huntCase(): HuntCase {
  const folder = mkdtempSync(join(tmpdir(), "corral-hunt-"));
  const hunt: HuntCase["hunt"] = async (names, options = {}) => {
    const terminal = testTerminal(folder);
    const code = await runHunt(names, options, terminal);
    return { code, ...terminal.written };
  };
  return {
    folder,
    hunt,
    write(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    async told(names, options = {}) {
      const { code, out } = await hunt(names, { ...options, json: true });
      return { code, ...(JSON.parse(out) as ToldHunt) };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A row of Ollama's log as gin writes it. */
export function gin(time: string, address: string, request: string, status = 200, latency = "1.5ms"): string {
  const [method = "GET", path = "/"] = request.split(" ");
  return `[GIN] ${time} | ${status} | ${latency.padStart(13)} | ${address.padStart(15)} | ${method.padEnd(8)} "${path}"\n`;
}

/** The line in which Ollama says where it listens: it tells the zone of the rows beside it. */
export function listening(time: string, address = "127.0.0.1:11434"): string {
  return `time=${time} level=INFO source=routes.go:1170 msg="Listening on ${address} (version 0.30.1)"\n`;
}
