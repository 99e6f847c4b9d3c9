import { describe, expect, test } from "vitest";
import { LINE_LIMITS } from "../model/line-limits.ts";
import type { PromptDoor } from "../model/prompt-class.ts";
import { agreementOf, redactShow } from "./show-redaction.ts";

const ANSWER = {
  license: "Some licence",
  modelfile: "FROM /Users/somebody/.ollama/models/blobs/x",
  parameters: 'stop "<|end|>"',
  template: "{{ .Tools }}{{ .Prompt }}",
  system: "",
  details: {
    format: "gguf",
    family: "llama",
    families: ["llama", "clip"],
    parameter_size: "8B",
    quantization_level: "Q4_0",
  },
  messages: [{ role: "user", content: "a secret" }],
  model_info: {
    "general.architecture": "llama",
    "general.parameter_count": 8_000_000_000,
    "general.file_type": 2,
    "llama.context_length": 8_192,
    "llama.embedding_length": 4_096,
    "llama.block_count": 32,
    "tokenizer.ggml.tokens": ["secret token"],
  },
  projector_info: { "clip.has_vision_encoder": true },
  tensors: [{ name: "secret.weight", type: "F16", shape: [1, 1] }],
  capabilities: ["completion", "vision"],
  modified_at: "2026-01-10T03:04:05Z",
  requires: "0.14.0",
};

test("R13: of texts only hash and length are kept, of facts what a card says", () => {
  const told = redactShow(ANSWER, null);
  expect(told).toEqual({
    ok: true,
    value: {
      agreement: expect.stringMatching(/^[0-9a-f]{32}$/u) as string,
      architecture: "llama",
      parameter_count: 8_000_000_000,
      file_type: 2,
      context_length: 8_192,
      embedding_length: 4_096,
      block_count: 32,
      format: "gguf",
      family: "llama",
      families: ["llama", "clip"],
      parameter_size: "8B",
      quantization_level: "Q4_0",
      capabilities: ["completion", "vision"],
      has_projector: true,
      // printf '{{ .Tools }}{{ .Prompt }}' | sha256sum, and so on
      template: { sha256: "2818d4ee5ad4292a7f78e5f45f53705d7d1ab58c97776533ff26c0a5c6c972f2", length: 25 },
      template_uses_tools: true,
      system: { sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", length: 0 },
      parameters: { sha256: "94b377adf99d724a1ac4ee54cdc86d0fcbde01a3ec1a6bb671e1f31f9b7dd9db", length: 14 },
      system_class: null,
      template_class: null,
      signs_version: null,
      system_text: null,
      messages: 1,
      renderer: null,
      parser: null,
      requires: "0.14.0",
    },
  });
  expect(JSON.stringify(told)).not.toMatch(/secret|somebody|licence|Prompt|end\|/u);
});

describe("prompts are judged at the door", () => {
  const door = (keepsText: boolean): PromptDoor => ({
    judge: (text, kind) => {
      const told = kind === "system" ? "guard-off" : "benign";
      return { class: text === "" ? "none" : told, signs: [text], score: 3, signs_version: 7 };
    },
    keepsText,
  });
  const told = (changes: object, keepsText = false) => {
    const card = redactShow({ ...ANSWER, ...changes }, door(keepsText));
    if (!card.ok) return card.error;
    const { system_class, template_class, signs_version, system_text } = card.value;
    return [system_class, template_class, signs_version, system_text];
  };

  test("each text by its kind; an absent one is empty", () => {
    expect(told({ system: "[role]" })).toEqual(["guard-off", "benign", 7, null]);
    expect(told({ system: undefined })).toEqual(["none", "benign", 7, null]);
    expect(told({ system: null, template: null })).toEqual(["none", "none", 7, null]);
  });

  test("the beginning of a system prompt is kept only when the door keeps text; of a template never", () => {
    expect(told({ system: "[role]" }, true)).toEqual(["guard-off", "benign", 7, "[role]"]);
    const long = redactShow({ ...ANSWER, system: `${"x".repeat(LINE_LIMITS.text - 1)}\u{1F600}` }, door(true));
    const text = long.ok ? long.value.system_text : null;
    expect([text?.length, text?.isWellFormed(), text?.at(-1)]).toEqual([LINE_LIMITS.text, true, "\uFFFD"]);
    expect(JSON.stringify(redactShow({ ...ANSWER, system: "[role]" }, door(true)))).not.toContain("Prompt");
  });
});

describe("two answers agree", () => {
  const same = agreementOf(ANSWER);

  test("whatever the order of keys, the time of the pull and the modelfile", () => {
    const reversed = Object.fromEntries(Object.entries(ANSWER).toReversed());
    expect(agreementOf(reversed)).toBe(same);
    expect(agreementOf({ ...ANSWER, modified_at: "2025-01-01T00:00:00Z", modelfile: "FROM C:\\Users\\x" })).toBe(same);
  });

  test.each([
    ["system", { system: "x" }],
    ["licence", { license: "another" }],
    ["capabilities in another order", { capabilities: ["vision", "completion"] }],
    ["tensors", { tensors: [] }],
    ["a new field", { extra: null }],
    ["a field of the prototype's name", JSON.parse('{"__proto__":{"x":1}}') as object],
  ])("but not with another %s", (_name, change) => {
    expect(agreementOf({ ...ANSWER, ...change, ...Object.fromEntries(Object.entries(change)) })).not.toBe(same);
  });
});

test.each([
  ["no object", []],
  ["details of another kind", { ...ANSWER, details: "x" }],
  ["a template of another kind", { ...ANSWER, template: 5 }],
  ["an architecture with control characters", { ...ANSWER, model_info: { "general.architecture": "a\u0000" } }],
  ["a count that is none", { ...ANSWER, model_info: { "general.parameter_count": -1 } }],
  ["messages of another kind", { ...ANSWER, messages: {} }],
  ["capabilities without end", { ...ANSWER, capabilities: Array.from({ length: 65 }, () => "x") }],
])("%s is no card", (_name, answer) => {
  expect(redactShow(answer, null)).toEqual({ ok: false, error: "wrong-shape" });
});

test("an answer of the first versions is a card of what it has", () => {
  expect(redactShow({ template: "{{ .Prompt }}" }, null)).toMatchObject({
    ok: true,
    value: {
      architecture: null,
      capabilities: null,
      system: null,
      messages: null,
      has_projector: false,
      template_uses_tools: false,
    },
  });
});
