import { expect, test } from "vitest";
import { readAuthorizedKeys } from "./authorized-keys.ts";

// Made for this test; nobody has its private half.
const ONE = "AAAAC3NzaC1lZDI1NTE5AAAAIKWgv7Z5C7rZcS0R0N3P3oD0aQ4yq0m8m8q3t2m1n0aZ";
const OTHER = "AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

test("reads lines as proposed for the server, and a role after them", () => {
  const text = [
    "# people",
    "",
    `ssh-ed25519 ${ONE} bob /api/tags,/api/chat`,
    `  ssh-ed25519\t${OTHER} alice * role=staff  `,
    `ssh-ed25519 ${ONE} robert /api/show,/api/tags role=admin`,
  ].join("\r\n");
  const { signers, problems } = readAuthorizedKeys(text, "authorized_keys", "user");
  expect(problems).toEqual([]);
  expect(signers.get(ONE)?.principal).toEqual({
    keyId: expect.stringMatching(/^sig-[0-9a-f]{8}$/u) as string,
    name: "bob",
    owner: "bob",
    role: "user",
    via: "signature",
    endpoints: ["/api/tags", "/api/chat", "/api/show"],
  });
  expect(signers.get(OTHER)?.principal).toMatchObject({ name: "alice", role: "staff", endpoints: null });
  expect(signers.size).toBe(2);
});

test.for([
  ["* * * /api/tags", "a wildcard would let in whoever comes; name a key"],
  ["ssh-ed25519 * bob *", "a wildcard would let in whoever comes; name a key"],
  ["ssh-rsa AAAAB3NzaC1yc2E bob *", "only ssh-ed25519 keys are known"],
  ["ssh-ed25519 AAAA bob *", "is no ed25519 public key"],
  [`ssh-ed25519 ${ONE.slice(0, -1)} bob *`, "is no ed25519 public key"],
  [`ssh-ed25519 ${ONE}AA bob *`, "is no ed25519 public key"],
  ["ssh-ed25519", "is no ed25519 public key"],
  [`ssh-ed25519 ${ONE}`, "needs a name after the key"],
  [`ssh-ed25519 ${ONE} bob`, "needs endpoints after the name: paths joined by commas, or *"],
  [`ssh-ed25519 ${ONE} bob api/chat`, "needs endpoints after the name: paths joined by commas, or *"],
  [`ssh-ed25519 ${ONE} bob /api/chat,`, "needs endpoints after the name: paths joined by commas, or *"],
  [`ssh-ed25519 ${ONE} bob /api/chat,*`, "needs endpoints after the name: paths joined by commas, or *"],
  [`ssh-ed25519 ${ONE} bob * admin`, "may end with role=NAME and nothing else"],
  [`ssh-ed25519 ${ONE} bob * role=admin more`, "may end with role=NAME and nothing else"],
])("%s", ([line = "", message = ""]) => {
  const { signers, problems } = readAuthorizedKeys(`# first\n${line}\n`, "authorized_keys", "user");
  expect(problems).toEqual([{ place: "authorized_keys:2", message }]);
  expect(signers.size).toBe(0);
});
