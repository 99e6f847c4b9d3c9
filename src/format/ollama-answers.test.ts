import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readOpenAiModels, readRunning, readVersion } from "./ollama-answers.ts";
import { readTags } from "./ollama-tags.ts";

// The same shapes as a schema: what the bounded validators accept, this accepts, and the other way round.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const clean = /^[^\u0000-\u001f\u007f-\u009f]*$/u;
const text = (max: number): z.ZodType<string> =>
  z
    .string()
    .max(max)
    .regex(clean)
    .refine((value) => value.isWellFormed());
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const words = z.array(text(128)).max(64);
const details = z.object({
  parent_model: text(512).nullish(),
  format: text(128).nullish(),
  family: text(128).nullish(),
  families: words.nullish(),
  parameter_size: text(128).nullish(),
  quantization_level: text(128).nullish(),
  context_length: count.nullish(),
  embedding_length: count.nullish(),
});
const named = (value: { name?: string | null | undefined; model?: string | null | undefined }): boolean =>
  typeof (value.name ?? value.model) === "string";
const tagsEntry = z
  .object({
    name: text(512).nullish(),
    model: text(512).nullish(),
    modified_at: text(64).nullish(),
    size: count.nullish(),
    digest: text(128).nullish(),
    details: details.nullish(),
    capabilities: words.nullish(),
    remote_model: text(512).nullish(),
    remote_host: text(512).nullish(),
  })
  .refine(named);
const runningEntry = z
  .object({
    name: text(512).nullish(),
    model: text(512).nullish(),
    digest: text(128).nullish(),
    size: count.nullish(),
    size_vram: count.nullish(),
    context_length: count.nullish(),
    expires_at: text(64).nullish(),
  })
  .refine(named);
/** Some object among the entries, or none at all. */
const modelList = z.object({
  models: z
    .array(z.unknown())
    .refine(
      (list) => list.length === 0 || list.some((entry) => z.record(z.string(), z.unknown()).safeParse(entry).success),
    )
    .nullable(),
});
const openAi = z.object({
  object: z.literal("list"),
  data: z.array(z.object({ id: text(512), created: count.nullish(), owned_by: text(128).nullish() })).nullable(),
});
const version = z.object({ version: z.string() });

/** Values that are right, nearly right and wrong, mixed. */
const leaf = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("example:latest", "", "qwen2", "2026-01-10T03:04:05Z", "a".repeat(64)) },
  { weight: 3, arbitrary: fc.constantFrom(0, 4_100_000_000, 2 ** 53 - 1) },
  { weight: 2, arbitrary: fc.constantFrom(null, undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-1, 1.5, 2 ** 53, true, "x\u0000", "x\u001b[0m", "\ud800", "é\u0085", {}, []),
  },
  { weight: 1, arbitrary: fc.constantFrom("x".repeat(64), "x".repeat(65), "x".repeat(129), "x".repeat(513)) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom("completion", "tools", "x".repeat(129), 1), { maxLength: 66 }) },
);
const member = (keys: readonly string[], inner: fc.Arbitrary<unknown> = leaf): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(keys.map((key) => [key, inner])), { requiredKeys: [] });
const detailsLike = member(["parent_model", "format", "family", "families", "parameter_size", "context_length"]);
const entryKeys = [
  "id",
  "created",
  "owned_by",
  "name",
  "model",
  "modified_at",
  "size",
  "digest",
  "capabilities",
  "remote_host",
  "size_vram",
  "expires_at",
];
const entryLike = fc
  .tuple(member(entryKeys), fc.oneof(detailsLike, leaf))
  .map(([entry, inner]) => ({ name: "x", id: "x", ...entry, details: inner }));
const plainEntry = fc.constant({ name: "plain", id: "plain" });
const listLike = (key: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .array(
          fc.oneof(
            { weight: 7, arbitrary: entryLike },
            { weight: 2, arbitrary: plainEntry },
            { weight: 1, arbitrary: leaf },
          ),
          { maxLength: 2 },
        )
        .map((list) => ({ [key]: list })),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<unknown>({ [key]: null }, {}, [], null, "x", { [key]: {} }, { [key]: "x" }),
    },
  );

