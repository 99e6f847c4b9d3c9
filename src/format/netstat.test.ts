import { expect, test } from "vitest";
import { parseNetstat } from "./netstat.ts";

const MACOS = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  192.168.1.10.50522     192.0.2.7.443          ESTABLISHED
tcp4       0      0  127.0.0.1.11434        *.*                    LISTEN
tcp46      0      0  *.8080                 *.*                    LISTEN
tcp4       0      0  *.5000                 *.*                    LISTEN
tcp6       0      0  ::1.631                *.*                    LISTEN
tcp6       0      0  fe80::1%lo0.7000       *.*                    LISTEN
udp4       0      0  *.5353                 *.*
`;
const WINDOWS = `
Active Connections

  Proto  Local Address          Foreign Address        State
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING
  TCP    127.0.0.1:11434        0.0.0.0:0              ABHÖREN
  TCP    192.168.1.10:50522     192.0.2.7:443          ESTABLISHED
  TCP    [::]:445               [::]:0                 LISTENING
  TCP    [::1]:49664            [::]:0                 LISTENING
  UDP    0.0.0.0:5353           *:*
`;

test("reads what macOS prints", () => {
  expect(parseNetstat(MACOS)).toEqual([
    { address: "127.0.0.1", port: 11434 },
    { address: "::", port: 8080 },
    { address: "0.0.0.0", port: 5000 },
    { address: "::1", port: 631 },
    { address: "fe80::1", port: 7000 },
  ]);
});

test.each([WINDOWS, WINDOWS.replaceAll("\n", "\r\n")])("reads what Windows prints, in any language (%#)", (text) => {
  expect(parseNetstat(text)).toEqual([
    { address: "0.0.0.0", port: 135 },
    { address: "127.0.0.1", port: 11434 },
    { address: "::", port: 445 },
    { address: "::1", port: 49664 },
  ]);
});

test.each(["", "tcp4 0 0 127.0.0.1.99999 *.* LISTEN", "TCP x:1 0.0.0.0:0 LISTENING", `TCP ${"1".repeat(1e6)}`])(
  "passes over %.30s",
  (text) => {
    expect(parseNetstat(text)).toEqual([]);
  },
);
