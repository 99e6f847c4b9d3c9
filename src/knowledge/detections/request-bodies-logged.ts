import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { REFERENCES } from "./references.ts";
import { setting, story } from "./story.ts";

/** Prompts lie about. */
export const REQUEST_BODIES_LOGGED: Detection = {
  id: "request-bodies-logged",
  uuid: "70390754-f908-4d3e-9c1e-77d77dda9150",
  title: "Ollama writes the bodies of requests to a temporary folder",
  hypothesis:
    "OLLAMA_DEBUG_LOG_REQUESTS (from 0.18.3) writes every request with its prompt into a folder below the temporary one, where others may read it. Whoever set it wanted to read along, or forgot it.",
  severity: "low",
  ...STABLE_1,
  selections: {
    logged: { class: "setting", where: all(is("name", "OLLAMA_DEBUG_LOG_REQUESTS"), is("value", "true", "1", "t")) },
  },
  correlation: { kind: "each", of: "logged", by: ["observer"], withinSeconds: 86_400 },
  falsePositives: ["A search for a fault, set on purpose and for a while."],
  blindTo: ["Versions that do not write this setting at their start."],
  ids: { attack: ["T1005"], attackBefore: [], atlas: ["AML.T0035"], owaspLlm: ["LLM02:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: ["Show the files and who may read them: `sudo ls -ld /tmp/ollama-request-logs-*`."],
    contain: ["Take the setting away and restart: `systemctl show ollama -p Environment` shows where it stands."],
    recover: [
      "Delete them: `sudo find /tmp -maxdepth 1 -name 'ollama-request-logs-*' -exec rm -r {} +`, after whoever looks into it has a copy.",
    ],
  },
  fires: [
    story("t, which Go takes for true", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "t")]),
    story("true", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "true")]),
    story("1", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "1")]),
    story("capitals", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "TRUE")]),
    story("at each of two starts", () => [
      setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "true"),
      setting(60, "OLLAMA_DEBUG_LOG_REQUESTS", "true"),
    ]),
    story("a log that does not name its machine", () => [
      setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "true", { observer: null }),
    ]),
  ],
  silent: [
    story("false", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "false")]),
    story("0", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "0")]),
    story("not set", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "")]),
    story("more words in the log, no bodies", () => [setting(0, "OLLAMA_DEBUG", "true")]),
    story("more words by a number", () => [setting(0, "OLLAMA_DEBUG", "1")]),
    story("another setting that is on", () => [setting(0, "OLLAMA_FLASH_ATTENTION", "true")]),
    story("history that is off", () => [setting(0, "OLLAMA_NOHISTORY", "true")]),
    story("the host", () => [setting(0, "OLLAMA_HOST", "http://127.0.0.1:11434")]),
    story("a setting whose name begins alike", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS_DIR", "1")]),
    story("a word that means nothing", () => [setting(0, "OLLAMA_DEBUG_LOG_REQUESTS", "maybe")]),
  ],
};
