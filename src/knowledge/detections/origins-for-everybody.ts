import { all, any, contains, ends, is, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { REFERENCES } from "./references.ts";
import { setting, story } from "./story.ts";

/** Any page that somebody opens may ask the model. */
export const ORIGINS_FOR_EVERYBODY: Detection = {
  id: "origins-for-everybody",
  uuid: "bff4809d-d450-4688-a12f-c6fa7eef1e51",
  title: "Ollama lets pages of every origin use it",
  hypothesis:
    "OLLAMA_ORIGINS with a bare `*`, or with a wildcard for a whole scheme, lets every page that somebody on the machine opens ask, change and delete models through their browser, however well the port is closed. The switch for browsers in the desktop app sets it too.",
  severity: "medium",
  ...STABLE_1,
  selections: {
    origins: {
      class: "setting",
      where: all(
        is("name", "OLLAMA_ORIGINS"),
        any(
          is("value", "*", "[*]"),
          starts("value", "[* ", "*,", "* "),
          ends("value", " *]", ",*", " *"),
          contains(
            "value",
            " * ",
            ",*,",
            "http://* ",
            "https://* ",
            "http://*]",
            "https://*]",
            "chrome-extension://*",
            "moz-extension://*",
            "safari-web-extension://*",
          ),
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "origins", by: ["observer", "value"], withinSeconds: 86_400 },
  falsePositives: ["A server behind a proxy that checks origins itself."],
  blindTo: ["Versions before 0.1.34, which do not write their settings."],
  ids: { attack: ["T1189"], attackBefore: [], atlas: ["AML.T0078"], owaspLlm: ["LLM06:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Show where it is set: `systemctl show ollama -p Environment`, `launchctl getenv OLLAMA_ORIGINS`, and the desktop app's settings.",
    ],
    contain: ["Name single origins: `Environment=OLLAMA_ORIGINS=https://chat.example.org`, then restart."],
    recover: [
      "Look for changes that came through a browser: rows of loopback with routes that change, `journalctl -u ollama | grep -E 'GIN.*(pull|create|delete|push)'`.",
    ],
  },
  fires: [
    story("a star last, a blank before it", () => [setting(0, "OLLAMA_ORIGINS", "https://a.example *")]),
    story("a star last in the list", () => [setting(0, "OLLAMA_ORIGINS", "[https://a.example *]")]),
    story("a star first, a blank after it", () => [setting(0, "OLLAMA_ORIGINS", "* https://a.example")]),
    story("a star first", () => [setting(0, "OLLAMA_ORIGINS", "*,https://a.example")]),
    story("a star as people write it", () => [setting(0, "OLLAMA_ORIGINS", "*")]),
    story("a star before the defaults", () => [
      setting(0, "OLLAMA_ORIGINS", "[* http://localhost https://localhost http://localhost:* app://* file://*]"),
    ]),
    story("a star alone in the list", () => [setting(0, "OLLAMA_ORIGINS", "[*]")]),
    story("every host", () => [setting(0, "OLLAMA_ORIGINS", "[http://* https://* http://localhost]")]),
    story("every extension of a browser", () => [
      setting(0, "OLLAMA_ORIGINS", "[chrome-extension://* http://localhost]"),
    ]),
    story("a star at the end", () => [setting(0, "OLLAMA_ORIGINS", "https://a.example,*")]),
  ],
  silent: [
    story("the defaults", () => [
      setting(
        0,
        "OLLAMA_ORIGINS",
        "[http://localhost https://localhost http://localhost:* https://localhost:* http://127.0.0.1 https://127.0.0.1 http://127.0.0.1:* https://127.0.0.1:* http://0.0.0.0 https://0.0.0.0 http://0.0.0.0:* https://0.0.0.0:* app://* file://* tauri://* vscode-webview://* vscode-file://*]",
      ),
    ]),
    story("one page", () => [
      setting(0, "OLLAMA_ORIGINS", "[https://chat.example.org http://localhost http://localhost:*]"),
    ]),
    story("one page as people write it", () => [setting(0, "OLLAMA_ORIGINS", "https://chat.example.org")]),
    story("hosts of one domain", () => [setting(0, "OLLAMA_ORIGINS", "[https://*.example.org http://localhost]")]),
    story("one extension", () => [setting(0, "OLLAMA_ORIGINS", "[chrome-extension:abcdefgh http://localhost]")]),
    story("editors and desktop programs", () => [
      setting(0, "OLLAMA_ORIGINS", "[app://* tauri://* vscode-webview://*]"),
    ]),
    story("ports of the machine itself", () => [
      setting(0, "OLLAMA_ORIGINS", "[http://localhost:* http://127.0.0.1:*]"),
    ]),
    story("not set", () => [setting(0, "OLLAMA_ORIGINS", "")]),
    story("an empty list", () => [setting(0, "OLLAMA_ORIGINS", "[]")]),
    story("a star in another setting", () => [setting(0, "NO_PROXY", "*")]),
    story("the host setting", () => [setting(0, "OLLAMA_HOST", "http://0.0.0.0:11434")]),
  ],
};
