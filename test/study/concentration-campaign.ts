import type { ModelEntry } from "../../src/model/observation.ts";
import { look, looks, model } from "./study-lines.ts";

const DAYS = Array.from({ length: 10 }, (_, at) => `2026-03-${String(at + 2).padStart(2, "0")}T10:00`);
const from = (count: number): readonly string[] => DAYS.slice(0, count);

const Q4 = { quantization: "Q4_K_M" };
const LLAMA = model("llama3:8b", { ...Q4, family: "llama" });
const QWEN = model("qwen2.5:7b", { ...Q4, family: "qwen2" });
const GEMMA = model("gemma2:9b", { ...Q4, family: "gemma2" });
const PHI = model("phi3:3.8b", { ...Q4, family: "phi3" });
const CUSTOM = model("custom:latest");
const STUB = model("gpt-oss:120b-cloud", { family: "gptoss", remote_host: "https://ollama.example:443" });

const pulled = (entry: ModelEntry, modified_at: string): ModelEntry => ({ ...entry, modified_at });

/** Four hosts with one to four observations and as many lineages; the fifth, with ten, is a likely decoy. Two show another product. */
export const CONCENTRATION_CAMPAIGN = [
  ...looks("192.0.2.1", from(1), {
    country: "DE",
    asn: 64496,
    labels: ["hosting"],
    models: [pulled(LLAMA, "2026-01-10T03:04:05.123456789+02:00"), pulled(CUSTOM, "2025-01-10T03:04:05.5+02:00")],
  }),
  // The disk of 192.0.2.1 at another address.
  ...looks("192.0.2.2", from(2), {
    country: "DE",
    asn: 64496,
    labels: ["mobile"],
    models: [pulled(QWEN, "2026-01-10T03:04:05.123456789+02:00"), pulled(STUB, "2026-02-10T03:04:05.123456789+02:00")],
  }),
  ...looks("192.0.2.3", from(3), {
    country: "FR",
    asn: 64497,
    models: [pulled(GEMMA, "2026-01-10T03:04:05.000012345Z")],
  }),
  // Two services, two machines behind one address.
  ...looks("2001:db8::4", from(3), { models: [pulled(PHI, "2026-01-11T03:04:05.6789Z")] }),
  look("2001:db8::4", "2026-03-02T10:00", { port: 80, models: [pulled(PHI, "2026-01-12T03:04:05.6789Z")] }),
  ...looks("198.51.100.9", from(10), {
    asn: 64497,
    models: [pulled(LLAMA, "2026-01-10T03:04:05.12+02:00")],
    signs: ["control-same-body"],
  }),
  look("192.0.2.1", "2026-03-02T10:00", { port: 8000, product: "vllm" }),
  look("203.0.113.20", "2026-03-02T10:00", { product: "vllm" }),
  look("203.0.113.21", "2026-03-02T10:00", { product: "vllm", confirmed: false }),
];

const seenBy = (source: string, hosts: readonly number[]) =>
  hosts.map((host) =>
    look(`192.0.2.${host}`, "2026-03-02T10:00", {
      source,
      ...(host === 1 ? { signs: ["control-same-body" as const] } : {}),
    }),
  );

/** Seven hosts, three sources; 192.0.2.1 is a likely decoy. */
export const SOURCES_CAMPAIGN = [
  ...seenBy("gamma", [7]),
  ...seenBy("beta", [4, 5, 6]),
  ...seenBy("alpha", [1, 2, 3, 4]),
];
