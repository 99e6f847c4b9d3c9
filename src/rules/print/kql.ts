import { ASIM_PARSERS } from "../fields/asim-parsers.ts";
import { XDR_TABLES } from "../fields/xdr-tables.ts";
import type { RuleLanguage } from "../rule-language.ts";
import { printKql } from "./kql-rule.ts";

/** KQL over the tables of Defender XDR. */
export const KQL_XDR: RuleLanguage = {
  id: "kql-xdr",
  title: "KQL for Microsoft Defender XDR",
  ending: ".kql",
  comment: "// ",
  source: "Microsoft Learn: advanced hunting, Device* tables",
  print: (detection, setting) => printKql(detection, XDR_TABLES, setting),
};

/** KQL over Sentinel's normalised sources. */
export const KQL_SENTINEL: RuleLanguage = {
  id: "kql-sentinel",
  title: "KQL for Microsoft Sentinel, ASIM",
  ending: ".kql",
  comment: "// ",
  source: "Microsoft Learn: ASIM parsers _Im_*, and the table Syslog",
  print: (detection, setting) => printKql(detection, ASIM_PARSERS, setting),
};
