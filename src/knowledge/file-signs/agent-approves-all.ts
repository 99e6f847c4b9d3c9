import { anyOf, allOf, some } from "../../model/file-sign.ts";
import type { FileSign } from "../../model/file-sign.ts";
import { FIRST_VERSION } from "./first-version.ts";
import { ORDINARY_FILES } from "./ordinary-files.ts";
import { textSample } from "./sample.ts";

/** Settings with which a model's words become commands. */
export const AGENT_APPROVES_ALL: FileSign = {
  id: "agent-approves-all",
  title: "An agent's settings let every command run without a question",
  hypothesis:
    "Agents that run commands ask first, unless their settings say otherwise. An instruction that reached the model, or a model that somebody exchanged, writes or finds such settings and then acts without a human (AML.T0081).",
  severity: "medium",
  ...FIRST_VERSION,
  ids: ["AML.T0081", "AML.T0053"],
  references: ["https://genai.owasp.org/llmrisk/llm062025-excessive-agency/"],
  falsePositives: ["Agents in a container that was made for this."],
  blindTo: ["Options given on the command line.", "Lists of allowed commands that are as good as all."],
  texts: {
    bypass: { kind: "pattern", pattern: '"defaultMode"[ \\t]{0,4}:[ \\t\\r\\n]{0,8}"bypassPermissions"' },
    danger: {
      kind: "pattern",
      pattern: '"(dangerouslySkipPermissions|skipDangerousModePermissionPrompt)"[ \\t]{0,4}:[ \\t\\r\\n]{0,8}true',
    },
    tools: {
      kind: "pattern",
      pattern: '"chat\\.tools\\.(global\\.)?autoApprove"[ \\t]{0,4}:[ \\t\\r\\n]{0,8}true',
    },
    every: {
      kind: "pattern",
      pattern: '"(autoApprove|alwaysAllow)"[ \\t]{0,4}:[ \\t\\r\\n]{0,8}(true|\\[[ \\t\\r\\n]{0,8}"\\*")',
    },
    yolo: {
      kind: "pattern",
      pattern: '"(yolo|yoloMode|autoApproveAll)"[ \\t]{0,4}:[ \\t\\r\\n]{0,8}true',
      anyCase: true,
    },
    never: { kind: "pattern", pattern: "approval_policy[ \\t]{0,4}=[ \\t]{0,4}[\"']never[\"']" },
    full: { kind: "pattern", pattern: "sandbox_mode[ \\t]{0,4}=[ \\t]{0,4}[\"']danger-full-access[\"']" },
    shell: { kind: "pattern", pattern: '"(Bash|Shell|shell)(\\(\\*\\))?"[ \\t]{0,4}:[ \\t]{0,4}"allow"' },
  },
  condition: anyOf(
    some(1, "bypass", "danger", "tools", "every", "yolo", "shell"),
    allOf(some(1, "never"), some(1, "full")),
  ),
  matches: [
    textSample("a mode without questions", '{"permissions":{"defaultMode":"bypassPermissions"}}'),
    textSample("over two lines", '{"permissions":{"defaultMode":\n  "bypassPermissions"}}'),
    textSample("every tool of an editor", '{"chat.tools.autoApprove": true}'),
    textSample("every tool of a server", '{"mcpServers":{"shell":{"command":"a","autoApprove":["*"]}}}'),
    textSample("neither questions nor sandbox", 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n'),
    textSample("by its own name", '{"yolo": true}'),
    textSample("no question before danger", '{"dangerouslySkipPermissions":true}'),
  ],
  lookalikes: [
    textSample("a mode that asks", '{"permissions":{"defaultMode":"default"}}'),
    textSample("a mode that plans", '{"permissions":{"defaultMode":"plan"}}'),
    textSample("an editor that asks", '{"chat.tools.autoApprove": false}'),
    textSample("nothing allowed", '{"mcpServers":{"shell":{"command":"a","autoApprove":[]}}}'),
    textSample("one tool allowed", '{"mcpServers":{"files":{"alwaysAllow":["read_file"]}}}'),
    textSample("never asks within a sandbox", 'approval_policy = "never"\nsandbox_mode = "read-only"\n'),
    textSample("asks without a sandbox", 'approval_policy = "on-request"\nsandbox_mode = "danger-full-access"\n'),
    textSample("a forbidden mode", '{"permissions":{"disableBypassPermissionsMode":"disable"}}'),
    textSample("a page on it", "bypassPermissions lets an agent run every command without a question."),
    textSample("a schema", '{"properties":{"defaultMode":{"enum":["default","bypassPermissions"]}}}'),
    textSample("one command", '{"permission":{"bash":{"git status":"allow","*":"ask"}}}'),
    textSample("switched off", '{"yolo": false}'),
    ...ORDINARY_FILES,
  ],
};
