import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { multipartFacts } from "./multipart-facts.ts";

const TYPE = "multipart/form-data; boundary=----x";
const NAME = 'Content-Disposition: form-data; name="model"';
const FILE = 'Content-Disposition: form-data; name="file"; filename="a.wav"\r\nContent-Type: audio/wav';

function form(...parts: readonly (readonly [string, string])[]): Buffer {
  return Buffer.from(`${parts.map(([head, value]) => `------x\r\n${head}\r\n\r\n${value}\r\n`).join("")}------x--\r\n`);
}

const GOOD = form([NAME, "llama3"], [FILE, "RIFF\r\n--\r\n----y"]);

test("the one model part names the model", async () => {
  expect(multipartFacts(TYPE, "", GOOD)).toMatchObject({
    ok: true,
    value: { model: { key: "registry.ollama.ai/library/llama3:latest" } },
  });
  const written = new FormData();
  written.set("file", new Blob(["RIFF"], { type: "audio/wav" }), "r\u00e9cord.wav");
  written.set("model", "Whisper:v3");
  const request = new Response(written);
  const bytes = Buffer.from(await request.arrayBuffer());
  expect(multipartFacts(request.headers.get("content-type"), "", bytes)).toMatchObject({
    ok: true,
    value: { model: { key: "registry.ollama.ai/library/whisper:v3" } },
  });
});

test.for([
  ["two models (case 26)", TYPE, "", form([NAME, "llama3"], [NAME, "secret"]), "ambiguous-model"],
  [
    "two models in other case",
    TYPE,
    "",
    form([NAME, "llama3"], [NAME.replace('"model"', '"Model"'), "secret"]),
    "ambiguous-model",
  ],
  ["a model in the query, which the server reads first", TYPE, "model=secret", GOOD, "unclean-query"],
  ["no model", TYPE, "", form([FILE, "x"]), "model-missing"],
  ["a model that is a file", TYPE, "", form([`${NAME}; filename="m"`, "llama3"]), "unclean-form"],
  ["another name after the disposition", TYPE, "", form([`${NAME}; name="file"`, "x"]), "unclean-form"],
  [
    "a name of RFC 2231",
    TYPE,
    "",
    form([NAME, "llama3"], ["Content-Disposition: form-data; name*=utf-8''model", "x"]),
    "unclean-form",
  ],
  [
    "a name in pieces",
    TYPE,
    "",
    form([NAME, "llama3"], ['Content-Disposition: form-data; name*0="mo"; name*1="del"', "x"]),
    "unclean-form",
  ],
  [
    "a name with an escape",
    TYPE,
    "",
    form([NAME, "llama3"], ['Content-Disposition: form-data; name="mo\\del"', "x"]),
    "unclean-form",
  ],
  [
    "a transfer encoding",
    TYPE,
    "",
    form([`${NAME}\r\nContent-Transfer-Encoding: quoted-printable`, "lla=6da3"]),
    "unclean-form",
  ],
  ["a folded header", TYPE, "", form(['Content-Disposition: form-data;\r\n name="model"', "x"]), "unclean-form"],
  [
    "line feeds alone",
    TYPE,
    "",
    Buffer.from(GOOD.toString("latin1").replaceAll("\r\n", "\n"), "latin1"),
    "unclean-form",
  ],
  ["a preamble", TYPE, "", Buffer.concat([Buffer.from("x\r\n"), GOOD]), "unclean-form"],
  ["an epilogue", TYPE, "", Buffer.concat([GOOD, Buffer.from("------x\r\n")]), "unclean-form"],
  ["no end", TYPE, "", GOOD.subarray(0, -4), "unclean-form"],
  ["a delimiter that goes on", TYPE, "", form([NAME, "llama3\r\n------xyz"]), "unclean-form"],
  [
    "space after a delimiter",
    TYPE,
    "",
    Buffer.from(GOOD.toString("latin1").replace("------x\r\n", "------x \r\n"), "latin1"),
    "unclean-form",
  ],
  ["another type", "application/json", "", GOOD, "unclean-form"],
  ["no type", null, "", GOOD, "unclean-form"],
  ["two boundaries", `${TYPE}; boundary=----y`, "", GOOD, "unclean-form"],
  ["a model that is no name", TYPE, "", form([NAME, "a b"]), "unclean-model"],
  ["nothing", TYPE, "", Buffer.alloc(0), "unclean-form"],
] as const)("%s: refused", ([, type, query, bytes, reason]) => {
  expect(multipartFacts(type, query, bytes)).toMatchObject({ ok: false, error: { status: 400, reason } });
});
