import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readLog } from "../../../../test/support/log-reading.ts";
import { AUDITD_LOG } from "../auditd.ts";

const LOG = fileURLToPath(new URL("../../../../corpus/log/auditd/enriched.log", import.meta.url));

/** What ausearch (package auditd) says of the events that Corral asks for: what was done, with what, by which program and account. */
function byAusearch(): readonly (readonly string[])[] {
  const csv = execFileSync("ausearch", ["-if", LOG, "--format", "csv"], { encoding: "utf8" });
  return csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","))
    .flatMap((row) => {
      const [, , , , , , , , user = "", , action = "", , object = "", , , how = ""] = row;
      const socket = /laddr=(\S+) lport=(\d+)/u.exec(object);
      const end = socket === null ? "" : `${socket[1]} ${socket[2]}`;
      if (action === "executed") return [["started", how, user]];
      if (action === "bound-socket") return [["bound", end, how, user]];
      if (action === "connected-to") return end === "" ? [] : [["connected", end, how, user]];
      if (action === "accepted-connection-from") return [["accepted", end, how, user]];
      if (action === "add_rule" || action === "remove_rule") return [[action, object, how, user]];
      return action === "renamed" ? [["renamed", object, how, user]] : [];
    });
}

/** The same of our events. */
function byCorral(): readonly (readonly string[])[] {
  return readLog(AUDITD_LOG, readFileSync(LOG, "utf8")).events.flatMap((event) => {
    const text = (name: string): string => {
      const value = event[name];
      return typeof value === "string" || typeof value === "number" ? String(value) : "";
    };
    const who = [text("executable"), text("user")];
    switch (event["class"]) {
      case "process":
        return [["started", ...who]];
      case "listen":
        return [["bound", `${text("address")} ${text("port")}`, ...who]];
      case "network":
        return text("direction") === "inbound"
          ? [["accepted", `${text("sourceIp")} ${text("sourcePort")}`, ...who]]
          : [["connected", `${text("destinationIp")} ${text("destinationPort")}`, ...who]];
      case "control": {
        const action = { added: "add_rule", removed: "remove_rule" }[text("action")];
        return action === undefined || text("control") !== "audit" ? [] : [[action, text("name"), ...who]];
      }
      case "file":
        return text("action") === "deleted" && text("path").endsWith("sha256-8eeb52df")
          ? [["renamed", text("path"), ...who]]
          : [];
      default:
        return [];
    }
  });
}

test("ausearch finds the same in a log of auditd's own", () => {
  const found = byAusearch();
  expect(found.length).toBeGreaterThan(20);
  expect(byCorral()).toEqual(found);
});

test("ausearch prints records the other way round: the same events", () => {
  const printed = execFileSync("ausearch", ["-if", LOG], { encoding: "utf8" });
  const events = readLog(AUDITD_LOG, printed).events.map(withoutPlace);
  expect(events).toEqual(readLog(AUDITD_LOG, withoutNames(readFileSync(LOG, "utf8"))).events.map(withoutPlace));
});

/** ausearch leaves out the names that auditd added. */
function withoutNames(log: string): string {
  return log
    .split("\n")
    .map((line) => line.split("\u001d")[0])
    .join("\n");
}

function withoutPlace(event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...event, line: null };
}
