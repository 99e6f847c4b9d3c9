import { expect, test } from "vitest";
import { endingOf } from "./endings.ts";
import { GuardedStream } from "./guarded-stream.ts";
import { JsonWatch } from "./json-watch.ts";
import { filterList } from "./list-filter.ts";
import { NdjsonWatch } from "./ndjson-watch.ts";
import { SseWatch } from "./sse-watch.ts";
import { ToolGuard } from "./tool-guard.ts";
import type { AnswerWatch } from "./answer-watch.ts";

const CHAT = [
  '{"model":"m","message":{"role":"assistant","content":"a"},"done":false}',
  '{"model":"m","message":{"role":"assistant","content":"say \\"eval_count\\": 9"},"done":false}',
  '{"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"eval_count":7}}}]},"done":false}',
  '{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":11,"eval_count":3}',
  "",
].join("\n");

/** Feeds a text cut into pieces of so many bytes. */
function fed<T extends AnswerWatch>(watch: T, text: string, size: number): T {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) watch.take(bytes.subarray(at, at + size));
  watch.finish();
  return watch;
}

test.for([1, 2, 7, 64, 10_000])(
  "lines in pieces of %i bytes: the last line's counts, not those that a model wrote",
  (size) => {
    const watch = fed(new NdjsonWatch(), CHAT, size);
    expect(watch.usage).toEqual({ promptTokens: 11, answerTokens: 3 });
    expect(watch.tokens).toBe(3);
  },
);

test.for([1, 3, 50, 10_000])("OpenAI's events in pieces of %i bytes", (size) => {
  const events = [
    '{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}',
    '{"id":"c1","choices":[{"index":0,"delta":{"content":"b \\"usage\\""},"finish_reason":null}]}',
    '{"id":"c1","choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}}',
    "[DONE]",
  ];
  const watch = fed(new SseWatch("openai"), events.map((one) => `data: ${one}\n\n`).join(""), size);
  expect(watch.usage).toEqual({ promptTokens: 4, answerTokens: 2 });
  expect(watch.tokens).toBe(2);
  expect(watch.first).toMatchObject({ id: "c1", created: 5 });
});

