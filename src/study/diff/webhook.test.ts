import { expect, test } from "vitest";
import { webhookHeaders } from "./webhook.ts";

const BODY = '{"kind":"diff"}';
const AT_MS = 1_768_003_200_999;

test("a signed message bears the sum that openssl makes of timestamp and body", () => {
  // printf '1768003200.{"kind":"diff"}' | openssl dgst -sha256 -hmac 'secret of the test'
  const sum = "a3f1897c734fd327ec57305d26f3e946db0ded105aa4bb5f24aea46847dd06e2";
  expect(webhookHeaders(BODY, "secret of the test", AT_MS)).toMatchObject({
    "corral-timestamp": "1768003200",
    "corral-signature": `v1=${sum}`,
  });
});

test("without a secret there is no signature, and a repetition is known by its delivery", () => {
  expect(webhookHeaders(BODY, null, AT_MS)).toEqual({
    "user-agent": "corral",
    "corral-delivery": "3f27f655081c7682fdca8bac2dc730ea",
    "corral-timestamp": "1768003200",
  });
});
