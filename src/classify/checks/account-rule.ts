import { ACCOUNT_TELLS } from "../../knowledge/account-tells.ts";
import type { Check } from "../../knowledge/checks/check.ts";
import type { CheckInput } from "../../model/judgements.ts";
import { mayBeAny } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/** The rule of a check on accounts: the sign is a fail; its absence is a pass only where it would have shown. */
export function accountRule(
  check: Check,
  sign: keyof typeof ACCOUNT_TELLS,
  wouldShow: (input: CheckInput) => boolean,
): CheckRule {
  const { products: telling, untold } = ACCOUNT_TELLS[sign];
  const products: ReadonlySet<string> = new Set([...telling, ...untold]);
  return {
    check,
    appliesTo: (input) =>
      !input.loopback && (input.signs.includes(sign) || products.has(input.product ?? "") || mayBeAny(input)),
    run: (input) => {
      if (input.signs.includes(sign)) return "fail";
      return input.product !== null && wouldShow(input) ? "pass" : "unknown";
    },
  };
}

/** Whether the product was told by what shows the matter either way. */
export function wasShown(sign: keyof typeof ACCOUNT_TELLS, { fingerprint }: CheckInput): boolean {
  const tells: readonly string[] = ACCOUNT_TELLS[sign].tells;
  return fingerprint !== null && tells.includes(fingerprint);
}
