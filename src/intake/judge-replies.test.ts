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
