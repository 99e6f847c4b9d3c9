import { absent, all, any, contains, ends, is, network, not } from "../../model/condition.ts";
import type { Condition } from "../../model/condition.ts";

/** Comes from an address that is neither the machine's, nor its network's, nor one that the user knows. */
export const BY_STRANGER: Condition = network("sourceIp", "public");

/** Comes from another machine that the user does not know, near or far. */
export const FROM_AFAR: Condition = all(
  network("sourceIp", "public", "private", "link-local"),
  not(network("sourceIp", "known")),
);

/** Asks something that a model server knows; `/` alone is every web server's. */
export const TO_API: Condition = all(is("risk", "A", "B", "C", "D"), not(is("route", "root")));

/** Was not refused and did not fail; logs that tell no status pass. */
export const DONE: Condition = not({ kind: "above", field: "status", value: 399 });

/** A connection from outside to a model server's port that no filter stopped and that was answered, as far as the source tells. */
export const CONNECTED_BY_STRANGER: Condition = all(
  BY_STRANGER,
  is("toServer", true),
  not(is("direction", "outbound")),
  not(is("action", "blocked")),
  not(is("established", false)),
);

/** The program is Ollama. */
export const OLLAMA_PROGRAM: Condition = ends("executable", "/ollama", "\\ollama.exe");

/** The program is a runner, which loads models and asks nobody for anything. */
export const RUNNER_PROGRAM: Condition = ends(
  "executable",
  "/llama-server",
  "\\llama-server.exe",
  "/ollama_llama_server",
  "\\ollama_llama_server.exe",
);

/** The parent's program is Ollama; its own log names it without a path. */
export const BELOW_OLLAMA: Condition = any(
  ends("parentExecutable", "/ollama", "\\ollama.exe"),
  is("parentExecutable", "ollama", "ollama.exe"),
);

/**
 * The parent is the server itself (`start` is another word for `serve`), not the command line of the same binary, which starts shells by
 * design (from 0.14.0), though a prompt on it may hold the same words.
 */
export const STARTED_BY_SERVER: Condition = all(
  BELOW_OLLAMA,
  contains(
    "parentCommandLine",
    "ollama serve",
    "ollama start",
    "ollama.exe serve",
    "ollama.exe start",
    'ollama.exe" serve',
    'ollama.exe" start',
  ),
  not(contains("parentCommandLine", " run ")),
);

/**
 * Runs under the service's account, and the source does not tell who started it: auditd names a parent only when it saw that one start.
 */
export const STARTED_BY_NOBODY_KNOWN: Condition = all(is("user", "ollama"), absent("parentExecutable"));

/** The server's own account, its program or its runner did it. */
export const BY_SERVICE: Condition = any(is("user", "ollama"), OLLAMA_PROGRAM, RUNNER_PROGRAM);

/** A connection that was opened from here and that no filter stopped. */
export const OPENED_HERE: Condition = all(is("direction", "outbound"), not(is("action", "blocked")));
