import type { RuleLanguage } from "./rule-language.ts";
import { AUDITD } from "./print/auditd.ts";
import { EQL } from "./print/eql.ts";
import { ESQL } from "./print/esql.ts";
import { FALCO } from "./print/falco.ts";
import { KQL_SENTINEL, KQL_XDR } from "./print/kql.ts";
import { SPLUNK } from "./print/spl.ts";
import { SIGMA } from "./print/sigma.ts";
import { OSQUERY } from "./print/osquery.ts";
import { SNORT3 } from "./print/snort3.ts";
import { SURICATA, SURICATA_LEGACY } from "./print/suricata.ts";
import { WAZUH } from "./print/wazuh.ts";
import { YARA } from "./print/yara.ts";

/** Every language that rules are printed in, by id. */
export const RULE_LANGUAGES: Readonly<Record<string, RuleLanguage>> = {
  sigma: SIGMA,
  splunk: SPLUNK,
  "kql-xdr": KQL_XDR,
  "kql-sentinel": KQL_SENTINEL,
  eql: EQL,
  esql: ESQL,
  suricata: SURICATA,
  "suricata-legacy": SURICATA_LEGACY,
  snort3: SNORT3,
  auditd: AUDITD,
  osquery: OSQUERY,
  falco: FALCO,
  wazuh: WAZUH,
  yara: YARA,
};
