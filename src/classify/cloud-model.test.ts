import { expect, test } from "vitest";
import { isCloudModel } from "./cloud-model.ts";

test.each([
  ["gpt-oss:120b-cloud", null, true],
  ["glm-4.6:cloud", null, true],
  ["GLM-4.6:Cloud", null, true],
  ["my-alias:latest", "https://ollama.com:443", true],
  [null, "https://ollama.com:443", true],
  ["llama3.2:3b", null, false],
  ["llama3.2:3b", "", false],
  ["cloud:7b", null, false],
  ["nextcloud-assistant:latest", null, false],
  ["x:subcloud", null, false],
  [null, null, false],
])("%j at %j → %j", (name, remote_host, expected) => {
  expect(isCloudModel({ name, remote_host })).toBe(expected);
});
