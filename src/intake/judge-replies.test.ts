import { expect, test } from "vitest";
import type { StoredReply } from "../model/reply.ts";
import { judgeReplies } from "./judge-replies.ts";

const LIST = '{"object":"list","data":[{"id":"m1","object":"model","created":1,"owned_by":"vllm"}]}';

function reply(path: string, status: number, body = ""): StoredReply {
  return { path, status, headers: {}, body, isCut: false };
}

test.each<[string, readonly StoredReply[], string]>([
  ["a list that was given, then a login elsewhere", [reply("/v1/models", 200, LIST), reply("/version", 401)], "open"],
  ["a login at the root before an open list", [reply("/", 401), reply("/v1/models", 200, LIST)], "open"],
  ["a login for the list itself", [reply("/", 404), reply("/v1/models", 401)], "login"],
])("%s", (_name, replies, answer) => {
  expect(judgeReplies(replies).answer).toBe(answer);
});

test.each([
  ["a control character", String.raw`0.12.0\u001b[31m`, "0.12.0\ufffd[31m"],
  ["an over-long text", `0.12.0${"0".repeat(90)}`, `0.12.0${"0".repeat(57)}…`],
])("%s in a version hides no list that was given", (_name, version, told) => {
  const replies = [reply("/api/version", 200, `{"version":"${version}"}`), reply("/api/tags", 200, '{"models":[]}')];
  expect(judgeReplies(replies)).toMatchObject({
    answer: "open",
    confirmed: true,
    product: "ollama",
    version: told,
    failure: null,
    signs: ["version-odd"],
  });
});
