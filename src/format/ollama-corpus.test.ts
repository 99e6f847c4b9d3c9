import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replyBytes } from "../../test/farm/farm-reply.ts";
import { INVENTORY } from "../../test/farm/inventory.ts";
import { ollamaReply, since } from "../../test/farm/ollama-replies.ts";
import { createAnswerReader, endBytes, readBytes } from "./http-answer.ts";
import type { Head } from "./http-head.ts";
import { parseJson } from "./json-guard.ts";
import { readOpenAiModels, readRunning, readVersion } from "./ollama-answers.ts";
import { readTags } from "./ollama-tags.ts";
import { redactShow } from "./show-redaction.ts";

const CORPUS = join(import.meta.dirname, "../../corpus/ollama");

function frozen(version: string, name: string): { readonly head: Head; readonly body: string; readonly json: unknown } {
  const found: { head: Head; body: string; json: unknown }[] = [];
  const reader = createAnswerReader({
    outstanding: () => 1 - found.length,
    bodyCap: () => 1_048_576,
    takesBeginning: () => false,
    onAnswer: ({ head, body }) => {
      const json = parseJson(Buffer.from(body));
      found.push({ head, body: body.toString(), json: json.ok ? json.value : null });
      return false;
    },
  });
  expect(readBytes(reader, readFileSync(join(CORPUS, version, `${name}.http`))) ?? endBytes(reader)).toBeNull();
  const [answer] = found;
  if (answer === undefined) throw new Error(`${version}/${name}.http holds no whole answer`);
  return answer;
}

/** By version: what each answer is; `details` etc. count the fields an entry of the list has. */
const TOLD = [
  // version, version route, entries, details, model, capabilities, cloud, ps, v1, empty list, card's capabilities, wrong method
  ["0.0.20", null, 2, false, false, false, false, null, null, "null", null, 404],
  ["0.1.14", "0.1.14", 2, false, false, false, false, null, null, "null", null, 404],
  ["0.1.20", "0.1.20", 2, true, false, false, false, null, null, "null", null, 404],
  ["0.1.37", "0.1.37", 2, true, true, false, false, null, null, "null", null, 404],
  ["0.1.38", "0.1.38", 2, true, true, false, false, 1, null, "[]", null, 404],
  ["0.3.14", "0.3.14", 2, true, true, false, false, 1, 2, "[]", null, 404],
  ["0.6.4", "0.6.4", 2, true, true, false, false, 1, 2, "[]", "completion,tools", 404],
  ["0.9.0", "0.9.0", 2, true, true, false, false, 1, 2, "[]", "completion,tools,thinking", 405],
  ["0.12.0", "0.12.0", 3, true, true, false, true, 1, 3, "[]", "completion,tools,thinking", 405],
  ["0.17.1", "0.17.1", 3, true, true, false, true, 1, 3, "[]", "completion,tools,thinking", 405],
  ["0.30.0", "0.30.0", 3, true, true, true, true, 1, 3, "[]", "completion,tools,thinking", 405],
] as const;

const CASES = TOLD.map(([version, ...told]) => ({ version, told }));

test("the corpus holds these versions", () => {
  const folders = readdirSync(CORPUS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(TOLD.map(([version]) => version).toSorted());
});

describe("frozen replies of Ollama", () => {
  test.each(CASES)("$version", ({ version, told }) => {
    const ofRoute = readVersion(frozen(version, "version").json);
    const tags = readTags(frozen(version, "tags").json);
    const ps = readRunning(frozen(version, "ps").json);
    const v1 = readOpenAiModels(frozen(version, "v1-models").json);
    const show = redactShow(frozen(version, "show").json, null);
    const models = tags.ok ? tags.value.entries : [];
    expect([
      ofRoute.ok ? ofRoute.value : null,
      models.length,
      models.every(({ details }) => details !== null),
      models.every(({ model }) => model !== null),
      models.some(({ capabilities, details }) => capabilities !== null && details?.context_length !== null),
      models.some(({ remote_host }) => remote_host === "https://ollama.com:443"),
      ps.ok ? ps.value.entries.length : null,
      v1.ok ? v1.value.length : null,
      frozen(version, "tags-empty").body.slice('{"models":'.length, -1),
      show.ok ? (show.value.capabilities?.join(",") ?? null) : "no card",
      frozen(version, "wrong-method").head.status,
    ]).toEqual(told);
    expect(readTags(frozen(version, "tags-empty").json)).toEqual({ ok: true, value: { entries: [], odd: 0 } });
  });

  test.each(CASES)("$version: content types and texts", ({ version }) => {
    expect(frozen(version, "root")).toMatchObject({
      head: { status: 200, contentType: "text/plain; charset=utf-8" },
      body: "Ollama is running",
    });
    expect(frozen(version, "tags").head.contentType).toBe("application/json; charset=utf-8");
    expect(frozen(version, "control")).toMatchObject({
      head: { status: 404, contentType: "text/plain", server: null },
      body: "404 page not found",
    });
    if (since(version, "0.2.0")) expect(frozen(version, "v1-models").head.contentType).toBe("application/json");
    expect(frozen(version, "show-unknown")).toMatchObject({
      head: { status: 404 },
      json: { error: "model 'x' not found" },
    });
  });

  test("a long body comes in chunks", () => {
    const many = frozen("0.17.1", "tags-many");
    expect(many.head.framing).toBe("chunked");
    expect(readTags(many.json)).toMatchObject({ ok: true, value: { entries: { length: 12 }, odd: 0 } });
  });
});

test.each(CASES)("the farm's Ollama $version sends these very bytes", ({ version }) => {
  const models = since(version, "0.12.0") ? INVENTORY : INVENTORY.filter(({ remote }) => remote === null);
  const request = { method: "GET", headers: {}, body: "", before: 0, followed: false };
  for (const [name, path] of [
    ["root", "/"],
    ["version", "/api/version"],
    ["tags", "/api/tags"],
    ["ps", "/api/ps"],
    ["v1-models", "/v1/models"],
  ] as const) {
    const sent = replyBytes(ollamaReply(version, models, { ...request, path }));
    expect(sent.toString()).toBe(readFileSync(join(CORPUS, version, `${name}.http`), "utf8"));
  }
});
