import { describe, expect, test } from "vitest";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../src/model/detection.ts";
import { KQL_SENTINEL, KQL_XDR } from "../../src/rules/print/kql.ts";
import { kqlBinder } from "./kql-binder.ts";

const diagnose = kqlBinder();
const SETTING = { known: ["198.51.100.0/24", "2001:db8:64::/48"], serverPorts: [11_434, 8080] };

describe.each([KQL_XDR, KQL_SENTINEL])("$id", (language) => {
  test("Microsoft's parser and binder find nothing wrong in any rule", () => {
    const wrong = Object.values<Detection>(DETECTIONS).flatMap((detection) => {
      const printed = language.print(detection, SETTING);
      return printed.kind === "rule" ? diagnose(printed.text).map((one) => `${detection.id}: ${one}`) : [];
    });
    expect(wrong).toEqual([]);
  });
});

test.for([
  ["DeviceProcessEvents | where Nope == 1", "KS142"],
  ["DeviceProcessEvents | where FolderPath > 1 and", "KS"],
  ["NoTable | take 1", "KS"],
] as const)("and do find something in %s", ([text, code]) => {
  expect(diagnose(text).join(" ")).toContain(code);
});
