import { all, any, contains, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { RUNNER_PROGRAM } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, ROTATE_SECRETS, SHOW_ACTOR, STOP_SERVER } from "./measures.ts";
import { file, story } from "./story.ts";

/** What the model's tools may do is set elsewhere. */
export const AGENT_SETTINGS_WRITTEN: Detection = {
  id: "agent-settings-written",
  uuid: "7ce71646-792c-40fd-96ef-85951bf34281",
  title: "The service's account wrote settings of an agent",
  hypothesis:
    "Agents keep in small files which tools they may run without asking, and which servers they trust. The account of the model service has no reason to write them; the command line under a person's account does (`ollama launch`).",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    written: {
      class: "file",
      where: all(
        is("action", "created", "changed"),
        any(is("user", "ollama"), RUNNER_PROGRAM),
        contains(
          "path",
          "/.claude/",
          "/.claude.json",
          "/.cursor/mcp.json",
          "/.codex/",
          "/.config/opencode/",
          "/opencode.json",
          "/.vscode/mcp.json",
          "/.openclaw/",
          "/.continue/",
          "/.gemini/settings.json",
          "claude_desktop_config.json",
          "/.mcp.json",
          "\\.claude\\",
          "\\.codex\\",
          "\\.cursor\\mcp.json",
          "\\.openclaw\\",
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "written", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: ["An agent that somebody runs under the service's account on purpose."],
  blindTo: [
    "Servers that run under a person's account, where the command line writes the same files by design (from 0.15.0).",
    "Sources that do not record files.",
  ],
  ids: { attack: ["T1565"], attackBefore: [], atlas: ["AML.T0081", "AML.T0083"], owaspLlm: ["LLM06:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show what changed: `sudo ls -l --time-style=full-iso PATH`, and read keys, not values: `jq 'paths | join(\".\")' PATH`.",
      SHOW_ACTOR,
    ],
    contain: [STOP_SERVER, "Put the file back from its copy, and end the agents that read it."],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS],
  },
  fires: [
    story("the settings of an agent in another home", () => [file(0, "changed", "/home/alice/.claude/settings.json")]),
    story("servers of tools", () => [
      file(0, "created", "/home/alice/.cursor/mcp.json", { executable: "/usr/bin/python3" }),
    ]),
    story("a runner", () => [
      file(0, "changed", "/home/alice/.codex/config.toml", {
        executable: "/usr/local/lib/ollama/llama-server",
        user: "alice",
      }),
    ]),
    story("in the service's own home", () => [
      file(0, "created", "/usr/share/ollama/.openclaw/openclaw.json", { executable: "/bin/sh" }),
    ]),
    story("Windows", () => [
      file(0, "changed", String.raw`C:\Users\alice\.claude\settings.json`, {
        executable: String.raw`C:\Ollama\lib\ollama\llama-server.exe`,
        user: "alice",
      }),
    ]),
  ],
  silent: [
    story("a person's agent", () => [
      file(0, "changed", "/home/alice/.claude/settings.json", { executable: "/usr/bin/node", user: "alice" }),
    ]),
    story("a person's launch of an agent", () => [
      file(0, "changed", "/home/alice/.codex/config.toml", { executable: "/usr/local/bin/ollama", user: "alice" }),
    ]),
    story("the server's own settings", () => [file(0, "changed", "/usr/share/ollama/.ollama/server.json")]),
    story("a model", () => [file(0, "created", "/usr/share/ollama/.ollama/models/blobs/sha256-ab")]),
    story("the server's key", () => [file(0, "created", "/usr/share/ollama/.ollama/id_ed25519")]),
    story("an editor's other settings", () => [file(0, "changed", "/home/alice/.vscode/settings.json")]),
    story("deleted", () => [file(0, "deleted", "/home/alice/.claude/settings.json")]),
    story("a name that begins alike", () => [file(0, "changed", "/home/alice/.claudette/settings.json")]),
    story("no account told", () => [
      file(0, "changed", "/home/alice/.claude/settings.json", { executable: "/usr/bin/node", user: null }),
    ]),
    story("an account whose name begins alike", () => [
      file(0, "changed", "/home/alice/.claude/settings.json", { executable: "/usr/bin/node", user: "ollama-dev" }),
    ]),
    story("an editor of a person", () => [
      file(0, "changed", "/home/alice/.cursor/mcp.json", { executable: "/usr/bin/vim", user: "alice" }),
    ]),
  ],
};
