import { expect, test } from "vitest";
import { CAPABILITIES } from "../knowledge/capabilities.ts";
import { OLLAMA_FIELDS } from "../knowledge/ollama-fields.ts";
import type { CapabilityInput } from "../model/judgements.ts";
import { capabilitiesOf } from "./capability.ts";

const nothing: CapabilityInput = {
  version: null,
  tags: null,
  card: null,
  card_version: null,
  family: null,
  families: null,
  template_uses_tools: null,
  has_projector: null,
  is_cloud: false,
};

const judged = (change: Partial<CapabilityInput>): Record<string, string> =>
  Object.fromEntries(
    capabilitiesOf({ ...nothing, ...change }).map((one) => [
      one.capability,
      one.basis === null ? one.state : `${one.state} by ${one.basis}`,
    ]),
  );

const UNKNOWN = {
  completion: "unknown",
  tools: "unknown",
  thinking: "unknown",
  vision: "unknown",
  insert: "unknown",
  embedding: "unknown",
  image: "unknown",
  audio: "unknown",
};

test("nothing seen, nothing known", () => {
  expect(judged({})).toEqual(UNKNOWN);
  expect(judged({ version: "0.30.0" })).toEqual(UNKNOWN);
});

test("a list in /api/tags says what there is and what there is not", () => {
  expect(judged({ version: "0.30.0", tags: ["completion", "tools", "thinking"] })).toEqual({
    completion: "advertised by tags",
    tools: "advertised by tags",
    thinking: "advertised by tags",
    vision: "absent by tags",
    insert: "absent by tags",
    embedding: "absent by tags",
    image: "absent by tags",
    audio: "absent by tags",
  });
});

test("an empty list is a list", () => {
  expect(judged({ version: "0.30.0", tags: [] })).toMatchObject({
    completion: "absent by tags",
    tools: "absent by tags",
  });
});

test("a card from before a word leaves that word unknown", () => {
  expect(judged({ version: "0.8.0", card: ["completion", "tools"], card_version: "0.8.0" })).toEqual({
    ...UNKNOWN,
    completion: "advertised by card",
    tools: "advertised by card",
    vision: "absent by card",
    insert: "absent by card",
    embedding: "absent by card",
  });
});

test("a card of an unknown version says nothing of later words", () => {
  expect(judged({ card: ["completion"], card_version: "0.0.0" })).toMatchObject({
    tools: "absent by card",
    thinking: "unknown",
  });
});

test("tags count before the card, the card fills what tags could not say", () => {
  const change = { version: "0.9.1-rc0", tags: ["completion"], card: ["completion", "audio"], card_version: "0.20.0" };
  expect(judged(change)).toMatchObject({ completion: "advertised by tags", audio: "advertised by card" });
});

test.each([
  [{ template_uses_tools: true }, { tools: "inferred by template" }],
  [{ template_uses_tools: false }, {}],
  [{ families: ["llama", "clip"] }, { vision: "inferred by families" }],
  [{ families: ["mllama"] }, { vision: "inferred by families" }],
  [{ families: ["CLIP"] }, { vision: "inferred by families" }],
  [{ families: ["clipper"] }, {}],
  [{ has_projector: true, families: ["clip"] }, { vision: "inferred by projector" }],
  [{ has_projector: false }, {}],
  [{ family: "qwen25vl" }, { vision: "inferred by architecture" }],
  [{ family: "nomic-bert" }, { embedding: "inferred by architecture" }],
  [{ family: "llama" }, {}],
  [{ family: "llama", is_cloud: true, template_uses_tools: true, families: ["clip"] }, {}],
  [
    { tags: [], version: "0.8.0", family: "bert" },
    { ...UNKNOWN, ...absentOnly() },
  ],
] as const)("without a list, %j tells %j", (change, told) => {
  expect(judged(change)).toEqual({ ...UNKNOWN, ...told });
});

function absentOnly(): Record<string, string> {
  return Object.fromEntries(
    ["completion", "tools", "vision", "insert", "embedding"].map((word) => [word, "absent by tags"]),
  );
}

test("words outside the table are no capabilities", () => {
  expect(judged({ version: "0.30.0", tags: ["__proto__", "TOOLS", "\u202e"] })).toMatchObject({
    tools: "absent by tags",
  });
});

test("the words and their releases agree with the field table", () => {
  const fields = OLLAMA_FIELDS.filter((row) => row.field.startsWith("capabilities=")).map((row) => [
    row.field.slice("capabilities=".length),
    row.since,
  ]);
  expect(new Map(CAPABILITIES.map((word) => [word.id, word.since]))).toEqual(new Map(fields as [string, string][]));
});
