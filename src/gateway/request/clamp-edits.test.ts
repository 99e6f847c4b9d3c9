import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { OPEN_ROLE, clampedRole, factsOf, sentBody } from "../../../test/gateway/request-case.ts";
import { answerBound } from "./apply-policy.ts";

describe("clamps", () => {
  test.for([
    [8192, 4096],
    [-1, 4096],
    [4096.5, 4096],
    [1e300, 4096],
    [2048, 2048],
    [0, 0],
  ])("num_ctx %d becomes %d", ([asked, becomes]) => {
    const body = { model: "m", options: { seed: 7, num_ctx: asked } };
    expect(sentBody("generate", body, clampedRole({ numCtx: 4096 }))).toEqual({
      model: "m",
      options: { seed: 7, num_ctx: becomes },
    });
  });

  test("num_gpu below zero means every layer", () => {
    const body = { model: "m", options: { num_gpu: -1 } };
    expect(sentBody("chat", body, clampedRole({ numGpu: 20 }))).toEqual({ model: "m", options: { num_gpu: 20 } });
  });

  test.for([
    ["generate", { options: { num_predict: 900 } }, { options: { num_predict: 100 } }],
    ["generate", { options: { num_predict: -1 } }, { options: { num_predict: 100 } }],
    ["generate", { options: { num_predict: 50 } }, { options: { num_predict: 50 } }],
    ["generate", { options: {} }, { options: { num_predict: 100 } }],
    ["generate", { options: null }, { options: { num_predict: 100 } }],
    ["chat", { options: { num_predict: null } }, { options: { num_predict: 100 } }],
    ["chat", {}, { options: { num_predict: 100 } }],
    ["v1-chat", {}, { max_tokens: 100 }],
    ["v1-chat", { max_tokens: 1e9 }, { max_tokens: 100 }],
    ["v1-chat", { max_completion_tokens: 900 }, { max_completion_tokens: 100 }],
    ["v1-chat", { max_tokens: 9, max_completion_tokens: 900 }, { max_tokens: 9, max_completion_tokens: 100 }],
    ["v1-completions", { max_tokens: null }, { max_tokens: 100 }],
    ["v1-responses", {}, { max_output_tokens: 100 }],
    ["v1-responses", { max_output_tokens: 101 }, { max_output_tokens: 100 }],
    ["v1-messages", { max_tokens: 4096 }, { max_tokens: 100 }],
    ["embed", {}, {}],
    ["v1-embeddings", {}, {}],
  ] as const)("an answer of %s is bounded: %j", ([id, said, becomes]) => {
    expect(sentBody(id, { model: "m", ...said }, clampedRole({ numPredict: 100 }))).toEqual({ model: "m", ...becomes });
  });

  test.for([
    ["5m", "5m"],
    ["24h", 600],
    ["9999h", 600],
    [-1, 600],
    ["-1s", 600],
    [0, 600],
    ["0", 600],
    ["1ns", 600],
    [1e300, 600],
    [599.5, 599.5],
    ["1h30m", 600],
    [null, null],
  ])("keep_alive %j becomes %j (case 27)", ([asked, becomes]) => {
    const body = { model: "m", keep_alive: asked };
    expect(sentBody("chat", body, clampedRole({ keepAliveSeconds: 600 }))).toEqual({ model: "m", keep_alive: becomes });
  });

  test("a keep_alive that is no duration is refused", () => {
    for (const text of ["", "5", "5 m", "m", "5x", "1h-1m", "infinity"]) {
      expect(sentBody("chat", { model: "m", keep_alive: text }, OPEN_ROLE)).toBe("400 bad-duration");
    }
  });

  test.for([
    ["generate", { images: ["AA", "AA", "AA"] }],
    [
      "chat",
      {
        messages: [
          { role: "user", images: ["AA", "AA"] },
          { role: "user", images: ["AA"] },
        ],
      },
    ],
    [
      "v1-chat",
      {
        messages: [{ role: "user", content: Array.from({ length: 3 }, () => ({ type: "image_url", image_url: "d" })) }],
      },
    ],
    [
      "v1-responses",
      {
        input: [{ role: "user", content: Array.from({ length: 3 }, () => ({ type: "input_image", image_url: "d" })) }],
      },
    ],
    [
      "v1-messages",
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "image", source: {} },
              { type: "tool_result", content: [{ type: "image", source: {} }, { type: "image" }] },
            ],
          },
        ],
      },
    ],
  ] as const)("images of %s are counted", ([id, body]) => {
    expect(sentBody(id, { model: "m", ...body }, clampedRole({ images: 2 }))).toBe("403 too-many-images");
    expect(sentBody(id, { model: "m", ...body }, clampedRole({ images: 3 }))).toMatchObject({ model: "m" });
  });
});

test.for([
  ["chat", { options: { num_predict: 50 } }, null, 50],
  ["chat", { options: { num_predict: 50 } }, 20, 20],
  ["chat", { options: { num_predict: -2 } }, null, null],
  ["chat", {}, 20, 20],
  ["chat", {}, null, null],
  ["v1-chat", { max_tokens: 10, n: 3 }, null, 30],
  ["v1-chat", { max_tokens: 100, n: 3 }, 50, 150],
  ["v1-chat", { max_tokens: 10, max_completion_tokens: 40 }, null, 40],
  ["embed", { input: "x" }, null, 0],
] as const)("the answer of %s %j under %j is at most %j tokens", ([id, said, numPredict, bound]) => {
  const facts = factsOf(id, Buffer.from(JSON.stringify({ model: "m", ...said })));
  expect(facts.ok && answerBound(facts.value, clampedRole({ numPredict }))).toBe(bound);
});
