import { expect, test } from "vitest";
import { survivalCurve } from "./survival-curve.ts";

const about = (value: number): unknown => expect.closeTo(value, 12);

test("the curve falls by the part that goes at each step, with Greenwood's interval on the log-log scale", () => {
  // 10 at risk, one goes; one is censored; 8 at risk, two go. Worked by hand: 0.9; 0.9 × 0.75; variance sum 1/90, then + 2/48.
  const steps = [
    { weeks: 1, atRisk: 10, gone: 1 },
    { weeks: 2, atRisk: 8, gone: 2 },
    { weeks: 5, atRisk: 4, gone: 0 },
  ];
  expect(survivalCurve(steps)).toEqual([
    { weeks: 1, share: about(0.9), low: about(0.4729965118331774), high: about(0.985281919778367), atRisk: 10 },
    { weeks: 2, share: about(0.675), low: about(0.2905777975023331), high: about(0.8824990558823721), atRisk: 8 },
    { weeks: 5, share: about(0.675), low: about(0.2905777975023331), high: about(0.8824990558823721), atRisk: 4 },
  ]);
});

test.for([
  ["nobody goes", { weeks: 3, atRisk: 7, gone: 0 }, 1],
  ["all go", { weeks: 0, atRisk: 7, gone: 7 }, 0],
  ["nobody is at risk", { weeks: 0, atRisk: 0, gone: 0 }, 1],
] as const)("when %s, the interval is the point itself", ([, step, share]) => {
  expect(survivalCurve([step])).toEqual([{ weeks: step.weeks, share, low: share, high: share, atRisk: step.atRisk }]);
});

test("no step gives no point", () => {
  expect(survivalCurve([])).toEqual([]);
});
