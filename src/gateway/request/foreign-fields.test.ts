import { describe, expect, test } from "vitest";
import { OPEN_ROLE, roleOf, sentBody } from "../../../test/gateway/request-case.ts";
import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";

const INSIDE = "http://192.0.2.1/latest/meta-data";
const PIXEL = "data:image/png;base64,iVBORw0KGgo=";

const part = (of: object): object => ({ messages: [{ role: "user", content: [{ type: "text", text: "?" }, of] }] });
const input = (of: object): object => ({ input: [{ role: "user", content: [of] }] });

describe("media that a server would fetch are not asked for", () => {
  test.for<[string, ModelRouteId, object]>([
    ["a picture", "v1-chat", part({ type: "image_url", image_url: { url: INSIDE } })],
    ["its address alone", "v1-chat", part({ type: "image_url", image_url: INSIDE })],
    ["without a type", "v1-chat", part({ image_url: { url: INSIDE } })],
    [
      "among others",
      "v1-chat",
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: PIXEL } }, { image_url: INSIDE }] },
        ],
      },
    ],
    ["a film", "v1-chat", part({ type: "video_url", video_url: { url: INSIDE } })],
    ["a sound", "v1-chat", part({ type: "audio_url", audio_url: { url: INSIDE } })],
    ["a file of the server", "v1-chat", part({ image_url: { url: "file:///etc/passwd" } })],
    ["capitals", "v1-chat", part({ image_url: { url: "HTTP://192.0.2.1/" } })],
    ["spaces before it", "v1-chat", part({ image_url: { url: "  http://192.0.2.1/" } })],
    ["no scheme", "v1-chat", part({ image_url: { url: "192.0.2.1:80/x" } })],
    [
      "a tool's result",
      "v1-messages",
      {
        messages: [
          {
            role: "user",
            content: [{ type: "tool_result", content: [{ type: "image", source: { type: "url", url: INSIDE } }] }],
          },
        ],
      },
    ],
    ["Anthropic's picture", "v1-messages", part({ type: "image", source: { type: "url", url: INSIDE } })],
    ["Anthropic's document", "v1-messages", part({ type: "document", source: { type: "url", url: INSIDE } })],
    ["a picture of a response", "v1-responses", input({ type: "input_image", image_url: INSIDE })],
    ["a file of a response", "v1-responses", input({ type: "input_file", file_url: INSIDE })],
    [
      "an output",
      "v1-responses",
      { input: [{ type: "function_call_output", call_id: "1", output: [{ type: "input_image", image_url: INSIDE }] }] },
    ],
    [
      "an output of one",
      "v1-responses",
      {
        input: [
          { type: "computer_call_output", call_id: "1", output: { type: "computer_screenshot", image_url: INSIDE } },
        ],
      },
    ],
    ["a list of images", "v1-chat", { messages: [{ role: "user", content: "?", images: ["AAAA", INSIDE] }] }],
    ["Ollama's own", "generate", { prompt: "?", images: [INSIDE] }],
    ["an embedding of messages", "v1-embeddings", part({ image_url: { url: INSIDE } })],
  ])("%s", ([, id, body]) => {
    expect(sentBody(id, { model: "m", ...body }, OPEN_ROLE)).toBe("403 remote-media-denied");
    expect(sentBody(id, { model: "m", ...body }, roleOf({ remoteMedia: true }))).toMatchObject({ model: "m" });
  });

  test("letters of the address that JSON escapes hide nothing", () => {
    for (const url of ["\\u0068ttp://192.0.2.1/", "http:\\/\\/192.0.2.1", "\\u0064ata:x", "\\thttp://192.0.2.1"]) {
      const body = `{"model":"m","messages":[{"role":"user","content":[{"image_url":{"url":"${url}"}}]}]}`;
      expect(sentBody("v1-chat", body, OPEN_ROLE)).toBe("403 remote-media-denied");
    }
  });

  test("a key twice hides nothing either", () => {
    const body = `{"model":"m","messages":[{"role":"user","content":[{"image_url":{"url":"${PIXEL}","url":"${INSIDE}"}}]}]}`;
    expect(sentBody("v1-chat", body, OPEN_ROLE)).toBe("400 duplicate-key");
  });
});

test.for<[string, ModelRouteId, object]>([
  ["a picture in the request", "v1-chat", part({ type: "image_url", image_url: { url: PIXEL, detail: "low" } })],
  ["bare base64", "v1-chat", part({ type: "image_url", image_url: { url: "iVBORw0KGgo=".repeat(20) } })],
  ["sound in the request", "v1-chat", part({ type: "input_audio", input_audio: { data: "AAAA", format: "wav" } })],
  [
    "Anthropic's base64",
    "v1-messages",
    part({ type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } }),
  ],
  ["a response's picture", "v1-responses", input({ type: "input_image", image_url: PIXEL })],
  [
    "an output in words",
    "v1-responses",
    { input: [{ type: "function_call_output", call_id: "1", output: `see ${INSIDE}` }] },
  ],
  ["Ollama's own", "chat", { messages: [{ role: "user", content: `see ${INSIDE}`, images: ["iVBORw0KGgo="] }] }],
  ["an address in the text", "v1-chat", part({ type: "text", text: INSIDE })],
  ["nothing", "v1-chat", part({ type: "image_url", image_url: null })],
])("%s is no address", ([, id, body]) => {
  expect(sentBody(id, { model: "m", ...body }, OPEN_ROLE)).toMatchObject({ model: "m", ...body });
});

test("base64 whose slashes a writer escapes is no address", () => {
  const body = `{"model":"m","prompt":"?","images":["iVBOR\\/\\/w0KGgo${"\\/".repeat(80)}"]}`;
  expect(sentBody("generate", body, OPEN_ROLE)).toMatchObject({ model: "m" });
});

test.for<[object, string | null]>([
  [{ chat_template: "{{ messages }}" }, "403 template-denied"],
  [{ chat_template_kwargs: { tokenize: true } }, "403 template-denied"],
  [{ chat_template_kwargs: { enable_thinking: false, x: 1 } }, "403 template-denied"],
  [{ chat_template_kwargs: { enable_thinking: false } }, null],
  [{ chat_template_kwargs: { thinking: true } }, null],
  [{ chat_template_kwargs: {} }, null],
  [{ chat_template: null, chat_template_kwargs: null }, null],
  [{ chat_template: "" }, null],
])("a template of one's own: %j", ([more, refused]) => {
  for (const id of ["v1-chat", "v1-completions", "v1-messages", "v1-responses", "v1-embeddings"] as const) {
    const body = { model: "m", ...more };
    const sent = sentBody(id, body, OPEN_ROLE);
    if (refused === null) expect(sent).toMatchObject(body);
    else expect(sent).toBe(refused);
    expect(sentBody(id, body, roleOf({ chatTemplates: true }))).toMatchObject(body);
  }
  const forced = roleOf({ chatTemplates: true, system: "be kind" });
  const chat = { model: "m", messages: [], ...more };
  if (refused === null) expect(sentBody("v1-chat", chat, forced)).toMatchObject(more);
  else expect(sentBody("v1-chat", chat, forced)).toBe(refused);
});
