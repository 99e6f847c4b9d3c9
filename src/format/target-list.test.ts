import fc from "fast-check";
import { expect, test } from "vitest";
import { createTargetListReader } from "./target-list.ts";

function read(text: string): string[] {
  const reader = createTargetListReader();
  return text
    .split("\n")
    .flatMap((line) =>
      reader(line).map((one) =>
        one.ok ? `${one.value.address ?? one.value.name}:${one.value.port ?? "*"}` : `! ${one.error}`,
      ),
    );
}

test.each([
  [
    "lines, comments and blanks",
    "# mine\n\n192.0.2.1\n192.0.2.2:80\nnonsense!\n",
    ["192.0.2.1:*", "192.0.2.2:80", "! neither an address nor a name nor a URL"],
  ],
  ["a bracketed IPv6 address first", "[2001:db8::1]:80\n192.0.2.1", ["2001:db8::1:80", "192.0.2.1:*"]],
  ["zmap without header", "192.0.2.10\n198.51.100.7\n", ["192.0.2.10:*", "198.51.100.7:*"]],
  [
    "zmap of several ports, without header",
    "192.0.2.10,11434\n198.51.100.7,8080\n",
    ["192.0.2.10:11434", "198.51.100.7:8080"],
  ],
  [
    "zmap with header: only successes, once",
    "saddr,sport,classification,success,repeat,timestamp_ts\n192.0.2.10,11434,synack,1,0,1768014245\n198.51.100.7,11434,rst,0,0,1768014245\n192.0.2.10,11434,synack,1,1,1768014246",
    ["192.0.2.10:11434"],
  ],
  ["zmap with columns in another order", "success,daddr,saddr\n1,203.0.113.1,192.0.2.10\n", ["192.0.2.10:*"]],
  [
    "masscan JSON",
    '[\n{   "ip": "192.0.2.10",   "timestamp": "1768014245", "ports": [ {"port": 11434, "proto": "tcp", "status": "open", "reason": "syn-ack", "ttl": 52} ] }\n,\n{   "ip": "192.0.2.10",   "timestamp": "1768014246", "ports": [ {"port": 11434, "proto": "tcp", "service": {"name": "http", "banner": "HTTP/1.1 200 OK"} } ] }\n]',
    ["192.0.2.10:11434"],
  ],
  [
    "masscan JSON of a stopped run, commas at the ends",
    '[\n{"ip":"192.0.2.10","ports":[{"port":11434,"proto":"tcp","status":"open"}]},\n{"ip":"192.0.2.11","ports":[{"port":80,"proto":"tcp","status":"open"}]},\n{"ip":"192.0.2.12","po',
    ["192.0.2.10:11434", "192.0.2.11:80", "! not a masscan record"],
  ],
  [
    "an old masscan's last line",
    '{"ip":"192.0.2.10","ports":[{"port":80,"proto":"tcp","status":"closed"}]}\n{finished: 1}',
    ["! not a masscan record"],
  ],
  [
    "masscan NDJSON",
    '{"ip":"192.0.2.10","timestamp":"1","port":11434,"proto":"tcp","rec_type":"status","data":{"status":"open","reason":"syn-ack","ttl":52}}\n{"ip":"192.0.2.10","timestamp":"1","port":11434,"proto":"tcp","rec_type":"banner","data":{"service_name":"http","banner":"x"}}',
    ["192.0.2.10:11434"],
  ],
  [
    "masscan list",
    "#masscan\nopen tcp 11434 192.0.2.10 1768014245\nbanner tcp 11434 192.0.2.10 1768014246 http HTTP/1.1 200 OK\nopen udp 53 192.0.2.10 1768014246\n# end",
    ["192.0.2.10:11434"],
  ],
  ["lines end in CRLF", "192.0.2.1\r\n192.0.2.2:80\r\n", ["192.0.2.1:*", "192.0.2.2:80"]],
])("%s", (_, text, targets) => {
  expect(read(text)).toEqual(targets);
});

test("whatever stands there, a reader answers and does not throw", () => {
  const start = fc.constantFrom("[", "{", "saddr\n", "#masscan\n", "1,2\n", "");
  fc.assert(
    fc.property(start, fc.string({ unit: "binary", maxLength: 200 }), (head, rest) => {
      expect(Array.isArray(read(head + rest))).toBe(true);
    }),
  );
});
