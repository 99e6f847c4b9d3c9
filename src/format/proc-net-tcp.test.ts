import { expect, test } from "vitest";
import { parseProcNetTcp } from "./proc-net-tcp.ts";

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:2CAA 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 23456 1 0000000000000000 100 0 0 10 0
   1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1158 1 00000000d5546cc2 100 0 0 10 0
   2: 0A01A8C0:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1159 1 0000000000000000 100 0 0 10 0
   3: 0100007F:2CAA 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000  1000        0 23499 1 0000000000000000 20 4 30 10 -1
   4: 0100007F:D2F0 0100007F:2CAA 06 00000000:00000000 03:00000F5C 00000000     0        0 0 3 0000000000000000
  10: 0101007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1160 1 0000000000000000 100 0 0 10 0
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:2CAA 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 24001 1 0000000000000000 100 0 0 10 0
   1: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 24002 1 0000000000000000 100 0 0 10 0
   2: B80D0120000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 24003 1 0000000000000000 100 0 0 10 0
   3: 0000000000000000FFFF00000100007F:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 24004 1 0000000000000000 100 0 0 10 0
`;

test("reads the listening sockets of IPv4, and no others", () => {
  expect(parseProcNetTcp(TCP, true)).toEqual([
    { address: "127.0.0.1", port: 11434 },
    { address: "0.0.0.0", port: 22 },
    { address: "192.168.1.10", port: 443 },
    { address: "127.0.1.1", port: 8080 },
  ]);
});

test("reads those of IPv6; a mapped one is its IPv4", () => {
  expect(parseProcNetTcp(TCP6, true)).toEqual([
    { address: "::", port: 11434 },
    { address: "::1", port: 631 },
    { address: "2001:db8::1", port: 8080 },
    { address: "127.0.0.1", port: 8081 },
  ]);
});

test("reads words as they are on a big-endian machine", () => {
  const row = "   0: 7F000001:2CAA 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0 0 1 1 0 100 0 0 10 0";
  expect(parseProcNetTcp(row, false)).toEqual([{ address: "127.0.0.1", port: 11434 }]);
});

test.each(["", "\n", "garbage", "0: 0100007F:2CAA", " 0: 7F:1 0:0 0A ", `0: ${"0".repeat(5000)}`])(
  "passes over %.20s",
  (text) => {
    expect(parseProcNetTcp(text, true)).toEqual([]);
  },
);
