import { RAG_EXPOSED } from "../../knowledge/checks/rag-exposed.ts";
import { VECTOR_STORES } from "../../knowledge/vector-stores.ts";
import type { CheckInput } from "../../model/judgements.ts";
import { allOf, isOllamaBeyondLoopback, whileOpen } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/** Whether strangers reach what retrieval is made of. That no store stands beside it is known only when the run asked their ports. */
export const RAG_EXPOSED_RULE: CheckRule = {
  check: RAG_EXPOSED,
  appliesTo: (input) => isOllamaBeyondLoopback(input) || (!input.loopback && isStore(input)),
  run: (input) => whileOpen(input, isStore(input) || hasRetrieval(input)),
};

function isStore({ product }: CheckInput): boolean {
  return VECTOR_STORES.some(({ id }) => id === product);
}

function hasRetrieval(input: CheckInput): boolean | null {
  const pair = allOf(input.completion, input.embedding);
  if (pair === true || input.vector_store_beside === true) return true;
  return pair === false && input.vector_store_beside === false ? false : null;
}
