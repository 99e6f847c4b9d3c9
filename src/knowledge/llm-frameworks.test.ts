import { expect, test } from "vitest";
import { LLM_FRAMEWORKS, MODEL_FILE_ENDINGS } from "./llm-frameworks.ts";
import type { LlmFramework } from "./llm-frameworks.ts";

const ROWS: readonly (readonly [string, LlmFramework])[] = Object.entries(LLM_FRAMEWORKS);

test("programs are endings of paths, names are names, folders begin and end at a separator", () => {
  for (const [id, row] of ROWS) {
    for (const program of row.programs) expect([id, program]).toEqual([id, expect.stringMatching(/^[/\\.]\S/u)]);
    for (const name of row.names) expect([id, name]).toEqual([id, expect.stringMatching(/^[a-z0-9-]+\.[a-z]+$/u)]);
    for (const folder of row.folders) {
      expect([id, folder]).toEqual([id, expect.stringMatching(/^(?:\/[^\\]+\/|\\[^/]+\\)$/u)]);
    }
  }
});

test("every row has something to be known by, and no word stands in two rows", () => {
  const words = ROWS.flatMap(([, row]) => [...row.programs, ...row.arguments, ...row.installs, ...row.names]);
  expect(new Set(words.map((word) => word.toLowerCase())).size).toBe(new Set(words).size);
  expect(ROWS.filter(([, row]) => row.programs.length + row.arguments.length + row.names.length === 0)).toEqual([]);
  expect(MODEL_FILE_ENDINGS).toEqual([".gguf", ".ggml", ".safetensors", ".llamafile"]);
});
