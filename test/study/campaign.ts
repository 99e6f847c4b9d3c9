import type { Observation } from "../../src/model/observation.ts";
import { attempt, loaded, look, looks, model } from "./study-lines.ts";

const LLAMA = model("llama3:8b", { family: "llama", quantization: "Q4_K_M", size: "8.0B" });
const QWEN = model("qwen2.5:7b", { family: "qwen2", quantization: "Q4_K_M", size: "7.6B" });
const QWEN_AGAIN = model("my-qwen:latest", {
  family: "qwen2",
  quantization: "Q4_K_M",
  size: "7.6B",
  seed: "qwen2.5:7b",
});
const NOMIC = model("nomic-embed-text:latest", { family: "nomic-bert", quantization: "F16", size: "137M" });
const MISTRAL = model("mistral:7b", { family: "llama", quantization: "Q4_0", size: "7.2B" });
const LLAMA_70 = model("llama3.3:70b", { family: "llama", quantization: "Q8_0", size: "70.6B" });
const STUB = model("gpt-oss:120b-cloud", {
  family: "gptoss",
  quantization: "MXFP4",
  size: "116.8B",
  remote_host: "https://ollama.example:443",
});
const SILENT = model("custom:latest");
const UNSAID = model("odd:latest", { family: "qwen2", quantization: "unknown", size: "" });
const SMALL = Array.from({ length: 19 }, (_, at) =>
  model(`tiny-${at}:1b`, { family: "llama", quantization: "Q4_0", size: "1.1B" }),
);

const MONDAY = "2026-03-30T10:00";
const TUESDAY = "2026-03-31T10:00"; // nobody looks on Wednesday
const THURSDAY = "2026-04-02T10:00"; // half of the targets
const FRIDAY = "2026-04-03T10:00"; // on Saturday a run finds nobody

const hosting = (asn: number): Partial<Observation> => ({ asn, labels: ["hosting"] });
const mobile = (asn: number): Partial<Observation> => ({ asn, labels: ["mobile"] });
const UNIVERSITY: Partial<Observation> = { asn: 64499, organisation: "Example University" };
const MINUTES = Array.from(
  { length: 101 },
  (_, at) => `2026-03-30T${10 + Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}`,
);

const VIRGINIA = { country: "US", region: "Virginia" };
const WEB = { port: 80 };

/** Thirteen counted hosts, one of them a likely decoy; an emulator and an unconfirmed one beside them. */
export const CAMPAIGN = [
  attempt(1, THURSDAY, 100, 50),
  attempt(2, FRIDAY, 100, 100),
  attempt(3, "2026-04-04T10:00", 100, 100),
  look("192.0.2.1", MONDAY, { ...VIRGINIA, ...hosting(64496), models: [LLAMA], running: [] }),
  ...looks("192.0.2.1", [TUESDAY, FRIDAY], {
    ...VIRGINIA,
    ...hosting(64496),
    models: [LLAMA, QWEN],
    running: [loaded("a")],
  }),
  look("192.0.2.1", TUESDAY, { ...VIRGINIA, ...hosting(64496), ...WEB, models: [NOMIC] }),
  look("192.0.2.2", MONDAY, { ...VIRGINIA, ...mobile(64497), models: [LLAMA], running: [loaded("a")] }),
  look("192.0.2.2", FRIDAY, { ...VIRGINIA, ...hosting(64496), models: [LLAMA], running: [] }),
  look("2001:db8::3", FRIDAY, { country: "US", ...mobile(64498), models: [QWEN, QWEN_AGAIN] }),
  look("192.0.2.4", MONDAY, { country: "DE", ...UNIVERSITY, models: [], running: [] }),
  look("192.0.2.5", TUESDAY),
  look("198.51.100.6", THURSDAY, { country: "CN", region: "Beijing", ...mobile(64500), models: [STUB] }),
  ...looks("198.51.100.7", [MONDAY, THURSDAY], {
    country: "CN",
    region: "Beijing",
    ...mobile(64500),
    models: [SILENT],
  }),
  look("198.51.100.8", MONDAY, {
    country: "CN",
    region: "Shanghai",
    ...mobile(64500),
    models: [LLAMA, ...SMALL],
    running: [loaded("a"), loaded("b")],
  }),
  ...looks("198.51.100.9", [MONDAY, TUESDAY, FRIDAY], {
    country: "CN",
    ...hosting(64501),
    models: [LLAMA, QWEN],
    signs: ["control-same-body"],
  }),
  look("203.0.113.10", MONDAY, { country: "JP", ...hosting(64510), product: "koboldcpp", models: [LLAMA] }),
  look("203.0.113.11", TUESDAY, { country: "DE", region: "Hesse", ...UNIVERSITY, product: null, models: [LLAMA_70] }),
  look("203.0.113.12", MONDAY, { country: "JP", ...hosting(64510), confirmed: false, product: null, version: null }),
  look("203.0.113.13", MONDAY, { country: "DE", region: "Hesse", ...hosting(64502), models: [QWEN] }),
  look("203.0.113.13", FRIDAY, { country: "DE", region: "Hesse", ...hosting(64502) }),
  ...looks("203.0.113.14", MINUTES, {
    country: "US",
    region: "Oregon",
    ...hosting(64496),
    models: [UNSAID],
    running: [],
  }),
  look("203.0.113.15", TUESDAY, { country: "FR", asn: 64503, models: [MISTRAL] }),
  look("203.0.113.15", TUESDAY, { country: "FR", asn: 64503, models: [MISTRAL], source: "another", vantage: "inside" }),
];
