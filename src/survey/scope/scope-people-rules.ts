import { LOOPBACK_SET } from "../../knowledge/special-ranges.ts";
import { canonicalName } from "../../model/host-name.ts";
import { epochMsOf, instantOf } from "../../model/instant.ts";
import { parsePrefix } from "../../model/prefix.ts";
import { isEmpty, minus, prefixSet } from "../../model/prefix-set.ts";
import type { Scope } from "../../model/scope.ts";
import type { Fault, ScopeRule } from "./scope-fault.ts";

const MAILBOX = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/iu;
const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const CONTROL = /\p{Cc}|\p{Zl}|\p{Zp}/u;
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/u;

/** Rules about who asks, by whose leave and for how long. */
export const PEOPLE_RULES: readonly ScopeRule[] = [
  {
    id: "plain-text",
    demands: "Names of people and things hold no control characters.",
    needs: [],
    check: (scope) =>
      texts(scope)
        .filter(([, text]) => CONTROL.test(text))
        .map(([path]) => ({ path, message: "holds a control character or a line break" })),
  },
  {
    id: "contact",
    demands: "The contact is an e-mail address or an https page: without one nothing runs (R3, R8).",
    needs: [],
    check: (scope) => {
      if (isContact(scope.operator.contact, onlyLoopback(scope))) return [];
      return [
        { path: ["operator", "contact"], message: "must be an e-mail address or an https:// page that somebody reads" },
      ];
    },
  },
  {
    id: "authority-days",
    demands: "The authority has a first and a last day, in that order.",
    needs: [],
    check: ({ authority: { since, until } }) => {
      const wrong = (["since", "until"] as const).filter((key) => !isDay(key === "since" ? since : until));
      const faults: Fault[] = wrong.map((key) => ({
        path: ["authority", key],
        message: "must be a day such as 2026-01-31",
      }));
      if (faults.length === 0 && until < since)
        faults.push({ path: ["authority", "until"], message: `ends before it begins (${since})` });
      return faults;
    },
  },
  {
    id: "opt-out-days",
    demands: "Every opt-out says since when (R4).",
    needs: [],
    check: (scope) =>
      scope.optOut.flatMap(({ since }, at) =>
        isDay(since) ? [] : [{ path: ["optOut", at, "since"], message: "must be a day such as 2026-01-31" }],
      ),
  },
  {
    id: "research",
    demands:
      "Research, and only research, states ethics, opt-out page, reverse DNS, WHOIS and source ranges (R3, R17).",
    needs: ["basis"],
    check: researchFaults,
  },
];

/**
 * Whether the authority covers the day of `nowMs` (UTC, both ends included); a scope whose time has not come or is over does not run.
 * Days that are no days are told elsewhere.
 */
export function authorityFaults(scope: Scope, nowMs: number): Fault[] {
  const { since, until } = scope.authority;
  const today = instantOf(nowMs).slice(0, 10);
  if (!isDay(since) || !isDay(until) || until < since) return [];
  if (today < since) return [{ path: ["authority", "since"], message: `has not begun: today is ${today} (UTC)` }];
  if (today > until)
    return [{ path: ["authority", "until"], message: `has ended: today is ${today} (UTC); ask for a new authority` }];
  return [];
}

function isDay(text: string): boolean {
  const ms = DAY.test(text) ? epochMsOf(text) : null;
  return ms !== null && instantOf(ms).startsWith(text);
}

/** An e-mail address or https page in plain ASCII; `root@localhost` only for a machine that asks itself. */
function isContact(text: string, loopback: boolean): boolean {
  if (!PRINTABLE_ASCII.test(text) || text.length > 300) return false;
  if (text.startsWith("https://")) return isHttpsPage(text);
  const at = text.lastIndexOf("@");
  const domain = canonicalName(text.slice(at + 1));
  return (
    at > 0 &&
    MAILBOX.test(text.slice(0, at)) &&
    domain !== null &&
    (domain.includes(".") || (loopback && domain === "localhost"))
  );
}

function isHttpsPage(text: string): boolean {
  const url = PRINTABLE_ASCII.test(text) && URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === "https:" && url.hostname.includes(".") && url.username === "" && url.password === "";
}

function onlyLoopback(scope: Scope): boolean {
  const prefixes = scope.prefixes.flatMap((text) => {
    const prefix = parsePrefix(text);
    return prefix.ok ? [prefix.value] : [];
  });
  return prefixes.length > 0 && isEmpty(minus(prefixSet(prefixes), LOOPBACK_SET));
}

function texts(scope: Scope): [string[], string][] {
  const { operator, authority } = scope;
  return [
    [["name"], scope.name],
    [["operator", "name"], operator.name],
    [["operator", "organisation"], operator.organisation ?? ""],
    [["authority", "allowedBy"], authority.allowedBy],
  ];
}

function researchFaults(scope: Scope): Fault[] {
  const { basis, research } = scope;
  if (basis !== "research") {
    return research === null
      ? []
      : [{ path: ["research"], message: `is for basis research only; this scope says ${basis}` }];
  }
  if (research === null) {
    return [
      {
        path: ["research"],
        message: "is missing: basis research needs ethicsNote, optOutPage, reverseDns, whois and sourceRanges",
      },
    ];
  }
  const faults: Fault[] = research.sourceRanges.flatMap((text, at) => {
    const prefix = parsePrefix(text);
    return prefix.ok ? [] : [{ path: ["research", "sourceRanges", at], message: prefix.error }];
  });
  if (research.sourceRanges.length === 0) {
    faults.push({ path: ["research", "sourceRanges"], message: "must name the addresses that the survey asks from" });
  }
  if (!isHttpsPage(research.optOutPage)) {
    faults.push({ path: ["research", "optOutPage"], message: "must be the https:// page that takes opt-outs" });
  }
  if (canonicalName(research.reverseDns)?.includes(".") !== true) {
    faults.push({ path: ["research", "reverseDns"], message: "must be a full host name, such as survey.example.org" });
  }
  return faults;
}
