import { all, contains, is, not, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_LISTENERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { setting, story } from "./story.ts";

/** The server's first line tells its settings. */
export const HOST_SETTING_BEYOND_LOOPBACK: Detection = {
  id: "host-setting-beyond-loopback",
  uuid: "e6210a58-c570-4e86-83bc-d3e00321fbc6",
  title: "Ollama started with a host setting beyond loopback",
  hypothesis:
    "At its start the server writes its settings; `OLLAMA_HOST` there says what was asked for, and the wildcard is asked for in container images, unit files and by the desktop app's switch. It shows who meant to open it even where the line `Listening on` was lost.",
  severity: "medium",
  ...STABLE_1,
  selections: {
    host: {
      class: "setting",
      where: all(
        is("name", "OLLAMA_HOST"),
        contains("value", ".", ":"),
        not(contains("value", "//127.", "//localhost", "//[::1]")),
        not(starts("value", "127.", "localhost", "[::1]", "::1")),
      ),
    },
  },
  correlation: { kind: "each", of: "host", by: ["observer", "value"], withinSeconds: 86_400 },
  falsePositives: [
    "The official container image sets 0.0.0.0; what counts is the published port.",
    "An address of a VPN or of the local network, meant so.",
    "The command line uses the same variable to name the server that it asks; only rows of the server count, but shared logs mix them.",
  ],
  blindTo: ["Versions before 0.1.34, which do not write their settings."],
  ids: { attack: ["T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Show where it is set: `systemctl show ollama -p Environment -p EnvironmentFiles -p DropInPaths`, `launchctl getenv OLLAMA_HOST`, `docker inspect NAME --format '{{.Config.Env}}'`.",
      SHOW_LISTENERS,
    ],
    contain: [BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("every address", () => [setting(0, "OLLAMA_HOST", "http://0.0.0.0:11434")]),
    story("every IPv6 address", () => [setting(0, "OLLAMA_HOST", "http://[::]:11434")]),
    story("as people write it", () => [setting(0, "OLLAMA_HOST", "0.0.0.0")]),
    story("a public address on another port", () => [setting(0, "OLLAMA_HOST", "http://198.51.100.10:8080")]),
    story("an address of the local network", () => [setting(0, "OLLAMA_HOST", "192.168.1.5:11434")]),
    story("all by an empty host", () => [setting(0, "OLLAMA_HOST", ":11434")]),
    story("a name", () => [setting(0, "OLLAMA_HOST", "http://gpu.example.org:11434")]),
  ],
  silent: [
    story("loopback", () => [setting(0, "OLLAMA_HOST", "http://127.0.0.1:11434")]),
    story("loopback as people write it", () => [setting(0, "OLLAMA_HOST", "127.0.0.1:11434")]),
    story("loopback by name", () => [setting(0, "OLLAMA_HOST", "http://localhost:11434")]),
    story("loopback by name alone", () => [setting(0, "OLLAMA_HOST", "localhost:11434")]),
    story("IPv6 loopback", () => [setting(0, "OLLAMA_HOST", "http://[::1]:11434")]),
    story("IPv6 loopback as people write it", () => [setting(0, "OLLAMA_HOST", "[::1]:11434")]),
    story("loopback over TLS", () => [setting(0, "OLLAMA_HOST", "https://127.0.0.1:443")]),
    story("another loopback address", () => [setting(0, "OLLAMA_HOST", "http://127.0.1.1:11434")]),
    story("not set", () => [setting(0, "OLLAMA_HOST", "")]),
    story("another setting with such a value", () => [setting(0, "HTTP_PROXY", "http://192.168.1.5:3128")]),
    story("origins, which are no address", () => [setting(0, "OLLAMA_ORIGINS", "[http://0.0.0.0 https://0.0.0.0]")]),
  ],
};
