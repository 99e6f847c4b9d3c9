import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PeriodRow, splitByGroup, splitChange } from "./period-change.ts";

const about = (value: number): unknown => expect.closeTo(value, 9);

describe("who changed a share", () => {
  test("changers, joiners and leavers, worked by hand", () => {
    // Before 10 hosts, 4 with the trait (40 %); after 12, 9 with it (75 %). 8 stayed: 3 had it (2 of the 3 kept it), 4 gained it: 6 of 8
    // after. 2 left, 1 with it. 4 joined, 3 with it.
    const row = {
      beforeHosts: 4,
      beforeOf: 10,
      afterHosts: 9,
      afterOf: 12,
      stayedGained: 4,
      stayedLost: 1,
      joinedWith: 3,
      joinedOf: 4,
      leftWith: 1,
      leftOf: 2,
    };
    // Stayed: 37.5 % → 75 %. Joiners: 75 − 75. Leavers: 37.5 − 40.
    expect(splitChange(row)).toEqual({
      change: about(35),
      changers: about(37.5),
      gained: 50,
      lost: 12.5,
      joiners: about(0),
      leavers: about(-2.5),
    });
  });

  test("when nobody stayed, joiners and leavers share the change", () => {
    const row = {
      beforeHosts: 1,
      beforeOf: 4,
      afterHosts: 3,
      afterOf: 4,
      stayedGained: 0,
      stayedLost: 0,
      joinedWith: 3,
      joinedOf: 4,
      leftWith: 1,
      leftOf: 4,
    };
    expect(splitChange(row)).toEqual({ change: 50, changers: 0, gained: 0, lost: 0, joiners: 25, leavers: 25 });
  });

  test("a period without hosts has no share", () => {
    const none = { stayedGained: 0, stayedLost: 0, joinedWith: 0, joinedOf: 0, leftWith: 0, leftOf: 0 };
    expect(splitChange({ beforeHosts: 0, beforeOf: 0, afterHosts: 1, afterOf: 1, ...none })).toBeNull();
    expect(splitChange({ beforeHosts: 1, beforeOf: 1, afterHosts: 0, afterOf: 0, ...none })).toBeNull();
  });

  test("the three always add up to the change", () => {
    const natural = fc.nat(1000);
    // Hosts that stayed by what they had before and after, hosts that joined and left by what they had.
    const people = fc.record({ kept: natural, gained: natural, lost: natural, never: natural });
    const others = fc.record({ with: natural, without: natural });
    fc.assert(
      fc.property(people, others, others, (stayed, joined, left) => {
        const split = splitChange(rowOf(stayed, joined, left));
        if (split === null) return;
        expect(split.changers + split.joiners + split.leavers).toBeCloseTo(split.change, 9);
        expect(split.gained - split.lost + split.joiners + split.leavers).toBeCloseTo(split.change, 9);
      }),
    );
  });
});

type Others = { readonly with: number; readonly without: number };
type Stayed = { readonly kept: number; readonly gained: number; readonly lost: number; readonly never: number };

function rowOf(stayed: Stayed, joined: Others, left: Others): PeriodRow {
  const both = stayed.kept + stayed.gained + stayed.lost + stayed.never;
  return {
    beforeHosts: stayed.kept + stayed.lost + left.with,
    beforeOf: both + left.with + left.without,
    afterHosts: stayed.kept + stayed.gained + joined.with,
    afterOf: both + joined.with + joined.without,
    stayedGained: stayed.gained,
    stayedLost: stayed.lost,
    joinedWith: joined.with,
    joinedOf: joined.with + joined.without,
    leftWith: left.with,
    leftOf: left.with + left.without,
  };
}

describe("which groups changed a share", () => {
  test("rate and mix, worked by hand", () => {
    // 20 of 100 (10 of 50, 10 of 50) → 50 of 100 (5 of 20, 45 of 80). Rates 20 → 25 %, 20 → 56.25 %; weights 0.5 → 0.2, 0.5 → 0.8.
    const rows = [
      { group: "a", beforeHosts: 10, beforeOf: 50, afterHosts: 5, afterOf: 20 },
      { group: "b", beforeHosts: 10, beforeOf: 50, afterHosts: 45, afterOf: 80 },
    ];
    expect(splitByGroup(rows)).toEqual({
      change: about(30),
      rate: about(25.3125),
      mix: about(4.6875),
      groups: [
        { group: "a", rate: about(1.75), mix: about(-6.75) },
        { group: "b", rate: about(23.5625), mix: about(11.4375) },
      ],
    });
  });

  test("a group that is new adds by its weight alone", () => {
    const rows = [
      { group: "old", beforeHosts: 5, beforeOf: 10, afterHosts: 5, afterOf: 10 },
      { group: "new", beforeHosts: 0, beforeOf: 0, afterHosts: 10, afterOf: 10 },
    ];
    // 50 % → 75 %: the old group loses half its weight at 50 %, the new one comes with half at 100 %.
    expect(splitByGroup(rows)).toEqual({
      change: 25,
      rate: 0,
      mix: 25,
      groups: [
        { group: "old", rate: 0, mix: -25 },
        { group: "new", rate: 0, mix: 50 },
      ],
    });
  });

  test("no hosts, no split; rate and mix always add up", () => {
    expect(splitByGroup([])).toBeNull();
    const pair = fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]) => ({ hosts: Math.min(a, b), of: Math.max(a, b) }));
    const group = fc.record({ before: pair, after: pair });
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 7 }), (groups) => {
        const split = splitByGroup(
          groups.map(({ before, after }, at) => ({
            group: String(at),
            beforeHosts: before.hosts,
            beforeOf: before.of,
            afterHosts: after.hosts,
            afterOf: after.of,
          })),
        );
        if (split === null) return;
        expect(split.rate + split.mix).toBeCloseTo(split.change, 8);
      }),
    );
  });
});
