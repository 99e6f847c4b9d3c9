import { expect, test } from "vitest";
import { goDurationSeconds } from "./go-duration.ts";

test.for([
  ["5m", 300],
  ["1h30m", 5400],
  ["1.5h", 5400],
  [".5s", 0.5],
  ["-1s", -1],
  ["+2s", 2],
  ["0", 0],
  ["250ms", 0.25],
  ["3us", 3e-6],
  ["3\u00b5s", 3e-6],
  ["", null],
  ["5", null],
  ["m", null],
  [".s", null],
  ["1d", null],
  ["5m ", null],
  ["1m-1s", null],
  ["1e3s", null],
] as const)("%j is %j seconds", ([text, seconds]) => {
  expect(goDurationSeconds(text)).toBe(seconds);
});
