import { describe, expect, test } from "vitest";
import { exampleEntry } from "../../knowledge/products/example-entry.ts";
import { judge } from "./judge.ts";
import { createNotes } from "./notes.ts";
import type { Notes } from "./notes.ts";

const notes = (changes: Partial<Notes>): Notes => ({ ...createNotes(6), ...changes });
const MODELS = [exampleEntry({})];

describe("what a look's notes mean", () => {
  test.each<[string, Partial<Notes>, string, boolean, string | null]>([
    ["version and list", { version: "0.5.1", models: MODELS, status: 200 }, "open", true, "ollama"],
    ["version and an empty list", { version: "0.5.1", models: [], status: 200 }, "open", true, "ollama"],
    ["an empty version text", { version: "", models: [], status: 200 }, "open", true, "ollama"],
    ["a version alone", { version: "0.5.1", status: 404 }, "other", false, null],
    ["a list alone", { models: MODELS, status: 200 }, "open", false, null],
    ["greeting and list", { root: "Ollama is running", models: MODELS, status: 200 }, "open", false, "ollama"],
    ["greeting behind a login", { root: "Ollama is running", stop: "login", status: 401 }, "login", false, "ollama"],
    ["a list, then 401", { version: "0.5.1", models: MODELS, stop: "enough", status: 200 }, "open", true, "ollama"],
    ["407", { stop: "denied", status: 407 }, "denied", false, null],
    ["refused", { stop: null, failure: "refused" }, "refused", false, null],
    ["no way", { failure: "unreachable" }, "silent", false, null],
    ["silence after an answer", { status: 404, failure: "silent" }, "other", false, null],
  ])("%s", (_name, changes, answer, confirmed, product) => {
    expect(judge(notes(changes))).toMatchObject({ answer, confirmed, product });
  });

  test.each<[string, Partial<Notes>, readonly string[]]>([
    ["nothing odd", { version: "0.5.1", models: MODELS }, []],
    ["a control path with a body of its own", { control: "hello", root: "Ollama is running" }, ["control-answered"]],
    [
      "a control path that greets",
      { control: "Ollama is running", root: "Ollama is running" },
      ["control-answered", "control-same-body"],
    ],
    [
      "a control path that lists",
      { control: '{"models":[]}', beginnings: ['{"models":[]}'] },
      ["control-answered", "control-same-body"],
    ],
    ["a control path with nothing to say", { control: "", root: "" }, ["control-answered"]],
    ["a list newer than its version", { version: "0.1.14", models: MODELS }, ["field-too-new"]],
    ["an unknown version accuses nobody", { version: "0.0.0", models: MODELS }, []],
    ["a proxy asked one by one", { pipelining: "disliked" }, ["pipelining-disliked"]],
    ["a list with strange entries", { version: "0.5.1", models: [], hasOddEntries: true }, ["odd-entries"]],
  ])("signs of %s", (_name, changes, signs) => {
    expect(judge(notes(changes)).signs).toEqual(signs);
  });
});
