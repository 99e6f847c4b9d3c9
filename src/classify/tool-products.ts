import { TOOL_PRODUCTS } from "../knowledge/tool-products.ts";
import type { CheckInput } from "../model/judgements.ts";

/** Whether a service calls tools: by its models, or because that is its work. */
export function toolsOf({ product, tools }: CheckInput): boolean | null {
  return TOOL_PRODUCTS.has(product ?? "") ? true : tools;
}