describe("the validators take what the schema takes", () => {
  test.each([
    [
      "v1-models",
      openAi,
      readOpenAiModels,
      listLike("data").map((value) => ({ object: "list", ...(value as object) })),
    ],
    ["v1-models without its word", openAi, readOpenAiModels, listLike("data")],
    ["version", version, readVersion, fc.oneof(member(["version"]), leaf)],
  ])("%s", (name, schema, read, values) => {
    let taken = 0;
    fc.assert(
      fc.property(values as fc.Arbitrary<unknown>, (value) => {
        const told = read(value);
        expect(told.ok).toBe(schema.safeParse(value).success);
        taken += told.ok ? 1 : 0;
      }),
      { numRuns: 2_000 },
    );
    expect(taken > 20).toBe(!name.includes("without"));
  });
});

describe("a list keeps the entries that the schema takes, and counts the others", () => {
  test.each([
    ["tags", tagsEntry, readTags],
    ["ps", runningEntry, readRunning],
  ])("%s", (_, schema, read) => {
    const seen = { lists: 0, kept: 0, odd: 0, mixed: 0 };
    fc.assert(
      fc.property(listLike("models"), (value) => {
        const told = read(value);
        const list = modelList.safeParse(value);
        expect(told.ok).toBe(list.success);
        if (!told.ok || !list.success) return;
        const fitting = (list.data.models ?? []).flatMap((entry) => schema.safeParse(entry).data ?? []);
        const odd = (list.data.models ?? []).length - fitting.length;
        expect(told.value.entries.map(({ name }) => name)).toEqual(fitting.map(({ name, model }) => name ?? model));
        expect(told.value.odd).toBe(odd);
        seen.lists += 1;
        seen.kept += fitting.length;
        seen.odd += odd;
        seen.mixed += fitting.length > 0 && odd > 0 ? 1 : 0;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });
});

test.each([
  ["a name over its cap", { name: "x".repeat(513) }],
  ["a control character", { name: "x\u001b[2J" }],
  ["a size that is a text", { name: "x", size: "5" }],
  ["no name", {}],
  ["no object", "x"],
])("%s does not hide the other models", (_, entry) => {
  for (const read of [readTags, readRunning]) {
    expect(read({ models: [{ name: "a" }, entry, { name: "b" }] })).toMatchObject({
      ok: true,
      value: { entries: [{ name: "a" }, { name: "b" }], odd: 1 },
    });
  }
});

test("entries that are no object at all make no list", () => {
  for (const read of [readTags, readRunning]) {
    expect(read({ models: ["a", null, ["b"]] })).toEqual({ ok: false, error: "wrong-shape" });
  }
});

test("a record holds what was sent, null for what was not, and nothing unknown", () => {
  const told = readTags({ models: [{ name: "a", size: 5, details: { family: "qwen2", families: null }, more: 1 }] });
  expect(told).toEqual({
    ok: true,
    value: {
      odd: 0,
      entries: [
        {
          name: "a",
          model: null,
          modified_at: null,
          size: 5,
          digest: null,
          details: {
            parent_model: null,
            format: null,
            family: "qwen2",
            families: null,
            parameter_size: null,
            quantization_level: null,
            context_length: null,
            embedding_length: null,
          },
          capabilities: null,
          remote_model: null,
          remote_host: null,
        },
      ],
    },
  });
});

test("null and [] are an empty list, a missing key is none", () => {
  expect(readTags({ models: null })).toEqual({ ok: true, value: { entries: [], odd: 0 } });
  expect(readTags({ models: [] })).toEqual({ ok: true, value: { entries: [], odd: 0 } });
  expect(readTags({})).toEqual({ ok: false, error: "wrong-shape" });
  expect(readTags(Object.create({ models: [] }))).toEqual({ ok: false, error: "wrong-shape" });
  expect(readTags({ models: Array.from({ length: 10_001 }, () => ({ name: "x" })) })).toEqual({
    ok: false,
    error: "too-many",
  });
});
