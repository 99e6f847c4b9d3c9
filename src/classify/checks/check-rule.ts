import type { Check } from "../../knowledge/checks/check.ts";
import type { Outcome } from "../../model/finding.ts";
import type { CheckInput } from "../../model/judgements.ts";

/** One check's judgement, in two steps: whether it applies, and then what it finds. */
export interface CheckRule<Input = CheckInput> {
  readonly check: Check;
  readonly appliesTo: (input: Input) => boolean;
  /** Asked only when it applies, so `not-applicable` is no answer of it. */
  readonly run: (input: Input) => Exclude<Outcome, "not-applicable">;
}