test("Anthropic's events: the prompt is told first, the answer last; an open block is known", () => {
  const watch = new SseWatch("anthropic");
  const send = (type: string, more: object): void =>
    watch.take(Buffer.from(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`));
  send("message_start", { message: { id: "m1", usage: { input_tokens: 9, output_tokens: 0 } } });
  send("content_block_start", { index: 0, content_block: { type: "text", text: "" } });
  expect(watch.openBlock).toBe(0);
  send("content_block_delta", { index: 0, delta: { type: "text_delta", text: "hi" } });
  send("content_block_stop", { index: 0 });
  expect(watch.openBlock).toBe(null);
  send("message_delta", { delta: { stop_reason: "end_turn" }, usage: { output_tokens: 5 } });
  expect(watch.usage).toEqual({ promptTokens: 9, answerTokens: 5 });
});

test.for([
  ["native", '{"model":"m","done":true,"context":[1,2],"prompt_eval_count":3,"eval_count":4}', 3, 4],
  ["native", `{"embeddings":[[${"0.25,".repeat(300_000)}0]],"total_duration":1,"prompt_eval_count":77}`, 77, null],
  [
    "native",
    `{"done":true,"context":[${"1,".repeat(600_000)}1],"prompt_eval_count":5,"prompt_eval_duration":1,"eval_count":6,"eval_duration":2}`,
    5,
    6,
  ],
  ["openai", '{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}', 3, 4],
  ["openai", `{"data":[${"0.25,".repeat(300_000)}0],"usage":{"prompt_tokens":8,"total_tokens":8}}\n`, 8, null],
  ["anthropic", '{"content":[],"usage":{"input_tokens":3,"output_tokens":4}}', 3, 4],
] as const)("one answer of %s", ([family, text, promptTokens, answerTokens]) => {
  expect(fed(new JsonWatch(family), text, 65_536).usage).toEqual({ promptTokens, answerTokens });
});

test.for(["not json", "null", '{"eval_count":-1}', '{"eval_count":"9"}', '{"eval_count":1e99}'])(
  "no counts are believed of %s",
  (text) => {
    expect(fed(new JsonWatch("native"), text, 5).usage).toBe(null);
  },
);

const GUARD = new ToolGuard({
  allow: ["weather", "look"],
  arguments: {
    weather: {
      type: "object",
      properties: { city: { enum: ["Bern"] } },
      required: ["city"],
      additionalProperties: false,
    },
  },
});

function guarded(form: "ndjson" | "sse", text: string, size: number): { passed: string; isRefused: boolean } {
  const stream = new GuardedStream(GUARD, form);
  const bytes = Buffer.from(text);
  let passed = "";
  for (let at = 0; at < bytes.length; at += size) passed += stream.take(bytes.subarray(at, at + size)).toString();
  passed += stream.finish().toString();
  return { passed, isRefused: stream.isRefused };
}

const delta = (more: object): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, finish_reason: null, ...more }] })}\n\n`;
const openAiCall = (name: string, ...pieces: string[]): string =>
  [
    delta({ delta: { content: "well " } }),
    delta({ delta: { tool_calls: [{ index: 0, id: "x", function: { name, arguments: "" } }] } }),
    ...pieces.map((piece) => delta({ delta: { tool_calls: [{ index: 0, function: { arguments: piece } }] } })),
    delta({ delta: {}, finish_reason: "tool_calls" }),
    "data: [DONE]\n\n",
  ].join("");
const anthropicCall = (name: string, ...pieces: string[]): string =>
  [
    { type: "content_block_start", index: 1, content_block: { type: "tool_use", id: "t", name, input: {} } },
    ...pieces.map((one) => ({
      type: "content_block_delta",
      index: 1,
      delta: { type: "input_json_delta", partial_json: one },
    })),
    { type: "content_block_stop", index: 1 },
    { type: "message_stop" },
  ]
    .map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`)
    .join("");
const nativeCall = (name: string, args: object): string =>
  `{"message":{"content":"well"},"done":false}\n${JSON.stringify({ message: { content: "", tool_calls: [{ function: { name, arguments: args } }] }, done: false })}\n{"done":true}\n`;

test.for([1, 5, 40, 100_000])("calls of tools that are allowed pass unchanged, in pieces of %i bytes", (size) => {
  const streams = [
    ["sse", openAiCall("weather", '{"ci', 'ty":"Be', 'rn"}')],
    ["sse", openAiCall("look", "any")],
    ["sse", anthropicCall("weather", '{"city":', '"Bern"}')],
    ["ndjson", nativeCall("weather", { city: "Bern" })],
  ] as const;
  for (const [form, text] of streams) expect(guarded(form, text, size)).toEqual({ passed: text, isRefused: false });
});

test.for([1, 5, 40, 100_000])(
  "of calls that are not allowed nothing passes, split as they may be (%i bytes)",
  (size) => {
    const streams = [
      ["sse", openAiCall("weather", '{"ci', 'ty":"Ro', 'me"}')],
      ["sse", openAiCall("delete", "{}")],
      ["sse", openAiCall("weather", "not json")],
      ["sse", anthropicCall("delete", "{}")],
      ["sse", anthropicCall("weather", '{"city":"Rome"}')],
      ["ndjson", nativeCall("delete", {})],
      ["ndjson", nativeCall("weather", { city: "Bern", more: 1 })],
      [
        "sse",
        `data: ${JSON.stringify({ type: "response.completed", response: { output: [{ type: "function_call", name: "delete", arguments: "{}" }] } })}\n\n`,
      ],
    ] as const;
    for (const [form, text] of streams) {
      const { passed, isRefused } = guarded(form, text, size);
      expect(isRefused).toBe(true);
      expect(passed).not.toMatch(/delete|Rome|tool|more|event: content_block_start/u);
    }
  },
);

test("a list shows what may be seen, entries without a name not, and no list that cannot be read", () => {
  const list = {
    models: [{ name: "a", model: "a" }, { name: "b", model: "b", remote_host: "https://ollama.com" }, { size: 1 }, "x"],
  };
  const seen: unknown[] = [];
  const shown = filterList("tags", Buffer.from(JSON.stringify(list)), (model) => {
    seen.push(model);
    return !model.isRemote;
  });
  expect(shown).toBe('{"models":[{"name":"a","model":"a"}]}');
  expect(seen).toContainEqual({ name: "b", isRemote: true });
  expect(filterList("v1-models", Buffer.from('{"object":"list","data":null}'), () => true)).toBe(
    '{"object":"list","data":null}',
  );
  for (const text of ["", "[]", "{}", '{"models":{}}', "null"])
    expect(filterList("tags", Buffer.from(text), () => true)).toBe(null);
});

const CUT = {
  route: "chat",
  model: "m",
  at: "2026-01-01T00:00:00.000Z",
  atSeconds: 1,
  promptTokens: 2,
  answerTokens: 3,
  first: null,
  openBlock: 0,
};
test("endings are whole lines and events of their family", () => {
  expect(JSON.parse(endingOf("ndjson", CUT))).toMatchObject({
    done: true,
    done_reason: "length",
    message: { content: "" },
    eval_count: 3,
  });
  expect(JSON.parse(endingOf("ndjson", { ...CUT, route: "generate" }))).toMatchObject({ done: true, response: "" });
  expect(endingOf("openai", { ...CUT, route: "v1-chat-completions", first: { id: "c9" } })).toMatch(
    /^data: \{"id":"c9",.*"finish_reason":"length"\}\]\}\n\ndata: \[DONE\]\n\n$/u,
  );
  const events = endingOf("anthropic", CUT)
    .split("\n\n")
    .map((one) => one.split("\n")[0]);
  expect(events).toEqual(["event: content_block_stop", "event: message_delta", "event: message_stop", ""]);
});
