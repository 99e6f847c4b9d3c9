import { describe, expect, test } from "vitest";
import { flagsIn, isTcpEstablished } from "./flow-established.ts";
import type { FlowSide } from "./flow-established.ts";

const side = (packets: number | null, bytes: number | null, flags: string | null): FlowSide => ({
  packets,
  bytes,
  flags: flags === null ? null : flagsIn(flags),
});

describe("a TCP connection as meters count it", () => {
  test.for<[string, FlowSide | null, FlowSide | null, boolean | null]>([
    ["a request and its answer", side(5, 337, "...AP.SF"), side(5, 3378, "...AP.SF"), true],
    ["refused: the answer is RST", side(1, 60, "......S."), side(1, 40, "...A.R.."), false],
    ["refused three times", side(3, 180, "......S."), side(3, 120, "...A.R.."), false],
    ["half-open scan: SYN and RST against SYN ACK", side(2, 100, ".....RS."), side(1, 60, "...A..S."), false],
    ["handshake, then nothing", side(2, 112, "...A..S."), side(1, 60, "...A..S."), true],
    ["picked up in the middle", side(900, 98_000, "...AP..."), side(6200, 9_322_000, "...AP..."), true],
    ["ended by the server after an answer", side(5, 444, "...AP.S."), side(5, 3478, "...APRS."), true],
    ["no flags, many bytes back", side(14, 1552, null), side(41, 50_343, null), true],
    ["no flags, one small answer", side(1, 60, null), side(1, 40, null), false],
    ["no flags, an upload whose answers are bare", side(4000, 6_000_000, null), side(900, 46_800, null), true],
    ["the opener alone, who acknowledged", side(14, 1552, "...AP.SF"), null, true],
    ["the opener alone, SYN", side(1, 60, "......S."), null, false],
    ["the opener alone, no flags", side(14, 1552, null), null, null],
    ["the server alone, with an answer", null, side(41, 50_343, "...AP..."), true],
    ["the server alone, RST", null, side(1, 40, "...A.R.."), false],
    ["the server alone, SYN ACK", null, side(1, 60, "...A..S."), null],
    ["nothing counted", side(null, null, null), side(null, null, null), null],
    ["nothing seen", null, null, null],
  ])("%s", ([, opener, server, expected]) => {
    expect(isTcpEstablished(opener, server, false)).toBe(expected);
  });

  test("headers of IPv6 are longer", () => {
    expect(isTcpEstablished(side(1, 80, null), side(1, 74, null), true)).toBe(false);
    expect(isTcpEstablished(side(1, 80, null), side(1, 74, null), false)).toBe(true);
  });
});
