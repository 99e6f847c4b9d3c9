import type { FarmModel } from "./ollama-replies.ts";

const CHAT: FarmModel = {
  name: "example-chat:latest",
  digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  size: 4_100_000_000,
  modifiedAt: "2026-01-10T03:04:05.123456789Z",
  family: "qwen2",
  families: ["qwen2"],
  parameterSize: "7.6B",
  parameterCount: 7_600_000_000,
  quantization: "Q4_K_M",
  capabilities: ["completion", "tools", "thinking"],
  template: "{{ if .Tools }}tools{{ end }}{{ .Prompt }}",
  system: "You are the assistant of Example Corporation.",
  remote: null,
  loaded: { vram: 4_100_000_000, expiresAt: "2026-01-10T03:09:05.5Z" },
};

/** Ordinary models to keep on a farm server; the last one is a cloud stub. */
export const INVENTORY: readonly FarmModel[] = [
  CHAT,
  {
    ...CHAT,
    name: "example-embed:latest",
    digest: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    size: 274_302_450,
    modifiedAt: "2026-01-09T11:22:33.4Z",
    family: "nomic-bert",
    families: ["nomic-bert"],
    parameterSize: "137M",
    parameterCount: 137_000_000,
    quantization: "F16",
    capabilities: ["embedding"],
    template: "{{ .Prompt }}",
    system: null,
    loaded: null,
  },
  {
    ...CHAT,
    name: "example-large:cloud",
    digest: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    size: 384,
    modifiedAt: "2026-01-09T00:00:00Z",
    family: "",
    families: null,
    parameterSize: "",
    quantization: "",
    capabilities: [],
    system: null,
    remote: { model: "example-large", host: "https://ollama.com:443" },
    loaded: null,
  },
];

/** As many different models as wanted. */
export function manyModels(count: number): readonly FarmModel[] {
  return Array.from({ length: count }, (_, index) => ({
    ...CHAT,
    name: `example-${index}:7b`,
    digest: (index + 1).toString(16).padStart(64, "0"),
    modifiedAt: new Date(Date.UTC(2026, 0, 10) - index * 60_000).toISOString(),
    loaded: null,
  }));
}
