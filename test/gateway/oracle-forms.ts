import { Buffer } from "node:buffer";
import type { Dice } from "./oracle-dice.ts";

/** A form to ask about. */
export interface AskedForm {
  readonly type: string;
  readonly query: string;
  readonly body: Buffer;
}

const HEADS = [
  'Content-Disposition: form-data; name="model"',
  'Content-Disposition: form-data; name="model"',
  'content-disposition: form-data; name="model"',
  "Content-Disposition: form-data; name=model",
  'Content-Disposition: form-data; name="Model"',
  "Content-Disposition: form-data; name*=utf-8''model",
  'Content-Disposition: form-data; name="model"; filename="m"',
  'Content-Disposition: form-data; name="file"; filename="a.wav"\r\nContent-Type: audio/wav',
  'Content-Disposition: form-data; name="file"; filename="a\\".wav"',
  'Content-Disposition: form-data; name="prompt"',
  'Content-Disposition: form-data; name="prompt"; name="model"',
  'Content-Disposition: form-data;\r\n name="model"',
  'Content-Disposition: form-data; name="model"\r\nContent-Transfer-Encoding: quoted-printable',
  'Content-Type: text/plain\r\nContent-Disposition: form-data; name="model"',
];
const VALUES = [
  "llama3",
  "secret",
  "LLAMA3",
  "",
  "lla=6da3",
  "llama3\r\n--b",
  "llama3\r\n--bb",
  "x\r\n\r\n",
  "--b",
  "\r\n",
  "a\n--b\nb",
];
const TYPES = [
  "multipart/form-data; boundary=b",
  "multipart/form-data;boundary=b",
  'multipart/form-data; boundary="b"',
  "multipart/form-data; boundary=bb",
  "multipart/mixed; boundary=b",
  "Multipart/Form-Data; Boundary=b",
  "multipart/form-data; boundary=b; charset=utf-8",
];
const HURTS = ["\r\n", "\n", "--", " ", "-", "b", '"', ";", "\r", "\u0000", "--b\r\n", "\r\n--b\r\n", "\r\n--b--"];

/** A form near one that names a model: parts doubled, headers written otherwise, delimiters hurt. */
export function fuzzForm(dice: Dice): AskedForm {
  const parts = Array.from(
    { length: 1 + dice.roll(3) },
    () =>
      `--b\r\n${dice.pick(dice.once(3) ? HEADS : HEADS.slice(0, 2))}\r\n\r\n${dice.pick(dice.once(3) ? VALUES : VALUES.slice(0, 3))}\r\n`,
  );
  const extra = dice.once(3) ? `--b\r\n${HEADS[7] ?? ""}\r\n\r\nRIFF\r\n` : "";
  let text = `${parts.slice(0, dice.once(3) ? 3 : 1).join("")}${extra}--b--${dice.once(4) ? dice.pick(["", "\r\n\r\n", "x", "\r\n--b\r\n"]) : "\r\n"}`;
  for (let turns = dice.once(3) ? dice.roll(3) : 0; turns > 0; turns -= 1) {
    const at = dice.roll(text.length + 1);
    text = text.slice(0, at) + dice.pick(HURTS) + text.slice(at + dice.roll(2) * dice.roll(4));
  }
  const query = dice.once(12) ? dice.pick(["?model=secret", "?", "?x=1"]) : "";
  return {
    type: dice.once(4) ? dice.pick(TYPES) : "multipart/form-data; boundary=b",
    query,
    body: Buffer.from(text, "latin1"),
  };
}
