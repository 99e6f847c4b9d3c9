import { loaded, look, looks } from "./study-lines.ts";

const running = (count: number) => ({ running: Array.from({ length: count }, (_, at) => loaded(`model-${at}`)) });

/** Six hosts over eight weeks from Monday 2 March 2026, of which four have an attempt; the last is a likely decoy. */
export const TIME_CAMPAIGN = [
  look("192.0.2.1", "2026-03-02T10:00", { version: "0.5.0", ...running(0) }),
  look("192.0.2.1", "2026-03-09T10:00", { version: "0.5.0", ...running(1) }),
  look("192.0.2.1", "2026-03-23T10:00", { version: "0.6.0" }),
  look("192.0.2.1", "2026-04-20T10:00", { version: "0.6.2", ...running(2) }),
  look("192.0.2.2", "2026-03-02T10:00", { version: "0.30.1" }),
  look("192.0.2.3", "2026-03-02T10:00", { version: "0.6.0" }),
  look("192.0.2.3", "2026-03-23T10:00", { version: "0.5.0" }),
  ...looks("2001:db8::4", ["2026-03-09T10:00", "2026-03-10T10:00"], { version: "0.0.0" }),
  ...looks("192.0.2.5", ["2026-03-09T10:00", "2026-04-20T10:00"], { version: "0.5.0" }),
  look("192.0.2.5", "2026-04-20T10:00", { version: "0.6.2", port: 80 }),
  look("198.51.100.9", "2026-03-02T10:00", {
    version: "0.10.0-rc2",
    signs: ["control-same-body"],
    ...running(2),
  }),
];
