import { expect, test } from "vitest";
import { uuidV5 } from "./uuid-v5.ts";

test.for([
  // RFC 9562, appendix A.4
  ["6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2"],
  // OASIS stix2 3.0.2: IPv4Address(value="192.0.2.7").id
  ["00abedb4-aa42-466c-9c01-fed23315a9b7", '{"value":"192.0.2.7"}', "fe609036-dbde-52d8-a120-35d115a7d338"],
])("%s %s", ([namespace = "", name = "", uuid]) => {
  expect(uuidV5(namespace, name)).toBe(uuid);
});
